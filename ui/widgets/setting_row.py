"""One setting: what it is and what it does at the left, the choice at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import fonts
from ui.widgets.label import Label


class SettingRow(QWidget):
    """Holds the widget that chooses; the words come by `say`."""

    def __init__(self, choice: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._more = Label("", 13, 600), Label("", 12, 400, "ink2", wrap=True)
        said, row = QVBoxLayout(), QHBoxLayout(self)
        said.setSpacing(2)
        said.addStretch(1)  # both lines stay together beside a higher choice
        said.addWidget(self._name)
        said.addWidget(self._more)
        said.addStretch(1)
        row.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        row.setSpacing(fonts.px(24))
        row.addLayout(said, 1)
        row.addWidget(choice)

    def say(self, name: str, more: str = "") -> None:
        """What it is called, and what it does."""
        self._name.setText(name)
        self._more.setText(more)
        self._more.setVisible(bool(more))
