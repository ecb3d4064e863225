"""Asks for the end of a day, and has sheets of paper made of words."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.printing import Draft
    from controllers.voucher_pdf import Printed
    from models.day_end import DayEnd
    from models.sheet import Sheet
    from ui.asking.door import DeskDoor
    from ui.asking.paper import MakeDraft


def day_end(desk: DeskDoor, day: date | None = None) -> DayEnd:
    """The end of a day, today's unless told otherwise."""
    from controllers import day_end

    return day_end.see_day_end(day, desk=desk())


def day_end_draft(day: date, sheet: Sheet, language: str) -> MakeDraft:
    """The sheet of a day, to be taken along: the journal keeps that somebody did."""

    def make(_desk: Desk) -> Draft:
        from controllers import day_end, printing, sheet_pdf
        from models.papers import Document

        draw = partial(sheet_pdf.sheet_pdf, sheet, language)
        return printing.no_copies_of(Document.REPORT, draw, partial(day_end.note_printed, day))

    return make


def report_draft(sheet: Sheet, language: str) -> MakeDraft:
    """A sheet, ready to be printed."""

    def make(_desk: Desk) -> Draft:
        from controllers import printing, sheet_pdf
        from models.papers import Document

        return printing.no_copies_of(Document.REPORT, partial(sheet_pdf.sheet_pdf, sheet, language))

    return make


def sheet_pdf(sheet: Sheet, language: str) -> Printed:
    """The sheet as a PDF."""
    from controllers import sheet_pdf

    return sheet_pdf.sheet_pdf(sheet, language)
