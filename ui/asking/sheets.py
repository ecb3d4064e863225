"""Asks for the end of a day, and has sheets of paper made of words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.day_end import DayEnd
from models.sheet import Sheet
from ui.asking.door import DeskDoor

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed


def day_end(desk: DeskDoor, day: date | None = None) -> DayEnd:
    """The end of a day, today's unless told otherwise."""
    from controllers import day_end

    return day_end.see_day_end(day, desk=desk())


def note_day_end(desk: DeskDoor, day: date) -> None:
    """Somebody takes the sheet of a day along."""
    from controllers import day_end

    day_end.note_printed(day, desk=desk())


def sheet_pdf(sheet: Sheet, language: str) -> Printed:
    """The sheet as a PDF."""
    from controllers import sheet_pdf

    return sheet_pdf.sheet_pdf(sheet, language)
