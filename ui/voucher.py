"""Shows a reservation's voucher as it will be printed, prints it, and saves it as a PDF."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from models.references import number_of
from ui import asking
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer


class VoucherDialog(PagesDialog):
    """One reservation's voucher over `host`: P prints, S saves, Esc closes."""

    def __init__(
        self,
        at: AtDesk,
        reservation_id: int,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self._reservation_id = reservation_id
        title = self.tr("Voucher of {number}").format(number=number_of(reservation_id))
        self.name_it(title, self.tr("Pages of the voucher"))
        self.ask_pages(partial(asking.voucher, at.desk, reservation_id))

    def file_name(self) -> str:
        return f"{number_of(self._reservation_id)}.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. The voucher is valid all the same.")
