"""Prints for every screen, without asking and without keeping anybody waiting.

Each print goes over the lanes by itself: the copy is taken on the desk's, drawn and sent on the papers', and noted on
the desk's again. It goes on where the window that wanted it was closed meanwhile. Whoever prints is told what came of
it, also where a fault of ours came between; where nobody listens it is said at the foot of the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.frozen import frozen
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.wording.papers import copy_words, document_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.print_log import Fates
    from controllers.printing import Job, Printout
    from controllers.spooling import Spooler
    from models.prints import Printing as Line
    from ui.asking.paper import MakeDraft
    from ui.spoolers import Steps

_NO_PRINTER = "printer-not-chosen"
NOT_KNOWN = "print-unsure"
"""Not a refusal: somebody has to look at the printer."""


@frozen
class _Wish:
    """One print under way. `spooler` None is the system's own way, `printer` None the counter's own."""

    make: MakeDraft
    done: Callable[[Printout], object] | None
    failed: Callable[[CannotDo], object] | None
    spooler: Spooler | None = None
    printer: str | None = None
    automatic: bool = False


class Printing(QObject):
    """Made once for a window. `printed` brings every `Printout`, `refused` every `CannotDo`."""

    printed = Signal(object)
    refused = Signal(object)

    def __init__(self, at: AtDesk) -> None:
        super().__init__(at.background)
        self._at = at
        self._under_way: set[int] = set()
        self.make_spooler: Callable[[], Spooler] = partial(_spooler, at.background.in_steps)

    def names(self) -> tuple[str, ...]:
        """The printers there are. Called on a lane."""
        return self.make_spooler().names()

    def is_under_way(self, line: Line) -> bool:
        """Whether this window is still at it."""
        return line.id in self._under_way

    def print(
        self,
        make: MakeDraft,
        done: Callable[[Printout], object] | None = None,
        failed: Callable[[CannotDo], object] | None = None,
        *,
        spooler: Spooler | None = None,
        printer: str | None = None,
        automatic: bool = False,
    ) -> None:
        """Print it: on the counter's printer for its paper, unless another one was chosen ('' is no printer)."""
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
        self._under_way.update(answer.ids)
        work = partial(_deliver, answer, wish.spooler, self.make_spooler)
        run = self._at.background.run
        run(Lane.PAPER, work, partial(self._delivered, wish), partial(self._not_delivered, wish, answer))

    def _withdraw(self, wish: _Wish, lines: tuple[Line, ...]) -> None:
        """What lies in a queue is taken out first: the paper that comes out shall be the only one."""
        work = partial(_withdraw, lines, self.make_spooler)
        heard, failed = partial(self._withdrawn, wish, lines), partial(self._failed, wish)
        self._at.background.run(Lane.PAPER, work, heard, failed)

    def _withdrawn(self, wish: _Wish, lines: tuple[Line, ...], told: Fates) -> None:
        from controllers.printing import not_withdrawn

        no = not_withdrawn(lines, told)
        work = partial(asking.settle_fates, self._at.desk, told)

        def go_on(_none: None) -> None:
            self._start(wish) if no is None else self._failed(wish, no)

        self._at.background.run(Lane.DESK, work, go_on, partial(self._failed, wish))

    def _delivered(self, wish: _Wish, out: Printout) -> None:
        """Before a queue is waited for, its number is kept: a desk that dies meanwhile can ask for it afterwards."""
        if not out.waits:
            self._settle(wish, out)
            return
        work = partial(asking.keep_job, self._at.desk, out)
        self._at.background.run(
            Lane.DESK, work, partial(self._follow, wish), partial(self._not_kept, wish, out)
        )

    def _not_kept(self, wish: _Wish, out: Printout, error: Exception) -> None:
        self._say_trouble(error)
        self._follow(wish, out)

    def _follow(self, wish: _Wish, out: Printout) -> None:
        work = partial(_follow, out, wish.spooler, self.make_spooler)
        self._at.background.run(
            Lane.PAPER, work, partial(self._settle, wish), partial(self._not_followed, wish, out)
        )

    def _not_delivered(self, wish: _Wish, job: Job, error: Exception) -> None:
        """A fault of ours before anything was given to a printer."""
        from controllers.printing import Printout

        self._settle(wish, Printout(job, trouble=CannotDo("print-broke"), fault=error))

    def _not_followed(self, wish: _Wish, out: Printout, error: Exception) -> None:
        from controllers.spooling import Sent
        from models.prints import Fate

        self._settle(wish, replace(out, sent=Sent(out.sent.job, Fate.UNSURE), fault=error))

    def _settle(self, wish: _Wish, out: Printout) -> None:
        if out.fault is not None:
            self._say_trouble(out.fault)
        work = partial(asking.settle_print, self._at.desk, out)
        run = self._at.background.run
        run(Lane.DESK, work, partial(self._settled, wish), partial(self._not_settled, wish, out))

    def _not_settled(self, wish: _Wish, out: Printout, error: Exception) -> None:
        """The paper is what it is; what the log says of it is put right by the next look."""
        self._say_trouble(error)
        self._settled(wish, out)

    def _settled(self, wish: _Wish, out: Printout) -> None:
        self._under_way.difference_update(out.job.ids)
        no = out.trouble or out.unsure
        if no is not None:
            self._failed(wish, no)
            return
        if wish.done is not None:
            wish.done(out)
        else:
            self._at.deeds.tell(self._words(out))
        self.printed.emit(out)

    def _failed(self, wish: _Wish, error: Exception) -> None:
        """Whoever waits is told in any case, also where it was a fault of ours: no screen prints for ever."""
        no = error if isinstance(error, CannotDo) else CannotDo("print-broke")
        if no is not error:
            self._say_trouble(error)
        if wish.failed is not None:
            wish.failed(no)
        else:
            self._at.deeds.tell(refusal(no))
        self.refused.emit(no)

    def _say_trouble(self, error: Exception) -> None:
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)

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


def _follow(out: Printout, chosen: Spooler | None, make: Callable[[], Spooler]) -> Printout:
    from controllers import printing as door

    return door.follow(out, chosen or make())


def _withdraw(lines: tuple[Line, ...], make: Callable[[], Spooler]) -> Fates:
    from controllers import printing as door

    return door.withdraw(lines, make())


def _spooler(steps: Steps) -> Spooler:
    from ui.spoolers import spooler

    return spooler(steps)
