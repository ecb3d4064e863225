"""Prints a sheet of sentences and tables on A4 pages: the end of a day, the rehearsal of a morning.

The words come from the desk in its language; the pages stand on the voucher's tools, so that no name loses a sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from controllers.voucher_pdf import Printed, one_at_a_time
from models.sheet import Sheet, SheetColumn, SheetLine, SheetNote, SheetSection
from models.vouchers import voucher_language

if TYPE_CHECKING:
    from controllers.voucher_pdf.marks import Colour, Mark, Page
    from controllers.voucher_pdf.text import Line, Typesetter

_MARGIN, _FOOT, _GAP = 40.0, 46.0, 8.0
_LEADING = 1.34
_BODY = 9.5
_MOST_LINES = 6  # of one cell


def sheet_pdf(sheet: Sheet, language: str, *, author: str = "") -> Printed:
    """The sheet as a PDF file. Refuses (`fonts-missing`) where its language cannot be printed here."""
    from controllers.voucher_pdf import fonts, paint, text

    told = voucher_language(language)
    with one_at_a_time:
        fonts.require(told)
        setter = text.Typesetter(told)
        pages = _Paper(sheet, setter).finished()
        drawn = paint.pdf_of(pages, title=sheet.title, author=author, language=told)
    return replace(drawn, missing=setter.missing)


@dataclass(slots=True)
class _Paper:
    """The pages so far, filled from the top; `y` is where the next mark goes."""

    sheet: Sheet
    setter: Typesetter
    pages: list[list[Mark]] = field(default_factory=list)
    y: float = 0.0

    def finished(self) -> list[Page]:
        """Every page, with its number at the foot."""
        from controllers.voucher_pdf.marks import Page

        self._begin()
        for section in self.sheet.sections:
            self._put_section(section)
        return [Page(tuple(marks + self._foot(n))) for n, marks in enumerate(self.pages, start=1)]

    @property
    def _room(self) -> float:
        from controllers.voucher_pdf.marks import WIDTH

        return WIDTH - 2 * _MARGIN

    def _begin(self) -> None:
        from controllers.voucher_pdf import marks

        first = not self.pages
        self.pages.append([])
        self.y = marks.HEIGHT - 40
        if not first:
            self._line(f"{self.sheet.title}, {self.sheet.about}", 9, colour=marks.INK2)
            self._rule()
            return
        self._line(self.sheet.title, 19, bold=True)
        self._line(self.sheet.about, 12)
        self._line(self.sheet.as_of, 9, colour=marks.INK2)
        if self.sheet.practice:
            self._put_note(SheetNote(self.sheet.practice, wrong=True))
        self._rule()

    def _put_section(self, section: SheetSection) -> None:
        from controllers.voucher_pdf.marks import INK2

        self._need(64)
        self.y -= 12
        self._line(section.title, 12.5, bold=True)
        self.y -= 2
        for note in section.notes:
            self._put_note(note)
        if section.lines:
            self._put_table(section)
        elif not section.notes and section.nothing:
            self._line(section.nothing, _BODY, colour=INK2)

    def _put_note(self, note: SheetNote) -> None:
        from controllers.voucher_pdf.marks import INK, STOP, STOP_SOFT, Band, Text

        lines = self.setter.wrap(note.text, _BODY, self._room - 16, lines=_MOST_LINES, bold=note.wrong)
        high = len(lines) * _BODY * _LEADING + 6
        self._need(high + 3)
        if note.wrong:
            self._put(Band(_MARGIN, self.y - high, self._room, high, STOP_SOFT))
        top = self.y - 3
        for line in lines:
            self._put(Text(line, _MARGIN + 8, top - _BODY, STOP if note.wrong else INK))
            top -= _BODY * _LEADING
        self.y -= high + 3

    def _put_table(self, section: SheetSection) -> None:
        from controllers.voucher_pdf.marks import INK3

        self._need(40)
        heads = [self.setter.wrap(one.title, 8, w, lines=2) for one, w in self._spans(section)]
        self._put_cells(section, heads, 8, INK3)
        self._rule()
        for line in section.lines:
            self._put_line(section, line)

    def _put_line(self, section: SheetSection, line: SheetLine) -> None:
        from controllers.voucher_pdf.marks import INK, STOP

        bold = line.heavy or line.wrong
        cells = [
            self.setter.wrap(cell, _BODY, wide, lines=_MOST_LINES, bold=bold)
            for cell, (_, wide) in zip(line.cells, self._spans(section), strict=True)
        ]
        high = max((len(cell) for cell in cells), default=1) * _BODY * _LEADING + 5
        if self.y - high < _FOOT:
            self._begin()
        self._put_cells(section, cells, _BODY, STOP if line.wrong else INK)
        self._rule()

    def _put_cells(self, section: SheetSection, cells: list[list[Line]], size: float, ink: Colour) -> None:
        from controllers.voucher_pdf.marks import Text

        x, lowest = _MARGIN, self.y
        for lines, (column, wide) in zip(cells, self._spans(section), strict=True):
            y = self.y - 2
            for line in lines:
                left = x + wide - line.width if column.right else x
                self._put(Text(line, left, y - size, ink))
                y -= size * _LEADING
            lowest = min(lowest, y)
            x += wide + _GAP
        self.y = lowest - 1

    def _spans(self, section: SheetSection) -> list[tuple[SheetColumn, float]]:
        """Each column with its width."""
        room = self._room - _GAP * (len(section.columns) - 1)
        whole = sum(column.share for column in section.columns)
        return [(column, room * column.share / whole) for column in section.columns]

    def _foot(self, n: int) -> list[Mark]:
        from controllers.voucher_pdf.marks import INK2, INK3, WIDTH, Rule, Text

        number = self.setter.line(self.sheet.page.format(n=n, all=len(self.pages)), 8.5)
        private = self.setter.line(self.sheet.foot, 8, width=self._room * 0.75)
        return [
            Rule(_MARGIN, _FOOT - 8, self._room),
            Text(private, _MARGIN, _FOOT - 20, INK3),
            Text(number, WIDTH - _MARGIN - number.width, _FOOT - 20, INK2),
        ]

    def _line(self, text: str, size: float, *, bold: bool = False, colour: Colour | None = None) -> None:
        from controllers.voucher_pdf.marks import INK, Text

        if not text:
            return
        self._need(size * _LEADING)
        line = self.setter.line(text, size, bold=bold, width=self._room)
        self._put(Text(line, _MARGIN, self.y - size, colour or INK))
        self.y -= size * _LEADING

    def _rule(self) -> None:
        from controllers.voucher_pdf.marks import Rule

        self.y -= 2
        self._put(Rule(_MARGIN, self.y, self._room))
        self.y -= 2

    def _need(self, height: float) -> None:
        if self.y - height < _FOOT:
            self._begin()

    def _put(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)
