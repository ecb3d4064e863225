"""Decides where everything stands on the voucher's A4 page, before a drop of ink.

One card like a theatre ticket: above the tear line what is booked, below it the codes to be
scanned; under the card the terms and whom to ask. Texts have a number of lines each, so that the
longest of them cannot push the codes off the page. One page a ticket, alike but for its stub.
"""

from __future__ import annotations

from controllers.voucher_pdf import symbols
from controllers.voucher_pdf.marks import (
    BLACK,
    HEIGHT,
    INK,
    INK2,
    INK3,
    STOP,
    STOP_SOFT,
    WIDTH,
    Band,
    Card,
    Code,
    Colour,
    Mark,
    Page,
    Rule,
    Text,
)
from controllers.voucher_pdf.text import Line, Typesetter
from controllers.voucher_pdf.wording import Wording
from models import codes
from models.vouchers import Symbol, Voucher

MARGIN = 45.0
_CARD_WIDTH = WIDTH - 2 * MARGIN
_PADDING = 22.0
_COLUMN = 16.0
_TOP, _FOOT = HEIGHT - 54, 34.0
_STUB = 211.0

# Whole dots of a 300 dpi printer: 25 for a module of the QR code (44 mm in all), 7 for the thinnest bar.
_DOT = 0.24
_QR_MODULE, _BAR_MODULE = symbols.QR_DOTS * _DOT, symbols.BAR_DOTS * _DOT
_QR_SIZE = symbols.QR_MODULES * _QR_MODULE
_QR_QUIET = symbols.QR_QUIET * _QR_MODULE
_BAR_HEIGHT = 240 * _DOT


class _Column:
    """A stretch of page filled from the top."""

    def __init__(self, setter: Typesetter, x: float, top: float, width: float) -> None:
        self.setter, self.x, self.y, self.width = setter, x, top, width
        self.marks: list[Mark] = []

    def put(self, lines: list[Line], colour: Colour = INK, leading: float = 1.36) -> None:
        for line in lines:
            self.marks.append(Text(line, self.x, self.y - line.size * 1.06, colour))
            self.y -= line.size * leading

    def label(self, word: str) -> None:
        self.put([self.setter.line(word, 8.5, width=self.width)], INK3, 1.55)

    def words(self, text: str, size: float, lines: int, *, bold: bool = False, colour: Colour = INK) -> None:
        self.put(self.setter.wrap(text, size, self.width, lines=lines, bold=bold), colour)

    def rule(self, above: float, below: float) -> None:
        self.y -= above
        self.marks.append(Rule(self.x, self.y, self.width))
        self.y -= below


def pages(voucher: Voucher, words: Wording, setter: Typesetter) -> list[Page]:
    """The pages of a voucher, one for each of its tickets."""
    head = _head(voucher, words, setter)
    body = _body(voucher, words, setter)
    tear = body.y - 4
    bottom = tear - _STUB
    card = Card(MARGIN, bottom, _CARD_WIDTH, _TOP - bottom, tear)
    details = _details(voucher, words, setter, bottom - 20)
    practice = _practice_mark(words, setter, tear) if voucher.practice else []
    shared = (*practice, card, *head, *body.marks, *details)
    count = len(voucher.symbols)
    return [
        (*shared, *_stub(voucher, symbol, words, setter, tear), *_counting(words, setter, n, count))
        for n, symbol in enumerate(voucher.symbols, start=1)
    ]


def _head(voucher: Voucher, words: Wording, setter: Typesetter) -> list[Mark]:
    operator = setter.line(voucher.operator, 11, bold=True, width=_CARD_WIDTH * 0.66)
    title = setter.line(words("title"), 11)
    y = _TOP + 12
    return [Text(operator, MARGIN, y), Text(title, WIDTH - MARGIN - title.width, y, INK2)]


def _counting(words: Wording, setter: Typesetter, n: int, count: int) -> list[Mark]:
    if count == 1:
        return []
    line = setter.line(words("page", n=n, all=count), 8.5)
    return [Text(line, WIDTH - MARGIN - line.width, _FOOT, INK3)]


def _body(voucher: Voucher, words: Wording, setter: Typesetter) -> _Column:
    column = _Column(setter, MARGIN + _PADDING, _TOP - 18, _CARD_WIDTH - 2 * _PADDING)
    if voucher.practice:
        column.y -= 34
    column.put(_product(voucher.product, setter, column.width), leading=1.28)
    if voucher.option:
        column.y -= 3
        column.words(voucher.option, 12, 2, colour=INK2)
    column.rule(13, 10)
    _when(column, voucher, words)
    column.rule(11, 10)
    _people(column, voucher, words)
    if voucher.meeting_point:
        column.rule(11, 10)
        column.label(words("meet"))
        column.words(voucher.meeting_point, 11.5, 5)
    column.y -= 14
    return column


def _product(name: str, setter: Typesetter, width: float) -> list[Line]:
    """Large on one line where it can be; a slightly smaller line is better than two words on a second."""
    one_line = setter.fit(name, (22, 20, 18.5), width, lines=1, bold=True)
    if not one_line or one_line[0].whole:
        return one_line
    return setter.fit(name, (22, 19, 16), width, lines=3, bold=True)


def _when(column: _Column, voucher: Voucher, words: Wording) -> None:
    label, answer, added = words.when(voucher)
    setter, room = column.setter, column.width
    column.label(label)
    main = setter.line(answer, 19, bold=True, width=room)
    small = setter.line(added, 10.5)
    if main.width + 8 + small.width <= room:
        column.marks.append(Text(small, column.x + main.width + 8, column.y - main.size * 1.06, INK2))
        column.put([main])
    else:
        column.put([main, *setter.wrap(added, 10.5, room, lines=2)])
    if voucher.valid_until and (voucher.departs_on or voucher.departs_at):
        column.words(f"{words('valid_until')}: {words.day(voucher.valid_until)}", 10.5, 1, colour=INK2)


def _people(column: _Column, voucher: Voucher, words: Wording) -> None:
    half = (column.width - _COLUMN) / 2
    left = _Column(column.setter, column.x, column.y, half if voucher.lead else column.width)
    left.label(words("party"))
    _party(left, *words.party(voucher))
    right = _Column(column.setter, column.x + half + _COLUMN, column.y, half)
    if voucher.lead:
        right.label(words("lead"))
        right.put(column.setter.fit(voucher.lead, (14, 12), half, lines=2, bold=True))
    column.marks += [*left.marks, *right.marks]
    column.y = min(left.y, right.y)


def _party(column: _Column, heads: str, units: str) -> None:
    """The number first and large; who they are beside it."""
    if not heads:
        column.words(units, 12, 2)
        return
    number = column.setter.line(heads, 26, bold=True)
    baseline = column.y - 24
    column.marks.append(Text(number, column.x, baseline))
    beside = column.width - number.width - 10
    lines = column.setter.wrap(units, 11, beside, lines=2)
    for line, y in zip(lines, (baseline + 14, baseline) if len(lines) > 1 else (baseline,), strict=True):
        column.marks.append(Text(line, column.x + number.width + 10, y, INK2))
    column.y = baseline - 8


def _stub(voucher: Voucher, symbol: Symbol, words: Wording, setter: Typesetter, tear: float) -> list[Mark]:
    marks = _stub_title(voucher, symbol, words, setter, tear - 28)
    qr_x, qr_y = _on_dots(MARGIN + 26), _on_dots(tear - 56 - _QR_SIZE)
    marks.append(Code(symbols.qr(symbol.code), qr_x, qr_y, _QR_MODULE, _QR_MODULE))
    x = _on_dots(qr_x + _QR_SIZE + _QR_QUIET + 6)
    top = qr_y + _QR_SIZE
    marks += _numbers(voucher, words, setter, x, top)
    bars_y = _on_dots(qr_y + 24)
    marks.append(Code(symbols.bars(symbol.code), x, bars_y, _BAR_MODULE, _BAR_HEIGHT))
    digits = codes.grouped(symbol.code)
    as_wide_as_bars = symbols.BARS_MODULES * _BAR_MODULE / setter.line(digits, 1, bold=True).width
    return [*marks, Text(setter.line(digits, as_wide_as_bars, bold=True), x, qr_y + 1, BLACK)]


def _stub_title(voucher: Voucher, symbol: Symbol, words: Wording, setter: Typesetter, y: float) -> list[Mark]:
    """Whose ticket it is and whom it admits; a long label gives way to the number of heads."""
    marks: list[Mark] = []
    x, right = MARGIN + _PADDING, MARGIN + _CARD_WIDTH - _PADDING
    if len(voucher.symbols) > 1:
        which = words("ticket", n=voucher.symbols.index(symbol) + 1, all=len(voucher.symbols))
        aside = setter.line(which, 10)
        right -= aside.width + _COLUMN
        marks.append(Text(aside, right + _COLUMN, y, INK2))
    admits = setter.line(words.admits(voucher, symbol) or words("title"), 13, bold=not symbol.label)
    if symbol.label:
        label = setter.line(symbol.label, 13, bold=True, width=right - x - admits.width - 10)
        marks.append(Text(label, x, y))
        x += label.width + 10
    return [*marks, Text(admits, x, y, INK2 if symbol.label else INK)]


def _numbers(voucher: Voucher, words: Wording, setter: Typesetter, x: float, top: float) -> list[Mark]:
    width = MARGIN + _CARD_WIDTH - _PADDING - x
    number = _Column(setter, x, top + 2, width * 0.42)
    number.label(words("number"))
    number.put(setter.fit(voucher.number, (15, 12), number.width, lines=1, bold=True))
    if not voucher.reference:
        return number.marks
    reference = _Column(setter, x + width * 0.46, top + 2, width * 0.54)
    reference.label(words("reference", channel=voucher.channel))
    reference.put(setter.fit(voucher.reference, (12, 10, 8.5), reference.width, lines=1))
    return [*number.marks, *reference.marks]


def _details(voucher: Voucher, words: Wording, setter: Typesetter, top: float) -> list[Mark]:
    half = (_CARD_WIDTH - _COLUMN) / 2
    left = _Column(setter, MARGIN, top, half)
    heading, terms = words.cancelling(voucher)
    left.label(heading)
    for term in terms if len(terms) <= 5 else [*terms[:3], "…", terms[-1]]:
        left.words(term, 9.5, 1, colour=INK2)
    right = _Column(setter, MARGIN + half + _COLUMN, top, half)
    if voucher.contact:
        right.label(words("contact"))
        right.words(voucher.contact, 9.5, 4, colour=INK2)
    below = _Column(setter, MARGIN, min(left.y, right.y) - 8, _CARD_WIDTH)
    room = int((below.y - _FOOT - 34) / (9.5 * 1.36))
    if voucher.request and room > 0:
        below.label(words("request"))
        below.words(voucher.request, 9.5, min(8, room), colour=INK2)
    tip = setter.line(words("tip"), 8.5, width=_CARD_WIDTH * 0.84)
    foot: list[Mark] = [Rule(MARGIN, _FOOT + 14, _CARD_WIDTH), Text(tip, MARGIN, _FOOT, INK3)]
    return [*left.marks, *right.marks, *below.marks, *foot]


def _practice_mark(words: Wording, setter: Typesetter, tear: float) -> list[Mark]:
    """A word across the body and a band that says it in full; the codes stay clean, to be practised with."""
    across = setter.line("PRACTICE", 78, bold=True)
    lean = 18.0
    band_y = _TOP - 42
    note = f"{words('practice')} · {words('practice_note')}"
    told = setter.line(note, 11, bold=True, width=_CARD_WIDTH - 2 * _PADDING)
    left, foot = WIDTH / 2 - across.width * 0.475 + 8, (band_y + tear) / 2 - across.width * 0.155 - 18
    return [
        Text(across, left, foot, STOP_SOFT, lean),
        Band(MARGIN + 12, band_y, _CARD_WIDTH - 24, 30, STOP_SOFT),
        Text(told, MARGIN + _PADDING, band_y + 11, STOP),
    ]


def _on_dots(place: float) -> float:
    return round(place / _DOT) * _DOT
