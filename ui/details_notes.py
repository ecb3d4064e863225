"""What staff note down about a reservation for each other: the newest first, and a field for another one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from models.refusals import CannotDo
from ui import actions, fonts
from ui.details_rows import FactRow, Heading, Stack, section_line, wrapped
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.text_area import NoteArea
from ui.wording.dates import clock, day_word
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.details import Details, MessageFacts

NOTE = "note"


class NotesPart(QWidget):
    """`written` brings the words of a new note; `left` when Esc leaves the field."""

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Heading()
        self._area = NoteArea(rows=2)
        self._hint = Label("", 12, 400, "ink3", wrap=True)
        self._keep = Button("", key=actions.cap("keep-note"), icon="note")
        self._no, self._news = Notice("stop", ""), Notice("act", "")
        self._notes = Stack()
        self._of = 0  # the reservation the field is about
        self._drafts: dict[int, str] = {}  # what was not kept yet, by reservation
        self._writing: set[int] = set()  # those whose note is on its way
        self._no.hide()
        self._news.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(0, fonts.px(4), 0, fonts.px(6))
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._keep)
        whole = Stack(parent=self)
        column = whole.column
        for widget in (self._heading, section_line()):
            column.addWidget(widget)
        column.addSpacing(fonts.px(8))
        column.addWidget(self._area)
        column.addLayout(foot)
        column.addWidget(self._no)
        column.addWidget(self._news)
        column.addWidget(self._notes)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)
        self._area.changed.connect(self._settle)
        self._area.entered.connect(self._write)
        self._area.left.connect(self.left)
        self._keep.clicked.connect(self._write)
        self.setFocusProxy(self._area)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._heading.say(self.tr("Staff notes"))
        self._area.set_placeholder(self.tr("A note for the others here"))
        self._area.setAccessibleName(self.tr("A note for the others here"))
        self._hint.setText(self.tr("The traveler never sees these."))
        self._keep.set_text(actions.text("keep-note"))
        self._settle()

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show a reservation's notes."""
        zone = found.row.zone
        today = local(now, zone).date()
        notes = [one for one in reversed(found.messages) if one.direction == NOTE]
        self._notes.fill(*(part for one in notes for part in self._note(one, zone, today)))

    @property
    def is_begun(self) -> bool:
        """Whether a note is being written."""
        return bool(self._area.text().strip())

    def tell_meanwhile(self, words: str) -> None:
        """Another counter changed the reservation the note is about; the note stays until it is kept or emptied."""
        self._news.say(words, self.tr("Your note is still here. Look again, then keep it."))
        self._news.show()

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody is in the field."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def show_draft_of(self, reservation_id: int) -> None:
        """Another reservation: what was begun about it before, and what is begun about this one is kept in mind."""
        self._drafts.pop(self._of, None)
        if self._of and self._area.text().strip():
            self._drafts[self._of] = self._area.text()
        self._of = reservation_id
        self._area.set_text(self._drafts.get(reservation_id, ""))
        self._no.hide()
        self._news.hide()
        self._settle()

    def keep(self, reservation_id: int, words: str) -> bool:
        """This note is kept: the field is empty again, unless somebody has written on; whether it is."""
        self.go_on(reservation_id)
        if self._drafts.get(reservation_id, "").strip() == words:
            del self._drafts[reservation_id]
        if reservation_id != self._of or self._area.text().strip() != words:
            return False
        self._area.set_text("")
        self._no.hide()
        return True

    def go_on(self, reservation_id: int) -> None:
        """The answer has come; another note can be kept."""
        self._writing.discard(reservation_id)
        self._settle()

    def refuse(self, no: CannotDo) -> None:
        """What was typed stays, with the reason why it was not kept."""
        self._no.refuse(no)

    def _note(self, note: MessageFacts, zone: str, today: dt.date) -> list[QWidget]:
        at = local(note.at, zone)
        when = clock(at) if at.date() == today else f"{day_word(at.date(), today)}, {clock(at)}"
        who = note.author or self.tr("The desk")
        return [FactRow(who, "", when, shape="note", line=False), wrapped(note.body)]

    def _settle(self, _typed: str = "") -> None:
        if not self.is_begun:
            self._news.hide()
        if self.is_begun:
            self._keep.allow()
            self._keep.setEnabled(self._of not in self._writing)
        else:
            self._keep.forbid(self.tr("Write the note first"))

    def _write(self) -> None:
        words = self._area.text().strip()
        if words and self._of not in self._writing:
            self._writing.add(self._of)
            self._settle()
            self.written.emit(words)
