"""One of several, as a row: the picked one has the accent's edge and its soft ground, and says so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.widgets.action_row import ActionRow


class PickRow(ActionRow):
    """Pressing it picks it; exactly one of its neighbours is picked, which whoever made them sees to.

    `stepped` asks for the next one (1) or the one before (-1).
    """

    stepped = Signal(int)

    def __init__(self, text: str, small: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, small, key=key, parent=parent)
        self._picked = False

    @property
    def is_picked(self) -> bool:
        """Whether it is the one."""
        return self._picked

    def set_picked(self, picked: bool) -> None:
        """It is the one, or not any more."""
        self._picked = picked
        name = f"{self.text()} ({self.key})" if self.key else self.text()
        self.setAccessibleName(self.tr("{row}, chosen").format(row=name) if picked else name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the dialog's, which does what is picked; the arrows go to a neighbour."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picked:
            painter, colours = QPainter(self), theme.of(self.palette())
            painter.fillRect(self.rect(), colours.accent_soft)
            painter.fillRect(0, 0, fonts.px(3), self.height(), colours.accent)
            painter.end()
        super().paintEvent(event)
