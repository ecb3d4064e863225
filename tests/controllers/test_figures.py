"""How the last days and a month went, on both databases: what is counted, for whom, and against what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from controllers import reservations
from controllers.desk import Desk
from controllers.today import see_figures
from models.figures import Course
from models.metrics import Answers, Share
from models.reservations import Cause, Status
from models.tables import Message, Reservation, Staff
from tests.builders import (
    a_product,
    a_reservation,
    kkday_row,
    taken,
)
from tests.fakes import StillClock

TODAY = "2027-01-15"
PROMISED = {"confirm_within": {"days": 1, "from": "order"}}
"""Ordered the day before at 9, so that it falls due today at 9: an hour ago."""


def change(desk: Desk, statement: Any) -> None:
    with desk.work() as work:
        work.connection.execute(statement)


def set_facts(desk: Desk, reservation_id: int, **values: Any) -> None:
    change(desk, update(Reservation).where(Reservation.id == reservation_id).values(**values))


def test_orders_and_amounts_are_counted_by_day_and_currency(desk: Desk) -> None:
    a_product(desk)
    for ordered, amount, currency in (
        ("2027-01-14", 1000, "KRW"),
        ("2027-01-14", 500, "KRW"),
        ("2027-01-08", 700, "USD"),
        ("2027-01-07", 300, "KRW"),
        (TODAY, 9000, "KRW"),
        ("2026-12-31", 9000, "KRW"),
    ):
        at = datetime.fromisoformat(f"{ordered}T00:30:00+09:00")
        set_facts(desk, a_reservation(desk), ordered_at=at, amount_minor=amount, currency=currency)
    told = see_figures(desk=desk).fortnight
    assert told.orders == Course((1, 0, 0, 0, 0, 0, 2), (0, 0, 0, 0, 0, 0, 1))
    assert told.amounts == (
        ("KRW", Course((0, 0, 0, 0, 0, 0, 1500), (0, 0, 0, 0, 0, 0, 300))),
        ("USD", Course((700, 0, 0, 0, 0, 0, 0), (0,) * 7)),
    )


def test_the_time_to_confirm_is_the_median_of_what_we_confirmed(desk: Desk, clock: StillClock) -> None:
    a_product(desk, capacity=50)
    for hours in (1, 2, 6, 100):
        one = a_reservation(desk, Status.CONFIRMED)
        set_facts(desk, one, ordered_at=clock() - timedelta(hours=hours))
    clock.forward(days=1)
    told = see_figures(desk=desk).fortnight
    assert (told.confirm_s, told.confirm_s_before) == (4 * 3600, None)
    assert told.confirm_days == (None,) * 6 + (4 * 3600,)


def test_what_the_channel_confirmed_is_not_our_time_to_confirm(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    taken(desk, kkday_row(status="Confirmed"))
    clock.forward(days=1)
    assert see_figures(desk=desk).fortnight.confirm_s is None


def test_confirmed_in_time_tells_the_share_who_was_late_and_the_worst(desk: Desk, clock: StillClock) -> None:
    a_product(desk, capacity=50, confirm_within={"days": 1, "from": "order"})
    in_time, late, later, open_ = taken(desk, *(kkday_row(ordered="2027-01-14 12:00") for _ in range(4)))
    reservations.confirm(in_time, desk=desk)
    clock.forward(hours=5)
    reservations.confirm(late, desk=desk)
    clock.forward(hours=2)
    reservations.confirm(later, desk=desk)
    month = see_figures(desk=desk).month
    assert month.in_time == Share(1, 4)
    assert (month.late_by, month.unanswered) == ((("Owner", 2),), 1)
    assert month.worst is not None
    assert {month.worst.reservation_id} <= {later, open_}
    assert month.worst.late_s == 5 * 3600


def test_who_confirmed_last_is_who_was_late(desk: Desk, clock: StillClock) -> None:
    a_product(desk, **PROMISED)
    (one,) = taken(desk, kkday_row())
    reservations.confirm(one, desk=desk)
    reservations.unconfirm(one, desk=desk)
    change(desk, insert(Staff).values(name="Mina Example"))
    clock.forward(minutes=5)
    other = Desk(desk.database, _as(desk, "Mina Example"), clock=desk.clock)
    reservations.confirm(one, desk=other)
    assert see_figures(desk=desk).month.late_by == (("Mina Example", 1),)


def _as(desk: Desk, name: str) -> Any:
    from dataclasses import replace

    from sqlalchemy import select

    with desk.reading() as look:
        staff = look.execute(select(Staff.id).where(Staff.name == name)).scalar_one()
    return replace(desk.actor, staff_id=staff, staff=name)


def test_an_instant_product_is_in_time_even_where_the_file_comes_late(desk: Desk) -> None:
    a_product(desk, confirmation="instant", **PROMISED)
    taken(desk, kkday_row(ordered="2027-01-12 09:00"))
    assert see_figures(desk=desk).month.in_time == Share(1, 1)


def test_what_a_traveler_withdraws_before_the_promise_does_not_count(desk: Desk, clock: StillClock) -> None:
    a_product(desk, confirm_within={"days": 1, "from": "order"})
    (one,) = taken(desk, kkday_row(ordered="2027-01-14 12:00"))
    reservations.withdraw(one, desk=desk)
    clock.forward(days=1)
    assert see_figures(desk=desk).month.in_time == Share(0, 0)


def test_cancelled_by_us_stands_apart_from_force_majeure_and_from_travelers(desk: Desk) -> None:
    a_product(desk, capacity=50)
    for cause in (Cause.OURS, Cause.FORCE_MAJEURE):
        reservations.cancel(a_reservation(desk), desk=desk, reason="a storm", cause=cause)
    reservations.withdraw(a_reservation(desk), desk=desk)
    a_reservation(desk)
    month = see_figures(desk=desk).month
    assert (month.cancelled_by_us, month.force_majeure) == (Share(1, 4), 1)


def test_answers_within_twelve_hours_are_counted_by_question(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    quick, slow, waits = (a_reservation(desk) for _ in range(3))
    start = clock()
    for of, hours, direction in (
        (quick, 0, "in"), (quick, 1, "in"), (quick, 3, "note"), (quick, 11, "out"),
        (slow, 0, "in"), (slow, 20, "out"), (waits, 30, "in"),
    ):  # fmt: skip
        told = {"reservation_id": of, "at": start + timedelta(hours=hours), "direction": direction}
        change(desk, insert(Message).values(**told, body="…"))
    clock.forward(hours=36)
    assert see_figures(desk=desk).month.answers == Answers(in_time=1, late=1, open=1)


def test_another_month_can_be_looked_at_but_none_that_has_not_begun(desk: Desk) -> None:
    a_product(desk)
    set_facts(
        desk, a_reservation(desk, Status.CANCELLED), cancelled_at=datetime(2026, 12, 31, 14, 59, tzinfo=UTC)
    )
    december = see_figures(date(2026, 12, 1), desk=desk)
    assert (december.month.first, december.this_month) == (date(2026, 12, 1), date(2027, 1, 1))
    assert december.month.cancelled_by_us.part == 1
    assert see_figures(desk=desk).month.cancelled_by_us.part == 0
    assert see_figures(date(2027, 6, 1), desk=desk).month.first == date(2027, 1, 1)
