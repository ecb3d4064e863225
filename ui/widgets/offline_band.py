"""The amber band under the top bar while the server does not answer: since when, what waits, what is not checked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import paint_text


class OfflineBand(QWidget):
    """Hidden until `say` is called; `clear` hides it again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = self._text = ""
        self.setFixedHeight(fonts.px(62))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, head: str, text: str) -> None:
        """'Offline since 10:20. Check-in goes on.' and '7 scans wait. Not checked: …'."""
        self._head, self._text = head, text
        self.setFixedHeight(fonts.px(62))  # the letters may have grown since
        self.setAccessibleName(f"{head} {text}")
        self.show()
        self.update()

    def clear(self) -> None:
        """The server answers again."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        act = colours.families["act"]
        painter.fillRect(self.rect(), act.ground)
        side, left, width = fonts.px(18), fonts.px(52), self.width() - fonts.px(72)
        paint_icon(painter, QRectF(fonts.px(20), (self.height() - side) / 2, side, side), "offline", act.text)
        paint_text(painter, QRectF(left, fonts.px(10), width, fonts.px(20)), self._head, act.text, 14, 600)
        paint_text(painter, QRectF(left, fonts.px(32), width, fonts.px(18)), self._text, colours.ink, 12, 400)
