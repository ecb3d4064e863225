"""What the calendar asks the desk: a month by departure, and one day with everybody on it. On a lane only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.rows import ReservationRow
from ui import asking
from ui.months import span

if TYPE_CHECKING:
    from models.calendar import CalendarDay

MonthKey = tuple[dt.date, int | None]


@dataclass(frozen=True, slots=True)
class MonthLook:
    """A month's days, and where the office is: its today counts."""

    key: MonthKey
    days: dict[dt.date, CalendarDay]
    zone: str
    asked: int


def look_at_month(desk: asking.DeskDoor, month: dt.date, product_id: int | None, asked: int = 0) -> MonthLook:
    """Asks for a month's sheet; `asked` numbers the question. On a lane only."""
    first, last = span(month)
    at = desk()
    with at.reading() as reading:
        zone = at.operator(reading).zone
    return MonthLook((month, product_id), asking.days(desk, first, last, product_id), zone, asked)


@dataclass(frozen=True, slots=True)
class DayLook:
    """A day and everybody on it, by departure; `unmatched` are the orders without a departure of ours."""

    day: CalendarDay
    rows: dict[int, tuple[ReservationRow, ...]]
    unmatched: tuple[ReservationRow, ...]
    asked: int = 0


def look_at_day(desk: asking.DeskDoor, day: dt.date, product_id: int | None, asked: int) -> DayLook:
    """Asks for a day; `asked` numbers the question. On a lane only."""
    facts = asking.days(desk, day, day, product_id)[day]
    ids = [line.departure_id for line in facts.lines if line.departure_id is not None]
    rows = {departure: asking.departure(desk, departure) for departure in ids}
    unmatched = asking.unmatched(desk, day) if product_id is None else ()
    return DayLook(facts, rows, unmatched, asked)
