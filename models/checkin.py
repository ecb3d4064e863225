"""Decides whether a traveler may come in.

The decision sees facts only, no clock and no database, so the gate, the command line and an
offline counter cannot disagree. Validity is judged first and repeats last: a cancelled ticket
is never "already used". `forced` (a right, with a reason) overrides the rules of time and
nothing else: never the number of uses, never a cancelled reservation.

    what was read -> cancelled? -> replaced? -> confirmed? -> redeemed? -> here? -> the right time?
                  -> paid? -> uses left? -> a note to read? -> partly in? -> ADMIT
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.reservations import GONE, Status

SAME_SCAN_S = 5
"""The same code at the same counter within so many seconds is the same scan."""


class Kind(enum.StrEnum):
    """What a scan is answered with."""

    ADMIT = "ADMIT"
    PARTLY_IN = "PARTLY_IN"
    CHECK = "CHECK"
    COLLECT = "COLLECT"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    OTHER_DAY = "OTHER_DAY"
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"
    OUT_OF_DATE = "OUT_OF_DATE"
    USED = "USED"
    NO_USES_LEFT = "NO_USES_LEFT"
    CANCELLED = "CANCELLED"
    REPLACED = "REPLACED"
    ELSEWHERE = "ELSEWHERE"
    UNKNOWN = "UNKNOWN"
    FORGED = "FORGED"
    UNREADABLE = "UNREADABLE"


ADMITTING = frozenset({Kind.ADMIT, Kind.PARTLY_IN, Kind.CHECK})
TURNED_AWAY = frozenset(Kind) - ADMITTING - {Kind.UNREADABLE}
"""Who is counted as refused: a code that could not be read has refused nobody."""
TIME_RULES = frozenset({Kind.OTHER_DAY, Kind.TOO_EARLY, Kind.TOO_LATE, Kind.OUT_OF_DATE})
"""The refusals that a force with a reason overrides."""


@frozen
class Window:
    """When a ticket lets in. Instants are aware; days are local to `zone`, both ends included.

    A departure gives `opens_at` and `closes_at`; a known day without a time only `day`;
    an open-dated ticket `valid_from` and `valid_until`. `unmatched`: no departure of ours is known.
    """

    zone: str = "UTC"
    day: date | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    unmatched: bool = False

    def verdict(self, now: datetime) -> Kind | None:
        """The rule of time that speaks against coming in now, or None."""
        here = now.astimezone(ZoneInfo(self.zone))
        if self.valid_until is not None and here.date() > self.valid_until:
            return Kind.OUT_OF_DATE
        if self.valid_from is not None and here.date() < self.valid_from:
            return Kind.TOO_EARLY
        if self.opens_at is None or self.closes_at is None:
            return Kind.OTHER_DAY if self.day not in (None, here.date()) else None
        zone = ZoneInfo(self.zone)
        if now < self.opens_at:
            same_day = here.date() in (self.day, self.opens_at.astimezone(zone).date())
            return Kind.TOO_EARLY if same_day else Kind.OTHER_DAY
        if now > self.closes_at:
            same_day = here.date() in (self.day, self.closes_at.astimezone(zone).date())
            return Kind.TOO_LATE if same_day else Kind.OTHER_DAY
        return None


def departure_window(
    departs_at: datetime, day: date | None, zone: str, opens_minutes_before: int, closes_minutes_after: int
) -> Window:
    """The admission window around a departure."""
    return Window(
        zone=zone,
        day=day,
        opens_at=departs_at - timedelta(minutes=opens_minutes_before),
        closes_at=departs_at + timedelta(minutes=closes_minutes_after),
    )


def admission_window(
    *,
    zone: str,
    day: date | None,
    departs_at: datetime | None,
    open_dated: bool,
    valid_from: date | None,
    valid_until: date | None,
    opens_minutes_before: int | None,
    closes_minutes_after: int | None,
    unmatched: bool,
) -> Window:
    """When a reservation's tickets let in. Without a departure of ours only its day counts."""
    if open_dated:
        return Window(zone=zone, valid_from=valid_from, valid_until=valid_until)
    if unmatched or departs_at is None or opens_minutes_before is None or closes_minutes_after is None:
        return Window(zone=zone, day=day, unmatched=True)
    return departure_window(departs_at, day, zone, opens_minutes_before, closes_minutes_after)


class Scanned(Protocol):
    """What the gate knows of one ticket: its visits, and who of this visit is in."""

    @property
    def uses(self) -> int:
        """How many visits it is good for."""

    @property
    def uses_left(self) -> int:
        """How many of them are left."""

    @property
    def heads(self) -> int:
        """How many may come in at a visit."""

    @property
    def arrived_heads(self) -> int:
        """How many of the present visit are in."""


@frozen
class Facts:
    """What a counter knows about the code in front of it.

    `reading` is ADMIT when the code names a reservation of ours, else UNKNOWN, FORGED or UNREADABLE.
    `here` says that this counter lets in with this product, `in_group` that whoever scans does.
    `heads` and `arrived` count the scanned tickets within the current visit, `balance_minor` is due to us.
    """

    reading: Kind = Kind.ADMIT
    status: Status = Status.CONFIRMED
    replaced: bool = False
    here: bool = True
    in_group: bool = True
    window: Window = field(default_factory=Window)
    balance_minor: int = 0
    uses: int = 1
    uses_left: int = 1
    heads: int = 1
    arrived: int = 0
    note: bool = False


def facts_of(
    status: Status,
    scanned: Sequence[Scanned],
    window: Window,
    *,
    balance_minor: int = 0,
    replaced: bool = False,
    note: bool = False,
    here: bool = True,
    in_group: bool = True,
) -> Facts:
    """The facts that the scanned tickets of a reservation add up to."""
    uses = max((t.uses for t in scanned), default=1)
    in_already = sum(t.arrived_heads for t in scanned)
    if uses == 1:
        in_already += sum(t.heads for t in scanned if not t.uses_left)
    return Facts(
        status=status,
        replaced=replaced,
        here=here,
        in_group=in_group,
        window=window,
        balance_minor=balance_minor,
        uses=uses,
        uses_left=max((t.uses_left for t in scanned), default=0),
        heads=sum(t.heads for t in scanned if uses == 1 or t.uses_left),
        arrived=in_already,
        note=note,
    )


@frozen
class Verdict:
    """The answer: `admit` heads may come in now (0 on every refusal), `returns` ends a no-show."""

    kind: Kind
    admit: int = 0
    returns: bool = False
    forced: bool = False


def verdict(facts: Facts, now: datetime, *, heads: int | None = None, forced: bool = False) -> Verdict:
    """May they come in? `heads` limits how many of the remaining party do."""
    refused = _refusal(facts, now, forced)
    if refused is not None:
        return Verdict(refused)
    left = facts.heads - facts.arrived
    return Verdict(
        _admission(facts),
        admit=left if heads is None else min(heads, left),
        returns=facts.status is Status.NO_SHOW,
        forced=forced and facts.window.verdict(now) is not None,
    )


def _refusal(facts: Facts, now: datetime, forced: bool) -> Kind | None:
    standing = _standing(facts)
    if standing is not None:
        return standing
    untimely = facts.window.verdict(now)
    if untimely is not None and not forced:
        return untimely
    if facts.balance_minor > 0:
        return Kind.COLLECT
    if facts.uses_left <= 0:
        return Kind.USED if facts.uses == 1 else Kind.NO_USES_LEFT
    return None


def _standing(facts: Facts) -> Kind | None:
    """What the code and the reservation's status say, before any clock is asked."""
    if facts.reading is not Kind.ADMIT:
        return facts.reading
    if facts.status in GONE:
        return Kind.CANCELLED
    if facts.status in (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING):
        return Kind.NOT_CONFIRMED
    if facts.replaced:
        return Kind.REPLACED
    if facts.status is Status.REDEEMED:
        return Kind.USED if facts.uses == 1 else Kind.NO_USES_LEFT
    return None if facts.here and facts.in_group else Kind.ELSEWHERE


def _admission(facts: Facts) -> Kind:
    if facts.note or facts.window.unmatched or facts.status is Status.CANCEL_REQUESTED:
        return Kind.CHECK
    return Kind.PARTLY_IN if facts.arrived else Kind.ADMIT
