"""What is often said, as small buttons that write it into the field above them.

They are placed by hand: a QLayout written in Python keeps its items beyond their buttons, and the next
garbage collection crashes on them.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts
from ui.widgets.button import Button


class Drafts(QWidget):
    """`chosen` brings the words; the buttons stand beside each other and go on in the next line."""

    chosen = Signal(str)

    def __init__(self, drafts: tuple[str, ...], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons = [Button(draft, height=26, parent=self) for draft in drafts]
        for button, draft in zip(self._buttons, drafts, strict=True):
            button.clicked.connect(partial(self.chosen.emit, draft))
        if not drafts:
            self.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = fonts.px(500)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button, place in zip(self._buttons, self._places(self.width()), strict=True):
            button.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        places, x, y, line = [], 0, 0, 0
        for button in self._buttons:
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + line
            places.append(QRect(x, y, size.width(), size.height()))
            x, line = x + size.width() + 2, size.height()
        return places
