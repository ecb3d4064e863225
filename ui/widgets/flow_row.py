"""A row of controls that goes on below where the window is too narrow or the letters are too large for one line."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class FlowRow(QLayout):
    """Left to right, line below line. What is added after `add_gap` stands at the right end of its line."""

    def __init__(
        self, parent: QWidget | None = None, *, margins: QMargins | None = None, spacing: int = 2
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = -1
        self.setContentsMargins(margins or QMargins())
        self.setSpacing(spacing)

    def add_gap(self) -> None:
        """What follows stands at the right."""
        self._gap = len(self._items)

    def addWidget(self, widget: QWidget) -> None:
        """The item is made here: one that Qt makes is forgotten by Python when an unrelated dialog ends."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, place=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return self._with_margins(
            QSize(
                max((size.width() for size in shown), default=0),
                max((size.height() for size in shown), default=0),
            )
        )

    def _with_margins(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return QSize(size.width() + edge.left() + edge.right(), size.height() + edge.top() + edge.bottom())

    def _lay_out(self, rect: QRect, *, place: bool) -> int:
        """Places the lines and answers how high they are together."""
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.y()
        for line in self._lines(room.width()):
            high = max(self._size(at, room.width()).height() for at in line)
            if place:
                self._place(line, QRect(room.x(), top, room.width(), high))
            top += high + self.spacing()
        edge = self.contentsMargins()
        return max(top - self.spacing(), room.y()) - rect.y() + edge.bottom()

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = []
        left = 0
        for at, item in enumerate(self._items):
            if item.isEmpty():
                continue
            needs = self._size(at, width).width()
            if lines and needs + self.spacing() <= left:
                lines[-1].append(at)
                left -= needs + self.spacing()
            else:
                lines.append([at])
                left = width - needs
        return lines

    def _place(self, line: list[int], room: QRect) -> None:
        sizes = {at: self._size(at, room.width()) for at in line}
        rest = room.width() - sum(size.width() for size in sizes.values()) - self.spacing() * (len(line) - 1)
        x, gap = room.x(), self._gap
        for at in line:
            if 0 <= gap <= at:
                x, gap = x + rest, -1
            size = sizes[at]
            self._items[at].setGeometry(
                QRect(x, room.y() + (room.height() - size.height()) // 2, size.width(), size.height())
            )
            x += size.width() + self.spacing()

    def _size(self, at: int, width: int) -> QSize:
        """As large as it wants to be, but never wider than the row."""
        size = self._items[at].sizeHint().expandedTo(self._items[at].minimumSize())
        return QSize(min(size.width(), width), size.height())
