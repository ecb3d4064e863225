"""The vouchers of a day or a departure in one file: looked at, printed together, saved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.papers import Document, Paper
from ui import asking
from ui.asking.paper import MakeDraft, Shown
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, choose_file, choose_printer
from ui.voucher import PaperDialog
from ui.widgets.segmented import Segmented
from ui.wording.dates import long_day

if TYPE_CHECKING:
    from models.calendar_facts import CalendarLine


class DayVouchersDialog(PaperDialog):
    """Of `day`, or of the departure `line`. What was printed before is left out, unless all are wanted again."""

    def __init__(
        self,
        at: AtDesk,
        day: dt.date,
        line: CalendarLine | None,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, Document.VOUCHER, ask_printer=ask_printer, ask_file=ask_file)
        self._day = day
        self._departure_id = line.departure_id if line is not None else None
        self.about = subjects("departure", self._departure_id)
        self._whose = Segmented(
            self.tr("Not printed yet"), self.tr("All again"), name=self.tr("Which vouchers")
        )
        self._whose.chosen.connect(self._choose)
        self.add_option(self._whose)
        title = self.tr("Vouchers of {day}").format(day=long_day(day))
        if line is not None and self._departure_id is not None:
            title = self.tr("Vouchers of {day}, {time}").format(day=long_day(day), time=line.starts)
        self.name_it(title, self.tr("Pages of the vouchers"))
        self.ask()

    def draft_on(self, paper: Paper | None) -> MakeDraft:
        return asking.day_vouchers(self._day, self._departure_id, self._whose.at == 1, paper)

    def file_name(self) -> str:
        return f"{self._day.isoformat()}-vouchers.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. The vouchers are valid all the same.")

    def ask(self, paper: Paper | None = None) -> None:
        """Have them drawn; many take their time, and nobody's writing shall wait for them."""
        self.ask_pages(self.draft_on(paper), Lane.READING)

    def _choose(self, _at: int) -> None:
        self.ask(self.paper)

    def _show(self, shown: Shown) -> None:
        super()._show(shown)
        if shown.draft.left_out and not shown.printed.missing:
            words = self.tr("1 voucher was printed before and is left out.")
            if shown.draft.left_out != 1:
                words = self.tr("{count} vouchers were printed before and are left out.")
            self._say("done", words.format(count=shown.draft.left_out))
