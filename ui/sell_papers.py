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


class SellPapers(QObject):
    """`told` says once what came of all papers of a sale: its reservation, the words, and whether all is well."""

    told = Signal(int, str, bool)

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at

    def print(self, reservation_id: int, *, established: bool, by_hand: bool = False) -> None:
        """Print them: by themselves as the counter likes it, `by_hand` all of them once more."""
        look = partial(asking.counter_settings, self._at.desk)
        start = partial(self._start, reservation_id, established, by_hand)
        self._at.background.run(Lane.READING, look, start, self._at.background.trouble.emit)

    def _start(self, sold: int, established: bool, by_hand: bool, kept: CounterSettings) -> None:
        wanted: list[MakeDraft] = []
        if established and (by_hand or kept.prints_voucher):
            wanted.append(asking.voucher_draft(sold))
        if by_hand or kept.prints_receipt or not established:
            wanted.append(asking.receipt_draft(sold))
        if not any(kept.printers.values()):
            self._at.deeds.tell(self.tr("Nothing was printed: no printer is chosen in the settings."))
            return
        batch = _Batch(self, sold, len(wanted))
        for make in wanted:
            printing(self._at).print(make, batch.done, batch.failed, automatic=not by_hand)


class _Batch:
    """The papers of one sale: what fails is said first, and not hidden by what came out after it."""

    def __init__(self, papers: SellPapers, sold: int, count: int) -> None:
        self._papers, self._sold, self._open = papers, sold, count
        self._out: list[Document] = []
        self._waiting: list[str] = []
        self._trouble: list[str] = []

    def done(self, out: Printout) -> None:
        """One of them was printed, or waits."""
        if out.waits:
            self._waiting.append(out.job.printer)
        self._out.append(out.job.draft.document)
        self._count()

    def failed(self, no: CannotDo) -> None:
        """One of them was not."""
        self._trouble.append(refusal(no))
        self._count()

    def _count(self) -> None:
        self._open -= 1
        if self._open:
            return
        papers, tr = self._papers, self._papers.tr
        if self._trouble:
            again = tr("P prints again.")
            papers.told.emit(self._sold, " ".join((*dict.fromkeys(self._trouble), again)), False)
        elif self._waiting:
            words = tr("It waits at {printer}: is it on, has it paper?").format(printer=self._waiting[0])
            papers.told.emit(self._sold, words, False)
        else:
            words = tr("Printed: {papers}.").format(papers=", ".join(map(document_word, self._out)))
            papers.told.emit(self._sold, words, True)
