"""The letters of the outbox as a list: how far each is, what it is, to whom it goes, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.outbox_words import (
    MARKS,
    address_words,
    beneath_words,
    state_words,
    time_words,
    title_words,
    trouble_of,
    whom_words,
)
from ui.paint.cells import paint_hidden, paint_two_lines
from ui.paint.text import RIGHT
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel

if TYPE_CHECKING:
    from models.outbox_reading import OutboxLine

Now = Callable[[], dt.datetime]
COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "State"), 48, inset=14),
    Column("letter", QT_TRANSLATE_NOOP("columns", "Letter"), stretch=True),
    Column("whom", QT_TRANSLATE_NOOP("columns", "To"), 210),
    Column("when", QT_TRANSLATE_NOOP("columns", "When"), 186, right=True),
)

_TO, _NAME, _LEAST = 2, 192, 118


class OutboxBoard(Board):
    """`moved` brings the one under the cursor, `opened` the one whose reservation is wanted."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.zone = "UTC"
        self.model_ = RowModel(COLUMNS, lambda line: line.id, self._say)
        rows = _Rows(self._when)
        super().__init__(self.model_, rows, name="", row_height=52, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the letter's name keeps its room."""
        super().resizeEvent(event)
        others = fonts.px(sum(one.width for one in COLUMNS if not one.stretch) - COLUMNS[_TO].width + _NAME)
        room = self.width() - others
        self.horizontalHeader().resizeSection(
            _TO, min(fonts.px(COLUMNS[_TO].width), max(fonts.px(_LEAST), room))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right are the screen's: they go from tab to tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _when(self, line: OutboxLine) -> str:
        return time_words(line, self._now(), self.zone)

    def _say(self, line: OutboxLine, key: str) -> str:
        return {
            "shape": state_words(line),
            "letter": ", ".join(filter(None, (title_words(line), beneath_words(line)))),
            "whom": whom_words(line),
            "when": ", ".join(filter(None, (self._when(line), trouble_of(line)))),
        }[key]


class _Rows(RowDelegate):
    def __init__(self, when: Callable[[OutboxLine], str]) -> None:
        super().__init__()
        self._when = when

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        line: OutboxLine = row
        shape, family = MARKS[line.state]
        if key == "shape":
            side = fonts.px(18)
            paint_shape(
                painter, QRectF(rect.x(), rect.center().y() - side / 2, side, side), shape, family, colours
            )
        elif key == "letter":
            paint_two_lines(painter, rect, title_words(line), beneath_words(line), colours)
        elif key == "whom":
            self._paint_whom(painter, rect, line, colours)
        else:
            ink = colours.families[family].text if family in ("stop", "act") else colours.ink
            paint_two_lines(
                painter, rect, state_words(line), self._when(line), colours, colour=ink, align=RIGHT
            )

    def _paint_whom(self, painter: QPainter, rect: QRectF, line: OutboxLine, colours: theme.Colours) -> None:
        if line.traveler is None and not line.staff:
            paint_hidden(painter, rect, whom_words(line), "", colours)
        else:
            paint_two_lines(painter, rect, whom_words(line), address_words(line), colours, weight=500)
