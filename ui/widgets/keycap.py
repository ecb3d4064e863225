"""Keycaps and channel marks as widgets, for places that are not painted as a whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.keycap import channel_mark_width, keys_width, paint_channel_mark, paint_keys
from ui.paint.text import paint_text, text_width


class Keycap(QWidget):
    """One or several keys beside each other."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(keys_width(self._keys)) + 1, fonts.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_keys(painter, QRectF(self.rect()), self._keys, theme.of(self.palette()))


class ChannelMark(QWidget):
    """The two letters of a channel, and a text after them (its name, or its number of the order)."""

    def __init__(self, letters: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_channel(letters, text)

    def show_channel(self, letters: str, text: str = "") -> None:
        """Another channel."""
        self._letters, self._text = letters, text
        self.setAccessibleName(text or letters)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = channel_mark_width() + (fonts.px(9) + text_width(self._text) + 2 if self._text else 0)
        return QSize(round(width), fonts.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        place = QRectF(self.rect())
        width = paint_channel_mark(painter, place, self._letters, colours)
        paint_text(painter, place.adjusted(width + fonts.px(8), 0, 0, 0), self._text, colours.ink2)
