"""Shows the last scans of this counter, newest first, and the last one to undo."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMargins, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.checkin_lines import ScanBook
from ui.paint.text import paint_text, text_width
from ui.paint.verdict_marks import paint_verdict_tile
from ui.widgets.button import APART, Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.label import Hairline, Label
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel


class LastScans(QWidget):
    """`opened` brings the line that was opened, `undo_pressed` asks to undo the last one, `undo_line_pressed` this one.

    `refused_pressed` asks for everybody who was refused today, `sell_pressed` to sell to who stands there without
    a voucher.
    """

    opened = Signal(object)
    undo_pressed = Signal()
    undo_line_pressed = Signal(object)
    refused_pressed = Signal()
    sell_pressed = Signal()

    def __init__(self, book: ScanBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._head = Label("", 15, 600)
        self._today = Label("", 12, 400, "ink2")
        self._refused = Button("", "ghost")
        self._refused.clicked.connect(self.refused_pressed)
        self._model = RowModel((Column("scan", "", stretch=True),), lambda line: line.scan_id, _say, self)
        self._table = ListTable(self._model, _Lines(), name=self.tr("Last scans"), row_height=50)
        self._table.horizontalHeader().hide()
        self._table.installEventFilter(self)
        self._table.opened.connect(self.opened)
        self._empty = EmptyState("", shape="scanner")
        self._undo = Button("", icon="undo", key=actions.cap("undo"))
        self._undo.clicked.connect(self.undo_pressed)
        self._sell = Button("", icon="plus", key=actions.cap("go-sell"))
        self._sell.clicked.connect(self.sell_pressed)
        self._build()
        book.changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._head.setText(self.tr("Last scans"))
        self._sell.set_text(actions.text("go-sell"))
        self._empty.say(self.tr("No scan yet"), self.tr("What is scanned here is listed here, newest first."))
        self._show()

    def offer_sale(self, may: bool) -> None:
        """Whoever may not sell is not offered it."""
        self._sell.setVisible(may)

    def show_today(self, expected: int, arrived: int, refused: int) -> None:
        """Today's numbers, of all counters."""
        words = self.tr("{expected} expected today, {arrived} in")
        self._today.setText(words.format(expected=expected, arrived=arrived))
        none, some = self.tr("None refused today"), self.tr("{count} refused today")
        self._refused.set_text(some.format(count=refused) if refused else none)
        self._refused.setEnabled(refused > 0)

    def show_undo_key(self, undoes_scan: bool) -> None:
        """Ctrl+Z stands on the button only while it means what the button names."""
        self._undo.set_key(actions.cap("undo") if undoes_scan else "")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The cursor is seen only while the list has the keyboard; U or Ctrl+Z takes its line back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if event.type() == QEvent.Type.FocusIn and self._model.rowCount():
            self._table.go_to(0)
        elif event.type() == QEvent.Type.FocusOut:
            self._table.setCurrentIndex(QModelIndex())
        return False

    def _press(self, event: QKeyEvent) -> bool:
        line = self._model.row(self._table.currentIndex().row())
        alone = event.key() == Qt.Key.Key_U and not event.modifiers()
        undoes = alone or event.matches(QKeySequence.StandardKey.Undo)
        if event.isAutoRepeat() or not undoes or line is None or not line.let_in or line.undone:
            return False
        self.undo_line_pressed.emit(line)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).surface)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(8), fonts.px(6), fonts.px(8))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._head)
        said.addWidget(self._today)
        head.addLayout(said)
        head.addStretch(1)
        head.addWidget(self._refused)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        edge = QMargins(fonts.px(16), fonts.px(5), fonts.px(16), fonts.px(5))
        foot = Flow(self._undo, end=(self._sell,), margins=edge, spacing=APART, below=2)
        column.addWidget(foot)

    def _show(self) -> None:
        lines = self._book.lines
        self._model.show_rows(lines)
        if not self._table.hasFocus():
            self._table.setCurrentIndex(QModelIndex())
        self._table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        last = self._book.last_let_in
        self._undo.setVisible(last is not None)
        self._undo.set_text(
            self.tr("Undo last: {what}").format(what=last.words[:1].lower() + last.words[1:])
            if last
            else self.tr("Nothing to undo")
        )


class _Lines(RowDelegate):
    """The verdict's small shape, its words and time, then who and what."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        side = fonts.px(34)
        place = rect.adjusted(fonts.px(8), 0, -fonts.px(8), 0)
        tile = QRectF(place.x(), place.center().y() - side / 2, side, side)
        painter.setOpacity(0.5 if row.undone else 1)
        paint_verdict_tile(painter, tile, row.kind, colours, offline=row.offline, sign=row.sign)
        painter.setOpacity(1)
        left = tile.right() + fonts.px(12)
        split = left + _words_width(place.right() - left)
        words = QRectF(left, place.y(), split - left - fonts.px(8), place.height())
        ink = colours.ink3 if row.undone else colours.ink
        _two(painter, words, row.words, self.tr("undone") if row.undone else row.time, colours, ink, 600)
        who = QRectF(split, place.y(), place.right() - split, place.height())
        _two(painter, who, row.who, row.what, colours, ink, 400)


def _words_width(room: float) -> float:
    """What was said needs to be whole before who it was said of; in large letters that is more than its half."""
    longest = text_width("Expired Wed 14 Oct", 14, 600) + fonts.px(8)
    return min(max(room * 0.44, longest), room * 0.6)


def _two(
    painter: QPainter, place: QRectF, first: str, second: str, colours: theme.Colours, ink: Any, weight: int
) -> None:
    half = place.height() / 2
    upper = QRectF(place.x(), place.y() + fonts.px(6), place.width(), half - fonts.px(6))
    paint_text(painter, upper, first, ink, 14, weight)
    lower = QRectF(place.x(), place.y() + half + fonts.px(1), place.width(), half - fonts.px(7))
    paint_text(painter, lower, second, colours.ink3, 12)


def _say(row: Any, _key: str) -> str:
    return ", ".join(part for part in (row.words, row.time, row.who, row.what) if part)
