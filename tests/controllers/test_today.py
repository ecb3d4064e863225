"""The dashboard's facts on both databases: what is counted, since when, in which order, and what a month says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, update

from controllers import checkin, reservations
from controllers.desk import Desk
from controllers.today import see_around, see_figures, see_today, see_week
from controllers.viewing import see_page
from models.boxes import BOXES, Box
from models.figures import Course
from models.metrics import Answers, Share
from models.outbox import LetterState
from models.payments import MoneyState
from models.reservations import Cause, Status
from models.tables import Message, OutboxRow, Refund, Reservation, Staff
from tests.builders import (
    a_product,
    a_reservation,
    direct_row,
    kkday_row,
    reservation,
    take,
    taken,
    teach_headings,
)
from tests.fakes import StillClock

TODAY = "2027-01-15"
PROMISED = {"confirm_within": {"days": 1, "from": "order"}}
"""Ordered the day before at 9, so that it falls due today at 9: an hour ago."""


def box(desk: Desk, key: str) -> Box:
    return see_today(desk=desk).box(key)


def counts(desk: Desk) -> dict[str, int]:
    return {one.key: one.count for one in see_today(desk=desk).boxes if one.count}


def change(desk: Desk, statement: Any) -> None:
    with desk.work() as work:
        work.connection.execute(statement)


def set_facts(desk: Desk, reservation_id: int, **values: Any) -> None:
    change(desk, update(Reservation).where(Reservation.id == reservation_id).values(**values))


# --- the boxes ------------------------------------------------------------------------------


def test_an_empty_desk_has_every_box_and_nothing_in_it(desk: Desk) -> None:
    told = see_today(desk=desk)
    assert tuple(one.key for one in told.boxes) == BOXES
    assert counts(desk) == {}
    assert (told.urgent, told.chores, told.has_products) == ((), (), False)


def test_each_order_is_counted_where_it_needs_somebody(desk: Desk) -> None:
    a_product(desk, capacity=50)
    for status in (
        Status.UNCONFIRMED,
        Status.UNCONFIRMED,
        Status.PENDING,
        Status.CANCEL_REQUESTED,
        Status.CONFIRMED,
    ):
        a_reservation(desk, status, date="2027-02-01")
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, product="A boat nobody knows")
    assert counts(desk) == {"unconfirmed": 3, "pending": 1, "to-cancel": 1, "departing": 1, "unmatched": 1}


def test_every_box_opens_a_list_that_holds_what_it_counts(desk: Desk) -> None:
    a_product(desk, capacity=50)
    teach_headings(desk)
    for status in (Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED):
        a_reservation(desk, status)
    a_reservation(desk, date="2027-01-14")
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, product="A boat nobody knows")
    told = kkday_row()
    (changed,) = taken(desk, told)
    reservations.confirm(changed, desk=desk)
    take(desk, {**told, "date": "2027-02-03 14:00"})
    gone = a_reservation(desk, Status.CANCELLED, email="anna@example.com")
    change(desk, update(OutboxRow).where(OutboxRow.reservation_id == gone).values(state=LetterState.FAILED))
    _a_refund(desk, gone, MoneyState.FAILED)
    found = {one.key: len(see_page(one.opens, desk=desk).rows) for one in see_today(desk=desk).boxes}
    assert found == counts(desk)
    assert set(found) == set(BOXES)
    assert min(found.values()) == 1, "every box has something in it"


def test_an_order_past_its_departure_is_counted_as_such_and_where_it_stands(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, date="2027-01-14")
    a_reservation(desk, Status.CANCEL_REQUESTED, date="2027-01-14")
    assert counts(desk) == {"unconfirmed": 1, "overdue": 1, "to-cancel": 1}


def test_a_box_says_since_when_its_oldest_stands_like_that(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    arrived = clock()
    one = a_reservation(desk)
    clock.forward(hours=5)
    a_reservation(desk)
    assert box(desk, "unconfirmed").oldest == arrived
    reservations.confirm(one, desk=desk)
    clock.forward(hours=2)
    reservations.request_cancel(one, desk=desk)
    assert box(desk, "to-cancel").oldest == clock()


def test_the_next_promise_and_the_broken_ones_are_told(desk: Desk, clock: StillClock) -> None:
    a_product(desk, confirm_within={"days": 1, "from": "departure"})
    a_reservation(desk, date="2027-02-09")
    a_reservation(desk, date="2027-01-19")
    assert (box(desk, "unconfirmed").broken, box(desk, "unconfirmed").next_promise) == (
        0,
        datetime(2027, 1, 18, 5, tzinfo=UTC),
    )
    clock.set(datetime(2027, 1, 18, 6, tzinfo=UTC))
    assert box(desk, "unconfirmed").broken == 1


@pytest.mark.parametrize(
    ("state", "collector", "expected_to", "count"),
    [
        (MoneyState.FAILED, "channel", date(2027, 2, 1), 1),
        (MoneyState.DUE, "us", date(2027, 1, 13), 1),
        (MoneyState.DUE, "us", date(2027, 1, 20), 0),
        (MoneyState.DUE, "channel", date(2027, 1, 13), 0),
        (MoneyState.DONE, "us", date(2027, 1, 13), 0),
    ],
)
def test_refunds_that_failed_or_that_we_owe_too_long(
    desk: Desk, state: MoneyState, collector: str, expected_to: date, count: int
) -> None:
    a_product(desk)
    _a_refund(desk, a_reservation(desk), state, collector, expected_to)
    assert box(desk, "refunds").count == count


def _a_refund(
    desk: Desk, of: int, state: MoneyState, collector: str = "us", until: date = date(2027, 2, 1)
) -> None:
    facts = {"amount_minor": 100, "currency": "KRW", "cause": "ours", "tier": "full refund"}
    days = {"expected_from": until, "expected_to": until, "made_at": desk.now()}
    change(
        desk,
        insert(Refund).values(reservation_id=of, state=state, collector=collector, **facts, **days),
    )


# --- what waits for an answer ---------------------------------------------------------------


def urgent(desk: Desk) -> list[int]:
    return [one.row.id for one in see_today(desk=desk).urgent]


def test_the_departed_come_first_then_the_nearest_promise(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2, "from": "departure"})
    far = a_reservation(desk, date="2027-02-20")
    asks = a_reservation(desk, Status.CANCEL_REQUESTED, date="2027-02-02")
    near = a_reservation(desk, date="2027-02-01")
    departed = a_reservation(desk, date="2027-01-14")
    assert urgent(desk) == [departed, near, asks, far]


def test_a_place_held_for_who_has_not_paid_comes_by_the_time_it_is_given_up(desk: Desk) -> None:
    a_product(desk)
    waits = a_reservation(desk, date="2027-02-01")
    held = a_reservation(desk, Status.AWAITING_PAYMENT)
    until = desk.now() + timedelta(hours=2)
    set_facts(desk, held, expires_at=until)
    first = see_today(desk=desk).urgent[0]
    assert urgent(desk) == [held, waits]
    assert (first.expires_at, first.seats_taken, first.seats_after) == (until, 2, 2)


def test_an_unpaid_order_of_a_channel_is_the_channels_to_chase(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="octo")
    assert urgent(desk) == []


def test_a_held_order_says_what_is_missing_and_names_nobody(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(name="SAMPLE, ANNA"))
    reservations.hold(one, desk=desk, reason="the passport of Anna Sample, +47 12345678")
    missing = see_today(desk=desk).urgent[0].missing
    assert missing.startswith("the passport of")
    assert not {"anna", "sample", "12345678"} & set(missing.lower().replace(",", " ").split())


def test_our_own_held_order_says_it_as_we_wrote_it(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    reservations.hold(one, desk=desk, reason="a call from Anna")
    assert see_today(desk=desk).urgent[0].missing == "a call from Anna"


# --- what is to be settled ------------------------------------------------------------------


def test_what_channels_must_be_told_stands_by_channel_until_it_is_ticked_off(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    clock.forward(hours=1)
    reservations.confirm(one, desk=desk)
    told = see_today(desk=desk)
    assert [(c.row.id, c.row.to_do, c.since) for c in told.chores] == [(one, "confirm", clock())]
    assert told.to_do_at == (("kkday", 1),)
    reservations.tick_off(one, desk=desk)
    assert (see_today(desk=desk).chores, counts(desk)) == ((), {})


def test_what_a_newer_file_asks_comes_before_what_is_to_do(desk: Desk) -> None:
    a_product(desk)
    row = kkday_row()
    (one,) = taken(desk, row)
    reservations.confirm(one, desk=desk)
    take(desk, {**row, "date": "2027-02-03 14:00"})
    assert [(chore.row.id, chore.question) for chore in see_today(desk=desk).chores] == [
        (one, "departure"),
        (one, ""),
    ]
    assert box(desk, "decisions").count == 1


def test_todays_departure_says_who_is_expected_and_who_is_in(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, date=TODAY, party=3)
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, date=TODAY)
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.set(datetime(2027, 1, 15, 4, 45, tzinfo=UTC))
    checkin.scan(f"CF-{one}", desk=desk)
    (departure,) = see_today(desk=desk).departures
    assert (departure.expected, departure.arrived, departure.waiting) == (5, 3, 2)


# --- what the frame and the week show -------------------------------------------------------


def test_the_frame_counts_who_waits_and_letters_that_can_be_taken_back(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk)
    a_reservation(desk, Status.PENDING)
    a_reservation(desk, Status.CANCEL_REQUESTED)
    told = see_around(desk=desk)
    assert (told.waiting, told.letters_leaving) == (2, 1)


def test_the_coming_days_begin_today(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, date="2027-01-16")
    told = see_week(desk=desk)
    assert (told.days[0], len(told.days)) == (date(2027, 1, 15), 7)
    (line,) = told.lines
    assert [cell.taken if cell else None for cell in line.cells][:3] == [0, 2, 0]


# --- the last days and the month ------------------------------------------------------------


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


def test_the_journal_and_the_age_agree_after_every_move(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk)
    assert reservation(desk, one).status_at is None
    clock.forward(hours=1)
    reservations.hold(one, desk=desk, reason="a seat for the dog")
    assert reservation(desk, one).status_at == clock()


# --- speed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("see", [see_today, see_around, see_week, see_figures])
def test_no_question_of_the_dashboard_reads_every_reservation(a_desk: Desk, see: Any) -> None:
    a_product(a_desk)
    taken(a_desk, direct_row())
    _as_if_a_million(a_desk)
    asked: list[tuple[str, Any]] = []
    engine = a_desk.database.engine

    @event.listens_for(engine, "before_cursor_execute")
    def _remember(_c: Any, _cursor: Any, statement: str, told: Any, *_rest: Any) -> None:
        asked.append((statement, told))

    see(desk=a_desk)
    event.remove(engine, "before_cursor_execute", _remember)
    with a_desk.reading() as look:
        plans = [
            row[3]
            for statement, told in asked
            for row in look.exec_driver_sql(f"explain query plan {statement}", told)
        ]
    assert any("reservations USING" in plan for plan in plans)
    narrow = ("to_do", "unmatched", "answer")  # these hold only what needs somebody: all of it may be read
    scans = [plan for plan in plans if plan.startswith(("SCAN reservations", "SCAN payments"))]
    assert [plan for plan in scans if not plan.endswith(tuple(f"ix_reservations_{n}" for n in narrow))] == []


def _as_if_a_million(desk: Desk) -> None:
    """Tells SQLite's planner what it would know of a million reservations."""
    with desk.database.transaction() as connection:
        connection.exec_driver_sql("analyze")
        connection.exec_driver_sql("delete from sqlite_stat1")
        for table, index, told in (
            ("reservations", "sqlite_autoindex_reservations_1", "1000000 166667 1 1 1"),
            ("reservations", "ix_reservations_sort", "1000000 88 1"),
            ("reservations", "ix_reservations_calendar", "1000000 926 45 23 10 3 1"),
            ("reservations", "ix_reservations_departure", "1000000 23 10 3 1"),
            ("reservations", "ix_reservations_ordered", "1000000 2 1 1 1"),
            ("payments", "ix_payments_sums", "900000 1 1 1 1 1"),
        ):
            connection.exec_driver_sql("insert into sqlite_stat1 values (?, ?, ?)", (table, index, told))
        connection.exec_driver_sql("analyze sqlite_schema")
