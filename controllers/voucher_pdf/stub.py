"""The part of a voucher that is scanned and torn off: whom it lets in, both codes, and the numbers."""

from __future__ import annotations

from controllers.voucher_pdf import symbols
from controllers.voucher_pdf.columns import Column
from controllers.voucher_pdf.forms import Form
from controllers.voucher_pdf.marks import BLACK, INK, INK2, STOP, Code, Colour, Mark, Text
from controllers.voucher_pdf.text import Line, Typesetter
from controllers.voucher_pdf.wording import Wording
from models import codes
from models.vouchers import Symbol, Voucher


class Stub:
    """Draws the stubs of one voucher on one paper."""

    def __init__(self, voucher: Voucher, words: Wording, setter: Typesetter, form: Form) -> None:
        self.voucher, self.words, self.setter, self.form = voucher, words, setter, form
        self.left = form.margin + form.padding
        self.right = form.width - form.margin - form.padding

    @property
    def height(self) -> float:
        """From the line where it is torn to its foot."""
        form = self.form
        if form.beside:
            return 211.0
        codes_high = form.qr_size + 2 * form.qr_quiet + form.bar_height + 22
        return codes_high + (66 if form.is_roll else 4)

    def marks(self, symbol: Symbol, tear: float) -> list[Mark]:
        """The stub of one ticket, below the height where it is torn."""
        if self.form.beside:
            return self._beside(symbol, tear)
        return self._stacked(symbol, tear)

    def _beside(self, symbol: Symbol, tear: float) -> list[Mark]:
        """The bars at the right of the QR code, under the numbers."""
        form = self.form
        marks = self._title(symbol, tear - 28)
        qr_x, qr_y = form.on_dots(form.margin + 26), form.on_dots(tear - 56 - form.qr_size)
        marks.append(Code(symbols.qr(symbol.code), qr_x, qr_y, form.qr_module, form.qr_module))
        x = form.on_dots(qr_x + form.qr_size + form.qr_quiet + 6)
        marks += self._numbers(x, qr_y + form.qr_size, self.right - x)
        return [*marks, *self._bars(symbol, x, form.on_dots(qr_y + 24), qr_y + 1)]

    def _stacked(self, symbol: Symbol, tear: float) -> list[Mark]:
        """The QR code first; the bars across, below it. Beside the QR what is said, on a roll above and below."""
        form = self.form
        above = 22 if form.is_roll else 0
        qr_y = form.on_dots(tear - above - form.qr_quiet - form.qr_size)
        wide = form.width - form.qr_size
        qr_x = form.on_dots(wide / 2 if form.is_roll else form.margin + form.qr_quiet)
        bars_x = form.on_dots((form.width - form.bars_width) / 2)
        bars_y = form.on_dots(qr_y - form.qr_quiet - form.bar_height)
        marks: list[Mark] = [Code(symbols.qr(symbol.code), qr_x, qr_y, form.qr_module, form.qr_module)]
        marks += self._bars(symbol, bars_x, bars_y, bars_y - 14)
        if form.is_roll:
            said = self._title(symbol, tear - 18)
            return [*marks, *said, *self._numbers(self.left, bars_y - 22, self.right - self.left)]
        x = qr_x + form.qr_size + form.qr_quiet + 6
        column = Column(self.setter, x, qr_y + form.qr_size + 4, self.right - x, scale=form.scale)
        self._title_in(column, symbol)
        return [*marks, *column.marks, *self._numbers(x, column.y - 6, self.right - x)]

    def _bars(self, symbol: Symbol, x: float, y: float, below: float) -> list[Mark]:
        """The bar code, and its digits as wide as it is; on a small paper in its middle."""
        form = self.form
        digits = codes.grouped(symbol.code)
        as_wide = form.bars_width / self.setter.line(digits, 1, bold=True).width
        line = self.setter.line(digits, as_wide if form.beside else min(as_wide, 11.5), bold=True)
        middle = x + (form.bars_width - line.width) / 2
        return [
            Code(symbols.bars(symbol.code), x, y, form.bar_module, form.bar_height),
            Text(line, middle, below, BLACK),
        ]

    def _title(self, symbol: Symbol, y: float) -> list[Mark]:
        """Whose ticket it is and whom it admits; a long label gives way to the number of heads."""
        marks: list[Mark] = []
        x, right, size = self.left, self.right, self.form.size
        aside, colour = self._aside(symbol)
        if aside:
            line = self.setter.line(aside, size(10), bold=colour == STOP)
            right -= line.width + 12
            marks.append(Text(line, right + 12, y, colour))
        admits = self._admits(symbol, size(13), (right - x) * (0.7 if symbol.label else 1))
        if symbol.label:
            label = self.setter.line(symbol.label, size(13), bold=True, width=right - x - admits.width - 10)
            marks.append(Text(label, x, y))
            x += label.width + 10
        return [*marks, Text(admits, x, y, INK2 if symbol.label else INK)]

    def _title_in(self, column: Column, symbol: Symbol) -> None:
        """The same in a column."""
        if symbol.label:
            column.put([self.setter.line(symbol.label, column.size(13), bold=True, width=column.width)])
        column.put([self._admits(symbol, column.size(13), column.width)], INK2 if symbol.label else INK)
        aside, colour = self._aside(symbol)
        if aside:
            line = self.setter.line(aside, column.size(10), bold=colour == STOP, width=column.width)
            column.put([line], colour)

    def _admits(self, symbol: Symbol, size: float, width: float) -> Line:
        told = self.words.admits(self.voucher, symbol) or self.words("title")
        return self.setter.line(told, size, bold=not symbol.label, width=width)

    def _aside(self, symbol: Symbol) -> tuple[str, Colour]:
        """Which of the tickets it is, and that it is a reprint: the stub is what stays at the counter."""
        told = []
        if len(self.voucher.symbols) > 1:
            n, count = self.voucher.symbols.index(symbol) + 1, len(self.voucher.symbols)
            told.append(self.words("ticket", n=n, all=count))
        reprint = "" if self.form.is_roll else self.words.reprint(self.voucher.copy)
        if reprint:  # a roll says it in a band at its head
            told.append(reprint)
        return " · ".join(told), STOP if reprint else INK2

    def _numbers(self, x: float, top: float, width: float) -> list[Mark]:
        """Our number and the channel's, one beside the other, or below on a narrow paper."""
        voucher, form = self.voucher, self.form
        beside = form.beside or form.is_roll
        number = Column(self.setter, x, top + 2, width * 0.42 if beside else width, scale=form.scale)
        number.label(self.words("number"))
        number.put(self.setter.fit(voucher.number, (form.size(15), 11), number.width, lines=1, bold=True))
        if not voucher.reference:
            return number.marks
        reference = Column(
            self.setter, x + width * 0.46 if beside else x, top + 2 if beside else number.y - 3,
            width * 0.54 if beside else width, scale=form.scale,
        )  # fmt: skip
        reference.label(self.words("reference", channel=voucher.channel))
        sizes = (form.size(12), 10, 8.5, 7.5)
        reference.put(self.setter.fit(voucher.reference, sizes, reference.width, lines=1))
        return [*number.marks, *reference.marks]
