"""Who opened travelers' data: one line of the journal each, and what a list of them is narrowed to."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Any

from models.frozen import frozen

Key = tuple[str, int, int]
"""Where a page ends: the time as the journal writes it, the counter and the entry."""


@frozen
class OpenedFilter:
    """Empty means everything; days are the operator's, both included."""

    reservation_id: int | None = None
    staff_id: int | None = None
    first: date | None = None
    last: date | None = None


@frozen
class OpenedLine:
    """One time that somebody opened, printed, handed on or looked for travelers' data."""

    at: datetime
    who: str
    counter: str
    action: str
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)
    key: Key = ("", 0, 0)


@frozen
class OpenedPage:
    """Some lines, newest first, and the people there are to choose from; `next` is None at the end."""

    lines: tuple[OpenedLine, ...]
    next: Key | None
    people: tuple[tuple[int, str], ...]
    zone: str
