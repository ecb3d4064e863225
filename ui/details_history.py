"""What happened to a reservation, the newest first, in sentences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.details_rows import Heading, Stack
from ui.history_line import HistoryWords
from ui.history_words import history_words
from ui.paint.text import paint_text
from ui.widgets.chip import paint_shape
from ui.widgets.tip import set_tip
from ui.wording.dates import clock, day_word
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.details import Details, HistoryLine

FEW = 5


class HistoryPart(Stack):
    """The last few lines, all of them when asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._all = False
        self._number = ""
        self._heading = Heading("", "")
        self._lines = Stack()
        self._heading.pressed.connect(self._show_all)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._lines)
        self._found: Details | None = None
        self._now: dt.datetime | None = None

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show a reservation's journal."""
        if found.number != self._number:
            self._number, self._all = found.number, False
        self._found, self._now = found, now
        self._show()

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _show(self) -> None:
        assert self._found is not None
        assert self._now is not None
        lines, zone = self._found.history, self._found.row.zone
        more = len(lines) > FEW and not self._all
        link = self.tr("All {count} lines").format(count=len(lines)) if more else ""
        self._heading.say(self.tr("History"), link)
        shown = lines[:FEW] if more else lines
        today = local(self._now, zone).date()
        self._lines.fill(*(HistoryRow(line, zone, today) for line in shown))


class HistoryRow(QWidget):
    """When, a shape, what happened, and a smaller line about it."""

    def __init__(self, line: HistoryLine, zone: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        at = local(line.at, zone)
        self._when = clock(at) if at.date() == today else f"{day_word(at.date(), today)} {clock(at)}"
        self._words: HistoryWords = history_words(line)
        text = self._words.text
        self._second = text or line.counter
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        said = ". ".join(part for part in (self._when, self._words.head, text, line.counter) if part)
        self.setAccessibleName(said)
        set_tip(self, said)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(240), fonts.px(43))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        upper = QRectF(0, fonts.px(3), self.width(), fonts.px(18))
        lower = QRectF(0, fonts.px(21), self.width(), fonts.px(17))
        paint_text(
            painter, QRectF(0, upper.y(), fonts.px(106), upper.height()), self._when, colours.ink3, 12, 400
        )
        side = fonts.px(15)
        mark = QRectF(fonts.px(108), upper.center().y() - side / 2, side, side)
        paint_shape(painter, mark, self._words.shape, "", colours)
        x = fonts.px(132)
        paint_text(painter, upper.adjusted(x, 0, 0, 0), self._words.head, colours.ink, 13, 600)
        paint_text(painter, lower.adjusted(x, 0, 0, 0), self._second, colours.ink3, 12, 400)
