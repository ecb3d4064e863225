"""When a copy of the database is due, which old copies may go, and when the desk must be told that there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.refusals import CannotDo

TOLD_AFTER = timedelta(days=2)
"""So old may the newest copy be before the dashboard says so."""

LEAST_KEPT = 3
"""So many copies stay, however old they are: a desk that was closed for a season still has some."""

LONGEST_KEPT_DAYS = 3650
NAME = re.compile(r"counterfoil-(\d{8}-\d{6})(-\d+)?\.(sqlite|dump)\.sealed")


class Why(StrEnum):
    """What a copy was made for."""

    DAILY = "daily"
    BY_HAND = "by-hand"


@frozen
class Plan:
    """When and where copies are made. `folder` is '' for one beside the data of whoever makes the copy."""

    daily: bool = True
    at: str = "03:00"
    keep_days: int = 30
    folder: str = ""


@frozen
class Copied:
    """One copy that was made or that failed; `problem` is the code of what was in the way, with its facts."""

    id: int
    at: datetime
    counter: str
    why: Why
    file: str
    folder: str
    bytes: int = 0
    dump: str = ""
    problem: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@frozen
class Trial:
    """One rehearsal of bringing a copy back. `problem` is '' where it opened, migrated and held together."""

    at: datetime
    counter: str
    file: str
    problem: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    from_revision: str = ""
    seconds: float = 0.0


def planned(daily: bool, at: str, keep_days: int, folder: str) -> Plan:
    """A plan as somebody typed it. Raises CannotDo("time-wrong") or CannotDo("days-wrong")."""
    try:
        hour, minute = (int(part) for part in at.strip().split(":"))
        told = time(hour, minute)
    except ValueError as error:
        raise CannotDo("time-wrong", time=at) from error
    if not 1 <= keep_days <= LONGEST_KEPT_DAYS:
        raise CannotDo("days-wrong", days=keep_days, most=LONGEST_KEPT_DAYS)
    return Plan(daily, f"{told:%H:%M}", keep_days, folder.strip())


def days_of(typed: str) -> int:
    """A number of days as somebody typed it. Raises CannotDo("days-wrong")."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise CannotDo("days-wrong", days=typed, most=LONGEST_KEPT_DAYS)
    return int(text)


def last_due(plan: Plan, now: datetime, zone: str) -> datetime:
    """The last moment at which a daily copy should have begun."""
    here = now.astimezone(ZoneInfo(zone))
    due = datetime.combine(here.date(), time.fromisoformat(plan.at), ZoneInfo(zone))
    return due if due <= here else datetime.combine(here.date() - timedelta(days=1), due.time(), due.tzinfo)


def is_due(plan: Plan, newest: datetime | None, now: datetime, zone: str) -> bool:
    """Whether today's copy is still to be made; a desk that was closed at that hour makes it when it opens.

    A clock that was set back makes no second one.
    """
    return plan.daily and (newest is None or newest < last_due(plan, now, zone))


def is_late(newest: datetime | None, first_day: datetime | None, now: datetime) -> bool:
    """Whether there has been no copy for so long that somebody must be told; a new desk is given the same time."""
    since = newest or first_day
    return since is not None and now - since > TOLD_AFTER


def outlived(names: Iterable[str], now: datetime, keep_days: int) -> tuple[str, ...]:
    """The copies in a folder that may go: older than they are kept, and never the last few.

    Only names that we gave are ours; everything else in the folder is somebody else's.
    """
    made: dict[str, list[str]] = {}
    for name in names:
        found = NAME.fullmatch(name)
        if found:
            made.setdefault(found[1], []).append(name)
    until = (now - timedelta(days=keep_days)).strftime("%Y%m%d-%H%M%S")
    old = sorted(made)[:-LEAST_KEPT]
    return tuple(name for stamp in old if stamp < until for name in made[stamp])


def file_name(at: datetime, ending: str, number: int = 0) -> str:
    """What a copy is called: the moment in UTC, so that names stand in the order of time."""
    more = f"-{number}" if number else ""
    return f"counterfoil-{at:%Y%m%d-%H%M%S}{more}.{ending}.sealed"
