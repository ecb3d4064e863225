"""The right of the conversations: the reservation that is talked about, in seven facts, and how well we answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.metrics import Answers
from models.talk import Room
from ui import actions, fonts, theme
from ui.messages_words import traveler_words
from ui.paint.counterfoil import paint_tear
from ui.theme import ARRIVED
from ui.widgets.button import Button
from ui.widgets.chip import StatusChip
from ui.widgets.label import Label
from ui.widgets.scrolled import scrolled
from ui.wording.channels import channel_name
from ui.wording.numbers import money_words, percent
from ui.wording.orders import heads_words, language_word, what_words, when_words


class SidePanel(QWidget):
    """`open_wanted` to see the reservation whole, `review_wanted` to keep what they said afterwards."""

    open_wanted = Signal()
    review_wanted = Signal(int)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._found: Room | None = None
        self._name = Label("", 17, 600, wrap=True)
        self._hidden = Label("", 12, 400, "ink3", wrap=True)
        self._chip = StatusChip("CONFIRMED")
        self._labels = [Label("", 12, 400, "ink3") for _ in range(6)]
        self._values = [Label("", 13, 500, wrap=True) for _ in range(6)]
        self._tear = _Tear()
        self._head, self._kept = Label("", 13, 600), Label("", 12, 400, "ink2", wrap=True)
        self.open = Button("", icon="voucher", key=actions.cap("open-reservation"))
        self.review = Button("", icon="star")
        self.review.clicked.connect(self._want_review)
        self._build()
        self.open.clicked.connect(self.open_wanted)
        self.retranslate()

    def show_room(self, found: Room) -> None:
        """The reservation of a conversation."""
        self._found = found
        row = found.row
        self._name.setText(traveler_words(row))
        self._hidden.setText(self.tr("The name is hidden until it is confirmed."))
        self._hidden.setVisible(found.hidden)
        arrived = row.arrived > 0 and row.status == "CONFIRMED"
        self._chip.show_status(ARRIVED if arrived else row.status)
        number = f"{channel_name(row.channel)} {row.reference or row.number}"
        facts = (
            (self.tr("Product"), what_words(row)),
            (self.tr("Departure"), when_words(row, self._now())),
            (self.tr("Party"), heads_words(row.party)),
            (self.tr("Channel"), number),
            (self.tr("Money"), self._money(found)),
            (self.tr("Language"), self._language_words(found)),
        )
        for (name, value), label, words in zip(facts, self._labels, self._values, strict=True):
            label.setText(name)
            words.setText(value)
        self.review.setVisible(row.status == "REDEEMED")
        self._show_answers(found.answers)

    def _language_words(self, found: Room) -> str:
        """What the traveler told, else what their letters are in all the same."""
        if found.language:
            return language_word(found.language)
        return self.tr("not told; letters in {language}").format(language=language_word(found.spoken))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.open.set_text(actions.text("open-reservation"))
        self.review.set_text(self.tr("Keep a review…"))
        self._head.setText(self.tr("Answers in time"))
        if self._found is not None:
            self.show_room(self._found)

    def _want_review(self) -> None:
        if self._found is not None:
            self.review_wanted.emit(self._found.row.id)

    def _money(self, found: Room) -> str:
        row = found.row
        if row.due is not None:
            return self.tr("{amount} to collect").format(amount=money_words(row.due))
        if row.balance is not None:
            return self.tr("{amount} not paid yet").format(amount=money_words(row.balance))
        if row.paid is not None:
            return self.tr("Paid, nothing to collect")
        return money_words(row.amount) if row.amount is not None else self.tr("not told")

    def _show_answers(self, told: Answers | None) -> None:
        words = self.tr("An answer is promised within 12 hours.")
        if told is not None and told.in_time + told.late:
            share = percent(told.in_time / (told.in_time + told.late))
            words = f"{words} {self.tr('This month: {share}.').format(share=share)}"
        self._kept.setText(words)

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        edge = fonts.px(19)
        column.setContentsMargins(edge, fonts.px(20), edge, fonts.px(8))
        column.setSpacing(fonts.px(3))
        column.addWidget(self._name)
        column.addWidget(self._hidden)
        column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        for label, value in zip(self._labels, self._values, strict=True):
            column.addSpacing(fonts.px(7))
            column.addWidget(label)
            column.addWidget(value)
        column.addSpacing(fonts.px(12))
        column.addWidget(self._tear)
        column.addSpacing(fonts.px(8))
        column.addWidget(self._head)
        column.addWidget(self._kept)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, fonts.px(10))
        outer.addWidget(scrolled(page), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(edge, 0, edge, 0)
        self.review.hide()
        self.review.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(self.review)
        foot.addWidget(self.open)
        self.open.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer.addLayout(foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, 0, 1, self.height(), colours.line)


class _Tear(QWidget):
    """The dotted line of a stub."""

    def sizeHint(self) -> QSize:
        return QSize(40, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, rect = theme.of(self.palette()), QRectF(self.rect())
        paint_tear(QPainter(self), rect, rect.center().y(), 0, colours.border, 2, upright=False)
