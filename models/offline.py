"""Finds out who is in when several counters have let people in without knowing of each other, and what went wrong.

All admissions of a reservation, from every counter, are played again in the order of their own times (and their ids
where two are equal). So it makes no difference which counter comes back first: the same scans end in the same state,
and each conflict is found once. Nothing here asks a clock or a database.

    an objection of the server? -> not counted, a conflict (unless a manager counts it; who owes money is in)
    seats on the tickets left?  -> counted on them, in the order of the tickets
    more came than are left?    -> those that are left are counted, and the rest is a conflict with who took them
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models import arrivals
from models.checkin import TIME_RULES, Kind
from models.frozen import frozen

UNCHECKED = ("seats", "payments", "counters")
"""What a counter that stands alone cannot know: seats sold, money taken and guests let in elsewhere."""

_NAMES = uuid.UUID("6f1dd4c6-0c5b-4a3f-9a6e-0f5d9f5a1b11")


class Conflict(enum.StrEnum):
    """What a counter did that the others would not have."""

    TWICE = "twice"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not-confirmed"
    REPLACED = "replaced"
    MOVED = "moved"
    UNPAID = "unpaid"
    UNKNOWN = "unknown"


class Ruling(enum.StrEnum):
    """What somebody decides about a conflict.

    `KEEP`: it stays as it is. `TAKE_BACK`: the admission was a slip, nobody came in by it. `COUNT`: they are our
    guests and count as arrived. `CONFIRM`: confirm the order, and count them. `NO_REFUND`: they travelled, so what
    is still owed to them is not paid. `WARN`: the voucher was copied, and the gate is told before anybody else of it
    comes in.
    """

    KEEP = "keep"
    TAKE_BACK = "take-back"
    COUNT = "count"
    CONFIRM = "confirm"
    NO_REFUND = "no-refund"
    WARN = "warn"


RULINGS: Mapping[Conflict, tuple[Ruling, ...]] = {
    Conflict.TWICE: (Ruling.KEEP, Ruling.TAKE_BACK, Ruling.WARN),
    Conflict.CANCELLED: (Ruling.KEEP, Ruling.NO_REFUND, Ruling.TAKE_BACK),
    Conflict.NOT_CONFIRMED: (Ruling.CONFIRM, Ruling.KEEP, Ruling.TAKE_BACK),
    Conflict.REPLACED: (Ruling.COUNT, Ruling.KEEP, Ruling.TAKE_BACK),
    Conflict.MOVED: (Ruling.COUNT, Ruling.KEEP, Ruling.TAKE_BACK),
    Conflict.UNPAID: (Ruling.KEEP, Ruling.TAKE_BACK),
    Conflict.UNKNOWN: (Ruling.KEEP,),
}
"""What may be decided about each kind of conflict, the likeliest first."""

COUNTING = frozenset((Ruling.COUNT, Ruling.CONFIRM))

_BY_VERDICT = {
    Kind.CANCELLED: Conflict.CANCELLED,
    Kind.NOT_CONFIRMED: Conflict.NOT_CONFIRMED,
    Kind.REPLACED: Conflict.REPLACED,
    Kind.COLLECT: Conflict.UNPAID,
    **dict.fromkeys(TIME_RULES, Conflict.MOVED),
}


def objection(kind: Kind) -> Conflict | None:
    """What the server's verdict on somebody who is in already means. A second use is not asked here: `settle` tells."""
    return _BY_VERDICT.get(kind)


def incident_id(kind: Conflict, scan_id: str) -> str:
    """The number of one conflict: the same however often it is found."""
    return str(uuid.uuid5(_NAMES, f"{kind}:{scan_id}"))


@frozen
class Ticket:
    """One valid ticket: how many heads a visit has, and how many visits it is good for."""

    number: int
    heads: int = 1
    uses: int = 1


@frozen
class Admitted:
    """One scan that let somebody in and still counts.

    `heads` are those of tickets, `people` who came (more where the order does not tell how many), `most` the party as
    it was then. `ticket` was scanned, or None for the whole order. `against` is what the server has to say against
    it, and `ruled` that somebody counts it all the same.
    """

    scan_id: str
    at: datetime
    heads: int
    people: int
    most: int
    ticket: int | None = None
    against: Conflict | None = None
    ruled: bool = False

    @property
    def is_out(self) -> bool:
        """Whether it counts for nothing, because of what speaks against it."""
        return self.against not in (None, Conflict.UNPAID) and not self.ruled


@frozen
class Taken:
    """What one scan has of one ticket."""

    ticket: int
    heads: int
    spends: bool


@frozen
class Clash:
    """One conflict: which scan, how many heads too many, and the scan that had taken them before."""

    kind: Conflict
    scan_id: str
    heads: int
    other: str = ""


@dataclass(slots=True)
class Settled:
    """How it stands after all: what each scan has, who is in since when, and every conflict in its order."""

    taken: dict[str, tuple[Taken, ...]] = field(default_factory=dict)
    left: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Visits left and heads in of the present visit, by ticket."""
    arrived: int = 0
    arrived_at: datetime | None = None
    spent_by: str = ""
    """The scan with which the last visit of the last ticket was over, '' while one is left."""
    clashes: tuple[Clash, ...] = ()


def settle(tickets: Sequence[Ticket], admissions: Iterable[Admitted]) -> Settled:
    """Plays all admissions of a reservation again, in the order of their own times."""
    came = dict.fromkeys((t.number for t in tickets), 0)
    last: dict[int, str] = {}
    found, clashes = Settled(), []
    for one in sorted(admissions, key=lambda a: (a.at, a.scan_id)):
        if one.against is not None:
            clashes.append(Clash(one.against, one.scan_id, one.people))
        if one.is_out:
            found.taken[one.scan_id] = ()
            continue
        where = [t for t in tickets if t.number == one.ticket] or list(tickets)
        before = [last[t.number] for t in where if t.number in last]
        taken = _take(where, came, one.heads)
        found.taken[one.scan_id] = taken
        in_all = sum(t.heads for t in taken)
        if in_all < one.heads:
            clashes.append(
                Clash(Conflict.TWICE, one.scan_id, one.heads - in_all, before[-1] if before else "")
            )
        last.update((t.ticket, one.scan_id) for t in taken)
        _arrive(found, one, in_all)
        if not found.spent_by and tickets and all(came[t.number] >= t.heads * t.uses for t in tickets):
            found.spent_by = one.scan_id
    found.left = {t.number: (t.uses - came[t.number] // t.heads, came[t.number] % t.heads) for t in tickets}
    found.clashes = tuple(clashes)
    return found


def _take(where: Sequence[Ticket], came: dict[int, int], heads: int) -> tuple[Taken, ...]:
    """Takes heads of tickets in their order: first of the visits under way, then of the next ones."""
    before = {t.number: came[t.number] for t in where}
    while heads > 0:
        took = 0
        for t in where:
            this_visit = min(t.heads - came[t.number] % t.heads, t.heads * t.uses - came[t.number])
            here = min(heads, this_visit)
            came[t.number] += here
            heads, took = heads - here, took + here
        if not took:
            break
    return tuple(
        Taken(t.number, came[t.number] - was, came[t.number] // t.heads > was // t.heads)
        for t in where
        if came[t.number] > (was := before[t.number])
    )


def _arrive(found: Settled, one: Admitted, heads: int) -> None:
    people = one.people if heads == one.heads else min(one.people, heads)
    if people:
        found.arrived = arrivals.in_now(one.most, found.arrived, people)
        found.arrived_at = one.at
