"""Several reservations decided at once: what can be done is done, the rest is told, one undo takes all back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from controllers import bulk, claims, reservations
from controllers.bulk import claim_all, confirm_all, preview_confirm, tick_off_all, unconfirm_all
from controllers.desk import Desk
from models.outbox import LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Departure, JournalEntry, OutboxRow, Staff
from tests.builders import a_product, a_reservation, reservation
from tests.fakes import StillClock


def statuses(desk: Desk, ids: list[int]) -> list[Status]:
    return [reservation(desk, i).status for i in ids]


def seats_taken(desk: Desk) -> int:
    with desk.reading() as look:
        return look.execute(select(Departure.seats_taken)).scalar_one()


def journaled(desk: Desk, action: str) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(JournalEntry.details).where(JournalEntry.action == action)).scalars())


def three(desk: Desk, capacity: int = 8) -> list[int]:
    """Three orders on one departure: two, four and one head, in the order they came."""
    a_product(desk, capacity=capacity)
    return [a_reservation(desk, party=heads) for heads in (2, 4, 1)]


def test_preview_shows_seats_before_and_after(desk: Desk) -> None:
    ids = three(desk)
    reservations.confirm(ids[2], desk=desk)
    told = preview_confirm(ids[:2], desk=desk)
    assert [(b.orders, b.taken, b.after, b.capacity, b.short) for b in told.departures] == [(2, 1, 7, 8, 0)]
    assert (told.heads, told.letters, told.no_address, told.left_out) == (6, 0, 2, ())
    assert statuses(desk, ids) == [Status.UNCONFIRMED, Status.UNCONFIRMED, Status.CONFIRMED]


def test_preview_counts_the_letters_that_will_leave(desk: Desk) -> None:
    a_product(desk)
    ids = [a_reservation(desk, email="anna@example.com"), a_reservation(desk)]
    told = preview_confirm(ids, desk=desk)
    assert (told.letters, told.no_address) == (1, 1)


def test_preview_says_who_cannot_be_confirmed_and_why(desk: Desk) -> None:
    ids = three(desk, capacity=5)
    gone = a_reservation(desk, Status.CANCELLED)
    told = preview_confirm([*ids, gone, 999_999], desk=desk)
    assert [row.id for row in told.rows] == [ids[0], ids[2]]
    assert {one.id: one.no.code for one in told.left_out} == {
        ids[1]: "no-seats",
        gone: "move-not-allowed",
        999_999: "not-found",
    }
    assert told.departures[0].short == 2
    short = next(one.no for one in told.left_out if one.id == ids[1])
    assert short.facts["short"] == 2


def test_preview_hides_the_travelers(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, sold_by="kkday", name="SAMPLE, ANNA")
    assert preview_confirm([made], desk=desk).rows[0].traveler is None


def test_the_deed_does_what_the_preview_showed(desk: Desk) -> None:
    ids = three(desk, capacity=5)
    told = preview_confirm(ids, desk=desk)
    became = confirm_all(ids, desk=desk, seen=told.seen)
    assert set(became.ids) == {row.id for row in told.rows} == {ids[0], ids[2]}
    assert [(one.id, one.no.code) for one in became.left_out] == [(ids[1], "no-seats")]
    assert statuses(desk, ids) == [Status.CONFIRMED, Status.UNCONFIRMED, Status.CONFIRMED]
    assert seats_taken(desk) == told.departures[0].after == 3


def test_it_is_one_entry_beside_each_reservations_own(desk: Desk) -> None:
    ids = three(desk)
    confirm_all(ids, desk=desk)
    assert len(journaled(desk, "confirm")) == 3
    assert len(journaled(desk, "confirm-all")) == 1


def test_one_that_somebody_changed_meanwhile_is_left_out(desk: Desk, second_desk: Desk) -> None:
    ids = three(desk)
    told = preview_confirm(ids, desk=desk)
    reservations.hold(ids[1], desk=second_desk, reason="the passport number")
    became = confirm_all(ids, desk=desk, seen=told.seen)
    assert [(one.id, one.no.code) for one in became.left_out] == [(ids[1], "changed-meanwhile")]
    assert statuses(desk, ids) == [Status.CONFIRMED, Status.PENDING, Status.CONFIRMED]


def test_one_undo_takes_all_of_them_back(desk: Desk) -> None:
    ids = three(desk)
    unconfirm_all(confirm_all(ids, desk=desk).ids, desk=desk)
    assert statuses(desk, ids) == [Status.UNCONFIRMED] * 3
    assert seats_taken(desk) == 0
    with desk.reading() as look:
        assert set(look.execute(select(OutboxRow.state)).scalars()) == {LetterState.DROPPED}


def test_one_that_has_arrived_stays_when_the_others_are_taken_back(desk: Desk, clock: StillClock) -> None:
    from controllers import checkin

    ids = three(desk)
    confirm_all(ids, desk=desk)
    clock.set(reservation(desk, ids[0]).departs_at)
    checkin.scan(f"CF-{ids[0]}", desk=desk)
    became = unconfirm_all(ids, desk=desk)
    assert [(one.id, one.no.code) for one in became.left_out] == [(ids[0], "somebody-arrived")]
    assert statuses(desk, ids) == [Status.CONFIRMED, Status.UNCONFIRMED, Status.UNCONFIRMED]


def test_where_none_can_be_confirmed_nothing_happens(desk: Desk) -> None:
    a_product(desk)
    gone = a_reservation(desk, Status.CANCELLED)
    became = confirm_all([gone], desk=desk)
    assert (became.done, [one.no.code for one in became.left_out]) == ((), ["move-not-allowed"])
    assert journaled(desk, "confirm-all") == []


def test_what_was_to_do_at_the_channel_is_ticked_off_together(desk: Desk) -> None:
    a_product(desk)
    ids = [a_reservation(desk, Status.CONFIRMED, sold_by="kkday") for _ in range(2)]
    nothing = a_reservation(desk)
    became = tick_off_all([*ids, nothing], desk=desk)
    assert sorted(became.ids) == ids
    assert [one.no.code for one in became.left_out] == ["nothing-to-do"]
    assert [reservation(desk, i).to_do for i in ids] == ["", ""]


def test_several_are_claimed_but_not_what_somebody_else_works_on(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    ids = [a_reservation(desk) for _ in range(3)]
    with desk.database.transaction() as connection:
        other = connection.execute(insert(Staff).returning(Staff.id), {"name": "Example Other"}).scalar_one()
    second_desk.actor = replace(second_desk.actor, staff_id=other)
    claims.claim(ids[1], desk=second_desk)
    became = claim_all(ids, desk=desk)
    assert sorted(became.ids) == [ids[0], ids[2]]
    assert [(one.id, one.no.code) for one in became.left_out] == [(ids[1], "claimed")]
    assert [reservation(desk, i).claimed_by for i in ids] == [desk.actor.staff_id, other, desk.actor.staff_id]


def test_more_than_can_be_looked_at_is_refused(a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    for deed in (preview_confirm, confirm_all, unconfirm_all, tick_off_all):
        with pytest.raises(CannotDo, match="too-many-at-once"):
            deed([1, 2, 3], desk=a_desk)
