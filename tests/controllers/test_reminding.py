"""What the clock brings is told once each: promises that run out, travelers who wait, late money, the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import conversations, reservations
from controllers.desk import Desk
from controllers.notice_people import Heard, keep_notices, keep_steps
from controllers.notices import for_tray, numbers
from controllers.reminding import counted, forget_old, remind
from models.notices import Event, Route
from models.outbox import LetterState
from models.reservations import Status
from models.tables import Incident, NoticeRow, OutboxRow, Refund, Reservation
from tests.builders import a_product, a_reservation, reservation, somebody_else
from tests.conftest import NOW
from tests.fakes import StillClock

ALL = frozenset((event, route) for event in Event for route in Route)


@pytest.fixture(autouse=True)
def tea(desk: Desk) -> None:
    a_product(desk)


def told(desk: Desk, event: Event) -> list[Any]:
    with desk.reading() as look:
        asked = select(NoticeRow.__table__).where(NoticeRow.event == event, NoticeRow.gathered.is_(False))
        return list(look.execute(asked.order_by(NoticeRow.id)).all())


def clock_of(desk: Desk) -> Desk:
    return desk.by_the_clock()


def test_promise_is_reminded_of_once_at_each_step_and_not_when_it_is_kept(
    desk: Desk, clock: StillClock
) -> None:
    made, kept = a_reservation(desk), a_reservation(desk)
    by = reservation(desk, made).confirm_by
    with desk.work() as work:
        work.connection.execute(update(Reservation).values(received_at=by - timedelta(days=2)))
    clock.set(by - timedelta(hours=30))
    assert not remind(desk=clock_of(desk))
    clock.set(by - timedelta(hours=23))
    reservations.confirm(kept, desk=desk)
    for _ in range(3):
        remind(desk=clock_of(desk))
    clock.set(by - timedelta(minutes=50))
    remind(desk=clock_of(desk))
    clock.set(by + timedelta(minutes=1))
    remind(desk=clock_of(desk))
    assert [(row.reservation_id, row.facts) for row in told(desk, Event.PROMISE)] == [
        (made, {"hours": 24}),
        (made, {"hours": 1}),
    ]


def promised(desk: Desk, within: timedelta) -> datetime:
    """An order that came so long before its promise runs out; when that is."""
    made = a_reservation(desk)
    by: datetime = reservation(desk, made).confirm_by
    with desk.work() as work:
        came = update(Reservation).where(Reservation.id == made).values(received_at=by - within)
        work.connection.execute(came)
    return by


def test_order_that_is_new_is_not_told_once_more_by_a_step_that_lay_before_it(
    desk: Desk, clock: StillClock
) -> None:
    by = promised(desk, timedelta(hours=20))
    for left in (20, 19, 3, 0.5):
        clock.set(by - timedelta(hours=left))
        remind(desk=clock_of(desk))
    assert [row.facts for row in told(desk, Event.PROMISE)] == [{"hours": 4}, {"hours": 1}]


def test_promise_that_is_nearly_over_when_the_order_comes_is_told_all_the_same(
    desk: Desk, clock: StillClock
) -> None:
    by = promised(desk, timedelta(minutes=40))
    clock.set(by - timedelta(minutes=39))
    remind(desk=clock_of(desk))
    assert [row.facts for row in told(desk, Event.PROMISE)] == [{"hours": 1}]


def test_no_steps_no_reminders(desk: Desk, clock: StillClock) -> None:
    made = a_reservation(desk)
    keep_steps((), desk=desk)
    clock.set(reservation(desk, made).confirm_by - timedelta(minutes=5))
    remind(desk=clock_of(desk))
    assert told(desk, Event.PROMISE) == []


def test_many_that_are_found_together_ring_once(desk: Desk, clock: StillClock) -> None:
    made = [a_reservation(desk) for _ in range(5)]
    clock.set(reservation(desk, made[0]).confirm_by - timedelta(hours=3))
    remind(desk=clock_of(desk))
    remind(desk=clock_of(desk))
    (row,) = told(desk, Event.PROMISE)
    assert (row.reservation_id, row.facts) == (None, {"count": 5})


def test_traveler_who_writes_is_told_at_once_and_again_before_the_answer_is_late(
    desk: Desk, clock: StillClock
) -> None:
    made = a_reservation(desk)
    with clock_of(desk).work(by_clock=True) as work:
        conversations.heard(work, made, body="Where do we meet? I am Cleo Sample")
        conversations.heard(work, made, body="I am away", auto=True)
    assert [row.reservation_id for row in told(desk, Event.MESSAGE)] == [made]
    assert "Cleo" not in repr(told(desk, Event.MESSAGE))
    clock.forward(hours=10, minutes=1)
    remind(desk=clock_of(desk))
    remind(desk=clock_of(desk))
    assert [row.reservation_id for row in told(desk, Event.ANSWER)] == [made]


def test_letter_that_failed_is_told_and_a_notice_that_failed_is_not(desk: Desk) -> None:
    made = a_reservation(desk, Status.CONFIRMED)
    with desk.database.transaction() as connection:
        connection.execute(update(OutboxRow).values(state=LetterState.FAILED))
        row = {"key": "notice:0:0:ntfy", "kind": "notice", "state": "FAILED", "leave_at": NOW, "made_at": NOW}
        connection.execute(insert(OutboxRow), {**row, "carrier": "ntfy", "body": {}})
    remind(desk=clock_of(desk))
    assert [one.reservation_id for one in told(desk, Event.LETTER)] == [made]


def test_what_was_told_of_long_ago_hides_nothing_new(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controllers.reminding._MOST", 1)
    orders = [a_reservation(desk) for _ in range(2)]
    for order in orders:
        reservations.cancel(order, desk=desk, reason="the guide is ill")
        with desk.work() as work:
            of_it = OutboxRow.reservation_id == order
            failed = update(OutboxRow).where(of_it, OutboxRow.kind == "cancellation")
            work.connection.execute(failed.values(state=LetterState.FAILED, leave_at=clock()))
            conversations.heard(work, order, body="Why?")
            told_of = {"id": str(order), "kind": "twice", "at": clock(), "found_at": clock()}
            incident = {**told_of, "scan_id": "one", "reservation_id": order, "facts": {}}
            work.connection.execute(insert(Incident), incident)
        clock.forward(hours=11)
        remind(desk=clock_of(desk))
    for event in (Event.LETTER, Event.ANSWER, Event.INCIDENT):
        assert [row.reservation_id for row in told(desk, event)] == orders


def test_overdue_refund_is_told_to_whoever_may_give_money_back(desk: Desk, clock: StillClock) -> None:
    a_reservation(desk, Status.CANCELLED, amount="20000", currency="KRW")
    with desk.database.transaction() as connection:
        assert connection.execute(update(Refund).values(expected_to=NOW.date())).rowcount == 1
    gate = somebody_else(desk, "Gate", "redeem-only")
    clock.forward(days=2)
    remind(desk=clock_of(desk))
    with desk.reading() as look:
        last = told(desk, Event.REFUND)[0].id - 1
        assert [one.event for one in for_tray(look, desk.actor.staff_id, numbers(look, last))] == [
            Event.REFUND
        ]
        assert for_tray(look, gate.actor.staff_id, numbers(look, last)) == []


def test_morning_is_told_to_each_at_their_hour_once(desk: Desk, clock: StillClock) -> None:
    other = somebody_else(desk)
    keep_notices(desk.actor.staff_id, Heard(mail="a@example.com", tells=ALL, digest_hour=7), desk=desk)
    keep_notices(other.actor.staff_id, Heard(mail="b@example.com", tells=ALL, digest_hour=9), desk=desk)
    a_reservation(desk, date="2027-01-18", status=Status.CONFIRMED)
    a_reservation(desk, date="2027-01-19")
    clock.set(NOW.replace(day=18, hour=7, minute=5))
    remind(desk=clock_of(desk))
    remind(desk=clock_of(desk))
    (row,) = told(desk, Event.DIGEST)
    assert row.staff_id == desk.actor.staff_id
    assert (row.facts["departing"], row.facts["unconfirmed"]) == (1, 1)
    clock.set(NOW.replace(day=18, hour=9, minute=5))
    remind(desk=clock_of(desk))
    assert [row.staff_id for row in told(desk, Event.DIGEST)] == [desk.actor.staff_id, other.actor.staff_id]
    with desk.reading() as look:
        shown = [
            one for one in for_tray(look, other.actor.staff_id, numbers(look, 0)) if one.event is Event.DIGEST
        ]
    assert shown[0].text.splitlines()[:2] == ["Departing today: 1", "To be confirmed: 1"]


def test_morning_with_nothing_to_tell_is_silent_all_day(desk: Desk, clock: StillClock) -> None:
    keep_notices(desk.actor.staff_id, Heard(mail="a@example.com", tells=ALL), desk=desk)
    clock.set(NOW.replace(hour=8, minute=1))
    remind(desk=clock_of(desk))
    a_reservation(desk)
    remind(desk=clock_of(desk))
    assert told(desk, Event.DIGEST) == []


def test_morning_counts_what_the_dashboard_counts(desk: Desk) -> None:
    a_reservation(desk, Status.PENDING)
    a_reservation(desk, Status.CANCEL_REQUESTED)
    with desk.reading() as look:
        counts = counted(look, desk.now())
    assert (counts["unconfirmed"], counts["to-cancel"], counts["departing"]) == (1, 1, 0)


def test_morning_calls_late_only_what_is_late(desk: Desk, clock: StillClock) -> None:
    a_reservation(desk, Status.CANCELLED, amount="20000", currency="KRW")
    for days, late in ((0, 0), (20, 1)):
        clock.forward(days=days)
        with desk.reading() as look:
            counts = counted(look, desk.now())
        assert (counts["refunds_due"], counts["refunds"]) == (1, late)


def test_old_notices_are_forgotten(desk: Desk, clock: StillClock) -> None:
    a_reservation(desk)
    clock.forward(days=61)
    assert told(desk, Event.NEW)
    forget_old(desk=clock_of(desk))
    assert told(desk, Event.NEW) == []


def test_looking_for_what_is_due_writes_nothing_where_nothing_is(desk: Desk) -> None:
    with desk.reading() as look:
        assert look.execute(select(Reservation.id)).all() == []
    before = desk.head
    assert not remind(desk=clock_of(desk))
    assert desk.head == before
