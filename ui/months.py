"""Counts in months: their first days, the same day a month later, and the weeks a month's sheet shows."""

from __future__ import annotations

import datetime as dt


def first_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)


def month_step(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    start = dt.date(year, month + 1, 1)
    after = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return start + dt.timedelta(days=min(day.day, (after - start).days) - 1)


def span(month: dt.date) -> tuple[dt.date, dt.date]:
    """The first Monday and the last Sunday of a month's sheet."""
    start = first_of(month)
    end = month_step(start, 1) - dt.timedelta(days=1)
    return start - dt.timedelta(days=start.weekday()), end + dt.timedelta(days=6 - end.weekday())
