"""Shows a reservation's voucher and receipt as they will be printed, prints them, and saves them as a PDF."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.meanwhile import subjects
from models.papers import SUITED, Document, Paper
from models.references import number_of
from ui import asking, fonts
from ui.asking.paper import MakeDraft, Shown
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.widgets.filter_button import FilterButton
from ui.widgets.segmented import Segmented
from ui.wording.papers import paper_word


class PaperDialog(PagesDialog):
    """Pages that can be had on several papers."""

    def __init__(
        self,
        at: AtDesk,
        host: QWidget,
        document: Document,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self._sizes = tuple(Paper(one) for one in Paper if one in SUITED[document])
        self._which = Segmented(*map(paper_word, self._sizes), name=self.tr("Which paper"))
        self._options = QWidget()
        row = self._row = QHBoxLayout(self._options)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(8))
        row.addWidget(self._which)
        row.addStretch(1)
        self.add_above(self._options)
        self._which.chosen.connect(self._again)

    def add_option(self, option: QWidget) -> None:
        """Another choice beside the paper."""
        self._row.insertWidget(self._row.count() - 1, option)  # what is over stays at the right

    @property
    def paper(self) -> Paper:
        """The paper that is chosen."""
        return self._sizes[self._which.at]

    def draft_on(self, paper: Paper | None) -> MakeDraft:
        """What is to be drawn on a paper."""
        raise NotImplementedError

    def ask(self, paper: Paper | None = None) -> None:
        """Have it drawn."""
        self.ask_pages(self.draft_on(paper))

    def _again(self, _at: int = 0) -> None:
        self.ask(self.paper)

    def _show(self, shown: Shown) -> None:
        if shown.draft.paper in self._sizes:
            with QSignalBlocker(self._which):  # shown, not chosen
                self._which.choose(self._sizes.index(shown.draft.paper))
        super()._show(shown)


class ReservationPaper(PaperDialog):
    """A paper of one reservation over `host`: P prints, S saves, Esc closes. `document` says which."""

    document: Document

    def __init__(
        self,
        at: AtDesk,
        reservation_id: int,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, self.document, ask_printer=ask_printer, ask_file=ask_file)
        self._reservation_id = reservation_id
        self.about = subjects("reservation", reservation_id)
        self._build_options()
        title, pages = self.names()
        self.name_it(title.format(number=number_of(reservation_id)), pages)
        self.ask()

    def names(self) -> tuple[str, str]:
        """What stands above the pages, and what a screen reader calls them."""
        raise NotImplementedError

    def _build_options(self) -> None:
        """What can be chosen beside the paper; nothing unless said otherwise."""


class VoucherDialog(ReservationPaper):
    """One reservation's voucher."""

    document = Document.VOUCHER

    def names(self) -> tuple[str, str]:
        return self.tr("Voucher of {number}"), self.tr("Pages of the voucher")

    def _build_options(self) -> None:
        self._each = Segmented(
            self.tr("One each"), self.tr("Together"), name=self.tr("One voucher for each ticket, or for all")
        )
        self._one = FilterButton(self.tr("Whose"), self.tr("all"))
        self._ticket: int | None = None
        for option in (self._one, self._each):
            option.hide()
            self.add_option(option)
        self._one.chosen.connect(self._choose_ticket)
        self._chose_each = False
        self._each.chosen.connect(self._choose_each)

    def draft_on(self, paper: Paper | None) -> MakeDraft:
        each = self._each.at == 0 if self._chose_each else None
        return asking.voucher_draft(self._reservation_id, paper, each, self._ticket)

    def _choose_ticket(self, number: object) -> None:
        """Only one of several: somebody lost theirs."""
        self._ticket = number if isinstance(number, int) else None
        self._again()

    def _choose_each(self, _at: int) -> None:
        self._chose_each = True
        self._again()

    def _show(self, shown: Shown) -> None:
        tickets = shown.draft.tickets
        words = [label or self.tr("ticket {n}").format(n=n) for n, (_, label) in enumerate(tickets, start=1)]
        everybody = self.tr("all")
        chosen = {number: word for (number, _), word in zip(tickets, words, strict=True)}
        self._one.show_value(chosen.get(self._ticket or 0, everybody), name=self.tr("Whose"))
        choices: list[tuple[str, object]] = [(word, number) for number, word in chosen.items()]
        self._one.set_choices([(everybody, None), *choices])
        self._one.setVisible(len(tickets) > 1)
        self._each.setVisible(len(tickets) > 1 and self._ticket is None)
        super()._show(shown)

    def file_name(self) -> str:
        return f"{number_of(self._reservation_id)}.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. The voucher is valid all the same.")


class ReceiptDialog(ReservationPaper):
    """One reservation's receipt, or the slip of what is held."""

    document = Document.RECEIPT

    def names(self) -> tuple[str, str]:
        return self.tr("Receipt of {number}"), self.tr("Pages of the receipt")

    def draft_on(self, paper: Paper | None) -> MakeDraft:
        return asking.receipt_draft(self._reservation_id, paper)

    def file_name(self) -> str:
        return f"{number_of(self._reservation_id)}-receipt.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. The receipt is valid all the same.")


def show_receipt(at: AtDesk, reservation_id: int) -> None:
    """The receipt of a reservation over the window."""
    if at.deeds.host is not None:
        ReceiptDialog(at, reservation_id, at.deeds.host).open()
