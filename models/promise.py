"""By when an order must be confirmed, and how that day was counted.

From the order date, whole days, rounding up; from the departure date, whole days, rounding down.
Days on which the office is closed are not counted, so they move the promise: later where it counts
from the order, earlier where it counts back from the departure.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.products import ConfirmFrom

_DAY = timedelta(days=1)


@frozen
class Promise:
    """The instant of the promise, the days it gives and the closed days it skipped."""

    confirm_by: datetime
    days: int
    skipped: int


def whole_days(days: int, hours: int, counts_from: ConfirmFrom) -> int:
    """N days and M hours as whole days: up from the order, down from the departure."""
    days, hours = days + hours // 24, hours % 24
    return days + 1 if hours and counts_from is ConfirmFrom.ORDER else days


def counts_from_departure(
    departs_at: datetime | None, departs_on: date | None, sort_at: datetime
) -> datetime | None:
    """What a promise counts back from: the departure, or where only its day is known the day's beginning."""
    return departs_at or (sort_at if departs_on else None)


def promise(
    counts_from: ConfirmFrom,
    days: int,
    *,
    ordered_at: datetime,
    departs_at: datetime | None,
    zone: str,
    closed: Container[date],
) -> Promise | None:
    """The promise in UTC; None where it counts from a departure that is not known."""
    start = ordered_at if counts_from is ConfirmFrom.ORDER else departs_at
    if start is None:
        return None
    local = start.astimezone(ZoneInfo(zone))
    step = _DAY if counts_from is ConfirmFrom.ORDER else -_DAY
    day, left = local.date(), days
    while left:
        day += step
        left -= day not in closed
    at = datetime.combine(day, local.time(), ZoneInfo(zone)).astimezone(UTC)
    return sum_of(at, start, zone=zone, closed=closed)


def sum_of(confirm_by: datetime, start: datetime, *, zone: str, closed: Container[date]) -> Promise:
    """How a promise adds up that was given already, by us or by the channel: days counted and days skipped.

    `start` is what it counts from, before or after it: the order, or the departure. The day it starts on is
    not counted.
    """
    first, last = (at.astimezone(ZoneInfo(zone)).date() for at in (start, confirm_by))
    step = _DAY if last >= first else -_DAY
    between = [first + step * n for n in range(1, abs((last - first).days) + 1)]
    skipped = sum(day in closed for day in between)
    return Promise(confirm_by, len(between) - skipped, skipped)


def counted_again(
    confirm_by: datetime,
    counts_from: ConfirmFrom,
    start: datetime,
    *,
    zone: str,
    before: Container[date],
    after: Container[date],
) -> datetime:
    """The same number of open days when other days are closed; what was not counted so stays as it is."""
    local, until = start.astimezone(ZoneInfo(zone)), confirm_by.astimezone(ZoneInfo(zone))
    step = 1 if counts_from is ConfirmFrom.ORDER else -1
    if (until.date() - local.date()).days * step < 0 or until.time() != local.time():
        return confirm_by
    days = sum_of(confirm_by, start, zone=zone, closed=before).days
    again = promise(counts_from, days, ordered_at=start, departs_at=start, zone=zone, closed=after)
    return again.confirm_by if again else confirm_by
