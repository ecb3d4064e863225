"""A month, week or day by departure: seats, confirmed, unconfirmed, arrived.

What is counted and what exists is read in `calendar_counting`; the rules and the orders without a departure
are merged with it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, case, func, select

from models.calendar_counting import Counts, Existing, counts, existing
from models.calendar_facts import CalendarDay, CalendarFilter, CalendarLine
from models.catalogue import Plan, plans
from models.pages import rows_of
from models.reservations import GONE, RIVALS, Status
from models.rows import ReservationRow
from models.schedule import Schedule, clock_of
from models.tables import Departure, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_EVERYTHING = CalendarFilter()
_NOBODY = (None, None, 0, 0, 0, 0)
_CLOCK = lru_cache(maxsize=8192)(clock_of)
_STARTS = attrgetter("starts")
_NEW_LINE = tuple.__new__


def days(
    look: Connection, first: date, last: date, wanted: CalendarFilter = _EVERYTHING
) -> dict[date, CalendarDay]:
    """Every day from `first` to `last`, both included, also the empty ones."""
    told, strays = counts(look, first, last, wanted)
    asked = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    lines: dict[date, list[CalendarLine]] = {day: [] for day in asked}
    _put_departures(look, lines, wanted, told)
    for of_day in lines.values():
        of_day.sort(key=_STARTS)  # of one time they stay as the plans are: by product and option
    if wanted.product_id is None and wanted.guide is None:
        for day, product, heads, waiting in _unmatched(look, strays, wanted):
            lines[day].append(_unmatched_line(day, product, heads, waiting))
    return {day: CalendarDay(day, tuple(of_day)) for day, of_day in lines.items()}


def departure_rows(
    look: Connection, departure_ids: Sequence[int], wanted: CalendarFilter = _EVERYTHING
) -> dict[int, tuple[ReservationRow, ...]]:
    """The living reservations of some departures, those that wait first; of a status also those that are gone."""
    statuses = wanted.statuses or frozenset(Status) - GONE
    asked = select(_R.c.id).where(_R.c.departure_id.in_(departure_ids), _R.c.status.in_(statuses))
    found: dict[int, list[ReservationRow]] = {number: [] for number in departure_ids}
    for row in _rows(look, asked, wanted):
        found[row.departure_id or 0].append(row)
    return {number: tuple(rows) for number, rows in found.items()}


def unmatched_rows(
    look: Connection, day: date, wanted: CalendarFilter = _EVERYTHING
) -> tuple[ReservationRow, ...]:
    """The living orders of a day that found no departure of ours."""
    statuses = wanted.statuses or frozenset(Status) - GONE
    alone = (_R.c.departs_on == day, _R.c.departure_id.is_(None), _R.c.unmatched != "")
    return _rows(look, select(_R.c.id).where(*alone, _R.c.status.in_(statuses)), wanted)


def _rows(look: Connection, asked: Any, wanted: CalendarFilter) -> tuple[ReservationRow, ...]:
    """The numbers first, by the index of the departure or the day, then the rows they name."""
    rows = rows_of(look, sorted(look.execute(asked).scalars()))
    kept = (row for row in rows if wanted.channel in ("", row.channel))
    return tuple(sorted(kept, key=lambda row: (row.status not in RIVALS, row.id)))


def guides(look: Connection) -> tuple[str, ...]:
    """Everybody who has been written down as a guide."""
    asked = select(_D.c.guide).where(_D.c.guide != "").distinct().order_by(_D.c.guide)
    return tuple(look.execute(asked).scalars())


# --- the departures of a span -------------------------------------------------------------------


def _put_departures(
    look: Connection, lines: dict[date, list[CalendarLine]], wanted: CalendarFilter, told: Counts
) -> None:
    """The departures that the rules plan, and those that exist besides and have somebody on them."""
    days, everything = tuple(lines), not wanted.is_anything
    real = existing(look, days[0], days[-1])
    for plan in plans(look):
        if wanted.product_id not in (None, plan.product_id):
            continue
        for day, at, rule, row in plan.timetable.over(days, plan.zone, real.get(plan.option_id, {})):
            line = _line(plan, day, at, rule, row, told)
            if (rule or line.taken or line.heads) and (everything or _is_wanted(line, wanted)):
                lines[min(max(day, days[0]), days[-1])].append(line)


def _is_wanted(line: CalendarLine, wanted: CalendarFilter) -> bool:
    if wanted.guide is not None and line.guide != wanted.guide:
        return False
    return not wanted.counts_some or line.heads > 0


def _line(
    plan: Plan, day: date, at: datetime, rule: Schedule | None, row: Existing | None, told: Counts
) -> CalendarLine:
    starts = _CLOCK(at, plan.zone)
    if row is None:
        number, capacity, taken, closed, guide = None, rule.capacity if rule else 0, 0, False, ""
    else:
        number, _, _, capacity, taken, closed, guide = row
    _, _, held, waiting, arrived, others = told.get(number, _NOBODY) if number else _NOBODY
    # Straight from its fields: a month has thousands of lines, and CalendarLine(...) takes three times as long.
    return _NEW_LINE(CalendarLine, (
        day, starts, plan.product_id, plan.product, plan.option, number, plan.option_id, at, plan.zone,
        capacity, taken, held, waiting, arrived, bool(closed), False, guide, others,
    ))  # fmt: skip


# --- without a departure ------------------------------------------------------------------------


def _unmatched(look: Connection, on: list[date], wanted: CalendarFilter) -> list[tuple[date, str, int, int]]:
    """The living orders without a departure on these days: everybody's heads, and of those that wait."""
    waits = func.sum(case((_R.c.status.in_(RIVALS), _R.c.heads), else_=0))
    asked = (
        select(_R.c.departs_on, _R.c.product_text, func.sum(_R.c.heads), waits)
        .where(_R.c.departs_on.in_(on), _R.c.departure_id.is_(None), _R.c.unmatched != "")
        .where(_R.c.status.in_(wanted.statuses) if wanted.statuses else _R.c.status.not_in(GONE))
        .group_by(_R.c.departs_on, _R.c.product_text)
    )
    if wanted.channel:
        asked = asked.where(_R.c.channel == wanted.channel)
    return [tuple(row) for row in look.execute(asked)] if on else []


def _unmatched_line(day: date, product: str, heads: int, waiting: int) -> CalendarLine:
    held = heads - waiting
    return CalendarLine(
        day, "", None, product, "", None, None, None, "", 0, 0, held, waiting, 0, False, unmatched=True
    )
