"""What the calendar asks the desk: a month by departure, one day with everybody on it, what there is to choose.

On a lane only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from models.calendar_facts import CalendarDay, CalendarFilter
from models.frozen import frozen
from models.rows import ReservationRow
from ui import asking
from ui.calendar_names import Names, short_names
from ui.months import span

MonthKey = tuple[dt.date, CalendarFilter]
MAY_CHANGE_SEATS = ("owner", "manager")


@frozen
class MonthLook:
    """A month's days with short names, and where the office is: its today counts."""

    key: MonthKey
    days: dict[dt.date, CalendarDay]
    names: Names
    zone: str = ""


def look_at_month(desk: asking.DeskDoor, month: dt.date, wanted: CalendarFilter, zone: str = "") -> MonthLook:
    """Asks for a month's sheet, and where the office is unless that is known; its weeks are whole."""
    days = asking.days(desk, *span(month), wanted)
    lines = (line for day in days.values() for line in day.lines if not line.unmatched)
    names = short_names((line.product, line.option) for line in lines)
    return MonthLook((month, wanted), days, names, zone or asking.here(desk)[1])


@frozen
class DayLook:
    """A day and everybody on it, by departure; `unmatched` are the orders without a departure of ours."""

    day: CalendarDay
    rows: dict[int, tuple[ReservationRow, ...]]
    unmatched: tuple[ReservationRow, ...]
    may_change_seats: bool = False


def look_at_day(desk: asking.DeskDoor, day: dt.date, wanted: CalendarFilter) -> DayLook:
    """Asks for a day, and whether who works here may change how many seats there are."""
    facts = asking.days(desk, day, day, wanted)[day]
    ids = [line.departure_id for line in facts.lines if line.departure_id is not None]
    rows = asking.departures(desk, ids, wanted)
    unmatched = asking.unmatched(desk, day, wanted) if any(line.unmatched for line in facts.lines) else ()
    return DayLook(facts, rows, unmatched, desk().actor.role in MAY_CHANGE_SEATS)


@frozen
class Choices:
    """What the calendar can be narrowed to."""

    products: dict[int, str] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()


def look_at_choices(desk: asking.DeskDoor) -> Choices:
    """Asks for every product, channel and guide."""
    return Choices(asking.products(desk), tuple(asking.channels(desk)), asking.guides(desk))
