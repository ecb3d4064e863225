"""The card of the journal: when it was looked over, what does not hold, who opened what, and an auditor's file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import asking, fonts
from ui.details_rows import clear
from ui.journal_break import BreakDialog, break_words
from ui.question import Question
from ui.settings_kept import Kept
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.keyboard import keyboard_stays
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.wording.dates import day_and_time
from ui.wording.numbers import number_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.journal_breaks import JournalState, OpenBreak


class JournalCard(Card):
    """Each break is a line with what to do; whoever has looked into it says what it was."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._state: JournalState | None = None
        self._look = Question(kept.at.background, self)
        self._look.answered.connect(self.show_state)
        self._look.refused.connect(self._refuse)
        self._told = Label("", 13, 400, "ink2", wrap=True)
        self.notice = Notice("stop", "")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(fonts.px(8))
        self.opened, self.export = Button(""), Button("", icon="file")
        holder = QWidget()
        holder.setLayout(self.lines)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self._holder = holder
        buttons = QWidget()
        buttons.setLayout(button_row(self.opened, self.export, None))
        for widget in (self._told, self.notice, holder, buttons):
            self.add(widget)
        self.notice.hide()
        self.opened.clicked.connect(self._open_opened)
        self.export.clicked.connect(self._open_export)
        self.retranslate()

    def ask(self) -> None:
        """Look again how it stands."""
        self._look.ask(partial(asking.journal_state, self._kept.at.desk))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Journal"))
        self.opened.set_text(self.tr("Who opened travelers' data…"))
        self.export.set_text(self.tr("Export for an auditor…"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_state(self, state: JournalState) -> None:
        """How it stands now."""
        self._state = state
        self.notice.hide()
        with keyboard_stays(self._holder, otherwise=self.opened):
            clear(self.lines)
            for one in state.breaks:
                self.lines.addWidget(BreakLine(one, partial(self._open_break, one)))
            self._holder.setVisible(bool(state.breaks))
        self._say()

    def _say(self) -> None:
        state = self._state
        if state is None:
            self._told.setText("")
            return
        if state.checked_at is None:
            words = self.tr("It is looked over every night while a desk is open; that has not happened yet.")
        else:
            at = day_and_time(local(state.checked_at, state.zone))
            words = self.tr("Looked over {when}: {count} entries.").format(
                when=at, count=number_words(state.entries)
            )
            if state.whole_at is not None:
                whole = day_and_time(local(state.whole_at, state.zone))
                words = f"{words} {self.tr('The last time all of it: {when}.').format(when=whole)}"
            if not state.breaks:
                words = f"{words} {self.tr('Every chain holds.')}"
        self._told.setText(words)

    def _refuse(self, no: CannotDo) -> None:
        self.notice.refuse(no)
        for button in (self.opened, self.export):
            button.forbid(self.notice.accessibleName())

    @property
    def _host(self) -> QWidget:
        return self._kept.at.deeds.host or self.window()

    def _open_break(self, one: OpenBreak) -> None:
        dialog = BreakDialog(self._kept.at, self._host, one)
        dialog.answered.connect(self.show_state)
        dialog.ask()

    def _open_opened(self) -> None:
        from ui.opened_data import OpenedDialog

        dialog = OpenedDialog(self._kept.at, self._host)
        dialog.chosen.connect(self._kept.reservation_wanted)
        dialog.ask()

    def _open_export(self) -> None:
        from ui.journal_export import JournalExportDialog

        JournalExportDialog(self._kept.at, self._host).ask()


class BreakLine(QWidget):
    """What does not hold, with a shape and a word, and the button that says what it was."""

    def __init__(self, one: OpenBreak, look_into: object) -> None:
        super().__init__()
        shape = Shape("fault", 16)
        shape.show_shape("fault", "stop")
        words = Label(break_words(one), 14, 600, "stop", wrap=True)
        self.button = Button(self.tr("Look into it…"))
        self.button.setAccessibleName(f"{self.button.text()} {break_words(one)}")
        self.button.clicked.connect(look_into)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(10))
        row.addWidget(shape)
        row.addWidget(words, 1)
        row.addWidget(self.button)
