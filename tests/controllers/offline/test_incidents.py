"""What counters did against each other: each conflict once, and what comes of each decision."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import insert, select, text, update

from controllers import checkin, incidents, moving, reservations, undoing
from controllers import tickets as issuing
from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.offline.handing import hand_over
from models.checkin import Kind
from models.offline import Conflict, Ruling
from models.orders import Collector
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Payment, ScanRow, Ticket
from models.tickets import TicketState
from tests.alone import IN_TIME, A, B, C, a_code, guests, ready
from tests.builders import a_product, a_reservation, departure, refunds, reservation, somebody_else, tickets
from tests.fakes import StillClock


def listed(desk: Desk) -> list[tuple[Conflict, str, int]]:
    """The kind, the scan's first sign and the heads of everything that waits, the oldest first."""
    with desk.reading() as look:
        numbers = {row.id: row.scan_id for row in look.execute(text("select id, scan_id from incidents"))}
    found = reversed(incidents.see_incidents(desk=desk))
    return [(one.kind, numbers[one.id][0], one.heads) for one in found]


def the_only(desk: Desk) -> incidents.IncidentRow:
    (found,) = incidents.see_incidents(desk=desk)
    return found


def back(door: Door) -> None:
    """The server answers again."""
    state = door.look_after()
    assert (state.is_offline, state.trouble) == (False, "")


def let_in_alone(desk: Desk, door: Door, clock: StillClock, **product: object) -> int:
    """Guests who came in while nobody else heard of it."""
    one = guests(desk, clock, **product)
    ready(door).lost()
    assert door.scan(a_code(desk, one), scan_id=A).admitted == 2
    clock.forward(seconds=30)
    return one


# --- the same voucher twice ---------------------------------------------------------------------


def test_the_same_voucher_at_two_counters_is_one_conflict(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    assert checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B).admitted == 2
    back(door)
    found = the_only(desk)
    assert (found.kind, found.heads, found.number) == (Conflict.TWICE, 2, f"CF-{one}")
    assert (found.scan.counter, found.scan.at) == ("Second desk", clock())  # by its own time it came later
    assert found.other is not None
    assert (found.other.counter, found.other.at, found.other.staff) == ("Desk", IN_TIME, "Owner")
    assert (found.traveler != "", found.party, found.arrived) == (True, 2, 2)
    assert reservation(desk, one).arrived_at == IN_TIME
    assert incidents.count_incidents(desk=desk) == 1


def test_two_halves_of_a_party_are_none(desk: Desk, second_desk: Desk, door: Door, clock: StillClock) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A, heads=1)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B, heads=1)
    back(door)
    assert (listed(desk), reservation(desk, one).arrived_heads) == ([], 2)


def test_a_slip_is_taken_back(desk: Desk, second_desk: Desk, door: Door, clock: StillClock) -> None:
    one = let_in_alone(desk, door, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    done = incidents.decide_incident(the_only(desk).id, Ruling.TAKE_BACK, desk=desk, words="the screen hung")
    assert done.facts == {"ruling": "take-back"}
    assert (listed(desk), incidents.count_incidents(desk=desk)) == ([], 0)
    (decided,) = incidents.see_incidents(desk=desk, decided=True)
    assert (decided.ruling, decided.words, decided.decided_by) == (
        Ruling.TAKE_BACK,
        "the screen hung",
        "Owner",
    )
    assert decided.offered == ()
    with desk.reading() as look:
        undone = look.execute(select(ScanRow.undone_at).where(ScanRow.id == B)).scalar()
    assert (undone is not None, reservation(desk, one).arrived_heads) == (True, 2)


def test_where_the_first_is_taken_back_the_second_counts(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock, redeem="on arrival")
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    assert reservation(desk, one).redeemed_by_scan == A
    undoing.undo(A, desk=desk)
    row = reservation(desk, one)
    assert (row.status, row.redeemed_by_scan, row.arrived_heads) == (Status.REDEEMED, B, 2)
    assert (listed(desk), tickets(desk, one)[0].uses_left) == ([], 0)


def test_a_copied_voucher_is_told_to_the_gate(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    with pytest.raises(CannotDo, match="warning-missing"):
        incidents.decide_incident(the_only(desk).id, Ruling.WARN, desk=desk)
    incidents.decide_incident(the_only(desk).id, Ruling.WARN, desk=desk, words="copied, ask for a passport")
    assert reservation(desk, one).attention == "copied, ask for a passport"


def test_it_stays_as_it_is(desk: Desk, second_desk: Desk, door: Door, clock: StillClock) -> None:
    one = let_in_alone(desk, door, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    before = reservation(desk, one)
    incidents.decide_incident(the_only(desk).id, Ruling.KEEP, desk=desk)
    assert reservation(desk, one) == before
    undoing.undo(A, desk=desk)  # whatever comes later, what was decided is not asked again
    assert listed(desk) == []


def test_nobody_decides_twice(desk: Desk, second_desk: Desk, door: Door, clock: StillClock) -> None:
    one = let_in_alone(desk, door, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    found = the_only(desk)
    incidents.decide_incident(found.id, Ruling.KEEP, desk=desk)
    with pytest.raises(CannotDo, match="incident-gone"):
        incidents.decide_incident(found.id, Ruling.TAKE_BACK, desk=second_desk)
    with pytest.raises(CannotDo, match="incident-gone"):
        incidents.decide_incident("nothing", Ruling.KEEP, desk=desk)


def test_only_what_is_offered_can_be_decided(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    back(door)
    with pytest.raises(CannotDo, match="ruling-not-offered"):
        incidents.decide_incident(the_only(desk).id, Ruling.COUNT, desk=desk)


def test_the_front_desk_may_count_and_not_decide(desk: Desk, door: Door, clock: StillClock) -> None:
    mina = somebody_else(desk)
    assert incidents.count_incidents(desk=mina) == 0
    with pytest.raises(CannotDo, match="not-allowed"):
        incidents.see_incidents(desk=mina)


# --- what the server has against it -------------------------------------------------------------


def test_who_was_cancelled_meanwhile_is_a_conflict_and_stays_cancelled(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    reservations.cancel(one, desk=second_desk, reason="the guide is ill")
    back(door)
    found = the_only(desk)
    assert (found.kind, found.heads, found.status) == (Conflict.CANCELLED, 2, Status.CANCELLED)
    assert (found.offered, found.other) == ((Ruling.KEEP, Ruling.NO_REFUND, Ruling.TAKE_BACK), None)
    assert (reservation(desk, one).status, reservation(desk, one).arrived_heads) == (Status.CANCELLED, 0)


def test_who_travelled_gets_no_money_back(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    reservations.cancel(one, desk=second_desk, reason="the guide is ill")
    assert refunds(desk, one) == [(75000, "us", "full refund")]
    back(door)
    incidents.decide_incident(the_only(desk).id, Ruling.NO_REFUND, desk=desk)
    assert (refunds(desk, one), listed(desk)) == ([], [])


def test_who_was_not_confirmed_any_more_can_be_confirmed_and_counts(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    clock.set(IN_TIME)
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)  # a moment ago: its letter still waits
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    reservations.unconfirm(one, desk=second_desk)
    back(door)
    assert listed(desk) == [(Conflict.NOT_CONFIRMED, "a", 2)]
    assert reservation(desk, one).arrived_heads == 0
    incidents.decide_incident(the_only(desk).id, Ruling.CONFIRM, desk=desk)
    row = reservation(desk, one)
    assert (row.status, row.arrived_heads, departure(desk, one).seats_taken) == (Status.CONFIRMED, 2, 2)
    assert listed(desk) == []


def test_who_came_with_an_old_voucher_is_counted_when_somebody_says_so(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    with desk.work() as work:  # as a changed party does it
        row = reservations.take(work, one)
        work.connection.execute(update(Ticket).values(state=TicketState.REPLACED))
        issuing.issue(work, row, None)
    back(door)
    assert listed(desk) == [(Conflict.REPLACED, "a", 2)]
    new = a_code(desk, one, which=1)
    assert reservation(desk, one).arrived_heads == 0
    incidents.decide_incident(the_only(desk).id, Ruling.COUNT, desk=desk)
    assert reservation(desk, one).arrived_heads == 2
    assert checkin.scan(new, desk=desk, scan_id=B).kind is Kind.USED


def test_who_was_moved_to_another_departure_meanwhile_is_a_conflict(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    a_product(desk, options=two_times())
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    row = reservation(desk, one)
    evening = row.departs_at.replace(hour=11)
    moving.move_today(one, other_option(desk, row.option_id), evening, desk=second_desk)
    back(door)
    assert listed(desk) == [(Conflict.MOVED, "a", 2)]
    incidents.decide_incident(the_only(desk).id, Ruling.TAKE_BACK, desk=desk)
    assert (reservation(desk, one).arrived_heads, listed(desk)) == (0, [])


def two_times() -> list[dict[str, object]]:
    """A walk in the afternoon and one in the evening."""
    units = [{"name": "Adult"}, {"name": "Child"}, {"name": "Infant", "heads": 0}]
    told = {"capacity": 8, "minutes": 120, "units": units}
    return [{"name": "Afternoon", "starts": "14:00", **told}, {"name": "Evening", "starts": "20:00", **told}]


def other_option(desk: Desk, option_id: int) -> int:
    with desk.reading() as look:
        found = look.execute(text("select id from options where id <> :one"), {"one": option_id})
        return int(found.scalar_one())


def test_who_owes_money_is_in_and_listed(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    due = {"amount_minor": 5000, "currency": "KRW", "method": "cash", "at": clock(), "reservation_id": one}
    with desk.database.transaction() as connection:
        connection.execute(insert(Payment), {**due, "state": MoneyState.DUE, "collector": Collector.US})
    back(door)
    assert listed(desk) == [(Conflict.UNPAID, "a", 2)]
    assert reservation(desk, one).arrived_heads == 2


def test_who_is_unknown_to_a_server_of_an_earlier_day_is_listed(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    with closing(sqlite3.connect(door.replica.file)) as file, file:  # as if the server had been put back
        file.execute("update scans set reservation_id = ?", [one + 1])
    back(door)
    found = the_only(desk)
    assert (found.kind, found.reservation_id, found.offered) == (Conflict.UNKNOWN, None, (Ruling.KEEP,))
    incidents.decide_incident(found.id, Ruling.KEEP, desk=desk)
    assert listed(desk) == []


def test_who_is_unknown_and_was_taken_back_since_is_off_the_list(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    with closing(sqlite3.connect(door.replica.file)) as file, file:  # as if the server had been put back
        file.execute("update scans set reservation_id = ?", [one + 1])
    hand_over(door.replica, desk)
    assert listed(desk) == [(Conflict.UNKNOWN, "a", 2)]
    with closing(sqlite3.connect(door.replica.file)) as file, file:
        file.execute("update scans set undone_at = at")
    hand_over(door.replica, desk)
    assert listed(desk) == []


def test_a_no_show_who_came_after_all_is_returned(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    clock.set(reservation(desk, one).ends_at)
    reservations.no_show(one, desk=second_desk)
    back(door)
    row = reservation(desk, one)
    assert (row.status, row.arrived_heads, listed(desk)) == (Status.CONFIRMED, 2, [])


def test_what_was_taken_back_alone_is_no_conflict(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    door.undo(A)
    reservations.cancel(one, desk=second_desk, reason="the guide is ill")
    back(door)
    assert listed(desk) == []


def test_a_further_page_begins_below_the_last_row(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = let_in_alone(desk, door, clock)
    for number, scan in enumerate((B, C)):
        clock.forward(seconds=30 * (number + 1))
        with desk.database.transaction() as connection:
            connection.execute(update(Ticket).values(uses_left=1, arrived_heads=0))
        assert checkin.scan(a_code(desk, one), desk=second_desk, scan_id=scan).admitted == 2
    back(door)
    first = incidents.see_incidents(desk=desk, most=1)
    rest = incidents.see_incidents(desk=desk, after=first[0].place)
    assert [one.scan.at for one in (*first, *rest)] == sorted(
        (one.scan.at for one in (*first, *rest)), reverse=True
    )
    assert len(rest) == 1
