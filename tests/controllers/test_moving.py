"""Moving to today's departure at the gate: seats, price, the channel, and what later files say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from controllers import checkin, moving
from controllers.desk import Desk
from controllers.viewing import see_details, ticket_code
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Decision, Departure
from tests.builders import (
    a_product,
    a_reservation,
    departure,
    direct_row,
    kkday_row,
    paid,
    reservation,
    somebody_else,
    take,
    taken,
    teach_headings,
    tickets,
)
from tests.fakes import StillClock
from tests.together import at_once

TODAY = datetime(2027, 1, 31, 4, 50, tzinfo=UTC)
"""13:50 in Seoul, the day before the tour that is booked."""
AT_14 = datetime(2027, 1, 31, 5, 0, tzinfo=UTC)
AT_16 = datetime(2027, 1, 31, 7, 0, tzinfo=UTC)


def a_walk(desk: Desk, capacity: int = 8) -> None:
    """Afternoons at 14:00, and a dearer evening at 16:00."""
    each = [{"name": "Adult", "price": 30000}, {"name": "Child", "price": 15000}]
    dear = [{"name": "Adult", "price": 42000}, {"name": "Child", "price": 15000}]
    one = {"name": "Afternoon", "starts": "14:00", "capacity": capacity, "minutes": 120, "units": each}
    two = {"name": "Evening", "starts": "16:00", "capacity": capacity, "minutes": 120, "units": dear}
    a_product(desk, options=[one, two])


def a_day_early(desk: Desk, clock: StillClock, **told: object) -> int:
    """Somebody who comes a day before their tour."""
    a_walk(desk)
    one = a_reservation(desk, Status.CONFIRMED, **told)
    clock.set(TODAY)
    return one


def seats_at(desk: Desk, at: datetime) -> int:
    """What is taken on a departure; 0 where nobody has needed it yet."""
    with desk.reading() as look:
        return look.execute(select(Departure.seats_taken).where(Departure.departs_at == at)).scalar() or 0


def test_todays_departures_are_offered_their_own_option_first_with_seats_and_price(
    desk: Desk, clock: StillClock
) -> None:
    one = a_day_early(desk, clock)
    found = moving.preview_move(one, desk=desk)
    assert [(x.option, x.departs_at, x.taken, x.after, x.capacity) for x in found.offered] == [
        ("Afternoon", AT_14, 0, 2, 8),
        ("Evening", AT_16, 0, 2, 8),
    ]
    assert [x.costs_more.minor for x in found.offered if x.costs_more] == [0, 24000]


def test_a_price_that_nobody_knows_is_not_guessed(desk: Desk, clock: StillClock) -> None:
    units = [{"name": "Adult"}]
    both = [
        {"name": n, "starts": at, "capacity": 8, "minutes": 60, "units": units}
        for n, at in (("Afternoon", "14:00"), ("Evening", "16:00"))
    ]
    a_product(desk, options=both)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(TODAY)
    assert [x.costs_more for x in moving.preview_move(one, desk=desk).offered][1] is None


def test_the_move_takes_seats_there_and_gives_them_back_where_they_were(
    desk: Desk, clock: StillClock
) -> None:
    one = a_day_early(desk, clock)
    code = ticket_code(tickets(desk, one)[0].number, 1, desk=desk)
    before = departure(desk, one).id
    done = moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    row = reservation(desk, one)
    assert (row.departs_on.isoformat(), row.departs_at, row.status) == ("2027-01-31", AT_14, Status.CONFIRMED)
    assert (done.facts["seats_before"], done.facts["seats_after"]) == (0, 2)
    with desk.reading() as look:
        assert look.execute(select(Departure.seats_taken).where(Departure.id == before)).scalar() == 0
    assert checkin.scan(code, desk=desk).kind is Kind.ADMIT


def test_the_same_voucher_is_still_good(desk: Desk, clock: StillClock) -> None:
    one = a_day_early(desk, clock)
    before = [(t.number, t.state) for t in tickets(desk, one)]
    moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    assert [(t.number, t.state) for t in tickets(desk, one)] == before


def test_a_dearer_departure_is_collected_before_they_come_in(desk: Desk, clock: StillClock) -> None:
    one = a_day_early(desk, clock)
    evening = moving.preview_move(one, desk=desk).offered[1]
    moving.move_today(one, evening.option_id, evening.departs_at, desk=desk)
    assert (24000, "DUE", "us") in paid(desk, one)
    assert reservation(desk, one).amount_minor == 75000 + 24000
    clock.set(AT_16 - timedelta(minutes=10))
    assert checkin.scan(f"CF-{one}", desk=desk).kind is Kind.COLLECT


def test_the_channel_is_to_be_told_and_the_journal_says_both_departures(
    desk: Desk, clock: StillClock
) -> None:
    one = a_day_early(desk, clock, sold_by="kkday")
    moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    assert "move" in reservation(desk, one).to_do.split()
    told = next(line for line in see_details(one, desk=desk).history if line.action == "move").facts
    assert (told["from"], told["to"]) == ("2027-02-01T05:00:00+00:00", AT_14.isoformat())


def test_an_older_word_of_the_channel_is_no_news_after_the_move(desk: Desk, clock: StillClock) -> None:
    a_walk(desk)
    teach_headings(desk)
    row = kkday_row(status="Confirmed")
    one = taken(desk, row)[0]
    clock.set(TODAY)
    moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    take(desk, row)
    assert reservation(desk, one).departs_at == AT_14
    assert _open_questions(desk) == 0


def test_a_newer_file_that_shows_the_move_ticks_it_off_and_asks_nobody(desk: Desk, clock: StillClock) -> None:
    a_walk(desk)
    teach_headings(desk)
    row = kkday_row(status="Confirmed")
    one = taken(desk, row)[0]
    clock.set(TODAY)
    moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    take(desk, {**row, "date": "2027-01-31 14:00"})
    assert "move" not in reservation(desk, one).to_do
    assert _open_questions(desk) == 0
    assert reservation(desk, one).departs_at == AT_14


def test_a_newer_file_with_a_third_day_goes_before_a_person(desk: Desk, clock: StillClock) -> None:
    a_walk(desk)
    teach_headings(desk)
    row = kkday_row(status="Confirmed")
    one = taken(desk, row)[0]
    clock.set(TODAY)
    moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)
    take(desk, {**row, "date": "2027-02-03 14:00"})
    assert _open_questions(desk) == 1
    assert "move" in reservation(desk, one).to_do


def _open_questions(desk: Desk) -> int:
    with desk.reading() as look:
        return len(look.execute(select(Decision.id).where(Decision.decided_at.is_(None))).all())


def test_a_full_departure_takes_nobody_but_a_managers_reason(desk: Desk, clock: StillClock) -> None:
    a_walk(desk, capacity=3)
    other = a_reservation(desk, Status.CONFIRMED, date="2027-01-31")
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(TODAY)
    option = reservation(desk, one).option_id
    with pytest.raises(CannotDo, match="no-seats"):
        moving.move_today(one, option, AT_14, desk=desk)
    with pytest.raises(CannotDo, match="not-allowed"):
        moving.move_today(one, option, AT_14, desk=somebody_else(desk), overbook="they fit")
    assert reservation(desk, one).departs_on.isoformat() == "2027-02-01"
    done = moving.move_today(one, option, AT_14, desk=desk, overbook="they fit")
    assert (done.facts["overbooked"], seats_at(desk, AT_14)) == (1, 4)
    assert reservation(desk, other).departs_at == AT_14


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.CANCEL_REQUESTED, Status.CANCELLED])
def test_only_what_is_promised_is_moved(desk: Desk, clock: StillClock, status: Status) -> None:
    a_walk(desk)
    one = a_reservation(desk, status)
    clock.set(TODAY)
    with pytest.raises(CannotDo, match="move-not-allowed"):
        moving.preview_move(one, desk=desk)
    with pytest.raises(CannotDo, match="move-not-allowed"):
        moving.move_today(one, reservation(desk, one).option_id, AT_14, desk=desk)


def test_a_party_of_which_somebody_is_in_stays_where_it_is(desk: Desk, clock: StillClock) -> None:
    a_walk(desk)
    one = a_reservation(desk, Status.CONFIRMED, date="2027-01-31", party=3)
    clock.set(TODAY)
    checkin.scan(f"CF-{one}", desk=desk, heads=1)
    with pytest.raises(CannotDo, match="somebody-arrived"):
        moving.move_today(one, reservation(desk, one).option_id, AT_16, desk=desk)


def test_nobody_is_moved_to_what_does_not_leave_today(desk: Desk, clock: StillClock) -> None:
    one = a_day_early(desk, clock)
    option = reservation(desk, one).option_id
    for at in (AT_14 + timedelta(minutes=7), AT_14 + timedelta(days=2), AT_14 - timedelta(days=1)):
        with pytest.raises(CannotDo, match="departure-not-planned"):
            moving.move_today(one, option, at, desk=desk)


def test_two_who_move_at_once_do_not_overwrite_each_other(desk: Desk, clock: StillClock) -> None:
    one = a_day_early(desk, clock)
    row = reservation(desk, one)
    moving.move_today(one, row.option_id, AT_14, desk=desk, seen=row.version)
    with pytest.raises(CannotDo, match="changed-meanwhile"):
        moving.move_today(one, row.option_id, AT_16, desk=desk, seen=row.version)
    with pytest.raises(CannotDo, match="moved-already"):
        moving.move_today(one, row.option_id, AT_14, desk=desk)


def test_a_no_show_of_yesterday_comes_today(desk: Desk, clock: StillClock) -> None:
    a_walk(desk)
    made = taken(desk, direct_row(status="confirmed", date="2027-01-30"))[0]
    from controllers import reservations

    clock.set(TODAY)
    reservations.no_show(made, desk=desk)
    moving.move_today(made, reservation(desk, made).option_id, AT_14, desk=desk)
    answer = checkin.scan(f"CF-{made}", desk=desk)
    assert (answer.kind, reservation(desk, made).status) == (Kind.ADMIT, Status.CONFIRMED)


def test_of_two_who_are_moved_to_the_last_seats_at_once_one_goes(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    a_walk(desk, capacity=3)
    one, other = (a_reservation(desk, Status.CONFIRMED, date=day) for day in ("2027-02-01", "2027-02-02"))
    clock.set(TODAY)
    option = reservation(desk, one).option_id
    found = at_once(
        lambda: moving.move_today(one, option, AT_14, desk=desk),
        lambda: moving.move_today(other, option, AT_14, desk=second_desk),
    )
    assert found.count("no-seats") == 1
    assert seats_at(desk, AT_14) == 2
