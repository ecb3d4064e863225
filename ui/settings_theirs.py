"""Says on a card of the settings that somebody else was quicker, and offers theirs; what was typed stays until then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import fonts
from ui.widgets.button import Button
from ui.widgets.notice import Notice

THEIRS = "kept-meanwhile"
Words = Callable[[str, object], str]
"""What one thing is called and is now."""


def named(no: CannotDo, words: Words) -> str:
    """All that somebody else kept, in words."""
    now, fields = no.facts["now"], no.facts["fields"]
    assert isinstance(now, dict)
    assert isinstance(fields, tuple)
    return "; ".join(words(field, now.get(field)) for field in fields)


class Theirs(QWidget):
    """`taken` when theirs shall stand there instead of what was typed."""

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice, self.take = Notice("act", ""), Button("", icon="back", height=32)
        row = QHBoxLayout()
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(8))
        column.addWidget(self.notice)
        column.addLayout(row)
        self.take.clicked.connect(self._take)
        self.hide()

    def refuse(self, no: CannotDo, words: Words) -> bool:
        """Whether this is what somebody else kept meanwhile."""
        if no.code != THEIRS:
            return False
        self.take.set_text(self.tr("Take theirs"))
        self.notice.refuse(CannotDo(no.code, **{**no.facts, "fields": named(no, words)}))
        self.show()
        return True

    def _take(self) -> None:
        self.hide()
        self.taken.emit()
