"""Counts what was printed: which copy a paper is, and whether one may come out by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from models.frozen import frozen
from models.papers import Document, Paper
from models.refusals import CannotDo


class PrintState(StrEnum):
    """How far a paper is. What FAILED never came out, and is not counted; a WAITING one lies in the printer's queue.

    UNKNOWN is counted: nobody knows whether it came out, so the next one is marked.
    """

    SENT = "SENT"
    WAITING = "WAITING"
    DONE = "DONE"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class Fate(StrEnum):
    """What a printer's queue tells of a paper: it came out, waits, comes out no more, or nobody can say."""

    OUT = "OUT"
    WAITS = "WAITS"
    NOT = "NOT"
    UNSURE = "UNSURE"

    @property
    def state(self) -> PrintState:
        """How it stands in the log."""
        return _STATES[self]


_STATES = {
    Fate.OUT: PrintState.DONE,
    Fate.WAITS: PrintState.WAITING,
    Fate.NOT: PrintState.FAILED,
    Fate.UNSURE: PrintState.UNKNOWN,
}


@frozen
class Order:
    """One paper to be printed. `key` is the same for whatever would be a second copy of it.

    `within` are the keys of other papers that say the same: the voucher of a party, and those of its tickets alone.
    """

    document: Document
    key: str
    name: str  # as people call it: 'CF-10001'
    reservation_id: int | None = None
    ticket: int | None = None
    within: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Whatever was printed under one of these makes it a reprint."""
        return (self.key, *self.within)

    @property
    def subject(self) -> str:
        """What the journal notes it at."""
        return self.key if self.reservation_id is None else f"reservation:{self.reservation_id}"


@frozen
class Copy:
    """Which copy a paper is, and when it was printed (aware, in the operator's zone)."""

    number: int = 1
    at: datetime | None = None

    @property
    def is_reprint(self) -> bool:
        """Whether the paper has to say that it is not the first."""
        return self.number > 1


@frozen
class Printing:
    """One line of the print log. `printer` is '' where it was saved as a file."""

    id: int
    order: Order
    at: datetime
    counter: str
    staff: str
    paper: Paper
    printer: str
    copy: int
    state: PrintState
    job: str = ""


FIRST = Copy()
"""A paper that has not been printed before."""
MARKED = (Document.VOUCHER, Document.RECEIPT)
"""Papers that are worth something: a second one is marked, and never comes out by itself."""


MOST_AT_ONCE = 1_000
"""More vouchers than this nobody prints together."""


def next_copy(order: Order, before: Sequence[Printing], *, automatic: bool) -> int:
    """Which copy this would be.

    Where none may come out by itself: CannotDo("printed-already"), or ("print-unsure") where nobody knows of the last.
    """
    came_out = [one for one in before if one.state is not PrintState.FAILED]
    if came_out and automatic and order.document in MARKED:
        last = came_out[-1]
        code = "print-unsure" if last.state is PrintState.UNKNOWN else "printed-already"
        if not last.printer:
            code = "saved-already"
        facts = {"number": order.name, "counter": last.counter, "at": last.at, "printer": last.printer}
        raise CannotDo(code, **facts)
    return max((one.copy for one in came_out), default=0) + 1
