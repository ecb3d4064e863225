"""A strip of numbers, each with its shape, its name and one sentence that says what it means."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.paint.text import paint_text, text_width
from ui.widgets.card import paint_card
from ui.widgets.chip import paint_shape

_HEIGHT, _LINE = 108, 16
_LEFT, _LEFT_NARROW, _RIGHT, _NARROW = 19, 10, 4, 130


@frozen
class Stat:
    """`shape` is a status or an icon; `family` colours the sentence when it asks for something.

    A `quiet` one has nothing to tell, and is pale.
    """

    shape: str
    name: str
    number: str
    sentence: str
    family: str = ""
    quiet: bool = False


class StatStrip(QWidget):
    """`pressed` comes with the number of the stat; arrow keys and Enter work too."""

    pressed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._stats: tuple[Stat, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def show_stats(self, *stats: Stat) -> None:
        """Other numbers."""
        self._stats = stats
        self._at = min(self._at, max(0, len(stats) - 1))
        self._grow()
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(160) * max(1, len(self._stats)), fonts.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        paint_card(painter, QRectF(self.rect()), colours)
        for number, (stat, place) in enumerate(zip(self._stats, self._places(), strict=True)):
            if number:
                painter.fillRect(
                    QRectF(place.x(), fonts.px(16), 1, self.height() - fonts.px(32)), colours.line
                )
            self._paint_stat(painter, place.adjusted(self._left, 0, -fonts.px(_RIGHT), 0), stat, colours)
            if self.hasFocus() and number == self._at:
                painter.setPen(QPen(colours.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(4, 4, -4, -4), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places()):
            if place.contains(event.position()):
                self._at = number
                self._say()
                self.pressed.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._stats:
            self._at = (self._at + step) % len(self._stats)
            self._say()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._stats:
            self.pressed.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        if self._stats:
            stat = self._stats[self._at]
            self.setAccessibleName(f"{self._name}: {stat.name} {stat.number}, {stat.sentence}")
        else:
            self.setAccessibleName(self._name)
        self.update()

    def _grow(self) -> None:
        """A line higher for every line more that a sentence needs."""
        room = self.width() / max(1, len(self._stats)) - self._left - fonts.px(_RIGHT)
        lines = max((len(_lines(stat, room)) for stat in self._stats), default=1)
        self.setFixedHeight(fonts.px(_HEIGHT + (lines - 1) * _LINE))

    @property
    def _left(self) -> int:
        """Narrow numbers stand closer together."""
        narrow = self.width() < fonts.px(_NARROW) * len(self._stats)
        return fonts.px(_LEFT_NARROW if narrow else _LEFT)

    def _places(self) -> list[QRectF]:
        width = self.width() / max(1, len(self._stats))
        return [QRectF(number * width, 0, width, self.height()) for number in range(len(self._stats))]

    def _paint_stat(self, painter: QPainter, place: QRectF, stat: Stat, colours: theme.Colours) -> None:
        side = fonts.px(15)
        head = QRectF(place.x(), fonts.px(15), place.width(), fonts.px(18))
        shape = QRectF(place.x(), head.center().y() - side / 2, side, side)
        paint_shape(painter, shape, stat.shape, "gone" if stat.quiet else "", colours)
        named = head.adjusted(fonts.px(22), 0, 0, 0)
        size = 13 if text_width(stat.name, 13, 500) <= named.width() else 12
        paint_text(painter, named, stat.name, colours.ink2, size, 500)
        number = QRectF(place.x(), fonts.px(36), place.width(), fonts.px(38))
        paint_text(painter, number, stat.number, colours.ink3 if stat.quiet else colours.ink, 30, 600)
        ink = colours.families[stat.family].text if stat.family else colours.ink2
        for at, line in enumerate(_lines(stat, place.width())):
            foot = QRectF(place.x(), fonts.px(76) + at * fonts.px(_LINE), place.width(), fonts.px(18))
            paint_text(painter, foot, line, ink, 12, _weight(stat))


def _lines(stat: Stat, room: float) -> list[str]:
    """The sentence as it stands below the number, broken between words where it has no room on one line."""
    lines = [""]
    for word in stat.sentence.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, 12, _weight(stat)) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _weight(stat: Stat) -> int:
    return 600 if stat.family else 400
