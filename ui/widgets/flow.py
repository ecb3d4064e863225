"""Things beside each other that go on in the next line where the window is narrow or the letters are large.

They are placed by hand: a QLayout written in Python keeps its items beyond their widgets.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMargins, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import fonts

_LEAST = 160
"""Pixels below which the one that grows begins a line of its own."""


class Flow(QWidget):
    """Tops in one line, or with `middle` their middles.

    `grows` becomes as wide as its line allows; what is at the `end` stands at the right of its line.
    They stand `spacing` apart, and lines as much or `below` from each other. With `even` they are all of
    one width, as many to a line as there is room for but never more than that.
    """

    def __init__(
        self,
        *widgets: QWidget,
        grows: QWidget | None = None,
        end: Sequence[QWidget] = (),
        margins: QMargins | None = None,
        spacing: int = 12,
        below: int | None = None,
        middle: bool = False,
        even: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._middle, self._even = middle, even
        self._widgets, self._grows, self._end = [*widgets, *end], grows, frozenset(end)
        self._gap, self._edge = fonts.px(spacing), margins or QMargins()
        self._below = self._gap if below is None else fonts.px(below)
        for widget in self._widgets:
            hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and widget.isHidden()
            widget.setParent(self)
            widget.setVisible(not hidden)  # another parent hides them
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, place: QWidget) -> None:
        """Be all there is in a place."""
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self)

    def sizeHint(self) -> QSize:
        wide = [self._width(widget) for widget in self._shown]
        width = sum(wide) + self._gap * max(0, len(wide) - 1) + self._edge.left() + self._edge.right()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        width = max((self._width(widget) for widget in self._shown), default=0)
        width += self._edge.left() + self._edge.right()
        return QSize(width, self.heightForWidth(self.width() or width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        bottom = max((place.bottom() + 1 for _, place in self._places(width)), default=self._edge.top())
        return bottom + self._edge.bottom()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody saw it was not told."""
        super().showEvent(event)
        self._place()
        self.updateGeometry()

    @property
    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        if self._even:
            return self._columns(width)
        found: list[tuple[QWidget, QRect]] = []
        room, y = max(0, width - self._edge.left() - self._edge.right()), self._edge.top()
        for line in self._lines(room):
            left = room - sum(self._width(widget) for widget in line) - self._gap * (len(line) - 1)
            sizes = [self._size(widget, left, room) for widget in line]
            height, x, at_end = max(size.height() for size in sizes), self._edge.left(), False
            for widget, size in zip(line, sizes, strict=True):
                if widget in self._end and not at_end and self._grows not in line:
                    x, at_end = x + max(0, left), True
                top = y + ((height - size.height()) // 2 if self._middle else 0)
                found.append((widget, QRect(x, top, size.width(), size.height())))
                x += size.width() + self._gap
            y += height + self._below
        return found

    def _columns(self, width: int) -> list[tuple[QWidget, QRect]]:
        """All of one width, line under line."""
        shown = self._shown
        room = max(0, width - self._edge.left() - self._edge.right())
        widest = max((self._width(widget) for widget in shown), default=1)
        columns = max(1, min(self._even, (room + self._gap) // (widest + self._gap)))
        wide = (room - self._gap * (columns - 1)) // columns
        height = max((_height(widget, wide) for widget in shown), default=0)
        found = []
        for at, widget in enumerate(shown):
            line, column = divmod(at, columns)
            x = self._edge.left() + column * (wide + self._gap)
            found.append((widget, QRect(x, self._edge.top() + line * (height + self._below), wide, height)))
        return found

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for widget in self._shown:
            wide = self._width(widget)
            if lines and used + self._gap + wide <= width:
                lines[-1].append(widget)
                used += self._gap + wide
            else:
                lines.append([widget])
                used = wide
        return lines

    def _size(self, widget: QWidget, left: int, room: int) -> QSize:
        """As wide as it wants to be, but never wider than the line."""
        wide = min(room, self._width(widget) + (max(0, left) if widget is self._grows else 0))
        return QSize(wide, _height(widget, wide))

    def _width(self, widget: QWidget) -> int:
        least = max(widget.minimumSizeHint().width(), widget.minimumWidth())
        if widget is self._grows:
            return max(fonts.px(_LEAST), least)
        return min(max(widget.sizeHint().width(), least), widget.maximumWidth())


def _height(widget: QWidget, width: int) -> int:
    wanted = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    return max(wanted, widget.minimumHeight())
