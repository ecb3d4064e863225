"""When a departure is over for certain, also where only its day is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


def over_at(row: Any) -> datetime | None:
    """When nobody can come any more: the departure, the end of its day, or of an open-dated ticket's last day."""
    if row.departs_at is not None:
        return row.departs_at  # type: ignore[no-any-return]
    if row.departs_on is not None and not row.open_dated:
        return day_end(row.departs_on, row.zone)
    return day_end(row.valid_until, row.zone) if row.valid_until is not None else None


def day_end(day: date, zone: str) -> datetime:
    """The instant at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone or "UTC")).astimezone(UTC)
