"""The list on paper: looked at exactly as it will be printed, printed, or saved as a PDF."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from controllers.background import Lane
from ui import language
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.reservation_columns import for_paper
from ui.wording.dates import clock, long_day
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.list_pdf import Headline, PrintColumn
    from controllers.printing import Draft

Ids = Callable[[], "array[int]"]


class PrintDialog(PagesDialog):
    """`title` says which list, `about` what it was narrowed to, `ids` (called on a lane) which rows."""

    alone = "The list is printed as it was read, and the time of that stands on every page."

    def __init__(
        self,
        at: AtDesk,
        host: QWidget,
        *,
        title: str,
        about: str,
        ids: Ids,
        columns: tuple[str, ...],
        zone: str,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file, width=1000)
        self._list_title = title
        self.name_it(self.tr("Print: {list}").format(list=title), self.tr("Pages of the list"))
        paper = for_paper(columns, at.now(), zone)
        work = partial(_make, ids, paper, self._headline(title, about, zone), language.spoken())
        self.ask_pages(
            work, Lane.READING
        )  # a long list takes its time, and nobody's writing shall wait for it

    def file_name(self) -> str:
        return f"{self._list_title}.pdf"

    def missing_words(self) -> str:
        return self.tr("A font is missing. Where a sign is missing, a mark stands in its place.")

    def _headline(self, title: str, about: str, zone: str) -> Headline:
        from controllers.list_pdf import Headline

        at = local(self._at.now(), zone)
        as_of = self.tr("as of {day}, {time}").format(day=f"{long_day(at.date())} {at.year}", time=clock(at))
        page, practice = self.tr("Page {n} of {all}"), self.tr("PRACTICE")
        return Headline(title, about, as_of, page, practice)


def _make(ids: Ids, columns: tuple[PrintColumn, ...], headline: Headline, spoken: str, desk: Desk) -> Draft:
    from controllers.list_pdf import list_draft

    return list_draft(ids(), columns, headline, desk=desk, language=spoken)
