"""The receipt of a sale as it grows: what it costs above the tear, what is paid and given back below it.

Before the sale it says what would happen, afterwards what did: the number, the change, until when it is held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.money import Money
from models.refusals import CannotDo
from models.sale import Offer
from models.tender import Rates
from ui import actions, fonts, theme
from ui.paint.counterfoil import counterfoil, paint_tear
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.text import RIGHT, paint_text, text_width
from ui.sell_draft import Draft, PaidWith
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.wording.dates import day_word, long_day
from ui.wording.numbers import money_words

NOTCH = 8


class SellReceipt(QFrame):
    """`changed` comes with every letter of what was received, `entered` with Enter there, `pressed` with the button."""

    changed = Signal()
    entered = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rates: Rates | None = None
        self._currencies: tuple[str, ...] = ()
        self._currency = 0
        self._title, self._when = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._place, self._truth = Label("", 13, 400, "ink2", wrap=True), Label("", 12, 600, "act", wrap=True)
        self._lines, self._seats = _Lines(), _SeatsLine()
        self._to_pay_word, self._to_pay = Label("", 14, 400, "ink2"), Label("", 30, 700)
        self._rest = Label("", 13, 500, "ink2", wrap=True)
        self._received_word, self.received = Label("", 14, 400, "ink2"), Field()
        self._change_word, self._change = Label("", 14, 400, "ink2"), Label("", 20, 700, "good")
        self.reason = Field()
        self._reason = Labelled("", self.reason)
        self.notice = Notice("stop", "")
        self.button = Button("", "primary", icon="print", key=actions.cap("finish"), height=48)
        self._build()
        self.received.changed.connect(lambda _text: self.changed.emit())
        self.received.entered.connect(self.entered)
        self.button.clicked.connect(self.pressed)
        self.retranslate()

    @property
    def currency(self) -> str:
        """In which currency it is received."""
        return self._currencies[self._currency] if self._currencies else ""

    def set_rates(self, rates: Rates) -> None:
        """Which currencies the till takes."""
        self._rates = rates

    def set_price_in(self, currency: str) -> None:
        """In which currency the price is: it is also what is handed over, unless somebody says otherwise."""
        taken = self._rates.taken_for(currency) if self._rates and currency else ()
        if taken != self._currencies:
            chosen = self.currency if self._currency else ""
            self._currencies = taken
            self._currency = taken.index(chosen) if chosen in taken else 0

    def next_currency(self) -> None:
        """The next currency of the till."""
        if self._currencies:
            self._currency = (self._currency + 1) % len(self._currencies)
            self.changed.emit()

    def clear(self) -> None:
        """Nothing was received, nothing is refused."""
        self._currency = 0
        self.received.set_text("")
        self.calm()

    def calm(self) -> None:
        """What was refused no longer counts."""
        self.notice.hide()
        self._reason.hide()
        self.reason.set_text("")

    def refuse(self, no: CannotDo, *, asks_reason: bool = False) -> None:
        """Say what the world said; where a manager may overrule it, ask for the reason."""
        self.notice.refuse(no)
        self._reason.setVisible(asks_reason)

    def cannot_show(self, no: CannotDo) -> None:
        """There are no offers to be had; where the band above says why, it is not said again."""
        self.notice.cannot_show(no, something=False)
        self._reason.hide()

    def show_draft(self, draft: Draft, now: dt.datetime) -> None:
        """What it comes to so far."""
        offer = draft.offer
        self._say_what(offer, now)
        self._lines.show_lines(_lines_of(draft))
        self._seats.show_offer(offer, draft.heads)
        self._show_money(draft)
        total = draft.price()
        self._say_truth(offer, total, now)

    def show_done(self, word: str, head: str, change: str, rest: str) -> None:
        """What became of it in a word, its number large, what goes back, what is still to come."""
        self.calm()
        self._to_pay_word.setText(word)
        self._to_pay.setText(head)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._change.setText(change)
        for widget in (self._received_word, self.received):
            widget.hide()
        for widget in (self._change_word, self._change):
            widget.setVisible(bool(change))
        self.setAccessibleName(" ".join(part for part in (head, change, rest) if part))

    def add_rest(self, words: str) -> None:
        """Something more about what was sold."""
        said = " ".join(filter(None, (self._rest.text(), words)))
        self._rest.setText(said)
        self._rest.show()
        self.setAccessibleName(f"{self.accessibleName()} {words}".strip())

    def warn(self, words: str) -> None:
        """What went wrong after the sale, beside the button."""
        head, dot, more = words.partition(". ")
        self.notice.say(head + ("." if dot else ""), more)
        self.notice.show()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._received_word.setText(self.tr("Received"))
        self._change_word.setText(self.tr("Change"))
        self._reason.set_text(self.tr("Reason of a manager, to sell all the same"))
        self.received.set_placeholder(self.tr("exactly"))
        self.received.setAccessibleName(self.tr("Received"))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.update()  # the tear goes where the stub begins, across all of the receipt
        return done

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        cut = float(self._stub.y()) - fonts.px(10)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawPath(counterfoil(rect, cut, 8, fonts.px(NOTCH), upright=False))
        paint_tear(painter, rect, cut, fonts.px(NOTCH), colours.border, 2, upright=False)

    # what is shown

    def _say_what(self, offer: Offer | None, now: dt.datetime) -> None:
        if offer is None:
            self._title.setText(self.tr("Choose what they want"))
            self._when.setText(self.tr("A digit chooses a departure."))
            self._place.setText("")
            return
        self._title.setText(offer.product)
        when = self.tr("without a date") if offer.day is None else day_word(offer.day, now.date())
        if offer.day is not None:
            when = f"{when}, {long_day(offer.day)}, {offer.starts}"
        self._when.setText(". ".join(part for part in (offer.option, when) if part))
        self._place.setText(offer.meeting_point)
        self._place.setVisible(bool(offer.meeting_point))

    def _say_truth(self, offer: Offer | None, total: Money | None, now: dt.datetime) -> None:
        """What they would get back from now on: said before they pay, not after."""
        self._truth.hide()
        if offer is None or total is None or not total.minor or offer.is_open_dated:
            return
        back = offer.refund_now(total, now).amount_minor
        if back < total.minor:
            words = self.tr("If they cancel, {amount} goes back. Tell the guest.")
            if not back:
                words = self.tr("No refund any more. Tell the guest.")
            self._truth.setText(words.format(amount=money_words(Money(back, total.currency))))
            self._truth.show()

    def _show_money(self, draft: Draft) -> None:
        deposit = draft.deposit is not None
        later = draft.paid_with is PaidWith.LATER
        self._to_pay_word.setText(self.tr("Deposit") if deposit else self.tr("To pay"))
        handed = not later and draft.paid_with is PaidWith.CASH
        for widget in (self._received_word, self.received):
            widget.setVisible(handed)
        self._show_sum(draft)
        foreign = len(self._currencies) > 1
        word = self.tr("Received, {currency}").format(currency=self.currency)
        self._received_word.setText(word if foreign else self.tr("Received"))

    def _show_sum(self, draft: Draft) -> None:
        """The amount, what it is in the currency of the hand, and the change; what cannot be read is marked."""
        rest, change, wrong = "", "", False
        try:
            due = draft.to_pay()
            total = draft.price()
            if due is not None and total is not None and due < total:
                rest = self.tr("The rest, {amount}, is collected when they come.").format(
                    amount=money_words(Money(total.minor - due.minor, due.currency))
                )
            settled = draft.settled(self._rates) if self._rates else None
            if settled is not None and draft.handed.strip():
                change = money_words(settled.change)
                if settled.paid.minor < (due.minor if due else 0):
                    short = Money(due.minor - settled.paid.minor, due.currency) if due else settled.paid
                    change, rest = "", self.tr("{amount} are missing").format(amount=money_words(short))
            elif due is not None and self._rates and self.currency not in ("", due.currency):
                asked = money_words(self._rates.asked(due, self.currency))
                rest = " ".join((self.tr("That is {amount}.").format(amount=asked), rest)).strip()
        except CannotDo:
            due, wrong = draft.price(), True
        self.received.set_wrong(wrong and bool(draft.handed.strip()))
        self._to_pay.setText(money_words(due) if due is not None else "–")
        if draft.paid_with is PaidWith.LATER:
            rest = self.tr("It is held for an hour at most, and lapses unpaid.")
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._change.setText(change)
        for widget in (self._change_word, self._change):
            widget.setVisible(bool(change))
        self.setAccessibleName(f"{self._to_pay_word.text()} {self._to_pay.text()} {rest}".strip())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(16), fonts.px(16), fonts.px(16), fonts.px(14))
        column.setSpacing(fonts.px(6))
        for widget in (self._title, self._when, self._place):
            column.addWidget(widget)
        column.addSpacing(fonts.px(8))
        column.addWidget(self._lines)
        column.addWidget(self._seats)
        column.addWidget(self._truth)
        column.addStretch(1)
        column.addSpacing(fonts.px(20))
        self._stub = QWidget()
        stub = QVBoxLayout(self._stub)
        stub.setContentsMargins(0, 0, 0, 0)
        stub.setSpacing(fonts.px(6))
        stub.addLayout(_pair(self._to_pay_word, self._to_pay))
        stub.addWidget(self._rest)
        self.received.set_numbers()
        self.received.setMinimumWidth(fonts.px(90))
        self.received.setMaximumWidth(fonts.px(140))
        stub.addLayout(_pair(self._received_word, self.received, 50))
        stub.addLayout(_pair(self._change_word, self._change))
        stub.addWidget(self.notice)
        stub.addWidget(self._reason)
        stub.addWidget(self.button)
        column.addWidget(self._stub)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.calm()


def _lines_of(draft: Draft) -> list[tuple[str, str]]:
    """'2 × Adult' and what they cost."""
    offer, lines = draft.offer, []
    for unit, count in draft.units if offer is not None else ():
        assert offer is not None
        of = offer.unit(unit)
        price = (
            money_words(Money(of.price_minor * count, offer.currency)) if of.price_minor is not None else ""
        )
        lines.append((f"{count} × {of.name}", price))
    if draft.off is not None:
        less = Money(-draft.off.minor, draft.off.currency)
        lines.append((actions.text("reward"), money_words(less)))
    return lines


def _pair(word: Label, what: QWidget, grows: int = 0) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(word)
    row.addStretch(1)
    row.addWidget(what, grows)
    return row


class _Lines(QWidget):
    """'2 × Adult' and what they cost, a hairline under each."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, told: Sequence[tuple[str, str]]) -> None:
        self._told = told
        self.setAccessibleName(", ".join(f"{what} {price}" for what, price in told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), fonts.px(34) * len(self._told))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        height = fonts.px(34)
        for at, (what, price) in enumerate(self._told):
            row = QRectF(0, at * height, self.width(), height)
            paint_text(painter, row, what, colours.ink, 14, 400)
            paint_text(painter, row, price, colours.ink, 14, 600, RIGHT)
            painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), colours.line)


class _SeatsLine(QWidget):
    """'Seats at 14:00  12 → 15 of 20' over a bar; nothing for a ticket without a departure."""

    def __init__(self) -> None:
        super().__init__()
        self._seats, self._starts = Seats(0, 0, 0), ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_offer(self, offer: Offer | None, heads: int) -> None:
        self.setVisible(offer is not None and not offer.is_open_dated)
        if offer is not None:
            self._starts = offer.starts
            self._seats = Seats(offer.taken, offer.taken + heads, offer.capacity)
        words = self.tr("Seats at {time}: {before} to {after} of {capacity}")
        told = {"before": self._seats.before, "after": self._seats.after, "capacity": self._seats.capacity}
        self.setAccessibleName(words.format(time=self._starts, **told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), fonts.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, seats = QPainter(self), theme.of(self.palette()), self._seats
        row = QRectF(0, fonts.px(4), self.width(), fonts.px(20))
        ink = colours.families["stop"].text if seats.short else colours.ink
        words = self.tr("{before} → {after} of {capacity}")
        if seats.short:
            words = self.tr("{short} short")
        told = {
            "before": seats.before,
            "after": seats.after,
            "capacity": seats.capacity,
            "short": seats.short,
        }
        said = words.format(**told)
        paint_text(painter, row, said, ink, 14, 600, RIGHT)
        left = row.adjusted(0, 0, -text_width(said, 14, 600) - fonts.px(8), 0)
        paint_text(painter, left, self.tr("Seats at {time}").format(time=self._starts), colours.ink2, 13, 400)
        bar = QRectF(0, row.bottom() + fonts.px(6), self.width(), fonts.px(9))
        paint_seat_bar(painter, bar, seats, colours)
