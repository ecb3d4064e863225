"""Counts what was printed: which copy a paper is, and whether one may come out by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.papers import Document, Paper
from models.refusals import CannotDo


class PrintState(StrEnum):
    """How far a paper is. What FAILED never came out, and is not counted; a WAITING one lies in the printer's queue."""

    SENT = "SENT"
    WAITING = "WAITING"
    DONE = "DONE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Order:
    """One paper to be printed. `key` is the same for whatever would be a second copy of it."""

    document: Document
    key: str
    name: str  # as people call it: 'CF-10001'
    reservation_id: int | None = None
    ticket: int | None = None

    @property
    def subject(self) -> str:
        """What the journal notes it at."""
        return self.key if self.reservation_id is None else f"reservation:{self.reservation_id}"


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy a paper is, and when it was printed (aware, in the operator's zone)."""

    number: int = 1
    at: datetime | None = None

    @property
    def is_reprint(self) -> bool:
        """Whether the paper has to say that it is not the first."""
        return self.number > 1


@dataclass(frozen=True, slots=True)
class Printing:
    """One line of the print log."""

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
    """Which copy this would be. Raises CannotDo("printed-already") where none may come out by itself."""
    came_out = [one for one in before if one.state is not PrintState.FAILED]
    if came_out and automatic and order.document in MARKED:
        last = came_out[-1]
        facts = {"number": order.name, "counter": last.counter, "at": last.at, "printer": last.printer}
        raise CannotDo("printed-already", **facts)
    return max((one.copy for one in came_out), default=0) + 1
