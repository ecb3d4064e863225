"""The coming seven days by option: heads held, seats, heads that wait for an answer."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, select

from models.calendar_counting import departures
from models.catalogue import catalogue
from models.filters import WAITING
from models.frozen import frozen
from models.schedule import Schedule, Timetable, clock_of
from models.tables import Reservation
from models.tables.reservations import ANSWER_WANTED

_R: Table = Reservation.__table__  # type: ignore[assignment]
DAYS_AHEAD = 7
_ANYWHERE = timedelta(days=1)  # a day begins and ends within one day of it, wherever in the world


@frozen
class WeekCell:
    """One option on one day: heads held, seats, heads that wait; None where it does not run."""

    taken: int
    capacity: int
    waiting: int
    closed: bool


@frozen
class WeekLine:
    """One option over the coming days."""

    starts: str
    product: str
    option: str
    cells: tuple[WeekCell | None, ...]


@frozen
class Week:
    """The coming days and what runs on them."""

    days: tuple[date, ...]
    lines: tuple[WeekLine, ...]


def week(look: Connection, first: date) -> Week:
    """Seven days by option and start time, from the rules and from the departures that exist."""
    days = tuple(first + timedelta(days=n) for n in range(DAYS_AHEAD))
    real = departures(look, days[0], days[-1])
    waits = _waiting_heads(look, days)
    lines = []
    for product in catalogue(look).products:
        for option in product.options:
            when = Timetable() if product.is_open_dated else option.plan
            cells: dict[str, dict[date, WeekCell]] = defaultdict(dict)
            for day, at, rule, row in when.over(days, product.zone, real.get(option.id, {})):
                cell = _cell(rule, row, waits)
                if rule or cell.taken or cell.waiting:
                    cells[clock_of(at, product.zone)][day] = cell
            for starts, by_day in cells.items():
                told = tuple(by_day.get(day) for day in days)
                lines.append(WeekLine(starts, product.name, option.name, told))
    return Week(days, tuple(sorted(lines, key=lambda line: (line.starts, line.product))))


def _waiting_heads(look: Connection, days: tuple[date, ...]) -> dict[int, int]:
    """Heads that wait for an answer, by departure."""
    first, last = (datetime.combine(day, time(), UTC) for day in (days[0], days[-1]))
    asked = (
        select(_R.c.departure_id, func.sum(_R.c.heads))
        .where(ANSWER_WANTED, _R.c.status.in_(WAITING), _R.c.departure_id.is_not(None))
        .where(_R.c.sort_at.between(first - _ANYWHERE, last + 2 * _ANYWHERE))
        .where(_R.c.departs_on.between(days[0], days[-1]))
        .group_by(_R.c.departure_id)
    )
    return dict(look.execute(asked).all())


def _cell(rule: Schedule | None, row: Any, waits: dict[int, int]) -> WeekCell:
    if row is not None:
        return WeekCell(row.seats_taken, row.capacity, waits.get(row.id, 0), row.closed)
    return WeekCell(0, rule.capacity if rule else 0, 0, False)
