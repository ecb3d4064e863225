"""Prints a list of reservations: landscape pages, the headings on each, two lines a row as on screen.

It stands on the voucher's tools: the same fonts for every script, so that no name loses a sign. What is hidden on
screen is hidden on paper, and the journal notes that somebody took the list along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from controllers.desk import Desk, Work
from controllers.list_export import named
from controllers.printing import Draft, drawn_already
from controllers.rights import needs
from controllers.viewing import see_rows
from controllers.voucher_pdf import Printed
from models.frozen import frozen
from models.papers import Document
from models.refusals import CannotDo
from models.rights import Right
from models.rows import ReservationRow
from models.vouchers import voucher_language

if TYPE_CHECKING:
    from controllers.voucher_pdf.marks import Mark, Page
    from controllers.voucher_pdf.text import Line, Typesetter

MOST = 2_000
"""More rows than this nobody carries about; they are what files are for."""
WIDTH, HEIGHT = 841.89, 595.28
"""A4, lying."""
_MARGIN, _GAP = 34.0, 9.0
_TOP, _FOOT = HEIGHT - 36, 26.0
_ROW, _AT_ONCE = 26.5, 500


@frozen
class PrintColumn:
    """`width` is its share of the page; `lines` says what stands in it, a second line of '' for none."""

    key: str
    title: str
    width: float
    right: bool
    lines: Callable[[ReservationRow], tuple[str, str]]


@frozen
class Headline:
    """What stands over every page: which list, what it was narrowed to, and as of when; 'Page {n} of {all}'."""

    title: str
    about: str
    as_of: str
    page: str
    practice: str


@needs(Right.PRINT)
def list_draft(
    ids: Sequence[int], columns: Sequence[PrintColumn], headline: Headline, *, desk: Desk, language: str
) -> Draft:
    """The list, drawn already: it is printed as it was looked at. What the journal keeps of looking comes with it.

    Raises CannotDo("too-many-to-print") and CannotDo("fonts-missing").
    """
    if len(ids) > MOST:
        raise CannotDo("too-many-to-print", count=len(ids), most=MOST)
    rows = [
        row for at in range(0, len(ids), _AT_ONCE) for row in see_rows(ids[at : at + _AT_ONCE], desk=desk)
    ]
    printed = _printed(rows, columns, headline, desk, voucher_language(language))
    note = partial(_note_taken, [row.id for row in rows], [column.key for column in columns])
    return drawn_already(Document.LIST, printed, note)


def _note_taken(ids: list[int], columns: list[str], work: Work) -> None:
    work.record("list", "print", rows=len(ids), columns=columns, **named(ids))


def _printed(
    rows: Sequence[ReservationRow],
    columns: Sequence[PrintColumn],
    headline: Headline,
    desk: Desk,
    language: str,
) -> Printed:
    from controllers.voucher_pdf import fonts, one_at_a_time, paint, text

    with desk.reading() as look:
        operator = desk.operator(look).name
    with one_at_a_time:
        fonts.require(language)
        setter = text.Typesetter(language)
        sheet = _Sheet(columns, headline, operator, setter, practice=desk.practice)
        drawn = paint.pdf_of(sheet.pages(rows), title=headline.title, author=operator, language=language)
    return replace(drawn, missing=setter.missing)


@frozen
class _Place:
    """Where a column stands."""

    column: PrintColumn
    x: float
    width: float


class _Sheet:
    """Lays the rows out, page by page."""

    def __init__(
        self,
        columns: Sequence[PrintColumn],
        headline: Headline,
        operator: str,
        setter: Typesetter,
        *,
        practice: bool,
    ) -> None:
        self._headline, self._operator, self._setter = headline, operator, setter
        self._practice = practice
        self._places = tuple(_places(columns))
        self._first_row = _TOP - (54 if headline.about else 40)
        self._a_page = int((self._first_row - _FOOT - 14) / _ROW)

    def pages(self, rows: Sequence[ReservationRow]) -> Iterator[Page]:
        """A page even where there is no row."""
        from controllers.voucher_pdf.marks import Page

        count = max(1, -(-len(rows) // self._a_page))
        for number in range(count):
            on_it = rows[number * self._a_page : (number + 1) * self._a_page]
            marks = [*self._head(), *self._headings(), *self._foot(number + 1, count)]
            for at, row in enumerate(on_it):
                marks += self._row(row, self._first_row - at * _ROW)
            yield Page(tuple(marks), WIDTH, HEIGHT)

    def _head(self) -> list[Mark]:
        from controllers.voucher_pdf.marks import INK2, STOP, Text

        wide = WIDTH - 2 * _MARGIN
        title = self._setter.line(self._headline.title, 14, bold=True, width=wide * 0.6)
        marks: list[Mark] = [Text(title, _MARGIN, _TOP)]
        as_of = self._setter.line(self._headline.as_of, 9, width=wide * 0.38)
        marks.append(Text(as_of, WIDTH - _MARGIN - as_of.width, _TOP, INK2))
        if self._practice:
            word = self._setter.line(self._headline.practice, 10, bold=True, width=wide * 0.3)
            marks.append(Text(word, _MARGIN + title.width + 14, _TOP, STOP))
        if self._headline.about:
            about = self._setter.line(self._headline.about, 9, width=wide)
            marks.append(Text(about, _MARGIN, _TOP - 14, INK2))
        return marks

    def _headings(self) -> list[Mark]:
        from controllers.voucher_pdf.marks import INK3, Rule

        marks: list[Mark] = [Rule(_MARGIN, self._first_row, WIDTH - 2 * _MARGIN)]
        for place in self._places:
            title = self._setter.line(place.column.title, 8, bold=True, width=place.width)
            marks.append(self._in(place, title, self._first_row + 5, INK3))
        return marks

    def _row(self, row: ReservationRow, top: float) -> list[Mark]:
        from controllers.voucher_pdf.marks import INK, INK2, Rule

        marks: list[Mark] = [Rule(_MARGIN, top - _ROW, WIDTH - 2 * _MARGIN)]
        for place in self._places:
            first, second = place.column.lines(row)
            upper = self._setter.line(first, 9, width=place.width)
            if not second:
                marks.append(self._in(place, upper, top - 16.5, INK))
                continue
            marks.append(self._in(place, upper, top - 11, INK))
            lower = self._setter.line(second, 8, width=place.width)
            marks.append(self._in(place, lower, top - 21.5, INK2))
        return marks

    def _foot(self, number: int, count: int) -> list[Mark]:
        from controllers.voucher_pdf.marks import INK3, Text

        page = self._setter.line(self._headline.page.format(n=number, all=count), 8)
        whose = self._setter.line(self._operator, 8, width=WIDTH * 0.6)
        return [
            Text(whose, _MARGIN, _FOOT, INK3),
            Text(page, WIDTH - _MARGIN - page.width, _FOOT, INK3),
        ]

    def _in(self, place: _Place, line: Line, y: float, colour: tuple[float, float, float]) -> Mark:
        from controllers.voucher_pdf.marks import Text

        x = place.x + place.width - line.width if place.column.right else place.x
        return Text(line, x, y, colour)


def _places(columns: Sequence[PrintColumn]) -> Iterator[_Place]:
    """The columns side by side, as wide as their shares of the page."""
    room = WIDTH - 2 * _MARGIN - _GAP * (len(columns) - 1)
    whole = sum(column.width for column in columns)
    x = _MARGIN
    for column in columns:
        width = room * column.width / whole
        yield _Place(column, x, width)
        x += width + _GAP
