"""The last scans of this counter since the program was opened, newest first, and the last one to undo.

A code that named nothing is shown by its first signs only: who stands at the counter shall not read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models import codes
from ui import actions, fonts, theme
from ui.paint.text import paint_text
from ui.paint.verdict_marks import paint_verdict_tile
from ui.verdicts import Judged, list_words
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Hairline, Label
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import clock
from ui.wording.numbers import coin_sign
from ui.wording.orders import local

MOST = 60


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the list, worded when it happened."""

    judged: Judged
    words: str
    time: str
    who: str
    what: str
    sign: str
    undone: bool = False

    @property
    def scan_id(self) -> str:
        """The scan's id."""
        return self.judged.answer.scan_id


def line_of(judged: Judged) -> ScanLine:
    """A verdict as a line."""
    answer, found = judged.answer, judged.found
    due = found.row.due if found is not None else None
    what = ""
    if found is not None:
        row = found.row
        at = clock(local(row.departs_at, row.zone)) if row.departs_at and not row.open_dated else ""
        what = " ".join(part for part in (at, row.option or row.product) if part)
    return ScanLine(
        judged,
        list_words(judged),
        clock(local(judged.at, judged.zone)),
        answer.traveler or answer.number or masked(answer.text),
        what,
        coin_sign(due.currency) if due else "",
    )


def masked(text: str) -> str:
    """Enough of a text to recognise it, not enough to read it."""
    tidy = codes.tidy(text)
    return f"{tidy[:3]}…" if tidy else "–"


class LastScans(QWidget):
    """`opened` brings the line that was opened, `undo_pressed` asks to undo the last one."""

    opened = Signal(object)
    undo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ScanLine] = []
        self._head = Label("", 15, 600)
        self._refused = Label("", 13, 600, "ink2")
        self._model = RowModel((Column("scan", "", stretch=True),), lambda line: line.scan_id, _say, self)
        self._table = ListTable(self._model, _Lines(), name=self.tr("Last scans"), row_height=50)
        self._table.horizontalHeader().hide()
        self._table.installEventFilter(self)
        self._table.opened.connect(self.opened)
        self._empty = EmptyState("", shape="scanner")
        self._undo = Button("", icon="undo", key=actions.cap("undo"))
        self._undo.clicked.connect(self.undo_pressed)
        self._build()
        self.retranslate()

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        """What is listed, newest first."""
        return tuple(self._lines)

    @property
    def last_let_in(self) -> ScanLine | None:
        """The newest scan that let somebody in and was not undone."""
        return next((line for line in self._lines if line.judged.let_in and not line.undone), None)

    def add(self, line: ScanLine) -> None:
        """One more, at the top."""
        self._lines = [line, *self._lines][:MOST]
        self._show()

    def mark_undone(self, scan_id: str) -> None:
        """This scan was taken back."""
        self._lines = [replace(x, undone=True) if x.scan_id == scan_id else x for x in self._lines]
        self._show()

    def line_with(self, scan_id: str) -> ScanLine | None:
        """The line of a scan."""
        return next((line for line in self._lines if line.scan_id == scan_id), None)

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._head.setText(self.tr("Last scans"))
        self._empty.say(self.tr("No scan yet"), self.tr("What is scanned here is listed here, newest first."))
        self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The cursor is seen only while the list has the keyboard."""
        if event.type() == QEvent.Type.FocusIn and self._model.rowCount():
            self._table.go_to(0)
        elif event.type() == QEvent.Type.FocusOut:
            self._table.setCurrentIndex(QModelIndex())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).surface)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._refused)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(fonts.px(13), fonts.px(5), fonts.px(13), fonts.px(5))
        foot.addWidget(self._undo)
        foot.addStretch(1)
        column.addLayout(foot)

    def _show(self) -> None:
        self._model.show_rows(self._lines)
        if not self._table.hasFocus():
            self._table.setCurrentIndex(QModelIndex())
        self._table.setVisible(bool(self._lines))
        self._empty.setVisible(not self._lines)
        refused = sum(not line.judged.let_in for line in self._lines)
        self._refused.setText(self.tr("{count} refused").format(count=refused) if refused else "")
        last = self.last_let_in
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
        paint_verdict_tile(painter, tile, row.judged.kind, colours, sign=row.sign)
        painter.setOpacity(1)
        left = tile.right() + fonts.px(12)
        split = left + (place.right() - left) * 0.44
        words = QRectF(left, place.y(), split - left - fonts.px(8), place.height())
        ink = colours.ink3 if row.undone else colours.ink
        _two(painter, words, row.words, self.tr("undone") if row.undone else row.time, colours, ink, 600)
        who = QRectF(split, place.y(), place.right() - split, place.height())
        _two(painter, who, row.who, row.what, colours, ink, 400)


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
