"""Prints the sheet a scanner is set up with: test codes as QR and bars, small and large, and the cure for each fault.

The words come from the desk in its language; the sheet stands on the voucher's tools.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from controllers.desk import Desk
from controllers.rights import needs
from controllers.scanning.diagnosis import TEST_CODE, TEST_NUMBER
from controllers.voucher_pdf import Printed
from models.codes import grouped
from models.frozen import frozen
from models.rights import Right
from models.vouchers import voucher_language

if TYPE_CHECKING:
    from controllers.voucher_pdf.marks import Mark
    from controllers.voucher_pdf.symbols import Modules
    from controllers.voucher_pdf.text import Typesetter

_MARGIN, _TOP = 56.0, 796.0
_MM, _DOT = 72 / 25.4, 72 / 300
_SIZES_MM = (0.9, 0.6, 0.4)
"""A voucher's modules, those of a small print, and those of a telephone's screen."""


@frozen
class SheetWords:
    """What the sheet says: a title, an opening, three steps, and faults with their cures."""

    title: str
    opening: str
    test: str
    voucher: str
    smallest: str
    faults: str
    cures: tuple[tuple[str, str], ...]


@needs(Right.COUNTER)
def setup_sheet(words: SheetWords, *, desk: Desk, language: str) -> Printed:
    """The sheet as a PDF. Refuses (`fonts-missing`) where its language cannot be printed here."""
    from controllers.voucher_pdf import fonts, marks, one_at_a_time, paint, text

    told = voucher_language(language)
    with desk.reading() as look:
        operator = desk.operator(look).name
    with one_at_a_time:
        fonts.require(told)
        setter = text.Typesetter(told)
        page = marks.Page(tuple(_Sheet(words, setter).marks()))
        drawn = paint.pdf_of([page], title=words.title, author=operator, language=told)
    return replace(drawn, missing=setter.missing)


class _Sheet:
    """Lays it out from the top of the page down."""

    def __init__(self, words: SheetWords, setter: Typesetter) -> None:
        from controllers.voucher_pdf import marks

        self._words, self._setter = words, setter
        self._wide = marks.WIDTH - 2 * _MARGIN
        self._y = _TOP
        self._marks: list[Mark] = []

    def marks(self) -> list[Mark]:
        """Everything, in order."""
        from controllers.voucher_pdf.symbols import BAR_DOTS, QR_DOTS, bars, bars_of, qr, qr_of

        words = self._words
        self._write(words.title, 22, bold=True)
        self._write(words.opening, 11, above=6)
        self._step("1", words.test)
        self._side_by_side(qr_of(TEST_CODE), bars_of(TEST_CODE), 1.0 * _MM, 0.33 * _MM, TEST_CODE)
        self._step("2", words.voucher)
        self._side_by_side(
            qr(TEST_NUMBER), bars(TEST_NUMBER), QR_DOTS * _DOT, BAR_DOTS * _DOT, grouped(TEST_NUMBER)
        )
        self._step("3", words.smallest)
        self._row([qr_of(TEST_CODE)] * len(_SIZES_MM))
        self._write(words.faults, 14, bold=True, above=10)
        for fault, cure in words.cures:
            self._write(fault, 11, bold=True, above=4)
            self._write(cure, 11)
        return self._marks

    def _write(self, text: str, size: float, *, bold: bool = False, above: float = 0) -> None:
        from controllers.voucher_pdf.marks import Text

        self._y -= above
        for line in self._setter.wrap(text, size, self._wide, lines=4, bold=bold):
            self._y -= size * 1.36
            self._marks.append(Text(line, _MARGIN, self._y))

    def _step(self, number: str, text: str) -> None:
        from controllers.voucher_pdf.marks import Rule

        self._y -= 14
        self._marks.append(Rule(_MARGIN, self._y, self._wide))
        self._write(f"{number}. {text}", 12, bold=True, above=4)

    def _side_by_side(self, square: Modules, strip: Modules, module: float, bar: float, caption: str) -> None:
        from controllers.voucher_pdf.marks import INK2, Code, Text

        high = square.rows * module
        self._y -= high + 16
        self._marks.append(Code(square, _MARGIN, self._y, module, module))
        x = _MARGIN + high + max(4 * module, 10 * bar) + 6
        self._marks.append(Code(strip, x, self._y + high - 48, bar, 48))
        self._marks.append(Text(self._setter.line(caption, 11), x, self._y + high - 66, INK2))
        self._y -= 6

    def _row(self, symbols: Sequence[Modules]) -> None:
        from controllers.voucher_pdf.marks import INK2, Code, Text

        tallest = max(one.rows * mm for one, mm in zip(symbols, _SIZES_MM, strict=True)) * _MM
        self._y -= tallest + 26
        x = _MARGIN
        for symbol, mm in zip(symbols, _SIZES_MM, strict=True):
            self._marks.append(Code(symbol, x, self._y + 12, mm * _MM, mm * _MM))
            self._marks.append(Text(self._setter.line(f"{mm} mm", 9), x, self._y, INK2))
            x += symbol.columns * mm * _MM + 48
