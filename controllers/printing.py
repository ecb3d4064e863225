"""Prints papers without asking: to the printer this counter has for the paper, and into the log of what was printed.

The one door to printers. Three steps, so that no lane waits for a printer: `claim` (a transaction) takes the copy
and its number, `deliver` draws and sends it, `settle` (a transaction) notes what became of it. What did not come out
is printed again as the copy it would have been; what waits in a queue is withdrawn first (`waiting_ones`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, and_, insert, or_, select, update

from controllers.counter import counter_settings
from controllers.desk import Desk, Work
from controllers.spooling import Sent, Spooler
from models.papers import Document, Paper
from models.prints import MARKED, Copy, Order, Printing, PrintState, next_copy
from models.refusals import CannotDo
from models.tables import Counter, Print, Staff
from models.tables.paper import CAME_OUT

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

_P: Table = Print.__table__  # type: ignore[assignment]
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """Something ready to be drawn. `draw` is told which copy each order is, and the paper; it asks no database.

    `check` raises CannotDo("paper-outdated") where what stands on it is no longer so.
    """

    orders: tuple[Order, ...]
    paper: Paper
    draw: Callable[[tuple[Copy, ...], Paper], Printed]
    check: Callable[[Connection], None] | None = None
    tickets: tuple[tuple[int, str], ...] = ()
    """The tickets that could be on it: their numbers, and what each is called."""
    left_out: int = 0
    """How many more there would be, that were printed before."""

    def drawn(self, copies: tuple[Copy, ...]) -> Printed:
        """As a PDF."""
        return self.draw(copies, self.paper)

    @property
    def document(self) -> Document:
        """What it is."""
        return self.orders[0].document

    @property
    def title(self) -> str:
        """What it is called in the printer's queue: never by a person's name."""
        return f"Counterfoil {self.orders[0].name}"


@dataclass(frozen=True, slots=True)
class Job:
    """A draft whose copies are taken: who prints it, and where it stands in the log."""

    draft: Draft
    printer: str
    copies: tuple[Copy, ...]
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Printout:
    """What became of a job. `trouble` is why nothing came out; `waits`: the queue has it, the paper is not out yet."""

    job: Job
    pdf: bytes = b""
    pages: int = 0
    missing: tuple[str, ...] = ()
    sent: Sent = field(default_factory=Sent)
    trouble: CannotDo | None = None

    @property
    def waits(self) -> bool:
        """Whether it lies in the queue."""
        return self.sent.waits


def drawn_already(document: Document, printed: Printed) -> Draft:
    """Pages that are printed as they were looked at, and of which none is a copy of another."""
    order = Order(document, f"{document}:{uuid4().hex}", document.value)  # a list's name may be a person's
    return Draft((order,), Paper.A4, lambda _copies, _paper: printed)


def printer_for(draft: Draft, *, desk: Desk) -> str:
    """The printer of the paper at this counter. Raises CannotDo("printer-not-chosen")."""
    printer = counter_settings(desk=desk).printer_of(draft.paper)
    if not printer:
        raise CannotDo("printer-not-chosen", paper=draft.paper)
    return printer


def expected(draft: Draft, *, desk: Desk) -> tuple[Copy, ...]:
    """Which copies it would be now: what a preview shows."""
    with desk.reading() as look:
        numbers = [next_copy(order, printed(look, order.key), automatic=False) for order in draft.orders]
        return _copies(numbers, desk.now(), desk.operator(look).zone)


def claim(draft: Draft, printer: str, *, desk: Desk, automatic: bool = False) -> Job:
    """Takes the next copy of everything in it. Raises CannotDo("printed-already") for what comes out by itself."""
    with desk.work() as work:
        if draft.check is not None:
            draft.check(work.connection)
        zone = desk.operator(work.connection).zone
        numbers, ids = [], []
        for order in draft.orders:
            copy = next_copy(order, printed(work.connection, order.key, zone), automatic=automatic)
            numbers.append(copy)
            ids.append(_note(work, draft, order, printer, copy))
        return Job(draft, printer, _copies(numbers, work.now, zone), tuple(ids))


def deliver(job: Job, spooler: Spooler) -> Printout:
    """Draws and sends it. Touches no database, and what the world refuses comes back as `trouble`."""
    try:
        drawn = job.draft.drawn(job.copies)
        sent = spooler.send(
            drawn.pdf, printer=job.printer, paper=job.draft.paper, height=drawn.height, title=job.draft.title
        )
    except CannotDo as no:
        return Printout(job, trouble=no)
    return Printout(job, drawn.pdf, drawn.pages, drawn.missing, sent)


def settle(out: Printout, *, desk: Desk) -> Printout:
    """Notes what became of it."""
    state = PrintState.WAITING if out.waits else PrintState.DONE
    why = ""
    if out.trouble is not None:
        state, why = PrintState.FAILED, out.trouble.code
    with desk.work() as work:
        told = {"state": state, "job": out.sent.job, "why": why}
        work.connection.execute(update(_P).where(_P.c.id.in_(out.job.ids)).values(**told))
        if out.trouble is not None:
            for order in out.job.draft.orders:
                work.record(order.subject, "print-failed", document=order.document, why=why)
        work.changed.add("prints")
    return out


def waiting_ones(draft: Draft, *, desk: Desk) -> tuple[Printing, ...]:
    """Copies of it that still lie in a queue here; another counter's queue is not ours to take from."""
    with desk.reading() as look:
        found = [one for order in draft.orders for one in printed(look, order.key)]
        here = desk.actor.counter
        return tuple(one for one in found if one.state is PrintState.WAITING and one.counter == here)


def withdraw(ones: Sequence[Printing], spooler: Spooler) -> tuple[tuple[int, bool], ...]:
    """Takes them out of the queue: (id, whether it will not come out any more)."""
    gone = {job: spooler.withdraw(job) for job in dict.fromkeys(one.job for one in ones)}
    return tuple((one.id, gone[one.job]) for one in ones)


def settle_withdrawn(told: Sequence[tuple[int, bool]], *, desk: Desk) -> None:
    """Notes of those that waited, and of all that lay in the same job: withdrawn, or come out after all."""
    with desk.work() as work:
        for print_id, gone in told:
            state = PrintState.FAILED if gone else PrintState.DONE
            values = {"state": state, "why": "withdrawn" if gone else ""}
            job = select(_P.c.job).where(_P.c.id == print_id).scalar_subquery()
            mine = (_P.c.counter_id == desk.actor.counter_id, _P.c.job == job, _P.c.job != "")
            waits = _P.c.state == PrintState.WAITING
            work.connection.execute(
                update(_P).where(waits, or_(_P.c.id == print_id, and_(*mine))).values(**values)
            )
        work.changed.add("prints")


def print_out(
    draft: Draft, spooler: Spooler, *, desk: Desk, printer: str = "", automatic: bool = False
) -> Printout:
    """All of it, one after the other: for whoever has no window. Raises what `deliver` was refused."""
    printer = printer or printer_for(draft, desk=desk)
    waiting = () if automatic else waiting_ones(draft, desk=desk)
    if waiting:
        settle_withdrawn(withdraw(waiting, spooler), desk=desk)
    out = settle(deliver(claim(draft, printer, desk=desk, automatic=automatic), spooler), desk=desk)
    if out.trouble is not None:
        raise out.trouble
    return out


def see_prints(reservation_id: int, *, desk: Desk) -> tuple[Printing, ...]:
    """What was printed of a reservation, the newest first."""
    with desk.reading() as look:
        asked = _asked().where(_P.c.reservation_id == reservation_id).order_by(_P.c.id.desc())
        zone = desk.operator(look).zone
        return tuple(_line(row, zone) for row in look.execute(asked.limit(MOST_SHOWN)))


def printed_last(draft: Draft, *, desk: Desk) -> Printing | None:
    """When the same paper came out last; None for many at once, and where a second one is no copy."""
    if len(draft.orders) > 1 or draft.document not in MARKED:
        return None
    with desk.reading() as look:
        before = printed(look, draft.orders[0].key, desk.operator(look).zone)
    return next((one for one in reversed(before) if one.state is not PrintState.FAILED), None)


def printed(look: Connection, key: str, zone: str = "UTC") -> list[Printing]:
    """What came out of one thing, or may still, the first copy first."""
    asked = _asked().where(_P.c.key == key, CAME_OUT).order_by(_P.c.id)  # in the words of the index
    return [_line(row, zone) for row in look.execute(asked)]


def _note(work: Work, draft: Draft, order: Order, printer: str, copy: int) -> int:
    actor = work.desk.actor
    row = {
        "at": work.now, "counter_id": actor.counter_id, "staff_id": actor.staff_id, "document": order.document,
        "key": order.key, "name": order.name, "reservation_id": order.reservation_id, "ticket": order.ticket,
        "paper": draft.paper, "printer": printer, "copy": copy, "state": PrintState.SENT,
    }  # fmt: skip
    told = {"document": order.document, "paper": draft.paper, "printer": printer, "copy": copy}
    work.record(order.subject, "print", **told)
    work.changed.add("prints")
    return int(work.connection.execute(insert(_P).returning(_P.c.id), row).scalar_one())


def _copies(numbers: Sequence[int], now: datetime, zone: str) -> tuple[Copy, ...]:
    at = now.astimezone(ZoneInfo(zone))
    return tuple(Copy(number, at) for number in numbers)


def _asked() -> Any:
    return (
        select(_P, Counter.name.label("counter"), Staff.name.label("staff"))
        .join(Counter, Counter.id == _P.c.counter_id)
        .join(Staff, Staff.id == _P.c.staff_id)
    )


def _line(row: Any, zone: str) -> Printing:
    at = row.at.astimezone(ZoneInfo(zone))
    order = Order(row.document, row.key, row.name, row.reservation_id, row.ticket)
    return Printing(
        row.id, order, at, row.counter, row.staff, row.paper, row.printer, row.copy, row.state, row.job
    )
