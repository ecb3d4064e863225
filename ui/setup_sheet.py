"""The sheet with test codes for a scanner: looked at, printed and saved like every paper of the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from controllers.background import Lane
from ui import asking, language
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.scanner_words import sheet_words


class SetupSheetDialog(PagesDialog):
    """P prints, S saves, Esc closes."""

    alone = "The sheet is the same at every counter and on every day."

    def __init__(
        self,
        at: AtDesk,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self.name_it(self.tr("Set up a scanner"), self.tr("The sheet with test codes"))
        make = partial(asking.setup_sheet, sheet_words(), language.spoken())
        self.ask_pages(make, Lane.READING)  # it is drawn at once

    def file_name(self) -> str:
        return "scanner-set-up.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. Where a sign is missing, a mark stands in its place.")
