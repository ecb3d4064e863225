"""The calendar counts by departure: who is confirmed, who waits, who is in, and what it is narrowed to."""

from __future__ import annotations

import datetime as dt

from controllers import checkin, departures, reservations, viewing
from controllers.desk import Desk
from controllers.today import see_week
from models.calendar_counting import counting
from models.calendar_facts import CalendarDay, CalendarFilter, CalendarLine
from models.reservations import Status
from tests.builders import DAY, DEPARTS, a_product, a_reservation
from tests.fakes import StillClock


def the_day(desk: Desk, day: dt.date = DAY, **wanted: object) -> CalendarDay:
    return viewing.see_days(day, day, desk=desk, wanted=CalendarFilter(**wanted))[day]  # type: ignore[arg-type]


def only_line(desk: Desk, **wanted: object) -> CalendarLine:
    (line,) = the_day(desk, **wanted).lines
    return line


def test_a_departure_tells_who_is_confirmed_who_waits_and_who_is_in(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    here = a_reservation(desk, Status.CONFIRMED, party=3)
    a_reservation(desk, party=2)
    a_reservation(desk, Status.PENDING, party=1)
    a_reservation(desk, Status.CANCELLED, party=4)
    clock.set(DEPARTS)
    checkin.scan(f"CF-{here}", desk=desk, heads=2)
    line = only_line(desk)
    assert (line.confirmed, line.unconfirmed, line.arrived, line.others) == (3, 3, 2, 0)
    assert (line.taken, line.capacity, line.over) == (3, 8, 0)
    day = the_day(desk)
    assert (day.guests, day.unconfirmed, day.arrived, day.seats) == (3, 3, 2, 8)


def test_two_times_a_day_are_two_departures_with_their_own_numbers(desk: Desk) -> None:
    a_product(desk, options=[{"name": "Walk", "starts": ["10:00", "14:00"], "capacity": 8, "minutes": 60}])
    a_reservation(desk, Status.CONFIRMED, party=3, option="Walk", time="10:00")
    a_reservation(desk, party=2, option="Walk", time="14:00")
    told = [(line.starts, line.confirmed, line.unconfirmed) for line in the_day(desk).lines]
    assert told == [("10:00", 3, 0), ("14:00", 0, 2)]


def test_who_has_a_departure_is_still_shown_when_the_product_is_sold_without_a_date_from_now_on(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, party=3)
    a_product(desk, validity="open")
    assert (only_line(desk).confirmed, only_line(desk).capacity) == (3, 8)
    assert the_day(desk, DAY + dt.timedelta(days=1)).lines == ()
    clock.set(DEPARTS - dt.timedelta(days=2))
    (line,) = see_week(desk=desk).lines
    assert [cell.taken for cell in line.cells if cell] == [3]


def test_a_day_that_nobody_has_booked_shows_what_the_rules_plan(desk: Desk) -> None:
    a_product(desk)
    line = only_line(desk)
    assert (line.starts, line.capacity, line.departure_id) == ("14:00", 8, None)
    assert line.key is not None
    assert line.key.departs_at == DEPARTS


def test_overbooked_seats_are_a_number(desk: Desk) -> None:
    a_product(desk, capacity=2)
    reservations.confirm(a_reservation(desk, party=4), desk=desk, overbook="a second guide comes")
    assert only_line(desk).over == 2


def test_a_channel_is_counted_alone_and_its_departures_only(desk: Desk) -> None:
    a_product(desk)
    a_product(desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    a_reservation(desk, Status.CONFIRMED, party=3)
    a_reservation(desk, Status.CONFIRMED, party=2, sold_by="kkday")
    line = only_line(desk, channel="kkday")
    assert (line.product, line.confirmed, line.taken) == ("Tea House Walk", 2, 5)


def test_a_status_counts_those_only_also_the_cancelled(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, party=3)
    a_reservation(desk, Status.CANCELLED, party=4)
    gone = only_line(desk, statuses=frozenset({Status.CANCELLED}))
    assert (gone.confirmed, gone.others, gone.heads) == (0, 4, 4)
    assert the_day(desk, statuses=frozenset({Status.UNCONFIRMED})).lines == ()


def test_a_product_or_a_guide_leaves_the_other_departures_out(desk: Desk) -> None:
    saved = a_product(desk)
    a_product(desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    lines = the_day(desk).lines
    assert saved is not None
    assert lines[0].key is not None
    departures.set_guide(lines[0].key, "Mina Muster", desk=desk)
    assert [line.product for line in the_day(desk, guide="Mina Muster").lines] == ["Tea House Walk"]
    assert [line.product for line in the_day(desk, guide="").lines] == ["Echo Walk"]
    assert [line.product for line in the_day(desk, product_id=lines[1].product_id).lines] == ["Echo Walk"]
    assert viewing.guide_names(desk=desk) == ("Mina Muster",)


def test_orders_without_a_departure_stand_last_with_those_who_wait_apart(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, product="Somebody else's tour", party=2)
    a_reservation(desk, product="Somebody else's tour", party=1)
    last = the_day(desk).lines[-1]
    assert (last.unmatched, last.confirmed, last.unconfirmed, last.over) == (True, 2, 1, 0)
    assert last.key is None
    assert all(not line.unmatched for line in the_day(desk, channel="kkday").lines)


def test_the_reservations_of_a_departure_are_narrowed_like_the_calendar(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, party=3)
    stranger = a_reservation(desk, party=2, sold_by="kkday")
    number = only_line(desk).departure_id
    assert number is not None
    rows = viewing.see_departure(number, desk=desk, wanted=CalendarFilter(channel="kkday"))
    assert [row.id for row in rows] == [stranger]
    assert viewing.see_departure(number, desk=desk)[0].id == stranger  # who waits stands first


def test_counting_a_month_reads_nothing_but_the_index(a_desk: Desk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED)
    waiting = frozenset({Status.UNCONFIRMED})
    for wanted in (CalendarFilter(), CalendarFilter(channel="kkday"), CalendarFilter(statuses=waiting)):
        with a_desk.reading() as look:
            asked = f"explain query plan {counting(look.dialect, wanted)}"
            plan = look.exec_driver_sql(asked, (DAY.isoformat(), "2027-03-14")).all()
        steps = [row[3] for row in plan]
        assert steps == [
            "SEARCH reservations USING COVERING INDEX ix_reservations_calendar (departs_on>? AND departs_on<?)"
        ]
