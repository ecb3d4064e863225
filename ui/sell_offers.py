"""What can be sold: the departures of a day by time, each with its price and the seats left. A digit chooses one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from models.money import Money
from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves
from ui.paint.keycap import keycap_width, paint_keycap
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.text import RIGHT, paint_text, text_width
from ui.sell_step import StepMark
from ui.widgets.board import Board
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import day_word, duration, short_day
from ui.wording.numbers import money_words

if TYPE_CHECKING:
    from models.sale import Offer

translate = QCoreApplication.translate

COLUMNS = (Column("offer", QT_TRANSLATE_NOOP("columns", "Departure"), stretch=True, inset=8),)
ROW, DIGITS, FEW, SOON_S, NARROW = 60, 9, 3, 3600, 150
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SellOffers(Card):
    """`moved` brings the offer under the cursor (or None), `chosen` comes with Enter or a digit.

    Where the offer under the cursor has gone, nothing takes its place: `gone` brings what it was.
    """

    moved = Signal(object)
    chosen = Signal()
    gone = Signal(object)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._now = now
        self._day: dt.date | None = None
        self._today: dt.date | None = None
        self._ahead: list[QKeyEvent] = []
        self.model_ = RowModel(COLUMNS, lambda offer: (offer.option_id, offer.departs_at), self._say)
        self.rows = Board(self.model_, _Rows(self.model_, now), name="", row_height=ROW, click_opens=False)
        self.model_.setParent(self.rows)
        self.mark = StepMark(1)
        self.set_mark(self.mark)
        self._none = Label("", 13, 400, "ink2", wrap=True)
        self._none.setContentsMargins(16, 12, 16, 12)
        self._none.hide()
        self.add(self._none)
        self.add(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.rows.moved.connect(self.moved)
        self.rows.opened.connect(lambda _row: self.chosen.emit())
        self.retranslate()

    @property
    def offer(self) -> Offer | None:
        """The offer under the cursor."""
        return self.rows.row

    def show_offers(self, day: dt.date, today: dt.date, offers: tuple[Offer, ...]) -> None:
        """What can be sold on a day. On another day than before, the cursor stands on the first of it."""
        before = self.offer if day == self._day else None
        self._day, self._today = day, today
        with QSignalBlocker(self.rows):
            self.model_.show_rows(offers)
            lost = before is not None and self.model_.place_of(self.model_.identity(before)) < 0
            if lost:
                self.rows.setCurrentIndex(QModelIndex())
            elif before is None and offers:
                self.rows.go_to(0)
        self._none.setVisible(not offers)
        self.rows.setVisible(bool(offers))
        self.retranslate()
        self.moved.emit(self.offer)
        if lost:
            self.gone.emit(before)
        self._catch_up()

    def _catch_up(self) -> None:
        """What somebody typed who was quicker than the first departures: else 1, 2 would sell one of the second."""
        ahead, self._ahead = self._ahead, []
        for key in ahead if self.rows.hasFocus() else ():
            QApplication.sendEvent(QApplication.focusWidget() or self.rows, key)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        link = _day_link(self._day, self._today) if self._day and self._today else ""
        self.set_heading(self.tr("What"), link=f"{link}  {actions.cap('jump-to-day')}" if link else "")
        self.setAccessibleName(self.tr("What is sold"))
        self.rows.setAccessibleName(self.tr("Departures that can be sold"))
        self._none.setText(self.tr("Nothing leaves any more on this day. Ctrl+G goes to another one."))

    def _say(self, offer: Offer, _key: str) -> str:
        return say(offer, self._now())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._day is None and (event.key() in _ENTER or event.text().isprintable()):
            again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
            self._ahead.append(again)
            return
        digit = int(event.text()) if event.text().isdecimal() and len(event.text()) == 1 else 0
        if 1 <= digit <= min(DIGITS, self.model_.rowCount()):
            self.rows.go_to(digit - 1)
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class _Rows(RowDelegate):
    def __init__(self, model: RowModel, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._model, self._now = model, now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        offer: Offer = row
        at = self._model.place_of(self._model.identity(row))
        cap = str(at + 1) if at < DIGITS else ""
        if cap:
            paint_keycap(painter, QRectF(rect.x(), rect.y(), keycap_width(cap), rect.height()), cap, colours)
        x = rect.x() + fonts.px(30)
        starts = offer.starts or translate("sell", "open")
        paint_text(painter, QRectF(x, rect.y(), fonts.px(60), rect.height()), starts, colours.ink, 18, 600)
        x += fonts.px(66)
        side = 0 if offer.is_open_dated else fonts.px(84)
        narrow = rect.right() - x - side < fonts.px(NARROW)
        upper, lower = halves(QRectF(x, rect.y(), rect.right() - x - side - fonts.px(8), rect.height()))
        if narrow:  # the name has its line, and there is no room for a bar
            upper.setRight(rect.right())
            lower.setRight(rect.right() - text_width(left_words(offer), 13, 600) - fonts.px(8))
        can = not offer.closed and (offer.is_open_dated or offer.left > 0)
        paint_text(painter, upper, offer.product, colours.ink if can else colours.ink3, 13, 600)
        soon = soon_words(offer, self._now())
        ink = colours.families["act"].text if soon else colours.ink3
        paint_text(painter, lower, brief_words(offer, soon), ink, 12, 600 if soon else 400)
        if not offer.is_open_dated:
            seats = QRectF(rect.right() - side, rect.y(), side, rect.height())
            self._paint_seats(painter, seats, offer, colours, narrow=narrow)

    def _paint_seats(
        self, painter: QPainter, rect: QRectF, offer: Offer, colours: theme.Colours, *, narrow: bool
    ) -> None:
        upper, lower = halves(rect)
        few = offer.free <= FEW or offer.closed
        ink = colours.families["act"].text if few else colours.ink
        paint_text(painter, lower if narrow else upper, left_words(offer), ink, 13, 600, RIGHT)
        if narrow:
            return
        bar = QRectF(
            rect.x() + fonts.px(14), lower.y() + fonts.px(4), rect.width() - fonts.px(14), fonts.px(5)
        )
        paint_seat_bar(
            painter, bar, Seats(offer.taken, offer.taken, offer.capacity), colours, past=offer.closed
        )


def brief_words(offer: Offer, soon: str) -> str:
    """'English, 3 hoped for, ₩39,000'; what leaves soon says that instead of its price."""
    hoped = translate("sell", "{count} hoped for").format(count=offer.waiting) if offer.waiting else ""
    parts = (offer.option, hoped, soon or price_words(offer), until_words(offer))
    return ", ".join(part for part in parts if part)


def price_words(offer: Offer) -> str:
    """The price of its first unit."""
    minor = next((unit.price_minor for unit in offer.units if unit.price_minor is not None), None)
    return money_words(Money(minor, offer.currency)) if minor is not None else translate("sell", "no price")


def left_words(offer: Offer) -> str:
    """'2 left', 'full', 'closed'; seats that others have ordered and hope for are not left."""
    if offer.closed:
        return translate("sell", "closed")
    if not offer.left:
        return translate("sell", "full")
    return translate("sell", "{count} left").format(count=offer.free)


def soon_words(offer: Offer, now: dt.datetime) -> str:
    """'in 6 min' within the last hour."""
    if offer.departs_at is None or offer.departs_at - now > dt.timedelta(seconds=SOON_S):
        return ""
    left = max(0, int((offer.departs_at - now).total_seconds()))
    return translate("sell", "in {time}").format(time=duration(left))


def until_words(offer: Offer) -> str:
    """'until 18 Oct' of an open-dated ticket."""
    if offer.valid_until is None:
        return ""
    return translate("sell", "until {day}").format(day=short_day(offer.valid_until))


def say(offer: Offer, now: dt.datetime) -> str:
    """An offer for a screen reader."""
    seats = "" if offer.is_open_dated else left_words(offer)
    starts = offer.starts or translate("sell", "open")
    soon = soon_words(offer, now)
    price = price_words(offer) if soon else ""  # else it stands among the brief words
    parts = (starts, offer.product, brief_words(offer, soon), price, seats)
    return ", ".join(part for part in parts if part)


def _day_link(day: dt.date, today: dt.date) -> str:
    """'Tomorrow, 6 Dec', 'Sat 12 Dec': a day that has a word of its own has its date beside it."""
    word = day_word(day, today)
    return f"{word}, {short_day(day)}" if abs((day - today).days) <= 1 else word
