"""The refunds of one part as a list, and the chosen one with what can be marked about it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from models.payments import MoneyState
from models.refunds import RefundRow, Step
from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_hidden, paint_two_lines
from ui.paint.keycap import paint_channel_mark
from ui.paint.text import RIGHT, paint_text
from ui.refund_words import facts_of, numbers_words, standing_words, who_words
from ui.widgets.action_row import ActionRow
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.deed_panel import DeedPanel
from ui.widgets.label import Label
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


class RefundPanel(DeedPanel):
    """`wanted` brings the step that was pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: RefundRow | None = None
        self._today, self._may_mark = dt.date.min, True
        self._amount, self._who = Label("", 24, 700), Label("", 14, 500, "ink2", wrap=True)
        self._theirs = Label("", 13, 400, "ink2", wrap=True)
        self.steps: dict[Step, ActionRow] = {}
        self.build(self._amount, self._who, below=(self._theirs,))
        self._theirs.hide()

    def show_refund(self, row: RefundRow | None, today: dt.date, *, may_mark: bool = True) -> None:
        """Another one, or the same with other facts."""
        self.is_about(row.id if row is not None else None)
        self._row, self._today, self._may_mark = row, today, may_mark
        self._amount.setText(money_words(row.amount) if row is not None else "")
        self._who.setText(who_words(row) if row is not None else "")
        self.show_facts(facts_of(row, today) if row is not None else ())
        self._show_steps()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.show_refund(self._row, self._today, may_mark=self._may_mark)

    def _show_steps(self) -> None:
        self.clear_deeds()
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
                told = (actions.text(word), small)
                row = self.offer(told, actions.cap(word), partial(self.wanted.emit, step))
                if not self._may_mark:
                    row.forbid(self.tr("Giving money back needs another right"))
                self.steps[step] = row

    def _offered(self) -> tuple[tuple[Step, str, str], ...]:
        return (
            (Step.DONE, "refund-done", self.tr("with its day and the number on the slip")),
            (Step.FAILED, "refund-failed", self.tr("with the reason, for whoever tries again")),
            (Step.AGAIN, "refund-again", self.tr("its days are counted from today")),
        )
