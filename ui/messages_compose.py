"""The box in which an answer is written: it grows with its words, keeps a draft for each conversation, and sends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.replies import left_open
from ui import actions, fonts, theme
from ui.messages_words import size_words
from ui.widgets.button import APART, Button
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.text_area import NoteArea

if TYPE_CHECKING:
    from controllers.conversations import File

_LEAST, _MOST = 2, 8


@dataclass
class Draft:
    """What was begun and not sent yet."""

    words: str = ""
    is_note: bool = False
    files: list[File] = field(default_factory=list)


class ComposeArea(NoteArea):
    """As many lines as its words need; `slash` is a slash in the empty field."""

    slash = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(rows=_LEAST, parent=parent)
        self._edit.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        is_key = event.type() in kinds and isinstance(event, QKeyEvent)
        if is_key and event.text() == "/" and not self._edit.toPlainText():  # type: ignore[attr-defined]
            if event.type() == QEvent.Type.KeyPress:
                self.slash.emit()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def write(self, words: str) -> None:
        """Put words where the cursor is."""
        self._edit.insertPlainText(words)

    def _grow(self, _size: object = None) -> None:
        """A plain text tells its height in lines."""
        lines = math.ceil(self._edit.document().size().height())
        high = min(_MOST, max(_LEAST, lines)) * self._edit.fontMetrics().lineSpacing() + fonts.px(22)
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(320), self.minimumHeight())


class Compose(QWidget):
    """`sent` brings the words, the files, and whether it is a note for our own eyes."""

    sent = Signal(str, object, bool)
    template_wanted = Signal()
    attach_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = 0
        self._drafts: dict[int, Draft] = {}
        self._sending: set[int] = set()
        self._draft = Draft()
        self.area = ComposeArea()
        self._no, self._news = Notice("stop", ""), Notice("act", "")
        self._files = QWidget()
        self._chips = QVBoxLayout(self._files)
        self.template = Button("", icon="note", key=actions.cap("template"))
        self.attach = Button("", icon="attach", key=actions.cap("attach"))
        self.note = Button("", icon="lock", key=actions.cap("note-toggle"))
        self.send = Button("", "primary", icon="send", key=actions.cap("send"))
        self._build()
        self._connect()
        self.retranslate()

    @property
    def is_begun(self) -> bool:
        """Whether something is being written."""
        return bool(self.area.text().strip() or self._draft.files)

    @property
    def is_note(self) -> bool:
        """Whether it is for our own eyes."""
        return self._draft.is_note

    def show_draft_of(self, reservation_id: int) -> None:
        """Another conversation: what was begun in the one before is kept, and what was begun in this one is back."""
        if self._of:
            self._draft.words = self.area.text()
            self._keep(self._of, self._draft)
        self._of = reservation_id
        self._draft = self._drafts.get(reservation_id, Draft())
        self.area.set_text(self._draft.words)
        for notice in (self._no, self._news):
            notice.hide()
        self._show_files()
        self._settle()

    def was_sent(self, reservation_id: int, words: str, files: Sequence[File]) -> None:
        """It is on its way: the box is empty again, but for what somebody has written or attached meanwhile."""
        self.go_on(reservation_id)
        draft, is_here = self._draft_of(reservation_id), reservation_id == self._of
        draft.files = [one for one in draft.files if not any(one is sent for sent in files)]
        if (self.area.text() if is_here else draft.words).strip() == words:
            draft.words, draft.is_note = "", False
            if is_here:
                self.area.set_text("")
        if not is_here:
            self._keep(reservation_id, draft)
            return
        for notice in (self._no, self._news):
            notice.hide()
        self._show_files()
        self._settle()

    def go_on(self, reservation_id: int) -> None:
        """The answer of the desk has come."""
        self._sending.discard(reservation_id)
        self._settle()

    def refuse(self, no: CannotDo) -> None:
        """What was typed stays, with the reason why it was not sent."""
        self._no.refuse(no)

    def tell_meanwhile(self, words: str) -> None:
        """Another counter did something in this conversation."""
        self._news.say(words, self.tr("Your message is still here. Read what is new, then send it."))
        self._news.show()

    def take(self, words: str, missing: Sequence[str] = ()) -> None:
        """Put a kept reply into the box, and say which of its places stay empty."""
        self.area.write(words)
        self.area.setFocus()
        if missing:
            self._warn(missing)

    def add_files(self, reservation_id: int, files: Sequence[File]) -> None:
        """These hang on the answer to this reservation, whichever is open by now."""
        draft = self._draft_of(reservation_id)
        draft.files += files
        if reservation_id != self._of:
            self._keep(reservation_id, draft)
            return
        self._no.hide()
        self._show_files()
        self._settle()

    def toggle_note(self) -> None:
        """For the traveler, or for our own eyes."""
        self._draft.is_note = not self._draft.is_note
        self._settle()
        self.area.setFocus()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.template.set_text(actions.text("template"))
        self.attach.set_text(actions.text("attach"))
        self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        ground = colours.families["act"].ground if self.is_note else colours.surface
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, self.width(), 1, colours.line)

    def _draft_of(self, reservation_id: int) -> Draft:
        return self._draft if reservation_id == self._of else self._drafts.get(reservation_id, Draft())

    def _keep(self, reservation_id: int, draft: Draft) -> None:
        """Until its conversation is open again; an empty one is none."""
        self._drafts.pop(reservation_id, None)
        if draft.words.strip() or draft.files:
            self._drafts[reservation_id] = draft

    def _warn(self, missing: Sequence[str]) -> None:
        names = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        head = self.tr("Nothing is known for {names}.").format(names=names)
        self._news.say(head, self.tr("Write it yourself, or take it out: a place that is empty is not sent."))
        self._news.show()

    def _press(self) -> None:
        words = self.area.text().strip()
        if not self.send.isEnabled() or not words:
            return
        missing = left_open(words)
        if missing and not self.is_note:
            self._warn(missing)
            return
        self._sending.add(self._of)
        self._settle()
        self.sent.emit(words, tuple(self._draft.files), self.is_note)

    def _settle(self, _typed: str = "") -> None:
        note = self.is_note
        self.note.set_kind("on" if note else "plain")
        self.note.set_text(self.tr("Internal note"))
        self.send.set_text(self.tr("Keep the note") if note else actions.text("send"))
        self.send.set_icon("note" if note else "send")
        words = (
            self.tr("A note for the others here; the traveler never sees it")
            if note
            else self.tr("Write to the traveler")
        )
        self.area.set_placeholder(words)
        self.area.setAccessibleName(words)
        self.attach.setVisible(not note)
        if not self.area.text().strip():
            self.send.forbid(self.tr("Write the message first"))
            if not self._draft.files:
                self._news.hide()
        else:
            self.send.allow()
            self.send.setEnabled(self._of not in self._sending)
        self.update()

    def _show_files(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for file in self._draft.files:
            words = self.tr("{name}, {size}").format(name=file.name, size=size_words(file.size))
            chip = Button(words, icon="close", height=26)
            chip.setAccessibleName(self.tr("Take {name} away").format(name=file.name))
            chip.clicked.connect(partial(self._drop_file, file))
            self._chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._files.setVisible(bool(self._draft.files))

    def _drop_file(self, file: File) -> None:
        self._draft.files = [one for one in self._draft.files if one is not file]
        self.area.setFocus()
        self._show_files()
        self._settle()

    def _build(self) -> None:
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(2)
        column = QVBoxLayout(self)
        edge = fonts.px(20)
        column.setContentsMargins(edge, fonts.px(12), edge, fonts.px(10))
        column.setSpacing(fonts.px(6))
        foot = Flow(
            self.template, self.attach, self.note, end=(self.send,), spacing=APART, below=0, middle=True
        )
        for widget in (self._no, self._news, self.area, self._files, foot):
            column.addWidget(widget)
        for widget in (self._no, self._news, self._files):
            widget.hide()
        self.setFocusProxy(self.area)

    def _connect(self) -> None:
        self.area.changed.connect(self._settle)
        self.area.entered.connect(self._press)
        self.area.left.connect(self.left)
        self.area.slash.connect(self.template_wanted)
        self.template.clicked.connect(self.template_wanted)
        self.attach.clicked.connect(self.attach_wanted)
        self.note.clicked.connect(self.toggle_note)
        self.send.clicked.connect(self._press)
