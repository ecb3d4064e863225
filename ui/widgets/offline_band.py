"""The amber band under the top bar while the server does not answer: since when, what waits, what is not checked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import paint_text, text_width

LINE = 18


class OfflineBand(QWidget):
    """Hidden until `say` is called; `clear` hides it again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = self._text = ""
        self._lines = [""]
        self.setFixedHeight(fonts.px(62))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, head: str, text: str) -> None:
        """'Offline since 10:20. Check-in goes on.' and '7 scans wait. Not checked: …'."""
        self._head, self._text = head, text
        self._settle()
        self.setAccessibleName(f"{head} {text}")
        self.show()
        self.update()

    def clear(self) -> None:
        """The server answers again."""
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        act = colours.families["act"]
        painter.fillRect(self.rect(), act.ground)
        side, left, width = fonts.px(18), fonts.px(52), self._room()
        paint_icon(painter, QRectF(fonts.px(20), (self.height() - side) / 2, side, side), "offline", act.text)
        paint_text(painter, QRectF(left, fonts.px(10), width, fonts.px(20)), self._head, act.text, 14, 600)
        for number, line in enumerate(self._lines):
            place = QRectF(left, fonts.px(32 + LINE * number), width, fonts.px(18))
            paint_text(painter, place, line, colours.ink, 12, 400)

    def _room(self) -> int:
        return self.width() - fonts.px(72)

    def _settle(self) -> None:
        """As many lines as it has to have, each of whole sentences; the letters may have grown since."""
        self._lines = [""]
        for sentence in self._text.replace(". ", ".\n").split("\n"):
            longer = f"{self._lines[-1]} {sentence}".strip()
            if self._lines[-1] and text_width(longer, 12, 400) > self._room():
                self._lines.append(sentence)
            else:
                self._lines[-1] = longer
        self.setFixedHeight(fonts.px(62 + LINE * (len(self._lines) - 1)))
