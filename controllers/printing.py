"""Prints papers without asking: to the printer this counter has for the paper, and into the log of what was printed.

The one door to printers. Its steps, so that nobody's writing waits for a printer: `claim` (a transaction) takes the
copy and its number, `deliver` draws it and hands it over, `keep_job` (a transaction) keeps the queue's number of it,
`follow` waits for it, and `settle` (a transaction) notes what became of it. What did not come out is printed again as
the copy it would have been; what waits in a queue is withdrawn first (`waiting_ones`); where nobody knows, the next
one is a reprint.
What was left open by a program that died meanwhile is asked for later (`print_log.left_open`, `fates_of`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, insert, select

from controllers.counter import counter_settings
from controllers.desk import Desk, Work
from controllers.print_log import Fates, printed, update_open
from controllers.rights import needs
from controllers.spooling import Queue, Sent, Spooler
from models.frozen import frozen
from models.papers import Document, Paper
from models.prints import MARKED, Copy, Fate, Order, Printing, PrintState, next_copy
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Print, Reservation

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

_P: Table = Print.__table__  # type: ignore[assignment]


@frozen
class Draft:
    """Something ready to be drawn. `draw` is told which copy each order is, and the paper; it asks no database.

    `check` raises CannotDo("paper-outdated") where what stands on it is no longer so. `note` is what the journal keeps
    of somebody who looks at it, where that was not kept when it was read.
    """

    orders: tuple[Order, ...]
    paper: Paper
    draw: Callable[[tuple[Copy, ...], Paper], Printed]
    check: Callable[[Connection], None] | None = None
    note: Callable[[Work], None] | None = None
    tickets: tuple[tuple[int, str], ...] = ()
    """The tickets that could be on it: their numbers, and what each is called."""
    left_out: int = 0
    """How many more there would be, that were printed before."""
    guests: tuple[int, ...] = ()
    """Whose reservations stand on it where it is no order's own paper."""

    @property
    def reservations(self) -> tuple[int, ...]:
        """Every reservation that stands on it."""
        own = (order.reservation_id for order in self.orders)
        return (*(one for one in own if one is not None), *self.guests)

    def drawn(self, copies: tuple[Copy, ...]) -> Printed:
        """As a PDF."""
        return self.draw(copies, self.paper)

    @property
    def document(self) -> Document:
        """What it is."""
        return self.orders[0].document


@frozen
class Job:
    """A draft whose copies are taken: who prints it, and where it stands in the log."""

    draft: Draft
    printer: str
    copies: tuple[Copy, ...]
    ids: tuple[int, ...]
    mark: str
    """By this it is found in a queue again, until the queue's own number of it is kept."""

    @property
    def title(self) -> str:
        """What it is called in the printer's queue: never by a person's name."""
        return f"Counterfoil {self.draft.orders[0].name} {self.mark}"


@frozen
class Printout:
    """What became of a job. `trouble` is why nothing came out, `fault` one of ours that came between."""

    job: Job
    pdf: bytes = b""
    pages: int = 0
    missing: tuple[str, ...] = ()
    sent: Sent = field(default_factory=Sent)
    trouble: CannotDo | None = None
    fault: Exception | None = None

    @property
    def waits(self) -> bool:
        """Whether the queue has it, and the paper is not out yet."""
        return self.trouble is None and self.sent.fate is Fate.WAITS

    @property
    def unsure(self) -> CannotDo | None:
        """What is to be said where nobody knows whether it came out."""
        if self.trouble is not None or self.sent.fate is not Fate.UNSURE:
            return None
        return not_known(self.job.draft.orders[0], self.job.printer)

    @property
    def fate(self) -> Fate:
        """What is known of it."""
        return Fate.NOT if self.trouble is not None else self.sent.fate


def not_known(order: Order, printer: str) -> CannotDo:
    """Whoever prints it again should look first."""
    name = order.name if order.document in MARKED else order.document
    return CannotDo("print-unsure", number=name, printer=printer)


def not_withdrawn(ones: Sequence[Printing], told: Fates) -> CannotDo | None:
    """Why nothing may be printed yet after they were to be withdrawn: one may have come out, or still will."""
    fates = {print_id: sent.fate for print_id, sent in told}
    for one in ones:
        if fates.get(one.id) is Fate.UNSURE:
            return not_known(one.order, one.printer)
        if fates.get(one.id) is Fate.WAITS:
            return CannotDo("print-stays", number=one.order.name, printer=one.printer)
    return None


def no_copies_of(
    document: Document, draw: Callable[[], Printed], note: Callable[[Work], None] | None = None
) -> Draft:
    """Pages of which none is a copy of another."""
    order = Order(document, f"{document}:{uuid4().hex}", document.value)  # a list's name may be a person's
    return Draft((order,), Paper.A4, lambda _copies, _paper: draw(), note=note)


def drawn_already(document: Document, printed: Printed, note: Callable[[Work], None] | None = None) -> Draft:
    """The same, printed as they were looked at."""
    return no_copies_of(document, lambda: printed, note)


@needs(Right.PRINT)
def printer_for(draft: Draft, *, desk: Desk) -> str:
    """The printer of the paper at this counter. Raises CannotDo("printer-not-chosen")."""
    printer = counter_settings(desk=desk).printer_of(draft.paper)
    if not printer:
        raise CannotDo("printer-not-chosen", paper=draft.paper)
    return printer


@needs(Right.PRINT)
def note_looking(draft: Draft, *, desk: Desk) -> None:
    """Somebody is about to see it: the journal keeps that, where it was not kept when it was read."""
    if draft.note is not None:
        with desk.work() as work:
            draft.note(work)


@needs(Right.PRINT)
def expected(draft: Draft, *, desk: Desk) -> tuple[Copy, ...]:
    """Which copies it would be now: what a preview shows."""
    with desk.reading() as look:
        numbers = [next_copy(order, printed(look, order), automatic=False) for order in draft.orders]
        return _copies(numbers, desk.now(), desk.operator(look).zone)


@needs(Right.PRINT)
def claim(draft: Draft, printer: str, *, desk: Desk, automatic: bool = False) -> Job:
    """Takes the next copy of everything in it. Raises CannotDo("printed-already") for what comes out by itself."""
    with desk.work() as work:
        _lock(work.connection, draft.orders)
        still_good(draft, work.connection)
        zone = desk.operator(work.connection).zone
        numbers, ids, mark = [], [], f"#{uuid4().hex[:8]}"
        for order in draft.orders:
            copy = next_copy(order, printed(work.connection, order, zone), automatic=automatic)
            numbers.append(copy)
            ids.append(_note(work, draft, order, printer, copy, mark))
        return Job(draft, printer, _copies(numbers, work.now, zone), tuple(ids), mark)


def still_good(draft: Draft, look: Connection) -> None:
    """Raises CannotDo("paper-outdated") where what stands on it is no longer so."""
    if draft.check is not None:
        draft.check(look)


def deliver(job: Job, spooler: Spooler) -> Printout:
    """Draws it and hands it over. Touches no database, and what the world refuses comes back as `trouble`."""
    try:
        drawn = job.draft.drawn(job.copies)
    except CannotDo as no:
        return Printout(job, trouble=no)
    except Exception as fault:  # carried back with the job, whose copy was taken
        return Printout(job, trouble=CannotDo("print-broke"), fault=fault)
    out = Printout(job, drawn.pdf, drawn.pages, drawn.missing)

    def give() -> Sent:
        paper, height = job.draft.paper, drawn.height
        return spooler.send(drawn.pdf, printer=job.printer, paper=paper, height=height, title=job.title)

    return _handed(out, give)


@needs(Right.PRINT)
def keep_job(out: Printout, *, desk: Desk) -> Printout:
    """Keeps the queue's number of it: whoever dies while it is followed can ask for it afterwards."""
    with desk.work() as work:
        work.connection.execute(update_open(out.job.ids).values(job=out.sent.job))
    return out


def follow(out: Printout, spooler: Spooler) -> Printout:
    """Waits a while for what lies in a queue. Touches no database."""
    if not out.waits or not isinstance(spooler, Queue):
        return out
    return _handed(out, lambda: spooler.follow(out.sent, out.job.printer))


def _handed(out: Printout, give: Callable[[], Sent]) -> Printout:
    """What a printer makes of it; after a fault of ours nobody knows."""
    try:
        return replace(out, sent=give())
    except CannotDo as no:
        if no.code == "print-unsure":  # broken off in the middle
            return replace(out, sent=Sent(out.sent.job, Fate.UNSURE))
        return replace(out, trouble=no)
    except Exception as fault:  # carried back with the job, whose copy was taken
        return replace(out, sent=Sent(out.sent.job, Fate.UNSURE), fault=fault)


@needs(Right.PRINT)
def settle(out: Printout, *, desk: Desk) -> Printout:
    """Notes what became of it, unless somebody else has found out already."""
    trouble = out.trouble or out.unsure
    why = trouble.code if trouble is not None else ""
    told = {"state": out.fate.state, "job": out.sent.job, "why": why}
    with desk.work() as work:
        noted = work.connection.execute(update_open(out.job.ids).values(**told)).rowcount
        if noted and trouble is not None:
            action = "print-failed" if out.trouble is not None else "print-unsure"
            for order in out.job.draft.orders:
                work.record(order.subject, action, document=order.document, why=why)
        work.changed.add("prints")
    return out


@needs(Right.PRINT)
def waiting_ones(draft: Draft, *, desk: Desk) -> tuple[Printing, ...]:
    """Copies of it that still lie in a queue here; another counter's queue is not ours to take from.

    Nothing is taken out for a paper that will not be printed: raises CannotDo("paper-outdated").
    """
    with desk.reading() as look:
        still_good(draft, look)
        found = [one for order in draft.orders for one in printed(look, order)]
        here = desk.actor.counter
        return tuple(one for one in found if one.state is PrintState.WAITING and one.counter == here)


def fates_of(ones: Sequence[Printing], spooler: Spooler) -> Fates:
    """What the queues know of them; without those whose queue does not answer. On a lane.

    What was given to a printer without a queue, and was not noted, is not known.
    """
    if not isinstance(spooler, Queue):
        return _unsure(ones)
    known = {key: spooler.became(*key) for key in dict.fromkeys((one.job, one.printer) for one in ones)}
    found = ((one.id, known[one.job, one.printer]) for one in ones)
    return tuple((print_id, sent) for print_id, sent in found if sent is not None)


def withdraw(ones: Sequence[Printing], spooler: Spooler) -> Fates:
    """Takes them out of the queue, and says what became of each. On a lane."""
    if not isinstance(spooler, Queue):
        return _unsure(ones)
    jobs = dict.fromkeys((one.job, one.printer) for one in ones)
    known = {(job, printer): Sent(job, spooler.withdraw(job, printer)) for job, printer in jobs}
    return tuple((one.id, known[one.job, one.printer]) for one in ones)


def _unsure(ones: Sequence[Printing]) -> Fates:
    return tuple((one.id, Sent(one.job, Fate.UNSURE)) for one in ones)


@needs(Right.PRINT)
def printed_last(draft: Draft, *, desk: Desk) -> Printing | None:
    """When the same paper came out last; None for many at once, and where a second one is no copy."""
    if len(draft.orders) > 1 or draft.document not in MARKED:
        return None
    with desk.reading() as look:
        before = printed(look, draft.orders[0], desk.operator(look).zone)
    return next((one for one in reversed(before) if one.state is not PrintState.FAILED), None)


def _lock(look: Connection, orders: Sequence[Order]) -> None:
    """A party's voucher and that of one ticket of it have keys of their own: nobody may take both at once."""
    ids = sorted(order.reservation_id for order in orders if order.reservation_id is not None)
    if ids:
        asked = select(Reservation.id).where(Reservation.id.in_(ids)).order_by(Reservation.id)
        look.execute(asked.with_for_update(key_share=True))


def _note(work: Work, draft: Draft, order: Order, printer: str, copy: int, mark: str) -> int:
    actor = work.desk.actor
    row = {
        "at": work.now, "counter_id": actor.counter_id, "staff_id": actor.staff_id, "document": order.document,
        "key": order.key, "name": order.name, "reservation_id": order.reservation_id, "ticket": order.ticket,
        "paper": draft.paper, "printer": printer, "copy": copy, "state": PrintState.SENT,
        "job": mark,
    }  # fmt: skip
    told = {"document": order.document, "paper": draft.paper, "printer": printer, "copy": copy}
    work.record(order.subject, "print", **told)
    work.changed.add("prints")
    return int(work.connection.execute(insert(_P).returning(_P.c.id), row).scalar_one())


def _copies(numbers: Sequence[int], now: datetime, zone: str) -> tuple[Copy, ...]:
    at = now.astimezone(ZoneInfo(zone))
    return tuple(Copy(number, at) for number in numbers)
