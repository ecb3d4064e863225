"""Asks what somebody found who looked into an entry of the journal that does not hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.chains import Wrong
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label, Labelled
from ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from controllers.journal_breaks import OpenBreak

translate = QCoreApplication.translate


def break_words(one: OpenBreak) -> str:
    """What does not hold, in one sentence."""
    if one.kind is Wrong.MISSING:
        return translate("privacy", "{counter}: entry {entry} is missing").format(
            counter=one.counter, entry=one.entry
        )
    return translate("privacy", "{counter}: entry {entry} is not what was written").format(
        counter=one.counter, entry=one.entry
    )


class BreakDialog(Dialog):
    """`answered` brings how the journal stands then."""

    answered = Signal(object)

    def __init__(self, at: AtDesk, host: QWidget, one: OpenBreak) -> None:
        super().__init__(" ", host, width=600, stays=True)
        self.about = subjects("counter", one.counter_id)
        self._title.setText(break_words(one))
        self.setAccessibleName(self._title.text())
        self.reason = TextArea()
        self.reason.setAccessibleName(self.tr("What you found"))
        self._change = Question(at.background, self, lane=Lane.DESK)
        self._change.answered.connect(self._was_kept)
        self._change.refused.connect(self._cannot)
        column = QVBoxLayout()
        column.setSpacing(fonts.px(8))
        for words in (
            self.tr(
                "Only the program writes the journal. Somebody changed it in the database, or a disk lost it."
            ),
            self.tr(
                "Keep a backup of today, compare with the last one, and ask who has the database's password."
            ),
        ):
            column.addWidget(Label(words, 13, 400, "ink2", wrap=True))
        column.addWidget(Labelled(self.tr("What you found"), self.reason))
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(self.tr("Looked into it"), "primary", key="Ctrl Enter")
        self.accepted.connect(
            lambda: self._change.ask(partial(asking.acknowledge_break, at.desk, one.id, self.reason.text()))
        )

    def ask(self) -> None:
        """Open it."""
        self.open(self.reason)

    def _was_kept(self, state: object) -> None:
        self.leave()
        self.answered.emit(state)

    def _cannot(self, no: CannotDo) -> None:
        self.refuse(no)
