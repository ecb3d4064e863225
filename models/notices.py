"""Who of the staff hears what, by which route and when: the events, the routes, the quiet hours.

Nothing of a traveler is ever in a notice: it says a number, a product, a departure and a party, never a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right, may

_DAYS = 7
_MINUTE = timedelta(minutes=1)
ONE_BY_ONE = 3
"""So many new orders of one file are told each by itself; more become one notice with their number."""

STEPS = (24, 4, 1)
"""Hours before a promise runs out at which staff are reminded, where nothing else was chosen."""
ANSWER_WITHIN = timedelta(hours=12)
"""What travelers are promised; staff are reminded two hours before it is over."""
REMIND_ANSWER = ANSWER_WITHIN - timedelta(hours=2)
DIGEST_HOUR = 8
DIGEST_FOR = 4
"""A morning's digest is told within so many hours, or not at all: in the evening nobody wants it."""
LONGEST = timedelta(days=8)


class Event(StrEnum):
    """What staff can be told of."""

    NEW = "new"
    CANCEL = "cancel"
    MESSAGE = "message"
    PROMISE = "promise"
    ANSWER = "answer"
    LETTER = "letter"
    REFUND = "refund"
    INCIDENT = "incident"
    DIGEST = "digest"


class Route(StrEnum):
    """How a notice reaches somebody. The tray is the screen of the counter at which the person works."""

    TRAY = "tray"
    MAIL = "mail"
    KAKAO = "kakao"
    WEBHOOK = "webhook"
    NTFY = "ntfy"


RIGHTS: Mapping[Event, Right] = {
    Event.NEW: Right.ORDERS,
    Event.CANCEL: Right.ORDERS,
    Event.MESSAGE: Right.TALK,
    Event.PROMISE: Right.ORDERS,
    Event.ANSWER: Right.TALK,
    Event.LETTER: Right.TALK,
    Event.REFUND: Right.REFUND,
    Event.INCIDENT: Right.INCIDENTS,
    Event.DIGEST: Right.LOOK,
}
"""Nobody hears of what they may not do anything about."""

URGENT = frozenset({Event.CANCEL, Event.PROMISE, Event.INCIDENT})
"""What may pass quiet hours, for those who say so."""

OF_ITS_AUTHOR = frozenset({Event.NEW, Event.DIGEST})
"""What is told to whoever caused it, too: a file of orders is not read by whoever hands it in."""

STILL_WAITING = frozenset({Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING})
_MOOT: Mapping[Event, frozenset[Status]] = {
    Event.PROMISE: STILL_WAITING,
    Event.CANCEL: frozenset(
        {Status.CANCEL_REQUESTED, Status.CONFIRMED}
    ),  # a channel's word first asks a person
}
NEWS = STILL_WAITING | {Status.CONFIRMED}
"""A new order in one of these is news; what arrives cancelled or redeemed is history."""

KAKAO = ("solapi", "nhn")
"""The carriers that bring KakaoTalk messages, the first that is set up is used."""


@frozen
class Quiet:
    """Hours of a day in which somebody wants to hear nothing; over midnight where `until` is not after `start`."""

    start: time
    until: time


@frozen
class Person:
    """One of the staff, as the rules of notices need them. `quiet` is one entry a weekday, Monday first."""

    id: int
    role: str
    mail: str = ""
    phone: str = ""
    topic: str = ""
    webhook: bool = False
    language: str = ""
    quiet: tuple[Quiet | None, ...] = (None,) * _DAYS
    urgent_passes: bool = False
    digest_hour: int = DIGEST_HOUR
    on: frozenset[tuple[Event, Route]] = frozenset()
    off: frozenset[tuple[Event, Route]] = frozenset()


def hears(person: Person, event: Event, route: Route) -> bool:
    """Whether somebody is told of it this way: they have the right, and it is switched on."""
    if not may(person.role, RIGHTS[event]):
        return False
    if (event, route) in person.off:
        return False
    return (event, route) in person.on or by_itself(event, route)


def by_itself(event: Event, route: Route) -> bool:
    """What is on where nobody has said anything: the screen in front of whoever works."""
    return route is Route.TRAY and event is not Event.DIGEST


def passes(person: Person, event: Event) -> bool:
    """Whether it may disturb somebody in their quiet hours."""
    return event in URGENT and person.urgent_passes


def is_quiet(at: datetime, quiet: Sequence[Quiet | None], zone: str) -> bool:
    """Whether these are quiet hours, by the operator's clock."""
    return _ends(at.astimezone(ZoneInfo(zone)), quiet) is not None


def leaves_at(now: datetime, quiet: Sequence[Quiet | None], zone: str, *, passes: bool = False) -> datetime:
    """When a notice may leave: now, or at the end of the quiet hours, however many follow each other."""
    if passes:
        return now
    local = now.astimezone(ZoneInfo(zone))
    last = local + LONGEST
    while (end := _ends(local, quiet)) is not None and local < last:
        local = end
    return local.astimezone(now.tzinfo) if local.astimezone(now.tzinfo) > now else now


def _ends(local: datetime, quiet: Sequence[Quiet | None]) -> datetime | None:
    """The end of the quiet hours in which a local time lies: those of its day, or of the night before."""
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        hours = quiet[day.weekday()] if len(quiet) == _DAYS else None
        if hours is None:
            continue
        start = datetime.combine(day, hours.start, local.tzinfo)
        over = hours.until <= hours.start
        end = datetime.combine(day + timedelta(days=1) if over else day, hours.until, local.tzinfo)
        if start <= local < end:
            return end
    return None


def check_quiet(quiet: Sequence[Quiet | None]) -> None:
    """Raises CannotDo("quiet-always") where somebody would never hear anything."""
    monday = datetime(2024, 1, 1, tzinfo=ZoneInfo("UTC"))
    if all(
        _ends(monday + timedelta(hours=hour, minutes=30), quiet) is not None for hour in range(24 * _DAYS)
    ):
        raise CannotDo("quiet-always")


def quiet_kept(quiet: Sequence[Quiet | None]) -> list[list[str] | None]:
    """As the database keeps it."""
    return [None if one is None else [f"{one.start:%H:%M}", f"{one.until:%H:%M}"] for one in quiet]


def quiet_told(kept: Sequence[Sequence[str] | None] | None) -> tuple[Quiet | None, ...]:
    """As it was kept; what cannot be read is no quiet hour."""
    found = [None if not one else Quiet(clock(one[0]), clock(one[1])) for one in kept or ()]
    return tuple((found + [None] * _DAYS)[:_DAYS])


def clock(text: str) -> time:
    """'22:00' or '7' as a time of the day. Raises CannotDo("hour-wrong")."""
    hours, _, minutes = text.strip().partition(":")
    try:
        return time(
            int(hours) % 24 if int(hours) == 24 and not int(minutes or 0) else int(hours), int(minutes or 0)
        )
    except ValueError as error:
        raise CannotDo("hour-wrong", hour=text.strip()) from error


def due_step(
    confirm_by: datetime, now: datetime, steps: Sequence[int] = STEPS, *, since: datetime | None = None
) -> int | None:
    """The smallest step that has come for a promise: 4 where it runs out within four hours; None before, and after.

    An order that came in later than a step was told as new just then, and is not told once more by it. Only the
    last step always is.
    """
    left = confirm_by - now
    come = [hours for hours in steps if timedelta(0) < left <= timedelta(hours=hours)]
    if not come:
        return None
    nearest = min(come)
    was_new = since is not None and since >= confirm_by - timedelta(hours=nearest)
    return None if was_new and nearest != min(steps) else nearest


def is_moot(event: Event, status: Status | None) -> bool:
    """Whether there is nothing left to do about it: confirmed during somebody's quiet hours."""
    return status is not None and event in _MOOT and status not in _MOOT[event]


def digest_is_due(person: Person, local: datetime) -> bool:
    """Whether it is somebody's hour for the morning's digest."""
    return person.digest_hour <= local.hour < person.digest_hour + DIGEST_FOR
