"""The place where a scanner is tried: it has the keyboard, and notices also a scanner that is as slow as a person."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from controllers.scanning.burst import burst_of
from controllers.scanning.diagnosis import is_test
from controllers.scanning.keys import Key
from controllers.scanning.keys_qt import key_of
from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import paint_text, text_width

REST_MS = 600
"""After so long without a key a slow scanner is done."""
_PAD = frozenset({71, 72, 73, 75, 76, 77, 79, 80, 81, 82})
"""The digits of the keypad."""
_TELLS = 9


class TryArea(QWidget):
    """`typed` brings a `Burst` for the test code that came too slowly to be taken for a scanner's.

    `by_numbers` says that signs come as numbers, typed on the keypad while Alt is held.
    """

    typed = Signal(object)
    by_numbers = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[Key] = []
        self._words = ""
        self._numbers = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self._end(""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._words = self.tr("Scan the test code")
        self.setAccessibleName(self._words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(360), fonts.px(92))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if key.ends == "Enter" and self._keys:
            self._end("Enter")
        elif key.writes:
            self._keys.append(key)
            self._rest.start()
        elif key.code in _PAD and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._number()
        else:
            super().keyPressEvent(event)

    def _number(self) -> None:
        """A digit of a sign's number; a person who looks for one sign types four of them."""
        self._numbers += 1
        self._rest.start()
        if self._numbers == _TELLS:
            self.by_numbers.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        focused = self.hasFocus()
        painter.setPen(
            QPen(
                colours.accent if focused else colours.border,
                2 if focused else 1,
                Qt.PenStyle.SolidLine if focused else Qt.PenStyle.DashLine,
            )
        )
        painter.setBrush(colours.canvas)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        side, gap = fonts.px(30), fonts.px(14)
        wide = text_width(self._words, 18, 600)
        x = (self.width() - side - gap - wide) / 2
        paint_icon(painter, QRectF(x, (self.height() - side) / 2, side, side), "scanner", colours.ink2)
        place = QRectF(x + side + gap, 0, wide + 2, self.height())
        paint_text(painter, place, self._words, colours.ink, 18, 600)

    def _end(self, ended_by: str) -> None:
        keys, self._keys = self._keys, []
        self._numbers = 0
        self._rest.stop()
        if is_test(tuple(key.stroke for key in keys)):
            self.typed.emit(burst_of(keys, ended_by, "us"))
