"""At the gate: looking first, part of a party, notes that must be read, several reservations of one code."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from controllers import attention, checkin, undoing
from controllers.counter import set_up_counter
from controllers.desk import Desk
from controllers.turned_away import count_turned_away
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import (
    DEPARTS,
    a_product,
    a_reference,
    a_reservation,
    direct_row,
    everything,
    octo_booking,
    reservation,
    somebody_else,
    taken,
)
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)
LATER = {"seconds": 6}
"""More than the five seconds within which the same code is the same scan."""


def guests(desk: Desk, clock: StillClock, party: int | None = 5, **told: object) -> int:
    """A confirmed reservation whose gate is open."""
    a_product(desk, capacity=20)
    sold_by = "kkday" if party is None else "direct"
    one = a_reservation(desk, Status.CONFIRMED, sold_by=sold_by, party=party, **told)
    clock.set(IN_TIME)
    return one


def actions(desk: Desk, one: int) -> list[str]:
    """What the journal says of a reservation."""
    return [line.action for line in _history(desk, one)]


def _history(desk: Desk, one: int) -> list:
    from controllers.viewing import see_details

    return list(see_details(one, desk=desk).history)


# --- looking first ------------------------------------------------------------------------------


def test_a_look_says_who_may_come_in_and_writes_nothing(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    before = everything(desk)
    answer = checkin.scan(f"CF-{one}", desk=desk, look=True)
    assert (answer.kind, answer.offers, answer.admitted, answer.waits) == (Kind.ADMIT, 5, 0, True)
    assert answer.message == "5 may come in, nobody was let in yet."
    assert everything(desk) == before


def test_the_same_scan_lets_in_after_a_look(desk: Desk, clock: StillClock) -> None:
    one, scan_id = guests(desk, clock), str(uuid.uuid4())
    looked = checkin.scan(f"CF-{one}", desk=desk, scan_id=scan_id, look=True)
    answer = checkin.scan(f"CF-{one}", desk=desk, scan_id=looked.scan_id)
    again = checkin.scan(f"CF-{one}", desk=desk, scan_id=looked.scan_id)
    assert (looked.scan_id, answer.scan_id, answer.admitted) == (scan_id, scan_id, 5)
    assert (again.again, again.admitted) == (True, 5)
    assert reservation(desk, one).arrived_heads == 5


def test_a_look_that_is_refused_is_kept_like_every_refusal(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    clock.set(DEPARTS - timedelta(hours=5))
    checkin.scan(f"CF-{one}", desk=desk, look=True)
    assert len(everything(desk)["scans"]) == 1


def test_three_come_in_after_a_look_and_the_next_look_offers_the_two_left(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    looked = checkin.scan(f"CF-{one}", desk=desk, look=True)
    checkin.scan(f"CF-{one}", desk=desk, scan_id=looked.scan_id, heads=3)
    clock.forward(**LATER)
    next_look = checkin.scan(f"CF-{one}", desk=desk, look=True)
    assert (next_look.kind, next_look.offers, next_look.arrived) == (Kind.PARTLY_IN, 2, 3)


# --- fewer than were let in ----------------------------------------------------------------------


def test_fewer_came_than_the_scan_let_in_and_the_next_scan_offers_the_others(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    scanned = checkin.scan(f"CF-{one}", desk=desk)
    answer = undoing.let_in_only(scanned.scan_id, 3, desk=desk)
    assert (answer.kind, answer.admitted, answer.arrived) == (Kind.ADMIT, 3, 3)
    assert reservation(desk, one).arrived_heads == 3
    clock.forward(**LATER)
    rest = checkin.scan(f"CF-{one}", desk=desk)
    assert (rest.kind, rest.admitted, rest.arrived) == (Kind.PARTLY_IN, 2, 5)


def test_fewer_is_done_once_however_often_it_is_asked(desk: Desk, clock: StillClock) -> None:
    one, new_id = guests(desk, clock), str(uuid.uuid4())
    scanned = checkin.scan(f"CF-{one}", desk=desk)
    first = undoing.let_in_only(scanned.scan_id, 2, desk=desk, new_id=new_id)
    again = undoing.let_in_only(scanned.scan_id, 2, desk=desk, new_id=new_id)
    assert (first.admitted, again.admitted, again.again) == (2, 2, True)
    assert reservation(desk, one).arrived_heads == 2


def test_nobody_is_let_in_by_taking_fewer_of_a_scan_that_was_taken_back(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    scanned = checkin.scan(f"CF-{one}", desk=desk)
    undoing.undo(scanned.scan_id, desk=desk)
    with pytest.raises(CannotDo, match="nothing-to-undo"):
        undoing.let_in_only(scanned.scan_id, 2, desk=desk)
    assert reservation(desk, one).arrived_heads == 0


def test_fewer_of_a_forced_scan_stays_forced(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    clock.set(DEPARTS - timedelta(hours=5))
    scanned = checkin.scan(f"CF-{one}", desk=desk, force="The guide waits")
    answer = undoing.let_in_only(scanned.scan_id, 1, desk=desk)
    assert (answer.kind, answer.admitted, answer.told.forced) == (Kind.ADMIT, 1, True)


# --- notes for the gate --------------------------------------------------------------------------


def test_a_note_is_read_before_anybody_comes_in_and_the_journal_says_who_read_it(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="  One wheelchair:\n use the west gate ")
    seen = checkin.scan(f"CF-{one}", desk=desk)
    assert (seen.kind, seen.admitted, seen.offers) == (Kind.CHECK, 0, 5)
    assert seen.note == "One wheelchair: use the west gate"
    assert "note to read first" in seen.message
    assert reservation(desk, one).arrived_heads == 0
    gate = somebody_else(desk)
    answer = checkin.scan(f"CF-{one}", desk=gate, scan_id=seen.scan_id, read=True)
    assert (answer.kind, answer.admitted) == (Kind.CHECK, 5)
    read = next(line for line in _history(desk, one) if line.action == "note-read")
    assert (read.who, read.facts["scan"]) == ("Mina", seen.scan_id)


def test_a_note_is_read_again_by_whoever_lets_in_the_rest(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    checkin.scan(f"CF-{one}", desk=desk, read=True, heads=2)
    clock.forward(**LATER)
    rest = checkin.scan(f"CF-{one}", desk=desk)
    assert (rest.kind, rest.admitted, rest.offers) == (Kind.CHECK, 0, 3)


def test_a_note_that_was_changed_meanwhile_is_read_anew(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    seen = checkin.scan(f"CF-{one}", desk=desk, look=True)
    attention.leave_for_gate(one, desk=somebody_else(desk), words="Call the police first")
    again = checkin.scan(f"CF-{one}", desk=desk, scan_id=seen.scan_id, read=True, note=seen.note)
    assert (again.admitted, again.offers, again.note) == (0, 5, "Call the police first")
    let_in = checkin.scan(f"CF-{one}", desk=desk, scan_id=seen.scan_id, read=True, note=again.note)
    assert let_in.admitted == 5


def test_the_reason_to_let_in_waits_with_the_note_that_must_be_read_first(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    clock.set(DEPARTS - timedelta(hours=5))
    seen = checkin.scan(f"CF-{one}", desk=desk, force="The guide waits")
    assert (seen.admitted, seen.offers, seen.force) == (0, 5, "The guide waits")
    assert "guide waits" not in repr(everything(desk))


def test_a_note_does_not_let_in_who_is_refused(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    clock.set(DEPARTS + timedelta(days=2))
    assert checkin.scan(f"CF-{one}", desk=desk, read=True).kind is Kind.OTHER_DAY


def test_the_journal_says_that_there_is_a_note_and_never_what_it_says(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    attention.leave_for_gate(one, desk=desk, words="Nut allergy")
    attention.leave_for_gate(one, desk=desk, words="")
    taken, left = [f.facts for f in _history(desk, one) if f.action == "attention"]
    assert (left["there"], taken["there"]) == (True, False)
    assert (left["before"], left["after"], taken["after"]) == ("", taken["before"], "")
    assert "allergy" not in repr(everything(desk)["journal"])
    assert checkin.scan(f"CF-{one}", desk=desk).admitted == 5


def test_a_note_is_short_enough_to_be_read_at_the_gate(desk: Desk, clock: StillClock) -> None:
    one = guests(desk, clock)
    with pytest.raises(CannotDo, match="attention-too-long"):
        attention.leave_for_gate(one, desk=desk, words="x" * 161)


def test_nobody_leaves_a_note_at_what_has_ended(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CANCELLED)
    with pytest.raises(CannotDo, match="move-not-allowed"):
        attention.leave_for_gate(one, desk=desk, words="Nut allergy")


# --- the same scan once more ----------------------------------------------------------------------


def test_a_scan_that_was_taken_back_does_not_say_admit_when_it_is_sent_once_more(
    desk: Desk, clock: StillClock
) -> None:
    one, scan_id = guests(desk, clock), str(uuid.uuid4())
    checkin.scan(f"CF-{one}", desk=desk, scan_id=scan_id)
    undoing.undo(scan_id, desk=desk)
    with pytest.raises(CannotDo, match="changed-meanwhile"):
        checkin.scan(f"CF-{one}", desk=desk, scan_id=scan_id)
    assert reservation(desk, one).arrived_heads == 0


def test_a_code_held_up_again_is_the_same_scan_though_the_clock_was_put_back(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(seconds=-2)
    again = checkin.scan(f"CF-{one}", desk=desk)
    assert (again.kind, again.again) == (Kind.ADMIT, True)


# --- one code, several reservations ---------------------------------------------------------------


def several(desk: Desk) -> tuple[str, list[int]]:
    """One number that two senders gave to two orders of different days."""
    a_product(desk)
    number = a_reference("SAME")
    far = taken(desk, direct_row(reference=number, status="confirmed", date="2027-02-03", name="Bea Sample"))
    near = taken(desk, octo_booking(reference=number, status="CONFIRMED"))
    return number, [*near, *far]


def test_several_are_offered_with_the_nearest_departure_first(desk: Desk, clock: StillClock) -> None:
    number, made = several(desk)
    clock.set(DEPARTS - timedelta(days=3))
    answer = checkin.scan(number, desk=desk)
    assert (answer.kind, answer.admitted) == (Kind.UNKNOWN, 0)
    assert [(one.reservation_id, one.traveler, one.party) for one in answer.choices] == [
        (made[0], "Cleo Sample", 2),
        (made[1], "Bea Sample", 2),
    ]
    assert answer.choices[0].what == "Tea House Walk, Afternoon"


def test_the_chosen_one_is_judged_and_kept_as_the_same_scan(desk: Desk, clock: StillClock) -> None:
    number, made = several(desk)
    clock.set(DEPARTS - timedelta(days=3))
    asked = checkin.scan(number, desk=desk)
    answer = checkin.scan(number, desk=desk, scan_id=asked.scan_id, chosen=made[0])
    again = checkin.scan(number, desk=desk, scan_id=asked.scan_id, chosen=made[0])
    assert (answer.kind, answer.reservation_id) == (Kind.OTHER_DAY, made[0])
    assert (again.kind, again.again) == (Kind.OTHER_DAY, True)
    (kept,) = everything(desk)["scans"]
    assert "OTHER_DAY" in kept


def test_a_question_that_nobody_answers_is_no_refusal(desk: Desk, clock: StillClock) -> None:
    number, _ = several(desk)
    clock.set(DEPARTS - timedelta(days=3))
    asked = checkin.scan(number, desk=desk)
    again = checkin.scan(number, desk=desk, scan_id=asked.scan_id)
    assert again.choices == asked.choices
    assert everything(desk)["scans"] == []
    assert count_turned_away(desk=desk) == 0


def test_only_what_the_code_names_can_be_chosen(desk: Desk, clock: StillClock) -> None:
    number, _ = several(desk)
    stranger = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(days=3))
    assert checkin.scan(number, desk=desk, chosen=stranger).reservation_id is None


def test_the_only_one_of_today_is_meant_without_asking(desk: Desk, clock: StillClock) -> None:
    number, made = several(desk)
    clock.set(IN_TIME)
    answer = checkin.scan(number, desk=desk)
    assert (answer.kind, answer.reservation_id) == (Kind.ADMIT, made[0])


# --- what is not let in here ----------------------------------------------------------------------


def test_a_product_that_is_not_let_in_at_this_counter_is_sent_elsewhere(
    desk: Desk, clock: StillClock
) -> None:
    one = guests(desk, clock)
    set_up_counter(desk=desk, not_here={str(reservation(desk, one).product_id): "Tea House Walk"})
    refused = checkin.scan(f"CF-{one}", desk=desk, force="The guide waits")
    assert (refused.kind, refused.admitted) == (Kind.ELSEWHERE, 0)
    assert checkin.scan(f"CF-{one}", desk=desk.at_counter("Pier 2")).admitted == 5
