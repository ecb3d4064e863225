"""What is over: tickets nobody used, nights of 25 hours, and what of a close changed before it was taken back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from controllers import checkin, claims, reservations, trips
from controllers.closings import undo_closing
from controllers.desk import Desk
from controllers.today import see_today
from controllers.viewing import see_details
from models.outbox import LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, OutboxRow
from models.trips_reading import may_be_over
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    an_operator,
    direct_row,
    kkday_row,
    reservation,
    taken,
)
from tests.controllers.test_trips import (
    ENDS,
    IN_TIME,
    a_trip,
    send_the_letters,
    statuses,
    the_clock_closes,
    the_clock_strikes,
    the_key,
)
from tests.fakes import StillClock


def tickets_for(desk: Desk, clock: StillClock, days: int = 30, **product: Any) -> tuple[list[int], datetime]:
    """Three orders of a ticket of two visits: used up, used once, never used; and when its validity ends."""
    a_product(desk, validity="open", valid_days=days, uses=2, **product)
    made = [a_reservation(desk, Status.CONFIRMED) for _ in range(3)]
    for one in (made[0], made[0], made[1]):
        checkin.scan(f"CF-{one}", desk=desk)
        clock.forward(seconds=10)
    until = reservation(desk, made[0]).valid_until
    assert isinstance(until, date)
    return made, datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(hours=24 - 9)


# --- tickets ----------------------------------------------------------------------------------


def test_tickets_are_proposed_when_their_validity_has_ended_used_or_not(
    desk: Desk, clock: StillClock
) -> None:
    made, over = tickets_for(desk, clock)
    clock.forward(hours=12)
    (spent,) = trips.see_trips(desk=desk).to_close
    assert (spent.orders, spent.came) == (1, 1)
    clock.set(over - timedelta(seconds=1))
    (spent,) = trips.see_trips(desk=desk).to_close
    assert spent.orders == 1
    clock.set(over)
    (all_of_them,) = trips.see_trips(desk=desk).to_close
    assert (all_of_them.came, all_of_them.missing, all_of_them.ended) == (2, 1, over)
    assert see_today(desk=desk).to_close == (1, 3)
    trips.close_trip(all_of_them.key, desk=desk)
    assert statuses(desk, made) == ["REDEEMED", "REDEEMED", "NO_SHOW"]
    assert trips.see_trips(desk=desk).to_close == ()
    assert see_today(desk=desk).to_close == (0, 0)


def test_the_clock_closes_tickets_that_are_out_of_date(desk: Desk, clock: StillClock) -> None:
    made, over = tickets_for(desk, clock, trip_closes="clock", trip_grace_minutes=60)
    clock.set(over + timedelta(minutes=59))
    the_clock_closes(desk)
    assert statuses(desk, made) == ["REDEEMED", "CONFIRMED", "CONFIRMED"]
    clock.forward(minutes=1)
    (closed,) = the_clock_closes(desk)
    assert ([done.id for done in closed.redeemed], [done.id for done in closed.no_shows]) == (
        [made[1]],
        [made[2]],
    )


def test_a_ticket_without_an_end_is_never_proposed_unused(desk: Desk, clock: StillClock) -> None:
    made, _ = tickets_for(desk, clock)
    with desk.database.transaction() as connection:
        connection.exec_driver_sql("update reservations set valid_until = null")
    clock.forward(days=900)
    (trip,) = trips.see_trips(desk=desk).to_close
    assert [one.id for one in trips.see_trip(trip.key, desk=desk)] == [made[0]]


def test_tickets_that_may_be_over_are_found_by_an_index(a_desk: Desk, clock: StillClock) -> None:
    tickets_for(a_desk, clock)
    clock.forward(days=60)
    asked = str(
        may_be_over(the_key(a_desk), a_desk.now()).compile(
            a_desk.database.engine, compile_kwargs={"literal_binds": True}
        )
    )
    with a_desk.reading() as look:
        plan = [row[3] for row in look.exec_driver_sql(f"explain query plan {asked}")]
    assert not [step for step in plan if step.startswith("SCAN reservations") and "INDEX" not in step], plan
    assert any("ix_reservations_out_of_date" in step for step in plan), plan
    assert any("ix_reservations_spent" in step for step in plan), plan


# --- a day of 25 hours ------------------------------------------------------------------------


def test_a_day_of_25_hours_is_over_when_it_is_over_there(desk: Desk, clock: StillClock) -> None:
    an_operator(desk, zone="Europe/Berlin")
    (one,) = taken(desk, direct_row(status="confirmed", product="Nobody's Walk", date="2027-10-31"))
    midnight = datetime(2027, 10, 31, 23, 0, tzinfo=UTC)
    clock.set(midnight - timedelta(minutes=1))
    assert trips.see_trips(desk=desk).to_close == ()
    assert see_today(desk=desk).to_close == (0, 0)
    clock.set(midnight)
    (trip,) = trips.see_trips(desk=desk).to_close
    assert (trip.ended, [order.id for order in trips.see_trip(trip.key, desk=desk)]) == (midnight, [one])


# --- whose deed it was ------------------------------------------------------------------------


def test_the_history_says_what_the_clock_did_and_names_nobody(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, trip_closes="clock", trip_grace_minutes=0)
    unpaid = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="octo")
    clock.forward(hours=1)
    the_clock_closes(desk)
    for one, action in zip((*made, unpaid), ("redeem", "no-show", "expire"), strict=True):
        line = see_details(one, desk=desk).history[0]
        assert (line.action, line.who, line.facts["by_clock"]) == (action, "", True)
    with desk.reading() as look:
        asked = select(JournalEntry.staff_id, JournalEntry.details).where(JournalEntry.action == "close-trip")
        staff, details = look.execute(asked).one()
    assert (staff, json.loads(details)["by_clock"]) == (None, True)


@pytest.mark.parametrize("claimed", [False, True])
def test_the_clock_keeps_nobody_s_claim_alive(desk: Desk, clock: StillClock, claimed: bool) -> None:
    a_product(desk)
    unpaid = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="octo")
    if claimed:
        claims.claim(unpaid, desk=desk)
    before = reservation(desk, unpaid)
    clock.forward(hours=1)
    the_clock_strikes(desk)
    after = reservation(desk, unpaid)
    assert after.status is Status.EXPIRED
    assert (after.claimed_by, after.claimed_at) == (before.claimed_by, before.claimed_at)


def test_what_a_person_closed_is_told_as_theirs(desk: Desk, clock: StillClock) -> None:
    came, _ = a_trip(desk, clock)
    trips.close_trip(the_key(desk), desk=desk)
    line = see_details(came, desk=desk).history[0]
    assert (line.action, line.who, "by_clock" in line.facts) == ("redeem", "Owner", False)


# --- what a close did, and what goes back -----------------------------------------------------


def test_who_changed_while_the_close_was_looked_at_is_counted_as_staying(
    desk: Desk, clock: StillClock
) -> None:
    made = a_trip(desk, clock, came=1, missing=2)
    seen = {one.id: one.version for one in trips.see_trip(the_key(desk), desk=desk)}
    del seen[made[2]]  # came in afterwards
    checkin.scan(f"CF-{made[1]}", desk=desk, force="at the bus")
    done = trips.close_trip(the_key(desk), desk=desk, seen=seen)
    assert (len(done.redeemed), len(done.no_shows), done.stayed) == (1, 0, 2)


def test_a_letter_of_an_order_that_stays_hinders_nobody(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, came=2, missing=0)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    with desk.work() as work:
        mine = update(OutboxRow).where(OutboxRow.reservation_id == made[0], OutboxRow.kind == "comment")
        work.connection.execute(mine.values(state=LetterState.SENT))
        work.connection.exec_driver_sql(f"update reservations set status = 'CANCELLED' where id = {made[0]}")
    assert [one.letters_left for one in trips.see_trips(desk=desk).closings] == [0]
    undone = undo_closing(closing, desk=desk)
    assert ([one.id for one in undone.back], undone.changed, undone.letters_left) == ([made[1]], 1, 0)


def test_a_letter_of_an_order_that_goes_back_does(desk: Desk, clock: StillClock) -> None:
    a_trip(desk, clock, came=2, missing=0)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    send_the_letters(desk)
    assert [one.letters_left for one in trips.see_trips(desk=desk).closings] == [2]
    with pytest.raises(CannotDo) as no:
        undo_closing(closing, desk=desk)
    assert (no.value.code, no.value.facts["count"]) == ("closing-letters-left", 2)


def test_which_channels_were_told_is_known_before_a_close_is_taken_back(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    told, waits, other = taken(desk, kkday_row(), kkday_row(), kkday_row())
    for each in (told, waits, other):
        reservations.confirm(each, desk=desk)
        reservations.tick_off(each, desk=desk)
    clock.set(IN_TIME)
    for each in (told, waits):
        checkin.scan(f"CF-{each}", desk=desk)
    clock.set(ENDS)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    assert [one.channels_told for one in trips.see_trips(desk=desk).closings] == [0]
    reservations.tick_off(told, desk=desk)
    assert [one.channels_told for one in trips.see_trips(desk=desk).closings] == [1]
    assert undo_closing(closing, desk=desk).channels_told == 1


def test_what_the_clock_may_not_close_hides_nothing_from_it(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(desk, "CLOCK", "Clock Walk", trip_closes="clock", trip_grace_minutes=0)
    early = a_reservation(desk, Status.CONFIRMED, product="Clock Walk")
    a_product(desk)
    for _ in range(2):
        a_reservation(desk, Status.CONFIRMED)
    monkeypatch.setattr("models.trips_reading.MOST_LOOKED_AT", 1)
    clock.set(DEPARTS + timedelta(days=1))
    (closed,) = the_clock_closes(desk)
    assert [done.id for done in closed.no_shows] == [early]
