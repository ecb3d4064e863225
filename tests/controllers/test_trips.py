"""Closes trips that have ended, by staff and by the clock, and takes a close back as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from controllers import by_the_clock, checkin, reservations, trips
from controllers.closings import undo_closing
from controllers.command_line import COMMANDS
from controllers.desk import Desk
from models.outbox import LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, OutboxRow
from models.trips import TripKey, key_of
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    direct_row,
    everything,
    kkday_row,
    letters,
    reservation,
    taken,
)
from tests.fakes import StillClock
from tests.together import at_once

ENDS = DEPARTS + timedelta(hours=2)
IN_TIME = DEPARTS - timedelta(minutes=10)


def a_trip(desk: Desk, clock: StillClock, came: int = 1, missing: int = 1, **product: Any) -> list[int]:
    """A trip that has ended: so many orders came, so many did not."""
    a_product(desk, capacity=40, **product)
    made = [
        a_reservation(desk, Status.CONFIRMED, name=f"Guest Sample {n}", email=f"guest{n}@example.com")
        for n in range(came + missing)
    ]
    clock.set(IN_TIME)
    for one in made[:came]:
        checkin.scan(f"CF-{one}", desk=desk)
    clock.set(ENDS)
    return made


def the_key(desk: Desk) -> TripKey:
    (trip,) = trips.see_trips(desk=desk).to_close
    return trip.key


def statuses(desk: Desk, made: list[int]) -> list[str]:
    return [reservation(desk, one).status.value for one in made]


def a_clerk(desk: Desk) -> Desk:
    return replace(desk, actor=replace(desk.actor, role="front-desk"))


def the_clock_strikes(desk: Desk) -> by_the_clock.ByTheClock:
    return by_the_clock.do_what_is_due(by_the_clock.what_is_due(desk=desk), desk=desk)


def the_clock_closes(desk: Desk) -> tuple[trips.TripClosed, ...]:
    return the_clock_strikes(desk).closed


def send_the_letters(desk: Desk) -> None:
    """The carrier comes."""
    with desk.work() as work:
        work.connection.execute(
            update(OutboxRow).where(OutboxRow.kind == "comment").values(state=LetterState.SENT)
        )


# --- what is proposed -------------------------------------------------------------------------


def test_a_trip_is_proposed_when_it_has_ended_and_not_before(desk: Desk, clock: StillClock) -> None:
    a_trip(desk, clock, came=2, missing=1)
    clock.set(ENDS - timedelta(seconds=1))
    assert trips.see_trips(desk=desk).to_close == ()
    clock.set(ENDS)
    (trip,) = trips.see_trips(desk=desk).to_close
    assert (trip.product, trip.option, trip.departs_at, trip.ended) == (
        "Tea House Walk",
        "Afternoon",
        DEPARTS,
        ENDS,
    )
    assert (trip.came, trip.missing, trip.heads_came, trip.heads_missing) == (2, 1, 4, 2)
    assert (trip.closed_before, trip.by_clock_at, trip.undecided) == (False, None, 0)


def test_who_is_missing_stands_first_and_nobody_is_named_who_is_hidden(desk: Desk, clock: StillClock) -> None:
    came, missing = a_trip(desk, clock)
    with desk.database.transaction() as connection:
        connection.exec_driver_sql(
            f"update reservations set first_confirmed_at = null, channel = 'kkday' where id = {missing}"
        )
    found = trips.see_trip(the_key(desk), desk=desk)
    assert [(one.id, one.traveler, one.arrived, one.proposal.value) for one in found] == [
        (missing, None, 0, "NO_SHOW"),
        (came, "Guest Sample 0", 2, "REDEEMED"),
    ]


def test_orders_that_nobody_answered_are_told_and_left(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, came=1, missing=0)
    clock.set(IN_TIME)
    waiting = a_reservation(desk, Status.UNCONFIRMED)
    clock.set(ENDS)
    (trip,) = trips.see_trips(desk=desk).to_close
    assert trip.undecided == 1
    trips.close_trip(trip.key, desk=desk)
    assert statuses(desk, [*made, waiting]) == ["REDEEMED", "UNCONFIRMED"]


def test_orders_without_a_departure_are_a_trip_of_their_day(desk: Desk, clock: StillClock) -> None:
    (one,) = taken(desk, direct_row(status="confirmed", product="Nobody's Walk"))
    clock.set(DEPARTS + timedelta(days=1))
    (trip,) = trips.see_trips(desk=desk).to_close
    assert trip.key.word == "day:2027-02-01"
    assert key_of(trip.key.word) == trip.key
    trips.close_trip(trip.key, desk=desk)
    assert statuses(desk, [one]) == ["NO_SHOW"]
    assert trips.see_trips(desk=desk).to_close == ()


def test_a_spent_ticket_is_proposed_some_hours_after_its_last_visit(desk: Desk, clock: StillClock) -> None:
    a_product(desk, validity="open", valid_days=90)
    one = a_reservation(desk, Status.CONFIRMED)
    checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(hours=11)
    assert trips.see_trips(desk=desk).to_close == ()
    clock.forward(hours=1)
    key = the_key(desk)
    assert key.word.startswith("tickets:")
    trips.close_trip(key, desk=desk)
    assert statuses(desk, [one]) == ["REDEEMED"]


# --- closing ----------------------------------------------------------------------------------


def test_a_close_redeems_who_came_and_marks_who_did_not(desk: Desk, clock: StillClock) -> None:
    came, missing = a_trip(desk, clock)
    done = trips.close_trip(the_key(desk), desk=desk)
    assert ([one.id for one in done.redeemed], [one.id for one in done.no_shows]) == ([came], [missing])
    assert statuses(desk, [came, missing]) == ["REDEEMED", "NO_SHOW"]
    assert (letters(desk, came)[-1], letters(desk, missing)[-1][0]) == (
        ("comment", "WAITING"),
        "confirmation",
    )
    row = reservation(desk, came)
    assert (row.redeemed_at, row.status_at, row.redeemed_by_scan) == (ENDS, ENDS, "")
    assert trips.see_trips(desk=desk).to_close == ()


def test_the_comment_letter_leaves_as_its_product_says(desk: Desk, clock: StillClock) -> None:
    came = a_trip(desk, clock, missing=0, comment_hours=5)[0]
    clock.forward(minutes=10)
    trips.close_trip(the_key(desk), desk=desk)
    with desk.reading() as look:
        asked = select(OutboxRow.leave_at).where(
            OutboxRow.reservation_id == came, OutboxRow.kind == "comment"
        )
        assert look.execute(asked).scalar_one() == clock() + timedelta(hours=5)


def test_single_orders_may_be_left_as_they_are_and_are_proposed_again(desk: Desk, clock: StillClock) -> None:
    came, missing = a_trip(desk, clock)
    done = trips.close_trip(the_key(desk), desk=desk, leave={missing})
    assert (len(done.redeemed), len(done.no_shows), done.stayed) == (1, 0, 1)
    assert statuses(desk, [came, missing]) == ["REDEEMED", "CONFIRMED"]
    (again,) = trips.see_trips(desk=desk).to_close
    assert (again.missing, again.closed_before) == (1, True)


def test_who_came_while_the_close_was_looked_at_is_not_marked_a_no_show(
    desk: Desk, clock: StillClock
) -> None:
    _, missing = a_trip(desk, clock)
    seen = {one.id: one.version for one in trips.see_trip(the_key(desk), desk=desk)}
    assert checkin.scan(f"CF-{missing}", desk=desk, force="at the bus").admitted == 2
    trips.close_trip(the_key(desk), desk=desk, seen=seen)
    assert statuses(desk, [missing]) == ["CONFIRMED"]
    assert trips.see_trip(the_key(desk), desk=desk)[0].proposal is Status.REDEEMED


def test_a_trip_that_somebody_else_closed_is_refused_and_changes_nothing(
    desk: Desk, clock: StillClock
) -> None:
    a_trip(desk, clock)
    key = the_key(desk)
    trips.close_trip(key, desk=desk)
    before = everything(desk)
    with pytest.raises(CannotDo, match="nothing-to-close"):
        trips.close_trip(key, desk=desk)
    assert everything(desk) == before


def test_of_two_counters_that_close_one_trip_one_does(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    made = a_trip(desk, clock, came=3, missing=3)
    key = the_key(desk)
    found = at_once(
        lambda: trips.close_trip(key, desk=desk).stayed,
        lambda: trips.close_trip(key, desk=second_desk).stayed,
    )
    assert sorted(found, key=str) == [0, "nothing-to-close"]
    assert statuses(desk, made) == ["REDEEMED"] * 3 + ["NO_SHOW"] * 3
    assert [letters(desk, one).count(("comment", "WAITING")) for one in made] == [1] * 3 + [0] * 3


def test_channels_must_be_told_who_was_redeemed(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.confirm(one, desk=desk)
    reservations.tick_off(one, desk=desk)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    clock.set(ENDS)
    trips.close_trip(the_key(desk), desk=desk)
    assert reservation(desk, one).to_do == "redeem"


# --- taking a close back ----------------------------------------------------------------------


def test_one_deed_takes_back_all_that_a_close_did(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, came=2, missing=2)
    before = {one: reservation(desk, one) for one in made}
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    clock.forward(hours=1)
    undone = undo_closing(closing, desk=a_clerk(desk))
    assert ([one.id for one in undone.back], undone.changed, undone.letters_left) == (made, 0, 0)
    for one in made:
        row, was = reservation(desk, one), before[one]
        assert (row.status, row.arrived_heads, row.redeemed_at, row.to_do) == (
            Status.CONFIRMED,
            was.arrived_heads,
            None,
            was.to_do,
        )
    assert letters(desk, made[0])[-1] == ("comment", "DROPPED")
    (told,) = trips.see_trips(desk=desk).closings
    assert (told.undone_at, told.undone_by, told.redeemed, told.no_shows) == (clock(), "Owner", 2, 2)


def test_a_close_is_taken_back_once(desk: Desk, clock: StillClock) -> None:
    a_trip(desk, clock)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    undo_closing(closing, desk=desk)
    before = everything(desk)
    with pytest.raises(CannotDo, match="closing-undone"):
        undo_closing(closing, desk=desk)
    assert everything(desk) == before


def test_what_was_changed_since_stays_as_it_is(desk: Desk, clock: StillClock) -> None:
    came, missing = a_trip(desk, clock)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    clock.forward(minutes=5)
    reservations.return_(missing, desk=desk)
    clock.forward(minutes=5)
    reservations.no_show(missing, desk=desk)
    undone = undo_closing(closing, desk=desk)
    assert (len(undone.back), undone.changed) == (1, 1)
    assert statuses(desk, [came, missing]) == ["CONFIRMED", "NO_SHOW"]


def test_when_a_letter_has_left_a_manager_takes_the_rest_back_and_is_told(
    desk: Desk, clock: StillClock
) -> None:
    came, missing = a_trip(desk, clock)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    send_the_letters(desk)
    before = everything(desk)
    for who, reason in ((desk, ""), (a_clerk(desk), "a slip")):
        with pytest.raises(CannotDo, match="closing-letters-left"):
            undo_closing(closing, desk=who, reason=reason)
    assert everything(desk) == before
    undone = undo_closing(closing, desk=desk, reason="the wrong day")
    assert (len(undone.back), undone.letters_left) == (2, 1)
    assert statuses(desk, [came, missing]) == ["CONFIRMED", "CONFIRMED"]
    assert letters(desk, came)[-1] == ("comment", "SENT")
    trips.close_trip(the_key(desk), desk=desk)
    assert letters(desk, came).count(("comment", "WAITING")) == 0, "nobody is asked twice"


def test_after_a_day_it_takes_a_manager_with_a_reason(desk: Desk, clock: StillClock) -> None:
    a_trip(desk, clock)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    clock.forward(hours=24, seconds=1)
    with pytest.raises(CannotDo, match="closing-window-over"):
        undo_closing(closing, desk=desk)
    assert len(undo_closing(closing, desk=desk, reason="the wrong day").back) == 2


def test_it_is_told_who_is_redeemed_at_the_channel_already(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one, other = taken(desk, kkday_row(), kkday_row())
    for each in (one, other):
        reservations.confirm(each, desk=desk)
    clock.set(IN_TIME)
    for each in (one, other):
        checkin.scan(f"CF-{each}", desk=desk)
    clock.set(ENDS)
    closing = trips.close_trip(the_key(desk), desk=desk).closing_id
    reservations.tick_off(one, desk=desk)
    assert undo_closing(closing, desk=desk).channels_told == 1
    assert [reservation(desk, each).to_do for each in (one, other)] == ["", "confirm"]


# --- by the clock -----------------------------------------------------------------------------


def test_the_clock_closes_where_the_product_says_so_after_its_grace_time(
    desk: Desk, clock: StillClock
) -> None:
    made = a_trip(desk, clock, trip_closes="clock", trip_grace_minutes=30)
    (trip,) = trips.see_trips(desk=desk).to_close
    assert trip.by_clock_at == ENDS + timedelta(minutes=30)
    clock.set(ENDS + timedelta(minutes=30, seconds=-1))
    assert the_clock_closes(desk) == ()
    clock.forward(seconds=1)
    (closed,) = the_clock_closes(desk)
    assert (len(closed.redeemed), len(closed.no_shows)) == (1, 1)
    assert statuses(desk, made) == ["REDEEMED", "NO_SHOW"]
    (told,) = trips.see_trips(desk=desk).closings
    assert (told.by_clock, told.who) == (True, "")


def test_a_trip_that_cannot_be_closed_now_does_not_hold_up_the_clock(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_trip(desk, clock, trip_closes="clock", trip_grace_minutes=0)
    clock.set(ENDS + timedelta(minutes=1))
    closes, refused = trips._close_due, []

    def close(key: TripKey, at: Desk) -> Any:
        if not refused:
            refused.append(key)
            raise CannotDo("database-busy")
        return closes(key, at)

    monkeypatch.setattr(trips, "_close_due", close)
    (closed,) = trips.close_by_clock([TripKey(-1), the_key(desk)], desk=desk)
    assert (refused, len(closed.redeemed)) == ([TripKey(-1)], 1)
    assert statuses(desk, made)[0] == "REDEEMED"


def test_without_such_a_product_the_clock_leaves_trips_to_people(desk: Desk, clock: StillClock) -> None:
    a_trip(desk, clock)
    clock.forward(days=3)
    assert the_clock_closes(desk) == ()


def test_the_clock_does_not_close_again_what_was_taken_back(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, trip_closes="clock", trip_grace_minutes=0)
    (closed,) = the_clock_closes(desk)
    undo_closing(closed.closing_id, desk=desk)
    clock.forward(hours=5)
    assert the_clock_closes(desk) == ()
    assert trips.close_trips(desk=desk).redeemed == ()
    assert statuses(desk, made) == ["CONFIRMED", "CONFIRMED"]
    (again,) = trips.see_trips(desk=desk).to_close
    assert (again.closed_before, again.by_clock_at, again.orders) == (True, None, 2)


def test_the_clock_leaves_what_staff_left_and_whoever_came_after_all(desk: Desk, clock: StillClock) -> None:
    made = a_trip(desk, clock, came=0, missing=3, trip_closes="clock", trip_grace_minutes=60)
    trips.close_trip(the_key(desk), desk=desk, leave={made[0]})
    clock.forward(minutes=1)
    reservations.return_(made[1], desk=desk)
    clock.forward(hours=3)
    assert the_clock_closes(desk) == ()
    assert statuses(desk, made) == ["CONFIRMED", "CONFIRMED", "NO_SHOW"]
    (again,) = trips.see_trips(desk=desk).to_close
    assert again.orders == 2


def test_an_order_that_comes_in_after_the_trip_is_proposed_to_people_only(
    desk: Desk, clock: StillClock
) -> None:
    a_trip(desk, clock, trip_closes="clock", trip_grace_minutes=60)
    clock.forward(seconds=1)
    (late,) = taken(desk, direct_row(status="confirmed"))
    clock.forward(hours=1)
    (closed,) = the_clock_closes(desk)
    assert late not in {done.id for done in closed.no_shows}
    (again,) = trips.see_trips(desk=desk).to_close
    (order,) = trips.see_trip(again.key, desk=desk)
    assert (order.id, order.late) == (late, True)


def test_two_desks_whose_clocks_strike_together_close_once(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    made = a_trip(desk, clock, came=3, missing=3, trip_closes="clock", trip_grace_minutes=0)
    found = at_once(lambda: len(the_clock_closes(desk)), lambda: len(the_clock_closes(second_desk)))
    assert sum(n for n in found if isinstance(n, int)) == 1
    assert [letters(desk, one).count(("comment", "WAITING")) for one in made] == [1] * 3 + [0] * 3
    assert len(trips.see_trips(desk=desk).closings) == 1


def test_the_clock_lets_unpaid_orders_lapse_and_writes_nothing_where_nothing_is_due(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="octo")
    before = everything(desk)
    assert not by_the_clock.what_is_due(desk=desk)
    assert the_clock_strikes(desk) == by_the_clock.ByTheClock()
    assert everything(desk) == before
    clock.forward(minutes=31)
    assert [done.id for done in the_clock_strikes(desk).expired] == [one]


# --- elsewhere --------------------------------------------------------------------------------


def test_the_command_line_redeems_and_proposes_and_can_be_taken_back(desk: Desk, clock: StillClock) -> None:
    came, missing = a_trip(desk, clock)
    told = COMMANDS["close-trips"](desk, None)  # type: ignore[arg-type]
    assert [(one["number"], one["status"]) for one in told] == [
        (f"CF-{came}", "REDEEMED"),
        (f"CF-{missing}", "CONFIRMED"),
    ]
    (closing,) = trips.see_trips(desk=desk).closings
    undo_closing(closing.id, desk=desk)
    assert statuses(desk, [came, missing]) == ["CONFIRMED", "CONFIRMED"]


def test_the_journal_tells_the_close_and_names_nobody(desk: Desk, clock: StillClock) -> None:
    came, _ = a_trip(desk, clock)
    undo_closing(trips.close_trip(the_key(desk), desk=desk).closing_id, desk=desk)
    asked = select(JournalEntry.subject, JournalEntry.action, JournalEntry.details)
    with desk.reading() as look:
        rows = look.execute(asked.order_by(JournalEntry.seq)).all()
    assert [row.action for row in rows if row.subject.startswith("departure:")][-2:] == [
        "close-trip",
        "undo-closing",
    ]
    assert [row.action for row in rows if row.subject == f"reservation:{came}"][-2:] == ["redeem", "undo"]
    assert not any("Sample" in row.details for row in rows)
