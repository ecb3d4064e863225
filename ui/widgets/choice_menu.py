"""A menu in which several things can be ticked before it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget


class ChoiceMenu(QMenu):
    """`chosen` brings what is ticked after every tick. Space and Enter tick, Esc closes, as does a click outside."""

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[str, object]], ticked: Iterable[object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        already = set(ticked)
        for word, value in choices:
            action = QAction(word, self)
            action.setCheckable(True)
            action.setChecked(value in already)
            action.setData(value)
            action.toggled.connect(self._tell)
            self.addAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        ticking = event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if action is not None and ticking:
            action.toggle()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None:
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def _tell(self) -> None:
        self.chosen.emit(frozenset(action.data() for action in self.actions() if action.isChecked()))
