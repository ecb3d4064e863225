"""What the panels of a reservation are made of: headings with a link, and rows of facts."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import paint_shape
from ui.widgets.label import Hairline, Label
from ui.widgets.tip import set_tip

ROW, _BELOW = 35, 20


class Heading(QWidget):
    """The name of a section, and perhaps something to press at its right."""

    pressed = Signal()

    def __init__(
        self,
        title: str = "",
        link: str = "",
        *,
        key: str = "",
        kind: str = "ghost",
        icon: str = "",
        first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._above = 0 if first else fonts.px(8)
        self._title = Label(title, 15, 600)
        self.link = Button(link, kind, key=key, icon=icon, height=30)
        self.link.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, self._above, 0, 0)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.link)
        self.say(title, link)

    def say(self, title: str, link: str = "") -> None:
        """Other words; without a link there is nothing to press."""
        self._title.setText(title)
        self.link.set_text(link)
        self.link.setVisible(bool(link))
        self.setFixedHeight(fonts.px(42) + self._above)


class Panel(Card):
    """A card whose sections bring their own headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._body.setContentsMargins(fonts.px(16), fonts.px(5), fonts.px(16), fonts.px(16))
        self._body.setSpacing(0)


class FactRow(QWidget):
    """One line: a shape, what it is, about it, and at the right how it stands. Nothing is cut without a tooltip."""

    def __init__(
        self,
        head: str,
        text: str = "",
        right: str = "",
        *,
        shape: str = "",
        family: str = "",
        ink: str = "ink",
        right_ink: str = "ink2",
        right_weight: int = 400,
        head_weight: int = 500,
        column: int = 180,
        line: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._head, self._text, self._right = head, text, right
        self._shape, self._family, self._ink = shape, family, ink
        self._right_ink, self._right_weight = right_ink, right_weight
        self._head_weight, self._column, self._line = head_weight, column, line
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._say()

    def change(self, *, head: str | None = None, right: str | None = None, ink: str | None = None) -> None:
        """Other words in the same place, as time goes by."""
        told = (head or self._head, self._right if right is None else right, ink or self._ink)
        if told != (self._head, self._right, self._ink):
            self._head, self._right, self._ink = told
            self._say()
            self._settle_height()
            self.update()

    def _say(self) -> None:
        said = ", ".join(part for part in (self._head, self._text, self._right) if part)
        self.setAccessibleName(said)
        set_tip(self, said)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(260), fonts.px(ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_height()

    def _settle_height(self) -> None:
        """What is about it goes below where it has no room beside."""
        self.setFixedHeight(fonts.px(ROW + (0 if self._fits(self.width()) else _BELOW)))

    def _fits(self, width: float) -> bool:
        """Whether all stands in one line, or would not be in sight below either."""
        if not self._text:
            return True
        about = text_width(self._text, 13, 400)
        return self._columns(width)[0] + about <= self._columns(width)[1] + 1

    def _columns(self, width: float) -> tuple[float, float]:
        """Where what is about it begins, and where it ends."""
        right = text_width(self._right, 13, self._right_weight) if self._right else 0
        end = width - (min(right, width * 0.6) + fonts.px(12) if right else 0)
        if not self._text:
            return end, end
        head = text_width(self._head, 13, self._head_weight) + fonts.px(14)
        begin = self._begin + max(head, fonts.px(self._column))
        if begin + text_width(self._text, 13, 400) > end + 1:
            begin = self._begin + head  # out of its column rather than out of sight
        return begin, end

    @property
    def _begin(self) -> float:
        return fonts.px(26) if self._shape else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        width, high = float(self.width()), float(fonts.px(ROW)) - 1
        if self._line:
            painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        if self._shape:
            side = fonts.px(15)
            mark = QRectF(0, (high - side) / 2, side, side)
            paint_shape(painter, mark, self._shape, self._family, colours)
        column, end = self._columns(width)
        beside, x = self._fits(width), self._begin
        last = min(column, end) if beside else end
        head = QRectF(x, 0, max(0.0, last - x), high)
        paint_text(painter, head, self._head, _ink(colours, self._ink), 13, self._head_weight)
        if self._text:
            below = QRectF(x, high - fonts.px(6), width - x, fonts.px(_BELOW))
            place = QRectF(column, 0, max(0.0, end - column), high) if beside else below
            paint_text(painter, place, self._text, colours.ink2, 13, 400)
        right = min(text_width(self._right, 13, self._right_weight) if self._right else 0, width * 0.6)
        rest = QRectF(width - right - 1, 0, right + 1, high)
        paint_text(painter, rest, self._right, _ink(colours, self._right_ink), 13, self._right_weight, RIGHT)


class Fact(QWidget):
    """A small name, and below it what is true."""

    def __init__(self, name: str, value: str, *, ink: str = "ink", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._value, self._ink = name, value, ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}: {value}")
        set_tip(self, value)

    def sizeHint(self) -> QSize:
        width = max(text_width(self._name, 12, 400), text_width(self._value, 14, 600))
        return QSize(math.ceil(width) + 2, fonts.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(fonts.px(64), self.sizeHint().width()), fonts.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        width = float(self.width())
        paint_text(painter, QRectF(0, 0, width, fonts.px(17)), self._name, colours.ink2, 12, 400)
        value = QRectF(0, fonts.px(18), width, fonts.px(21))
        paint_text(painter, value, self._value, _ink(colours, self._ink), 14, 600)


class Stack(QWidget):
    """Things under each other that are put there anew with every answer."""

    def __init__(self, spacing: int = 0, parent: QWidget | None = None, *, above: int = 0) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, above, 0, 0)
        self.column.setSpacing(spacing)

    def fill(self, *widgets: QWidget) -> None:
        """Show these instead of what was there."""
        clear(self.column)
        for widget in widgets:
            self.column.addWidget(widget)
        self.setVisible(bool(widgets))


def section_line() -> Hairline:
    """The line under a heading."""
    return Hairline()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and out of the layouts in it."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def wrapped(text: str, *, ink: str = "ink", size: int = 13, weight: int = 400) -> Label:
    """A text of several lines that can be marked and copied."""
    label = Label(text, size, weight, ink, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setContentsMargins(fonts.px(26), 0, 0, fonts.px(8))
    return label


def _ink(colours: theme.Colours, word: str) -> QColor:
    family = colours.families.get(word)
    return family.text if family else getattr(colours, word)
