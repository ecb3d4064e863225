"""What is often said, as small buttons that write it into the field above them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import APART, Button
from ui.widgets.flow import Flow


class Drafts(Flow):
    """`chosen` brings the words; the buttons stand beside each other and go on in the next line."""

    chosen = Signal(str)

    def __init__(self, drafts: tuple[str, ...], *, name: str, parent: QWidget | None = None) -> None:
        buttons = [Button(draft, height=26) for draft in drafts]
        super().__init__(*buttons, spacing=APART, below=0, parent=parent)
        self.setAccessibleName(name)
        for button, draft in zip(buttons, drafts, strict=True):
            button.clicked.connect(partial(self.chosen.emit, draft))
        if not drafts:
            self.hide()
