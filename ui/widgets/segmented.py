"""Two or three words of which one is chosen: Month or Week."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.text import CENTER, paint_text, text_width
from ui.widgets.button import RING, face_of, paint_ring


class Segmented(QWidget):
    """`chosen` comes with the number of the choice; arrow keys move it."""

    chosen = Signal(int)

    def __init__(self, *words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._at, self._name = words, 0, name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_words(*words)

    @property
    def at(self) -> int:
        """The number of the choice."""
        return self._at

    def set_words(self, *words: str) -> None:
        """Other words, in another language."""
        self._words = words
        self._say()
        self.updateGeometry()

    def set_name(self, name: str) -> None:
        """What is chosen here, for a screen reader."""
        self._name = name
        self._say()

    def choose(self, at: int) -> None:
        """Choose one; `chosen` comes only when it was another before."""
        if at != self._at and 0 <= at < len(self._words):
            self._at = at
            self._say()
            self.update()
            self.chosen.emit(at)

    def sizeHint(self) -> QSize:
        return QSize(sum(round(self._width(word)) for word in self._words), fonts.px(34) + 2 * RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(face_of(self), 6, 6)
        for number, place in enumerate(self._places()):
            on = number == self._at
            if on:
                painter.setPen(QPen(colours.border, 1))
                painter.setBrush(colours.surface)
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            ink = colours.ink if on else colours.ink2
            paint_text(painter, place, self._words[number], ink, 13, 600 if on else 500, CENTER)
        paint_ring(painter, self, colours)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places()):
            if place.contains(event.position()):
                self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._at + step)

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words[self._at]}" if self._words else self._name)

    def _width(self, word: str) -> float:
        return text_width(word, 13, 600) + fonts.px(32)

    def _places(self) -> list[QRectF]:
        face = face_of(self)
        places, x, less = [], face.x(), face.width() / max(1, self.width())
        for word in self._words:
            width = round(self._width(word)) * less
            places.append(QRectF(x, face.y(), width, face.height()))
            x += width
        return places
