"""The figures a sales channel judges an operator by, each as a rule: what counts, what does not, and why.

Nothing here asks a database. `models.figures` counts how often each combination of facts occurs, and
these rules say what such a combination means, so that a share can be explained order by order.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.reservations import RIVALS, Cause, Status

ANSWER_WITHIN = timedelta(hours=12)
DAYS = 7


class Kept(enum.StrEnum):
    """What became of a promise, or of a question."""

    IN_TIME = "in-time"
    LATE = "late"
    NOT_COUNTED = "not-counted"


@frozen
class Share:
    """So many of so many; there is no share of nothing."""

    part: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where nothing is counted yet."""
        return self.part / self.of if self.of else None


@frozen
class Promised:
    """An order whose promise fell due: the facts that decide whether it was kept.

    `confirmed_in_time` is None where we never confirmed it, `ended_in_time` where it was not cancelled.
    """

    status: Status
    confirmed_in_time: bool | None
    confirmed_at_once: bool
    ended_in_time: bool | None
    cause: Cause | None


def promise_kept(order: Promised) -> Kept:
    """Whether an order was confirmed by the time that was promised.

    One that is confirmed the moment it arrives is in time, whatever the promise was. One that was cancelled
    before its promise does not count, whoever cancelled it: nobody was kept waiting (what we cancel has a
    share of its own). One that nobody paid for was never promised anything.
    """
    if order.confirmed_in_time is not None:
        return Kept.IN_TIME if order.confirmed_in_time or order.confirmed_at_once else Kept.LATE
    if order.status in RIVALS:
        return Kept.LATE
    if order.status is Status.CANCELLED and order.ended_in_time is False:
        return Kept.LATE
    return Kept.NOT_COUNTED


@frozen
class Answers:
    """Messages that travelers started: answered within 12 hours, later (or not at all), and still open."""

    in_time: int = 0
    late: int = 0
    open: int = 0

    @property
    def share(self) -> Share:
        """Those in time, of all whose 12 hours are over or that were answered."""
        return Share(self.in_time, self.in_time + self.late)


def questions(messages: Iterable[tuple[datetime, str]]) -> Iterator[tuple[datetime, datetime | None]]:
    """When a traveler asked and when that was answered; further messages before the answer are the same question.

    `messages` are the instants and directions ('in', 'out') of one conversation in the order of time.
    """
    asked: datetime | None = None
    for at, direction in messages:
        if direction == "in" and asked is None:
            asked = at
        elif direction == "out" and asked is not None:
            yield asked, at
            asked = None
    if asked is not None:
        yield asked, None


def answered(asked_at: datetime, answered_at: datetime | None, now: datetime) -> Kept:
    """Whether a question had its answer within 12 hours; one that still may is not counted."""
    if answered_at is not None:
        return Kept.IN_TIME if answered_at - asked_at <= ANSWER_WITHIN else Kept.LATE
    return Kept.NOT_COUNTED if now - asked_at <= ANSWER_WITHIN else Kept.LATE


# --- days and months ------------------------------------------------------------------------


def last_days(today: date) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The seven whole days up to yesterday, and the seven before them: the same weekdays, both complete."""
    days = [today - timedelta(days=n) for n in range(2 * DAYS, 0, -1)]
    return tuple(days[DAYS:]), tuple(days[:DAYS])


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def starts(day: date, zone: str) -> datetime:
    """The instant at which a day begins at the operator's."""
    return datetime.combine(day, time(), ZoneInfo(zone))
