"""When a departure has left and when it is over for certain, also where only its day is known.

A row and the database must not disagree about it. The database knows when a day began, but not how long it is
in its zone; so a day without a time is over 24 hours after it began, also on the nights of the clock change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
_FIRST, _LAST = date.min + 2 * A_DAY, date.max - 2 * A_DAY


def has_left(row: Any, now: datetime) -> bool:
    """Whether the trip has left; where only the day is known, when the day is over."""
    at = _left_at(row)
    return at is not None and at <= now


def that_left(of: Any, now: datetime) -> Any:
    """The same as a condition on the columns of reservations, bounded by the one they are sorted by."""
    from sqlalchemy import and_, or_

    by_day = and_(of.departs_at.is_(None), of.sort_at <= now - A_DAY)
    return and_(of.sort_at <= now, or_(of.departs_at <= now, by_day))


def over_at(row: Any) -> datetime | None:
    """When nobody can come any more: when it has left, or after the last day of an open-dated ticket."""
    if row.departs_at is None and row.open_dated:
        is_for_ever = row.valid_until in (None, date.max)  # whose end no calendar can tell
        return None if is_for_ever else day_end(row.valid_until, row.zone)
    return _left_at(row)


def _left_at(row: Any) -> datetime | None:
    if row.departs_at is not None:
        return row.departs_at  # type: ignore[no-any-return]
    return row.sort_at + A_DAY if row.departs_on is not None else None


def day_end(day: date, zone: str) -> datetime:
    """When a day is over in its zone, however many hours it has."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone or "UTC")).astimezone(UTC)


def in_reach(day: date) -> date:
    """The day, or the nearest one whose beginning and end can be told in every zone."""
    return min(max(day, _FIRST), _LAST)


def local_day(at: datetime, zone: str) -> date:
    """The day it is there at an instant."""
    return at.astimezone(ZoneInfo(zone or "UTC")).date()
