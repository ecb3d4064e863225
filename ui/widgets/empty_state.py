"""What stands in place of a list that is empty: a shape, one sentence, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.reservations import Status
from ui.widgets.button import Button
from ui.widgets.chip import Shape
from ui.widgets.label import Label


class EmptyState(QWidget):
    """Empty is good news where it can be; `pressed` is the next action."""

    pressed = Signal()

    def __init__(
        self,
        head: str,
        text: str = "",
        *,
        action: str = "",
        key: str = "",
        shape: str = Status.CONFIRMED,
        family: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shape = Shape(shape, 56, family)
        self._head = Label(head, 18, 600)
        self._text = Label(text, 13, 400, "ink2", wrap=True)
        self._button = Button(action, key=key)
        self._button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        for label in (self._head, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.say(head, text, action)

    @property
    def has_action(self) -> bool:
        """Whether there is something to press."""
        return self.focusProxy() is not None

    def say(self, head: str, text: str = "", action: str = "") -> None:
        """Other words; without an action there is no button, and the keyboard rests on the words themselves."""
        self._head.setText(head)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        held = self.hasFocus()
        self.setFocusProxy(self._button if action else None)  # type: ignore[arg-type]
        if held:
            self.setFocus()
        self.setAccessibleName(f"{head} {text}".strip())
