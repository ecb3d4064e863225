"""Prints what a sale gives into the traveler's hand: the voucher with its receipt, or the slip of what is held."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.counter_settings import CounterSettings
from models.papers import Document
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.printing import printing
from ui.wording.papers import document_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.printing import Printout
    from ui.asking.paper import MakeDraft


Wanted = tuple[Document, "MakeDraft"]


class SellPapers(QObject):
    """`told` says once what came of all papers of a sale: its reservation, the words, and whether all is well."""

    told = Signal(int, str, bool)

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._under_way: set[int] = set()
        self._left: dict[int, list[Wanted]] = {}

    def print(self, reservation_id: int, *, established: bool, by_hand: bool = False) -> None:
        """Print them: by themselves as the counter likes it.

        `by_hand` once more what did not come out, or all where all did; not while the first are still on their way.
        """
        if reservation_id in self._under_way:
            return
        self._under_way.add(reservation_id)
        look = partial(asking.counter_settings, self._at.desk)
        start = partial(self._start, reservation_id, established, by_hand)
        self._at.background.run(Lane.READING, look, start, partial(self._not_started, reservation_id))

    def _start(self, sold: int, established: bool, by_hand: bool, kept: CounterSettings) -> None:
        wanted: list[Wanted] = []
        if established and (by_hand or kept.prints_voucher):
            wanted.append((Document.VOUCHER, asking.voucher_draft(sold)))
        if by_hand or kept.prints_receipt or not established:
            wanted.append((Document.RECEIPT, asking.receipt_draft(sold)))
        wanted = self._left.pop(sold, wanted)
        if wanted and not any(kept.printers.values()):
            self._at.deeds.tell(self.tr("Nothing was printed: no printer is chosen in the settings."))
            wanted = []
        if not wanted:
            self._under_way.discard(sold)
            return
        batch = _Batch(self, sold, len(wanted))
        for one in wanted:
            done, failed = partial(batch.done, one), partial(batch.failed, one)
            printing(self._at).print(one[1], done, failed, automatic=not by_hand)

    def _not_started(self, sold: int, error: Exception) -> None:
        self._under_way.discard(sold)
        self._at.background.trouble.emit(error)

    def finish(self, sold: int, left: list[Wanted], words: str, *, well: bool) -> None:
        """All of a sale have been tried; what is `left` comes out when somebody prints again."""
        self._under_way.discard(sold)
        if left:
            self._left[sold] = left
        self.told.emit(sold, words, well)


class _Batch:
    """The papers of one sale: what fails is said first, and not hidden by what came out after it."""

    def __init__(self, papers: SellPapers, sold: int, count: int) -> None:
        self._papers, self._sold, self._open, self._count_all = papers, sold, count, count
        self._out: list[Document] = []
        self._waiting: list[str] = []
        self._trouble: list[str] = []
        self._left: list[Wanted] = []

    def done(self, one: Wanted, out: Printout) -> None:
        """One of them was printed, or waits."""
        if out.waits:
            self._waiting.append(out.job.printer)
            self._left.append(one)
        self._out.append(one[0])
        self._count()

    def failed(self, one: Wanted, no: CannotDo) -> None:
        """One of them was not."""
        self._trouble.append(refusal(no))
        self._left.append(one)
        self._count()

    def _count(self) -> None:
        self._open -= 1
        if self._open:
            return
        papers, tr = self._papers, self._papers.tr
        if self._trouble:
            again = tr("P prints again.")
            if len(self._left) < self._count_all:
                names = ", ".join(document_word(document) for document, _ in self._left)
                again = tr("P prints again: {papers}.").format(papers=names)
            words = " ".join((*dict.fromkeys(self._trouble), again))
        elif self._waiting:
            words = tr("It waits at {printer}: is it on, has it paper?").format(printer=self._waiting[0])
        else:
            words = tr("Printed: {papers}.").format(papers=", ".join(map(document_word, self._out)))
        well = not (self._trouble or self._waiting)
        papers.finish(self._sold, self._left, words, well=well)
