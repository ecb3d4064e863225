"""When an option leaves: its repeating rules, the days they are skipped, and departures added by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from models.frozen import frozen

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = 127
MOST_SEATS = 100_000
_WEEK = timedelta(days=7)


@lru_cache(maxsize=16384)
def instant(day: date, starts: time, zone: str) -> datetime:
    """A local time as an instant in UTC. A skipped hour of spring counts as the next one."""
    return datetime.combine(day, starts, ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=16384)
def clock_of(at: datetime, zone: str) -> str:
    """The local time of an instant, 'HH:MM'."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


@frozen
class Schedule:
    """One rule: local start, length, seats, weekday mask (Monday = 1), season with both ends included."""

    starts: time
    minutes: int
    capacity: int
    weekdays: int = EVERY_DAY
    season_from: date | None = None
    season_until: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether the rule has a departure on this local day."""
        if self.season_from and day < self.season_from:
            return False
        if self.season_until and day > self.season_until:
            return False
        return bool(self.weekdays >> day.weekday() & 1)

    def departs_at(self, day: date, zone: str) -> datetime:
        """The instant (UTC) of the departure on a local day."""
        return instant(day, self.starts, zone)

    def ends_at(self, day: date, zone: str) -> datetime:
        """The instant (UTC) at which the trip of a local day is over."""
        return self.departs_at(day, zone) + timedelta(minutes=self.minutes)

    def meets(self, other: Schedule) -> bool:
        """Whether both would leave at the same time of some day."""
        if self.starts != other.starts or not self.weekdays & other.weekdays:
            return False
        first = max((s for s in (self.season_from, other.season_from) if s), default=None)
        last = min((s for s in (self.season_until, other.season_until) if s), default=None)
        if first is None or last is None or last - first >= _WEEK:
            return True
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return any(self.runs_on(day) and other.runs_on(day) for day in days)


def mask_of(weekdays: Iterable[str]) -> int:
    """Weekdays ('mon' … 'sun') as a mask, Monday = 1."""
    return sum(1 << WEEKDAYS.index(day) for day in set(weekdays))


def names_of(mask: int) -> list[str]:
    """The weekdays of a mask, from Monday on."""
    return [day for n, day in enumerate(WEEKDAYS) if mask >> n & 1]


def first_clash(rules: Sequence[Schedule]) -> int | None:
    """The place of the first rule that would leave at the same time of some day as one before it."""
    for n, rule in enumerate(rules):
        if any(rule.meets(other) for other in rules[:n]):
            return n
    return None


@frozen
class Skipped:
    """Why the rules do not run on a day; with `starts`, only what leaves at these times does not."""

    starts: frozenset[time] = frozenset()
    reason: str = ""

    @property
    def times(self) -> list[str]:
        """The times as they are written, 'HH:MM'."""
        return [f"{starts:%H:%M}" for starts in sorted(self.starts)]


def times_of(words: str) -> frozenset[time]:
    """Times as they are kept: '10:00 14:00'."""
    return frozenset(map(time.fromisoformat, words.split()))


@frozen
class Timetable:
    """When one option leaves: by its rules, but not on the excepted days or at the excepted times of a day, and
    `by_hand` besides.
    """

    rules: tuple[Schedule, ...] = ()
    exceptions: frozenset[date] = frozenset()
    by_hand: Mapping[date, tuple[Schedule, ...]] = field(default_factory=dict)
    excepted: frozenset[tuple[date, time]] = frozenset()

    def runs(self, day: date) -> tuple[Schedule, ...]:
        """Every departure of a local day, by time; one added by hand goes before a rule of the same time."""
        ruled = () if day in self.exceptions else tuple(rule for rule in self.rules if rule.runs_on(day))
        if self.excepted:
            ruled = tuple(rule for rule in ruled if (day, rule.starts) not in self.excepted)
        added = self.by_hand.get(day, ())
        if len(ruled) + len(added) < 2:
            return ruled or added
        by_time = {schedule.starts: schedule for schedule in (*ruled, *added)}
        return tuple(by_time[starts] for starts in sorted(by_time))

    def departures(self, day: date, zone: str) -> dict[datetime, Schedule]:
        """The instants of a day's departures; a skipped hour of spring falls together with the next one."""
        found: dict[datetime, Schedule] = {}
        for schedule in self.runs(day):
            found.setdefault(schedule.departs_at(day, zone), schedule)
        return found

    def leaving(self, day: date, starts: time | None, zone: str) -> tuple[Schedule, ...]:
        """The departures of a day that a time can mean: that of this instant, or all where none is told."""
        found = self.departures(day, zone)
        if starts is None:
            return tuple(found.values())
        one = found.get(instant(day, starts, zone))
        return (one,) if one else ()

    def leaves_ever(self, starts: time) -> bool:
        """Whether anything leaves at this time of day at all, on whichever day."""
        return any(schedule.starts == starts for schedule in self._all())

    @property
    def only_start(self) -> time | None:
        """The time of day at which it always leaves; None where there are several, or none."""
        found = {schedule.starts for schedule in self._all()}
        return found.pop() if len(found) == 1 else None

    def over(
        self, days: Sequence[date], zone: str, rows: Mapping[datetime, Any]
    ) -> Iterator[tuple[date, datetime, Schedule | None, Any]]:
        """Day, instant, rule and row (where there is one) of every departure of these days.

        `rows` are the departures that exist, by instant; those that nothing plans any more come last and
        without a rule.
        """
        left = dict(rows)
        for day, at, schedule in self._planned(days, zone):
            yield day, at, schedule, left.pop(at, None)
        for at, row in left.items():
            yield at.astimezone(ZoneInfo(zone)).date(), at, None, row

    def _planned(self, days: Sequence[date], zone: str) -> Iterator[tuple[date, datetime, Schedule]]:
        """What leaves on these days. Most options have one rule, and a month asks for all of them."""
        if len(self.rules) == 1 and not self.by_hand and not self.excepted:
            rule = self.rules[0]
            for day in days:
                if rule.runs_on(day) and day not in self.exceptions:
                    yield day, instant(day, rule.starts, zone), rule
            return
        for day in days:
            for at, schedule in self.departures(day, zone).items():
                yield day, at, schedule

    def _all(self) -> Iterator[Schedule]:
        yield from self.rules
        for added in self.by_hand.values():
            yield from added
