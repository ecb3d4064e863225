"""The refunds of one part as a list, and the chosen one with what can be marked about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.payments import MoneyState
from models.refunds import RefundRow, Step
from models.refusals import CannotDo
from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_hidden, paint_two_lines
from ui.paint.keycap import paint_channel_mark
from ui.paint.text import RIGHT, paint_text
from ui.refund_words import facts_of, numbers_words, standing_words, who_words
from ui.widgets.action_row import ActionRow
from ui.widgets.board import Board
from ui.widgets.card import Card
from ui.widgets.chip import paint_shape
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name
from ui.wording.numbers import money_words
from ui.wording.orders import hidden_words

COLUMNS = (
    Column("shape", "", 40, inset=8),
    Column("who", QT_TRANSLATE_NOOP("columns", "Traveler"), stretch=True),
    Column("channel", "", 44),
    Column("standing", QT_TRANSLATE_NOOP("columns", "Refund"), 172),
    Column("amount", QT_TRANSLATE_NOOP("columns", "Amount"), 100, right=True),
)


class RefundBoard(Board):
    """`moved` brings the one under the cursor, `opened` the one whose reservation is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.today = dt.date.min
        self.model_ = RowModel(COLUMNS, lambda row: row.id, self._say)
        super().__init__(self.model_, _Rows(self), name="", row_height=52, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def _say(self, row: RefundRow, key: str) -> str:
        first, second = standing_words(row, self.today)
        return {
            "shape": "",
            "who": ", ".join(part for part in (who_words(row), numbers_words(row)) if part),
            "channel": channel_name(row.channel),
            "standing": f"{first}, {second}" if second else first,
            "amount": money_words(row.amount),
        }[key]


class _Rows(RowDelegate):
    def __init__(self, board: RefundBoard) -> None:
        super().__init__()
        self._board = board

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        refund: RefundRow = row
        late = refund.is_overdue(self._board.today)
        wrong = late or refund.state is MoneyState.FAILED
        if key == "shape":
            side = fonts.px(18)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_shape(painter, place, _shape(refund, late), "stop" if wrong else "", colours)
        elif key == "who" and refund.traveler is None:
            words = ", ".join(part for part in (refund.number, numbers_words(refund)) if part)
            paint_hidden(painter, rect, hidden_words(), words, colours)
        elif key == "who":
            paint_two_lines(painter, rect, who_words(refund), numbers_words(refund), colours)
        elif key == "channel":
            paint_channel_mark(painter, rect, channel_mark(refund.channel), colours)
        elif key == "standing":
            ink = colours.families["stop"].text if wrong else colours.ink
            first, second = standing_words(refund, self._board.today)
            paint_two_lines(painter, rect, first, second, colours, weight=500, colour=ink)
        else:
            paint_text(painter, rect, money_words(refund.amount), colours.ink, 14, 700, RIGHT)


def _shape(refund: RefundRow, late: bool) -> str:
    """The shape tells the state: a coin is to be paid, a clock late, a fault failed, a tick done, a globe theirs."""
    if not refund.ours:
        return "globe"
    if refund.state is MoneyState.FAILED:
        return "fault"
    if refund.state is MoneyState.DONE:
        return "confirm"
    return "later" if late else "cash"


class RefundPanel(Card):
    """`wanted` brings the step that was pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._row: RefundRow | None = None
        self._today, self._may_mark = dt.date.min, True
        self._amount, self._who = Label("", 24, 700), Label("", 14, 500, "ink2", wrap=True)
        self._facts, self._rows = QGridLayout(), QVBoxLayout()
        self._no = Notice("stop", "")
        self.steps: dict[Step, ActionRow] = {}
        self._build()

    def show_refund(self, row: RefundRow | None, today: dt.date, *, may_mark: bool = True) -> None:
        """Another one, or the same with other facts."""
        if row is None or self._row is None or row.id != self._row.id:
            self._no.hide()
        self._row, self._today, self._may_mark = row, today, may_mark
        self._amount.setText(money_words(row.amount) if row is not None else "")
        self._who.setText(who_words(row) if row is not None else "")
        self._show_facts()
        self._show_steps()

    def refuse(self, no: CannotDo) -> None:
        """The world said no."""
        self._no.refuse(no)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.show_refund(self._row, self._today, may_mark=self._may_mark)

    def _show_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        told = facts_of(self._row, self._today) if self._row is not None else ()
        for at, (word, value) in enumerate(told):
            self._facts.addWidget(Label(word, 13, 400, "ink3"), at, 0)
            self._facts.addWidget(Label(value, 13, 500, wrap=True), at, 1)

    def _show_steps(self) -> None:
        for row in self.steps.values():
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()
        self.steps = {}
        refund = self._row
        if refund is None:
            return
        if not refund.ours:
            words = self.tr("{channel} holds this money and pays it back. Nothing is marked here.")
            self._theirs.setText(words.format(channel=channel_name(refund.channel)))
        self._theirs.setVisible(not refund.ours)
        for step, word, small in self._offered():
            if refund.may(step):
                row = ActionRow(actions.text(word), small, key=actions.cap(word))
                row.clicked.connect(lambda _checked=False, step=step: self.wanted.emit(step))
                if not self._may_mark:
                    row.forbid(self.tr("Giving money back needs another right"))
                self.steps[step] = row
                self._rows.addWidget(row)

    def _offered(self) -> tuple[tuple[Step, str, str], ...]:
        return (
            (Step.DONE, "refund-done", self.tr("with its day and the number on the slip")),
            (Step.FAILED, "refund-failed", self.tr("with the reason, for whoever tries again")),
            (Step.AGAIN, "refund-again", self.tr("its days are counted from today")),
        )

    def _build(self) -> None:
        head, said = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(14), fonts.px(16), fonts.px(12))
        head.setSpacing(fonts.px(2))
        head.addWidget(self._amount)
        head.addWidget(self._who)
        self._facts.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        self._facts.setHorizontalSpacing(fonts.px(16))
        self._facts.setVerticalSpacing(fonts.px(8))
        self._facts.setColumnStretch(1, 1)
        self._theirs = Label("", 13, 400, "ink2", wrap=True)
        said.setContentsMargins(fonts.px(16), fonts.px(8), fonts.px(16), fonts.px(8))
        said.addWidget(self._theirs)
        said.addWidget(self._no)
        self._theirs.hide()
        self._no.hide()
        self._rows.setContentsMargins(fonts.px(6), 0, fonts.px(6), fonts.px(6))
        self._rows.setSpacing(0)
        self.add(head)
        self.add(Hairline())
        self.add(self._facts)
        self.add(said)
        self.add(Hairline())
        self.add(self._rows)
        self.add_stretch()
        self._body.setSpacing(0)
