"""Prints for every screen, without asking and without keeping anybody waiting.

Each print goes over the lanes by itself: the copy is taken on the desk's, drawn and sent on another, and noted on the
desk's again. It goes on where the window that wanted it was closed meanwhile. Whoever prints is told what came of it;
where nobody listens it is said at the foot of the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.wording.papers import copy_words, document_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.printing import Job, Printout
    from controllers.spooling import Spooler
    from models.prints import Printing as Line
    from ui.asking.paper import MakeDraft
    from ui.spoolers import Steps

_NO_PRINTER = "printer-not-chosen"


@dataclass(frozen=True, slots=True)
class _Wish:
    """One print under way. `spooler` None is the system's own way; `quiet`: who has no printer is not told."""

    make: MakeDraft
    done: Callable[[Printout], object] | None
    failed: Callable[[CannotDo], object] | None
    spooler: Spooler | None = None
    printer: str = ""
    automatic: bool = False
    withdrawn: bool = False


class Printing(QObject):
    """Made once for a window. `printed` brings every `Printout`, `refused` every `CannotDo`."""

    printed = Signal(object)
    refused = Signal(object)

    def __init__(self, at: AtDesk) -> None:
        super().__init__(at.background)
        self._at = at
        self.make_spooler: Callable[[], Spooler] = partial(_spooler, at.background.in_steps)

    def names(self) -> tuple[str, ...]:
        """The printers there are. Called on a lane."""
        return self.make_spooler().names()

    def print(
        self,
        make: MakeDraft,
        done: Callable[[Printout], object] | None = None,
        failed: Callable[[CannotDo], object] | None = None,
        *,
        spooler: Spooler | None = None,
        printer: str = "",
        automatic: bool = False,
    ) -> None:
        """Print it: on the counter's printer for its paper, unless another one was chosen."""
        self._start(_Wish(make, done, failed, spooler, printer, automatic))

    def voucher(self, reservation_id: int) -> None:
        """Print a voucher at once; where this counter has no printer for it, show it instead."""
        show = partial(self._show_instead, reservation_id)
        self.print(asking.voucher_draft(reservation_id), failed=show)

    # the steps

    def _start(self, wish: _Wish) -> None:
        work = partial(asking.claim_print, self._at.desk, wish.make, wish.printer, wish.automatic)
        self._at.background.run(Lane.DESK, work, partial(self._claimed, wish), partial(self._failed, wish))

    def _claimed(self, wish: _Wish, answer: Job | tuple[Line, ...]) -> None:
        if isinstance(answer, tuple):
            self._withdraw(wish, answer)
            return
        work = partial(_deliver, answer, wish.spooler, self.make_spooler)
        run = self._at.background.run
        run(Lane.NETWORK, work, partial(self._delivered, wish), partial(self._not_delivered, wish, answer))

    def _withdraw(self, wish: _Wish, lines: tuple[Line, ...]) -> None:
        """What lies in a queue is taken out first: the paper that comes out shall be the only one."""
        again = replace(wish, withdrawn=True)
        work = partial(_withdraw, lines, self.make_spooler)
        heard, failed = partial(self._withdrawn, again), partial(self._failed, wish)
        self._at.background.run(Lane.NETWORK, work, heard, failed)

    def _withdrawn(self, wish: _Wish, told: tuple[tuple[int, bool], ...]) -> None:
        work = partial(asking.settle_withdrawn, self._at.desk, told)
        self._at.background.run(Lane.DESK, work, lambda _none: self._start(wish), partial(self._failed, wish))

    def _delivered(self, wish: _Wish, out: Printout) -> None:
        work = partial(asking.settle_print, self._at.desk, out)
        self._at.background.run(Lane.DESK, work, partial(self._settled, wish), partial(self._failed, wish))

    def _not_delivered(self, wish: _Wish, job: Job, error: Exception) -> None:
        """A fault of ours: nothing came out, and the log must not say otherwise."""
        from controllers.printing import Printout

        self._at.background.trouble.emit(error)
        self._delivered(wish, Printout(job, trouble=CannotDo("printer-silent", printer=job.printer)))

    def _settled(self, wish: _Wish, out: Printout) -> None:
        if out.trouble is not None:
            self._failed(wish, out.trouble)
            return
        if wish.done is not None:
            wish.done(out)
        else:
            self._at.deeds.tell(self._words(out))
        self.printed.emit(out)

    def _failed(self, wish: _Wish, error: Exception) -> None:
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
            return
        if wish.failed is not None:
            wish.failed(error)
        else:
            self._at.deeds.tell(refusal(error))
        self.refused.emit(error)

    def _show_instead(self, reservation_id: int, no: CannotDo) -> None:
        if no.code == _NO_PRINTER:
            self._at.deeds.voucher(reservation_id)
        else:
            self._at.deeds.tell(refusal(no))

    def _words(self, out: Printout) -> str:
        draft = out.job.draft
        word = document_word(draft.document)
        if out.waits:
            words = self.tr("{document} of {number} waits at {printer}: is it on, has it paper?")
        else:
            words = self.tr("{document} of {number}: printed on {printer}")
        said = words.format(document=word, number=draft.orders[0].name, printer=out.job.printer)
        marked = copy_words(out.job.copies[0], draft.document)
        return f"{said} ({marked})" if marked else said


def printing(at: AtDesk) -> Printing:
    """What prints for this window."""
    found = at.background.findChild(Printing)
    return found if found is not None else Printing(at)


def _deliver(job: Job, chosen: Spooler | None, make: Callable[[], Spooler]) -> Printout:
    from controllers import printing as door

    return door.deliver(job, chosen or make())


def _withdraw(lines: tuple[Line, ...], make: Callable[[], Spooler]) -> tuple[tuple[int, bool], ...]:
    from controllers import printing as door

    return door.withdraw(lines, make())


def _spooler(steps: Steps) -> Spooler:
    from ui.spoolers import spooler

    return spooler(steps)
