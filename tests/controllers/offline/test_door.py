"""A counter whose server does not answer: it goes on by its replica, and hands over what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from controllers import checkin, incidents, journal, search
from controllers.desk import Desk, open_desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from controllers.staff import signing_in
from models.checkin import Kind
from models.database import Database
from models.offline import UNCHECKED, Conflict
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, Key, ScanRow
from tests.alone import IN_TIME, A, B, a_code, guests, handed_over, ready, scans, silent
from tests.builders import letters, reservation, somebody_else, tickets
from tests.fakes import StillClock
from tests.staff import PASSWORD, PIN, cheapest_hashes, with_staff
from ui import asking

__all__ = ["cheapest_hashes"]

ON_ANY = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
"""What has nothing to do with the kind of server."""

# --- going on without the server ----------------------------------------------------------------


def test_a_scan_goes_on_by_the_replica_and_is_handed_over(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    code = a_code(desk, one)
    ready(door)
    with silent(door):
        answer = door.scan(code, scan_id=A)
        again = door.scan(code, scan_id=B)
        state = door.state()
    assert (answer.kind, answer.admitted) == (Kind.ADMIT, 2)
    assert answer.alone is not None
    assert (answer.alone.since, answer.alone.synced_at, answer.alone.unchecked) == (
        IN_TIME,
        IN_TIME,
        UNCHECKED,
    )
    assert again.scan_id == A  # within five seconds it is the same scan
    assert (state.is_offline, state.waiting, state.since) == (True, 1, IN_TIME)
    assert reservation(desk, one).arrived_heads == 0
    clock.forward(minutes=5)
    state = door.look_after()
    assert (state.is_offline, state.waiting) == (False, 0)
    row = reservation(desk, one)
    assert (row.arrived_heads, row.arrived_at) == (2, IN_TIME)
    assert [(t.uses_left, t.arrived_heads) for t in tickets(desk, one)] == [(0, 0)]
    (told,) = handed_over(desk, one)
    assert (told["scan"], told["scanned_at"]) == (A, "2027-02-01T04:50:00.000000Z")
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


@ON_ANY
def test_after_the_first_nobody_asks_the_server(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    guests(desk, clock)
    ready(door).lost()
    assert door.scan("4711", scan_id=A).alone is not None
    with pytest.raises(CannotDo, match="offline"), counter.reading():
        pass


def test_a_counter_that_never_had_a_copy_says_so(desk: Desk, counter: Desk, door: Door) -> None:
    with silent(door), pytest.raises(CannotDo, match="replica-empty"):
        door.scan("4711", scan_id=A)
    assert not door.look_after().is_offline


@ON_ANY
def test_who_may_not_scan_may_not_without_the_server_either(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    guests(desk, clock)
    ready(door).lost()
    counter.actor = replace(counter.actor, role="order-clerk")
    with pytest.raises(CannotDo, match="not-allowed"):
        door.scan("4711", scan_id=A)


@ON_ANY
def test_what_the_server_refuses_is_no_reason_to_go_on_without_it(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door)
    door.scan(a_code(desk, one), scan_id=A)
    with pytest.raises(CannotDo, match="scan-id-used"):
        door.scan("4711", scan_id=A)
    assert not door.is_offline


def test_refused_scans_are_handed_over_too(desk: Desk, door: Door, clock: StillClock) -> None:
    guests(desk, clock)
    ready(door).lost()
    assert door.scan("nobody has this", scan_id=A).kind is Kind.UNKNOWN
    assert door.unreadable("picture", scan_id=B).kind is Kind.UNREADABLE
    assert not door.look_after().is_offline
    assert sorted(scans(desk)) == [("a", 0, False), ("b", 0, False)]


def test_one_takes_back_what_one_let_in_and_the_server_hears_of_both(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    door.undo(A)
    clock.forward(seconds=10)
    door.scan(a_code(desk, one), scan_id=B, heads=1)
    assert not door.look_after().is_offline
    assert scans(desk) == [("a", 2, True), ("b", 1, False)]
    assert reservation(desk, one).arrived_heads == 1
    assert [told.get("undone_at") for told in handed_over(desk, one)] == ["2027-02-01T04:50:00.000000Z", None]


def test_what_was_let_in_before_is_taken_back_without_the_server(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door)
    door.scan(a_code(desk, one), scan_id=A)
    ready(door).lost()
    door.undo_last(one)
    assert not door.look_after().is_offline
    assert scans(desk) == [("a", 2, True)]
    assert (reservation(desk, one).arrived_heads, tickets(desk, one)[0].uses_left) == (0, 1)


@ON_ANY
def test_without_the_server_nobody_takes_back_what_another_counter_let_in(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=A)
    ready(door).lost()
    for undo in (lambda: door.undo(A), lambda: door.undo_last(one), lambda: door.let_in_only(A, 1, new_id=B)):
        with pytest.raises(CannotDo, match="offline-not-yours"):
            undo()


@ON_ANY
def test_fewer_came_than_were_let_in(desk: Desk, door: Door, clock: StillClock) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    clock.forward(seconds=10)
    assert door.let_in_only(A, 1, new_id=B).arrived == 1
    assert not door.look_after().is_offline
    assert scans(desk) == [("a", 2, True), ("b", 1, False)]
    assert reservation(desk, one).arrived_heads == 1


def test_an_arrival_that_redeems_promises_its_letter_on_the_server(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock, redeem="on arrival")
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    assert not door.look_after().is_offline
    row = reservation(desk, one)
    assert (row.status, row.redeemed_by_scan, row.redeemed_at) == (Status.REDEEMED, A, IN_TIME)
    assert ("comment", "WAITING") in letters(desk, one)


def test_a_redemption_taken_back_without_the_server_is_taken_back_there(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock, redeem="on arrival")
    ready(door)
    door.scan(a_code(desk, one), scan_id=A)
    assert reservation(desk, one).status is Status.REDEEMED
    ready(door).lost()
    door.undo(A)
    assert not door.look_after().is_offline
    row = reservation(desk, one)
    assert (row.status, row.redeemed_at, row.arrived_heads) == (Status.CONFIRMED, None, 0)


# --- closed and opened meanwhile ----------------------------------------------------------------


@ON_ANY
def test_it_is_still_offline_after_the_program_was_closed(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    folder = door.replica.file.parent
    door.close()
    clock.forward(minutes=30)
    again = Door(counter, Replica(folder, clock))
    assert (again.state().since, again.state().waiting) == (IN_TIME, 1)
    assert again.scan(a_code(desk, one), scan_id=B).kind is Kind.USED
    told = [one.answer.alone for one in again.last_scans()]
    assert [alone.unchecked for alone in told if alone] == [UNCHECKED, UNCHECKED], "both are told as offline"
    assert not again.look_after().is_offline
    assert [told["scan"] for told in handed_over(desk, one)] == [A, B]
    assert [one.answer.alone for one in again.last_scans()] == [None, None], "the server knows them"
    again.close()


@ON_ANY
def test_it_can_be_opened_though_the_server_is_not_there(
    desk: Desk, door: Door, clock: StillClock, kind: str
) -> None:
    one = guests(desk, clock)
    code = a_code(desk, one)
    ready(door).close()
    replica = Replica(door.replica.file.parent, clock)
    here = replica.desk("Desk")
    assert here.actor == desk.actor
    nowhere = Database("postgresql://nobody@127.0.0.1:9/nothing")
    again = Door(Desk(nowhere, here.actor, here.practice, clock), replica)
    assert again.scan(code, scan_id=A).kind is Kind.ADMIT
    assert again.look_after().waiting == 1
    again.close()
    nowhere.close()


@ON_ANY
def test_a_counter_the_copy_never_heard_of_is_given_no_number_there(
    door: Door, desk: Desk, clock: StillClock
) -> None:
    ready(door)
    with pytest.raises(CannotDo, match="replica-empty"):
        door.replica.desk("New counter")


# --- handing over, whatever comes between -------------------------------------------------------


def test_who_stops_between_the_server_and_the_note_hands_over_once(
    desk: Desk, door: Door, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    with monkeypatch.context() as patch:
        patch.setattr(door.replica, "has_handed", _pulled_out)
        with pytest.raises(PulledOutError):
            door.look_after()
    assert (door.state().waiting, door.is_offline) == (1, True)
    assert not door.look_after().is_offline
    assert scans(desk) == [("a", 2, False)]
    assert len(handed_over(desk, one)) == 1
    assert reservation(desk, one).arrived_heads == 2


class PulledOutError(Exception):
    """Somebody pulled the plug."""


def _pulled_out(*_: object) -> None:
    raise PulledOutError


def test_an_answer_that_came_too_late_is_known_again(desk: Desk, door: Door, clock: StillClock) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    checkin.scan(a_code(desk, one), desk=desk, scan_id=A)  # it was done there all the same
    assert not door.look_after().is_offline
    assert (scans(desk), handed_over(desk, one)) == ([("a", 2, False)], [])
    assert (reservation(desk, one).arrived_heads, incidents.see_incidents(desk=desk)) == (2, ())


def test_the_guests_are_in_though_the_server_had_refused_them_too_late(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    clock.forward(minutes=-1)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B)
    clock.set(IN_TIME)
    door.scan(a_code(desk, one), scan_id=A)
    assert checkin.scan(a_code(desk, one), desk=desk, scan_id=A).kind is Kind.USED
    assert not door.look_after().is_offline
    assert scans(desk) == [("b", 2, False), ("a", 2, False)]
    (found,) = incidents.see_incidents(desk=desk)
    assert (found.kind, found.scan.counter, found.heads) == (Conflict.TWICE, "Desk", 2)
    assert found.other is not None
    assert found.other.counter == "Second desk"


def test_scans_are_not_handed_to_another_database(
    desk: Desk, door: Door, replica: Replica, clock: StillClock, fresh_sqlite: Callable[[], str]
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    other = open_desk(fresh_sqlite(), practice=True, clock=clock)
    with other.database.transaction() as connection:
        connection.execute(update(Key).where(Key.version == 0).values(secret=b"another"))
    strange = Door(other, replica)
    assert strange.look_after().trouble == "replica-of-another"
    assert strange.state().waiting == 1
    other.database.close()


def test_a_scan_keeps_its_person_and_the_chain_its_own_order(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    mina = somebody_else(desk)
    ready(door).lost()
    counter.actor = replace(mina.actor, counter_id=desk.actor.counter_id, counter=desk.actor.counter)
    door.scan(a_code(desk, one), scan_id=A)
    counter.actor = desk.actor
    assert not door.look_after().is_offline
    with desk.reading() as look:
        scan = look.execute(select(ScanRow.staff_id, ScanRow.at)).one()
        entry = look.execute(select(JournalEntry).where(JournalEntry.action == "hand-over")).one()
    assert (scan.staff_id, scan.at) == (mina.actor.staff_id, IN_TIME)
    assert (entry.staff_id, entry.counter_id) == (mina.actor.staff_id, desk.actor.counter_id)


# --- people -------------------------------------------------------------------------------------


def test_a_locked_counter_is_opened_and_scans_though_the_server_is_away(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    code = a_code(desk, guests(desk, clock))
    mina = with_staff(desk, "Mina Example", pin=PIN)
    counter.scans = door
    ready(door)
    signing_in.leave("idle", desk=counter)
    door.lost()
    with pytest.raises(CannotDo, match="not-allowed"):
        door.scan(code, scan_id=A)
    with pytest.raises(CannotDo, match="sign-in-wrong"):
        asking.sign_in(lambda: counter, "Mina Example", "another password")
    needed, who, _ = asking.who_may_change(lambda: counter)
    assert (needed, [one.name for one in who]) == (True, ["Mina Example"])
    actor, told = asking.sign_in(lambda: counter, "Mina Example", PIN)
    assert (actor.staff, told.name, counter.actor) == ("Mina Example", "Mina Example", actor)
    answer = door.scan(code, scan_id=B)
    assert (answer.kind, answer.alone is not None) == (Kind.ADMIT, True)
    door.look_after()
    with desk.reading() as look:
        assert look.execute(select(ScanRow.staff_id)).scalars().all() == [mina]


def test_who_was_looked_up_and_who_tried_to_sign_in_is_told_to_the_server(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    guests(desk, clock)
    mina = with_staff(desk, "Mina Example", pin=PIN)
    counter.scans = door
    ready(door)
    signing_in.leave("idle", desk=counter)
    with silent(door):
        door.lost()
        with pytest.raises(CannotDo, match="sign-in-wrong"):
            asking.sign_in(lambda: counter, "Mina Example", "another password")
        asking.sign_in(lambda: counter, "Mina Example", PIN)
        counter.actor = replace(counter.actor, role="front-desk")
        search.note("Anna Sample", 1, desk=door.desk())
        clock.forward(minutes=5)
    door.look_after()
    assert _told_alone(desk) == [("wrong-try", None), ("sign-in", mina), ("search", mina)]
    with silent(door):
        door.lost()
        search.note("Anna Sample", 1, desk=door.desk())
    door.look_after()
    door.look_after()
    assert _told_alone(desk)[3:] == [("search", mina)], "each is told once"
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))


def _told_alone(desk: Desk) -> list[tuple[str, int | None]]:
    """What was looked at and tried at a counter that was alone, as the server's journal has it."""
    with desk.reading() as look:
        asked = select(JournalEntry).where(JournalEntry.details.contains("alone_at"))
        rows = look.execute(asked.order_by(JournalEntry.counter_id, JournalEntry.seq)).all()
    return [(row.action, row.staff_id) for row in rows]


@ON_ANY
def test_a_new_password_wants_the_server(desk: Desk, counter: Desk, door: Door, clock: StillClock) -> None:
    with_staff(desk, "Mina Example", pin=PIN)
    counter.scans = door
    ready(door).lost()
    with pytest.raises(CannotDo, match="offline"):
        asking.sign_in(lambda: counter, "Mina Example", PASSWORD, "another long password")
