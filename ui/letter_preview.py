"""Shows a letter before it leaves: as it looks, what it encloses, and what it names and nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.meanwhile import subjects
from ui.letter_view import LetterView
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.wording.letters import letter_word, missing_words

if TYPE_CHECKING:
    from controllers.letters_by_hand import LetterSeen


class LetterPreview(Dialog):
    """`send_wanted` when it shall leave; without `sends` it only shows. It stays until it was sent or left."""

    send_wanted = Signal()

    def __init__(self, seen: LetterSeen, host: QWidget, *, sends: bool = True) -> None:
        super().__init__(" ", host, width=720, stays=True)
        self.seen = seen
        self.about = subjects("reservation", seen.wanted.reservation_id)
        self.view, self._gaps = LetterView(), Notice("act", "")
        self._encloses = Label("", 13, 400, "ink2", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(10)
        for widget in (self._gaps, self.view, self._encloses):
            column.addWidget(widget)
        self.add(column)
        self._close = self.add_button(self.tr("Not now") if sends else self.tr("Close"), key="Esc")
        self._send = None
        if sends:
            self._send = self.add_button(self.tr("Send"), "primary", key="Ctrl Enter", icon="send")
            self.accepted.connect(self.send_wanted)
        self.show_letter(seen)

    def show_letter(self, seen: LetterSeen) -> None:
        """The letter as it reads now."""
        self.seen = seen
        title = self.tr("{letter} to the traveler of {number}").format(
            letter=letter_word(seen.wanted.kind), number=seen.number
        )
        self._title.setText(title)
        self.setAccessibleName(title)
        self.view.show_letter(seen.letter, seen.by_night)
        self._encloses.setText(self.tr("The voucher is enclosed as a PDF."))
        self._encloses.setVisible(seen.letter.encloses_voucher)
        missing = seen.letter.missing
        self._gaps.say(self.tr("Nothing is known for this"), missing_words(missing))
        self._gaps.setVisible(bool(missing))
        if self._send is not None and missing:
            self._send.set_text(self.tr("Send it with the gap"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Enter that chose the letter, pressed once more, sends nothing: Ctrl does, or the button."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        on_button = any(button.hasFocus() for button in self._buttons)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and not on_button:
            event.accept()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Open it; Enter alone sends nothing that nobody has read."""
        self.open(self.view.page)
