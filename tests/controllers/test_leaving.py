"""A row and the database agree about what has left, also on the nights of the clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from controllers import reservations, viewing
from controllers.desk import Desk
from models.leaving import has_left, over_at, that_left
from models.reservations import Status
from models.tables import Reservation
from tests.builders import DAY, a_product, a_reservation, direct_row, reservation, taken

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
_R: Any = Reservation.__table__


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_row_and_the_database_agree_about_what_has_left(desk: Desk, day: date) -> None:
    twice = {"name": "Night", "starts": ["01:30", "21:00"], "capacity": 8}
    a_product(desk, "AUR", "Aurora", zone="Europe/Oslo", options=[twice])
    told = {"product": "Aurora", "option": "Night", "date": day.isoformat()}
    by_time, by_day = (
        reservation(desk, order)
        for order in taken(desk, direct_row(**told, time="21:00"), direct_row(**told))
    )
    assert (by_time.departs_at is None, by_day.departs_at is None) == (False, True)
    begins = datetime.combine(day, time(), UTC)
    seen: set[int] = set()
    for half_hours in range(36, 60):
        now = begins + timedelta(minutes=30 * half_hours)
        with desk.reading() as look:
            left = set(look.execute(select(_R.c.id).where(that_left(_R.c, now))).scalars())
        assert left == {row.id for row in (by_time, by_day) if has_left(row, now)}
        assert left == {row.id for row in (by_time, by_day) if over_at(row) <= now}
        seen.add(len(left))
    assert seen == {0, 1, 2}


def test_an_open_ticket_is_over_with_its_last_day_and_not_with_the_day_that_was_asked_for(desk: Desk) -> None:
    a_product(desk, validity="open", valid_days=60)
    row = reservation(desk, taken(desk, direct_row())[0])
    assert (row.open_dated, row.departs_at, row.departs_on) == (True, None, DAY)
    assert row.valid_until > DAY
    assert over_at(row) == datetime.combine(row.valid_until, time(15), UTC)  # midnight in Seoul


def test_a_ticket_whose_last_day_is_the_last_of_all_calendars_is_a_ticket_like_others(desk: Desk) -> None:
    a_product(desk, validity="range", valid_from=date(2027, 1, 1), valid_until=date.max)
    order = a_reservation(desk, Status.CONFIRMED)
    assert not has_left(reservation(desk, order), desk.now())
    assert viewing.see_details(order, desk=desk).valid_until == date.max
    assert reservations.cancel(order, desk=desk, reason="the boat is broken").status is Status.CANCELLED
