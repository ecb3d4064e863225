"""Decides where everything stands on a voucher's paper, before a drop of ink.

One card like a theatre ticket: above the tear line what is booked, below it the codes to be scanned; under the card
the terms and whom to ask. Texts have a number of lines each, fewer where the paper is small, so that the longest of
them cannot push the codes off the page. One page a ticket, alike but for its stub; or, together, one body with a stub
for each. A roll has no pages: it is as long as what stands on it.
"""

from __future__ import annotations

from controllers.voucher_pdf.columns import Column
from controllers.voucher_pdf.forms import FORMS, Form
from controllers.voucher_pdf.marks import (
    INK2,
    INK3,
    STOP,
    STOP_SOFT,
    WHITE,
    Band,
    Card,
    Colour,
    Mark,
    Page,
    Rule,
    Tear,
    Text,
    as_long_as_needed,
)
from controllers.voucher_pdf.stub import Stub
from controllers.voucher_pdf.text import Line, Typesetter
from controllers.voucher_pdf.tops import fitted, top_of
from controllers.voucher_pdf.wording import Wording
from models.papers import Paper
from models.voucher_looks import INK, VoucherLook, letters_on, rgb
from models.vouchers import Symbol, Voucher

MARGIN = FORMS[Paper.A4].margin
_BETWEEN = 16.0
_BAND = 34.0
_LOOSE, _TIGHTEST = 0, 2
_LINES = {
    "product": (3, 2, 1), "option": (2, 1, 1), "when": (2, 1, 1), "units": (2, 2, 1), "meet": (5, 3, 1),
    "terms": (5, 5, 2), "contact": (4, 3, 2),
}  # fmt: skip
"""How many lines a text may have: usually, where room is short, and at the least."""


def pages(
    voucher: Voucher,
    words: Wording,
    setter: Typesetter,
    paper: Paper = Paper.A4,
    look: VoucherLook | None = None,
) -> list[Page]:
    """The pages of a voucher."""
    sheet = _Sheet(voucher, words, setter, FORMS[paper], look or VoucherLook())
    if sheet.form.is_roll:
        return sheet.slips()
    return sheet.together() if voucher.together and len(voucher.symbols) > 1 else sheet.one_each()


class _Sheet:
    """One voucher on one paper."""

    def __init__(
        self, voucher: Voucher, words: Wording, setter: Typesetter, form: Form, look: VoucherLook
    ) -> None:
        self.voucher, self.words, self.setter, self.form, self.look = voucher, words, setter, form, look
        self.accent: Colour = rgb(look.accent) if look.accent and not form.is_roll else INK3
        self.stub = Stub(voucher, words, setter, form)

    # the pages

    def one_each(self) -> list[Page]:
        """A page for each ticket."""
        shared, tear = self._shared()
        count = len(self.voucher.symbols)
        return [
            self._page((*shared, *self.stub.marks(symbol, tear), *self._counting(n, count)))
            for n, symbol in enumerate(self.voucher.symbols, start=1)
        ]

    def together(self) -> list[Page]:
        """The first ticket under what is booked; the others on pages full of stubs."""
        shared, tear = self._shared()
        form, high = self.form, self.stub.height
        fit = int((form.top - form.foot - 20) / high)
        rest = self.voucher.symbols[1:]
        groups = [rest[at : at + fit] for at in range(0, len(rest), fit)]
        count = len(groups) + 1
        first = (*shared, *self.stub.marks(self.voucher.symbols[0], tear), *self._counting(1, count))
        made = [self._page(first)]
        for n, group in enumerate(groups, start=2):
            marks = [*self._head(), *self._counting(n, count)]
            for at, symbol in enumerate(group):
                marks += self._alone(symbol, form.top - at * high)
            made.append(self._page(tuple(marks)))
        return made

    def slips(self) -> list[Page]:
        """A slip for each ticket, or one for all of them."""
        symbols = self.voucher.symbols
        groups = [symbols] if self.voucher.together else [(symbol,) for symbol in symbols]
        return [self._slip(group) for group in groups]

    def _slip(self, group: tuple[Symbol, ...]) -> Page:
        form = self.form
        body = self._body(-8, _LOOSE)
        y = body.y - 4
        marks: list[Mark] = [*body.marks]
        for symbol in group:
            marks += [Tear(form.margin, y, form.room), *self.stub.marks(symbol, y)]
            y -= self.stub.height
        marks.append(Rule(form.margin, y, form.room))
        below = self._about(y - 8, _LOOSE)
        self._if_there_is_room(below, y - 10_000)
        end = Column(self.setter, form.margin, below.y - 8, form.room, scale=form.scale)
        end.words(self.words("tip"), 9.5, 3, colour=INK2)
        end.y -= 8
        end.marks.append(Rule(form.margin, end.y, form.room))
        return as_long_as_needed([*marks, *below.marks, *end.marks], form.width, form.foot, black=True)

    def _page(self, marks: tuple[Mark, ...]) -> Page:
        return Page(marks, self.form.width, self.form.height)

    def _shared(self) -> tuple[tuple[Mark, ...], float]:
        """What all pages have: as loose as it fits. And where the card is torn."""
        for tight in range(_LOOSE, _TIGHTEST + 1):
            marks, tear, left = self._laid(tight)
            if left >= 0 or tight == _TIGHTEST:
                break
        return marks, tear

    def _laid(self, tight: int) -> tuple[tuple[Mark, ...], float, float]:
        form = self.form
        body = self._body(form.top - 18 * form.scale, tight)
        tear = body.y - 4
        bottom = tear - self.stub.height
        card = Card(form.margin, bottom, form.room, form.top - bottom, tear)
        ends = form.foot + 20 * form.scale
        about = self._about(bottom - 20 * form.scale, tight)
        needed = about.y  # the operator's terms and the request take what room is left
        self._if_there_is_room(about, form.foot + 34 * form.scale)
        practice = self._practice(tear) if self.voucher.practice else []
        marks = (*practice, card, *self._head(), *body.marks, *about.marks, *self._tip())
        return marks, tear, needed - ends + 6

    def _alone(self, symbol: Symbol, top: float) -> list[Mark]:
        """A stub on a page of stubs, with a line to tear it off."""
        form = self.form
        line: list[Mark] = [Tear(form.margin, top - self.stub.height, form.room)]
        return [*self.stub.marks(symbol, top), *line]

    # the head

    def _head(self) -> list[Mark]:
        """The operator, in its colour where it has one, what this is, and that it is not the first."""
        form, setter = self.form, self.setter
        strip = form.size(26)
        y = form.top + form.size(12)
        marks: list[Mark] = []
        letters, soft = INK, INK2
        if self.look.head:
            ground = rgb(self.look.head)
            letters = soft = letters_on(ground)
            marks.append(Band(form.margin, y - form.size(9), form.room, strip, ground))
        inset = form.size(8) if self.look.head else 0.0
        x = form.margin + inset
        if self.look.logo:
            logo = fitted(self.look.logo, x, y - form.size(7), form.room * 0.3, form.size(22))
            marks.append(logo)
            x += logo.width + 8
        title = setter.line(self.words("title"), form.size(11))
        right = form.width - form.margin - inset - title.width
        marks.append(Text(title, right, y, soft))
        told = self.words.reprint(self.voucher.copy)
        if told:
            line = setter.line(told, form.size(11), bold=True)
            right -= line.width + 12
            if self.look.head:
                marks.append(Band(right - 5, y - form.size(6), line.width + 10, form.size(20), WHITE))
            marks.append(Text(line, right, y, STOP))
        room = right - x - 12
        return [
            *marks,
            Text(setter.line(self.voucher.operator, form.size(11), bold=True, width=room), x, y, letters),
        ]

    def _on_roll(self, column: Column) -> None:
        """On a roll the head is the beginning of the column, in black."""
        notes = [self.words.reprint(self.voucher.copy)]
        if self.voucher.practice:
            notes += ["PRACTICE", self.words("practice_note")]
        top_of(column, self.form, self.look, self.voucher.operator, self.words("title"), notes)

    def _counting(self, n: int, count: int) -> list[Mark]:
        if count == 1:
            return []
        line = self.setter.line(self.words("page", n=n, all=count), self.form.size(8.5))
        return [Text(line, self.form.width - self.form.margin - line.width, self.form.foot, INK3)]

    # the body

    def _body(self, top: float, tight: int) -> Column:
        form, voucher = self.form, self.voucher
        column = Column(
            self.setter, form.margin + form.padding, top, form.column, scale=form.scale, accent=self.accent
        )
        if form.is_roll:
            self._on_roll(column)
        elif voucher.practice:
            column.y -= _BAND * form.scale
        column.put(self._product(column, _LINES["product"][tight]), leading=1.28)
        if voucher.option:
            column.y -= 3
            column.words(voucher.option, 12, _LINES["option"][tight], colour=INK2)
        column.rule(13, 10)
        self._when(column, _LINES["when"][tight])
        column.rule(11, 10)
        self._people(column, _LINES["units"][tight])
        if voucher.meeting_point:
            column.rule(11, 10)
            column.label(self.words("meet"))
            column.words(voucher.meeting_point, 11.5, _LINES["meet"][tight])
        column.y -= 14 * form.scale
        return column

    def _product(self, column: Column, lines: int) -> list[Line]:
        """Large on one line where it can be; a slightly smaller line is better than two words on a second."""
        name, width, size = self.voucher.product, column.width, self.form.size
        one_line = column.setter.fit(name, (size(22), size(20), size(18.5)), width, lines=1, bold=True)
        if not one_line or one_line[0].whole or lines == 1:
            return one_line
        return column.setter.fit(name, (size(22), size(19), size(16)), width, lines=lines, bold=True)

    def _when(self, column: Column, lines: int) -> None:
        voucher, words = self.voucher, self.words
        label, answer, added = words.when(voucher)
        setter, room = column.setter, column.width
        column.label(label)
        main = setter.fit(answer, (column.size(19), column.size(15)), room, lines=1, bold=True)[0]
        small = setter.line(added, column.size(10.5))
        if main.width + 8 + small.width <= room:
            column.marks.append(Text(small, column.x + main.width + 8, column.y - main.size * 1.06, INK2))
            column.put([main])
        else:
            column.put([main, *setter.wrap(added, column.size(10.5), room, lines=lines)])
        if voucher.valid_until and (voucher.departs_on or voucher.departs_at):
            column.words(f"{words('valid_until')}: {words.day(voucher.valid_until)}", 10.5, 1, colour=INK2)

    def _people(self, column: Column, lines: int) -> None:
        voucher, words = self.voucher, self.words
        half = (column.width - _BETWEEN) / 2
        left = column.beside(column.x, half if voucher.lead else column.width)
        left.label(words("party"))
        _party(left, *words.party(voucher), lines)
        right = column.beside(column.x + half + _BETWEEN, half)
        if voucher.lead:
            right.label(words("lead"))
            sizes = (column.size(14), column.size(12))
            right.put(column.setter.fit(voucher.lead, sizes, half, lines=2, bold=True))
        column.marks += [*left.marks, *right.marks]
        column.y = min(left.y, right.y)

    # under the card

    def _about(self, top: float, tight: int) -> Column:
        """The terms of cancelling, and whom to ask."""
        form, voucher, words = self.form, self.voucher, self.words
        whole = Column(self.setter, form.margin, top, form.room, scale=form.scale, accent=self.accent)
        share = 0.5 if form.beside else 0.6
        part = form.room if form.is_roll else (form.room - _BETWEEN) * share
        left = whole.beside(form.margin, part)
        heading, terms = words.cancelling(voucher)
        left.label(heading)
        most = _LINES["terms"][tight]
        for term in terms if len(terms) <= most else _shortened(terms, most):
            left.words(term, 9.5, 2 if form.is_roll else 1, colour=INK2)
        right = whole.beside(form.margin + part + _BETWEEN, form.room - part - _BETWEEN)
        if form.is_roll:
            right = whole.beside(form.margin, part)
            right.y = left.y - 6
        if voucher.contact:
            right.label(words("contact"))
            right.words(voucher.contact, 9.5, _LINES["contact"][tight], colour=INK2)
        whole.marks += [*left.marks, *right.marks]
        whole.y = min(left.y, right.y)
        return whole

    def _if_there_is_room(self, about: Column, lowest: float) -> None:
        """The operator's own terms and the request, above the height `lowest`."""
        about.y -= 8 * self.form.scale
        for word, told, most in (("terms", self.voucher.terms, 14), ("request", self.voucher.request, 8)):
            lines = int((about.y - lowest) / (about.size(9.5) * 1.36))
            if told and lines > 0:
                about.label(self.words(word))
                about.words(told, 9.5, min(most, lines), colour=INK2)
                about.y -= 4

    def _tip(self) -> list[Mark]:
        form = self.form
        tip = self.setter.line(self.words("tip"), form.size(8.5), width=form.room * 0.84)
        return [
            Rule(form.margin, form.foot + 14 * form.scale, form.room),
            Text(tip, form.margin, form.foot, INK3),
        ]

    def _practice(self, tear: float) -> list[Mark]:
        """A word across the body and a band that says it in full; the codes stay clean, to be practised with."""
        form, setter = self.form, self.setter
        across = setter.line("PRACTICE", 78 * form.room / FORMS[Paper.A4].room, bold=True)
        lean = 18.0
        band_y = form.top - 42 * (1 if form.scale == 1 else 0.88)
        note = f"{self.words('practice')} · {self.words('practice_note')}"
        told = setter.line(note, form.size(11), bold=True, width=form.column)
        left = form.width / 2 - across.width * 0.475 + 8
        foot = (band_y + tear) / 2 - across.width * 0.155 - 18
        return [
            Text(across, left, foot, STOP_SOFT, lean),
            Band(form.margin + 12, band_y, form.room - 24, 30 * form.scale, STOP_SOFT),
            Text(told, form.margin + form.padding, band_y + 11 * form.scale, STOP),
        ]


def _shortened(terms: list[str], most: int) -> list[str]:
    """The first ones and the last."""
    return [*terms[: most - 2], "…", terms[-1]] if most > 2 else [terms[0], terms[-1]]


def _party(column: Column, heads: str, units: str, lines: int) -> None:
    """The number first and large; who they are beside it."""
    if not heads:
        column.words(units, 12, 2)
        return
    number = column.setter.line(heads, column.size(26), bold=True)
    baseline = column.y - column.size(24)
    column.marks.append(Text(number, column.x, baseline))
    beside = column.width - number.width - 10
    told = column.setter.wrap(units, column.size(11), beside, lines=lines)
    step = column.size(14)
    for line, y in zip(told, (baseline + step, baseline) if len(told) > 1 else (baseline,), strict=False):
        column.marks.append(Text(line, column.x + number.width + 10, y, INK2))
    column.y = baseline - column.size(8)
