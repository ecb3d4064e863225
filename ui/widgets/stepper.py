"""A small number with a minus and a plus: how many adults."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import CENTER, paint_text
from ui.widgets.field import paint_frame


class Stepper(QWidget):
    """Mouse, plus and minus, arrow keys, or typing the number. `changed` brings it.

    The first digit is the number, a further one is added to it where so many are possible: 1, then 2, is twelve.
    """

    changed = Signal(int)

    def __init__(self, name: str, *, least: int = 0, most: int = 99, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._least, self._most, self._value = name, least, most, least
        self._typing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def value(self) -> int:
        """The number."""
        return self._value

    def set_name(self, name: str) -> None:
        """What is counted, in another language."""
        self._name = name
        self._say()

    def set_value(self, value: int) -> None:
        """Another number; `changed` comes only when it was another before."""
        value = min(self._most, max(self._least, value))
        if value != self._value:
            self._value = value
            self._say()
            self.changed.emit(value)

    def set_most(self, most: int) -> None:
        """The largest number there may be, for example the seats left."""
        self._most = most
        self.set_value(self._value)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(132), fonts.px(36))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        edge = self.width() / 3
        x = event.position().x()
        if x < edge:
            self.set_value(self._value - 1)
        elif x > self.width() - edge:
            self.set_value(self._value + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Up, Qt.Key.Key_Right}:
            self.set_value(self._value + 1)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Down, Qt.Key.Key_Left}:
            self.set_value(self._value - 1)
        elif event.text().isdecimal():
            self._type(int(event.text()))
            return
        elif key == Qt.Key.Key_Backspace:
            self.set_value(self._value // 10)
        else:
            super().keyPressEvent(event)
        self._typing = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._typing = False

    def _type(self, digit: int) -> None:
        longer = self._value * 10 + digit
        self.set_value(longer if self._typing and longer <= self._most else digit)
        self._typing = True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        paint_frame(painter, whole, colours, focus=self.hasFocus(), enabled=self.isEnabled())
        ink = colours.ink if self._value else colours.ink3
        paint_text(painter, whole, str(self._value), ink, 18, 600, CENTER)
        side, edge = fonts.px(16), fonts.px(18)
        for word, x, able in (
            ("minus", edge, self._value > self._least),
            ("plus", self.width() - edge, self._value < self._most),
        ):
            place = QRectF(x - side / 2, whole.center().y() - side / 2, side, side)
            paint_icon(painter, place, word, colours.ink if able else colours.border)

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._value}")
        self.update()
