"""The day sheet: looked at exactly as it will be printed, printed, saved, or handed on as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from ui import asking, language
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.widgets.segmented import Segmented
from ui.wording.dates import long_day

if TYPE_CHECKING:
    from models.calendar_facts import CalendarLine

TABLES = "CSV (*.csv);;Excel (*.xlsx)"


def choose_table(parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
    """The system's own window for choosing where a table is saved, and as which kind."""
    choose_file(parent, name, chosen, TABLES)


class ManifestDialog(PagesDialog):
    """The sheet of `day`, or of the departure `line`: P prints, S saves, E exports, Esc closes."""

    def __init__(
        self,
        at: AtDesk,
        day: dt.date,
        line: CalendarLine | None,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
        ask_table: ChooseFile = choose_table,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self._day, self._line, self._ask_table = day, line, ask_table
        self.about = subjects("departure", line.departure_id if line is not None else None)
        self._table = Path()
        self._which = Segmented(self.tr("This departure"), self.tr("Whole day"), name=self.tr("Which sheet"))
        self._export = self.add_button(self.tr("Export…"), key="E", icon="reports")
        self._export.clicked.connect(self._export_as)
        if line is not None and line.departure_id is not None:
            self.set_corner(self._which)
        else:
            self._which.hide()
            self._line = None
        self._which.chosen.connect(self._ask)
        title = self.tr("Day sheet of {day}").format(day=long_day(day))
        self.name_it(title, self.tr("Pages of the day sheet"))
        self._ask()

    @property
    def departure_id(self) -> int | None:
        """The departure whose sheet it is, None for the whole day."""
        whole = self._line is None or self._which.at == 1
        return None if whole or self._line is None else self._line.departure_id

    def file_name(self) -> str:
        """'2027-02-01.pdf', or with the time of the departure."""
        if self.departure_id is None or self._line is None:
            return f"{self._day.isoformat()}.pdf"
        return f"{self._day.isoformat()}-{self._line.starts.replace(':', '')}.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. Where a sign is missing, a mark stands in its place.")

    def _ask(self, _at: int = 0) -> None:
        self.ask_pages(asking.manifest_draft(self._day, self.departure_id, language.spoken()))

    def _export_as(self) -> None:
        self._ask_table(self, str(Path(self.file_name()).with_suffix(".csv")), self._export_to)

    def _export_to(self, name: str) -> None:
        self._table = Path(name)
        work = partial(asking.export_manifest, self._at.desk, self._day, self.departure_id, self._table)
        self._at.background.run(Lane.DESK, work, self._was_exported, self._failed)

    def _was_exported(self, rows: int) -> None:
        words = self.tr("Exported 1 reservation as {file}")
        if rows != 1:
            words = self.tr("Exported {count} reservations as {file}")
        self._say("good", words.format(count=rows, file=self._table.name), str(self._table.parent))
