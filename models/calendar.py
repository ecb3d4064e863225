"""A month, week or day by departure: seats, confirmed, unconfirmed, arrived.

The reservations of a span are counted by one grouped query that reads nothing but the index
`ix_reservations_calendar`, in its own order; schedules and departures are merged with it here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, case, func, select

from models.calendar_facts import CalendarDay, CalendarFilter, CalendarLine
from models.catalogue import catalogue
from models.holidays_reading import closed_between
from models.pages import page
from models.products import OptionFacts, ProductFacts, Validity
from models.reservations import GONE, HOLDERS, RIVALS, Status
from models.rows import Filter, ReservationRow
from models.schedule import Schedule, clock_of
from models.tables import Departure, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_EVERYTHING = CalendarFilter()
_NOBODY = (0, 0, 0, 0)
_DEPARTURES = select(
    _D.c.id, _D.c.option_id, _D.c.departs_on, _D.c.departs_at, _D.c.capacity, _D.c.seats_taken,
    _D.c.closed, _D.c.guide,
).where(_D.c.departs_on.between(bindparam("first"), bindparam("last")))  # fmt: skip
_Counts = dict[int, tuple[int, int, int, int]]


def days(
    look: Connection, first: date, last: date, wanted: CalendarFilter = _EVERYTHING
) -> dict[date, CalendarDay]:
    """Every day from `first` to `last`, both included, also the empty ones."""
    counts, strays = _counts(look, first, last, wanted)
    lines: dict[date, list[CalendarLine]] = defaultdict(list)
    for line in _departing(look, tuple(_between(first, last)), wanted, counts):
        lines[line.day].append(line)
    if wanted.product_id is None and wanted.guide is None:
        for day, product, heads, waiting in _unmatched(look, strays, wanted):
            lines[day].append(_unmatched_line(day, product, heads, waiting))
    notes = _notes(look, first, last)
    return {
        day: CalendarDay(day, tuple(sorted(lines[day], key=_by_time)), notes.get(day, ""))
        for day in _between(first, last)
    }


def departure_rows(
    look: Connection, departure_id: int, now: datetime, wanted: CalendarFilter = _EVERYTHING
) -> tuple[ReservationRow, ...]:
    """The living reservations of one departure, those that wait first."""
    statuses = wanted.statuses or frozenset(Status) - GONE
    asked = Filter(departure_id=departure_id, statuses=statuses, channels=_channels(wanted))
    return tuple(
        sorted(page(look, asked, now, limit=500).rows, key=lambda row: (row.status not in RIVALS, row.id))
    )


def unmatched_rows(
    look: Connection, day: date, now: datetime, wanted: CalendarFilter = _EVERYTHING
) -> tuple[ReservationRow, ...]:
    """The living orders of a day that found no departure of ours."""
    asked = Filter(
        needs="unmatched", first_day=day, last_day=day, channels=_channels(wanted), statuses=wanted.statuses
    )
    return page(look, asked, now, limit=500).rows


def guides(look: Connection) -> tuple[str, ...]:
    """Everybody who has been written down as a guide."""
    asked = select(_D.c.guide).where(_D.c.guide != "").distinct().order_by(_D.c.guide)
    return tuple(look.execute(asked).scalars())


def _channels(wanted: CalendarFilter) -> frozenset[str]:
    return frozenset({wanted.channel}) if wanted.channel else frozenset()


# --- the departures of a span -------------------------------------------------------------------


def departures(look: Connection, first: date, last: date) -> dict[int, dict[datetime, Any]]:
    """The departures that exist, by option and instant."""
    found: dict[int, dict[datetime, Any]] = defaultdict(dict)
    for row in look.execute(_DEPARTURES, {"first": first, "last": last}).all():
        found[row.option_id][row.departs_at] = row
    return found


def _departing(
    look: Connection, days: Sequence[date], wanted: CalendarFilter, counts: _Counts
) -> Iterable[CalendarLine]:
    """The departures that the rules plan, and those that exist besides and have somebody on them."""
    real = departures(look, days[0], days[-1])
    for product in catalogue(look).products:
        if wanted.product_id not in (None, product.id) or product.validity is not Validity.DEPARTURE:
            continue
        for option in product.options:
            for day, at, rule, row in option.plan.over(days, product.zone, real.get(option.id, {})):
                line = _line(product, option, day, at, rule, row, counts)
                if (rule or line.taken or line.heads) and _is_wanted(line, wanted):
                    yield line


def _is_wanted(line: CalendarLine, wanted: CalendarFilter) -> bool:
    if wanted.guide is not None and line.guide != wanted.guide:
        return False
    return not wanted.counts_some or line.heads > 0


def _line(
    product: ProductFacts,
    option: OptionFacts,
    day: date,
    at: datetime,
    rule: Schedule | None,
    row: Any,
    counts: _Counts,
) -> CalendarLine:
    starts = clock_of(
        at, product.zone
    )  # not the rule's: spring skips an hour, and then it leaves in the next
    if row is None:
        return CalendarLine(
            day, starts, product.id, product.name, option.name, None, option.id, at, product.zone,
            rule.capacity if rule else 0, 0, 0, 0, 0, False,
        )  # fmt: skip
    number, _, _, _, capacity, taken, closed, guide = row
    held, waiting, arrived, others = counts.get(number, _NOBODY)
    return CalendarLine(
        day, starts, product.id, product.name, option.name, number, option.id, at, product.zone,
        capacity, taken, held, waiting, arrived, closed, False, guide, others,
    )  # fmt: skip


def _by_time(line: CalendarLine) -> tuple[bool, str, str, str]:
    return line.unmatched, line.starts, line.product, line.option


# --- counting -----------------------------------------------------------------------------------


def counting(first: date, last: date, wanted: CalendarFilter = _EVERYTHING) -> Any:
    """Heads confirmed, waiting, arrived and others, by day and departure: answered by the index alone.

    What is not wanted is left out of the sums, not by a condition: that would lead SQLite to another index,
    by channel or status, and from there to every row.
    """
    holds, waits = _R.c.status.in_(HOLDERS), _R.c.status.in_(RIVALS)
    chosen = [_R.c.channel == wanted.channel] if wanted.channel else []
    chosen += [_R.c.status.in_(wanted.statuses)] if wanted.statuses else []
    asked = (
        select(
            _R.c.departs_on,
            _R.c.departure_id,
            func.sum(case((and_(*chosen, holds), _R.c.heads), else_=0)),
            func.sum(case((and_(*chosen, waits), _R.c.heads), else_=0)),
            func.sum(case((and_(*chosen, holds), _R.c.arrived_heads), else_=0)),
        )
        .where(_R.c.departs_on.between(first, last))
        .group_by(_R.c.departs_on, _R.c.departure_id)
    )
    if wanted.statuses:
        others = and_(*chosen, ~holds, ~waits)
        asked = asked.add_columns(func.sum(case((others, _R.c.heads), else_=0)))
    return asked


def _counts(look: Connection, first: date, last: date, wanted: CalendarFilter) -> tuple[_Counts, list[date]]:
    """The numbers of each departure, and the days on which somebody comes without one."""
    counts: _Counts = {}
    strays = []
    for day, departure_id, held, waiting, arrived, *others in look.execute(
        counting(first, last, wanted)
    ).all():
        if departure_id is None:
            strays.append(day)
        else:
            counts[departure_id] = (held, waiting, arrived, others[0] if others else 0)
    return counts, strays


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


def _notes(look: Connection, first: date, last: date) -> dict[date, str]:
    """Why the office is closed, by day: a public holiday's name, or that of a day of its own."""
    return {one.day: one.name for one in closed_between(look, first, last) if not one.worked}


def _between(first: date, last: date) -> Iterable[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
