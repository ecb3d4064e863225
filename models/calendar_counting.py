"""Reads the numbers of a span of days: how many stand on each departure, and the departures that exist.

One grouped statement reads nothing but the index `ix_reservations_calendar`, in its own order. A month of a
busy operator has thousands of rows here, so both statements go to the driver itself and are written once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table, case, func, literal, select

from models.calendar_facts import CalendarFilter
from models.reservations import GONE, HOLDERS, RIVALS, Status
from models.tables import Departure, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_LITERALS = {"literal_binds": True}

Counts = Mapping[int, Any]
"""By departure: its day, its id, and heads confirmed, waiting, arrived and others."""


Existing = tuple[int, int, datetime | str, int, int, bool, str]
"""A departure's fields as in `DepartureRow`. SQLite's driver tells a time as text, and true as 1."""


class DepartureRow(NamedTuple):
    """A departure that exists."""

    id: int
    option_id: int
    departs_at: datetime
    capacity: int
    seats_taken: int
    closed: bool
    guide: str


def counts(look: Connection, first: date, last: date, wanted: CalendarFilter) -> tuple[Counts, list[date]]:
    """The numbers of each departure, and the days on which somebody comes without one."""
    rows = _told(look, counting(look.dialect, wanted), first, last)
    strays = [row[0] for row in rows if row[1] is None]
    days = [date.fromisoformat(day) if isinstance(day, str) else day for day in strays]
    return {row[1]: row for row in rows}, days


def existing(look: Connection, first: date, last: date) -> dict[int, dict[datetime, Existing]]:
    """The departures that exist, by option and instant, as the driver tells them."""
    found: dict[int, dict[datetime, Existing]] = defaultdict(dict)
    for row in _told(look, _existing(look.dialect), first, last):
        found[row[1]][_instant(row[2])] = row
    return found


@lru_cache(maxsize=8192)
def _instant(told: datetime | str) -> datetime:
    """Many departures leave at the same time, and months are read again and again."""
    return datetime.fromisoformat(told + "+00:00") if isinstance(told, str) else told.astimezone(UTC)


def departures(look: Connection, first: date, last: date) -> dict[int, dict[datetime, DepartureRow]]:
    """The departures that exist, by option and instant."""
    return {
        option: {at: DepartureRow(*row[:2], at, *row[3:5], bool(row[5]), row[6]) for at, row in rows.items()}
        for option, rows in existing(look, first, last).items()
    }


@lru_cache(maxsize=256)
def counting(dialect: Dialect, wanted: CalendarFilter) -> str:
    """Heads confirmed, waiting, arrived and others, by day and departure, between two days.

    What is not wanted is left out of the sums, not by a condition: that would lead SQLite to another index,
    by channel or status, and from there to every row.
    """
    chosen = frozenset(Status) if not wanted.statuses else wanted.statuses
    asked = select(
        _R.c.departs_on,
        _R.c.departure_id,
        _sum(_R.c.heads, HOLDERS & chosen, wanted.channel),
        _sum(_R.c.heads, RIVALS & chosen, wanted.channel),
        _sum(_R.c.arrived_heads, HOLDERS & chosen, wanted.channel),
        _sum(_R.c.heads, (chosen - HOLDERS - RIVALS) if wanted.statuses else GONE - GONE, wanted.channel),
    )
    between = _between(dialect, "reservations.departs_on")
    return (
        f"{_text(asked, dialect)} WHERE {between} GROUP BY reservations.departs_on, reservations.departure_id"
    )


def _sum(heads: Any, statuses: frozenset[Status], channel: str) -> Any:
    """The heads in these statuses; comparing one value is quicker than looking into a list, the frequent first."""
    if not statuses:
        return literal(0)
    often = sorted(statuses, key=lambda status: (status not in (Status.REDEEMED, Status.CONFIRMED), status))
    counted = case({status.value: heads for status in often}, value=_R.c.status, else_=0)
    return func.sum(case((_R.c.channel == channel, counted), else_=0) if channel else counted)


@lru_cache(maxsize=2)
def _existing(dialect: Dialect) -> str:
    asked = select(*(_D.c[name] for name in DepartureRow._fields))
    return f"{_text(asked, dialect)} WHERE {_between(dialect, 'departures.departs_on')}"


def _text(asked: Any, dialect: Dialect) -> str:
    return str(asked.compile(dialect=dialect, compile_kwargs=_LITERALS))


def _between(dialect: Dialect, column: str) -> str:
    mark = "?" if dialect.name == "sqlite" else "%s"
    return f"{column} BETWEEN {mark} AND {mark}"


def _told(look: Connection, sql: str, first: date, last: date) -> list[Any]:
    driver: Any = look.connection.driver_connection
    days: tuple[Any, Any] = (first, last)
    if look.dialect.name == "sqlite":
        days = (first.isoformat(), last.isoformat())
    return driver.execute(sql, days).fetchall()  # type: ignore[no-any-return]
