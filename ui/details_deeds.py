"""Everything the life of a reservation knows, in one list: what can be done now, and why the rest cannot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.meanwhile import subjects
from models.reservations import Verb
from ui import actions
from ui.widgets.action_row import ActionRow
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.wording.deeds import deed_words, why_words
from ui.wording.orders import what_words
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from models.details import Details

KEYS = {
    Verb.PAY: "pay",
    Verb.CONFIRM: "confirm",
    Verb.HOLD: "hold",
    Verb.CANCEL: "cancel",
    Verb.REDEEM: "open-checkin",
}
ORDER = (
    Verb.CONFIRM,
    Verb.UNCONFIRM,
    Verb.HOLD,
    Verb.PAY,
    Verb.REDEEM,
    Verb.NO_SHOW,
    Verb.RETURN,
    Verb.UNDO,
    Verb.REQUEST_CANCEL,
    Verb.ACCEPT,
    Verb.DECLINE,
    Verb.CANCEL,
    Verb.WITHDRAW,
    Verb.EXPIRE,
)
"""As a reservation lives, from confirming to its end; what can be done stands above what cannot."""


class DeedsDialog(Dialog):
    """`chosen` brings the verb to do; Esc does nothing."""

    chosen = Signal(object)

    def __init__(self, found: Details, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=what_words(found.row))
        self._found = found
        self.about = subjects("reservation", found.row.id)
        words = self.tr("{number} is {status}").format(
            number=found.number, status=status_word(found.row.status)
        )
        self._title.setText(words)
        self.setAccessibleName(words)
        able = [verb for verb in ORDER if found.can(verb)]
        self._first: ActionRow | None = None
        if able:
            self._add_part(self.tr("Can be done now"), [self._able(verb) for verb in able])
        self._add_part(self.tr("Not now"), [self._unable(verb) for verb in ORDER if not found.can(verb)])
        self._close = self.add_button(self.tr("Close"), key="Esc")

    def ask(self) -> None:
        """Open it, with the focus on the first thing that can be done."""
        self.open(self._first or self._close)

    def _add_part(self, title: str, rows: list[ActionRow]) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(title, 12, 500, "ink2"))
        column.addSpacing(4)
        for row in rows:
            column.addWidget(row)
        self.add(column)

    def _able(self, verb: Verb) -> ActionRow:
        key = actions.cap(KEYS[verb]) if verb in KEYS else ""
        row = ActionRow(deed_words(verb), key=key)
        row.clicked.connect(partial(self._choose, verb))
        self._first = self._first or row
        return row

    def _unable(self, verb: Verb) -> ActionRow:
        reason = why_words(self._found.why_not[verb], verb, self._found.number, self._found.row.status)
        row = ActionRow(deed_words(verb), reason)
        row.forbid(reason)
        return row

    def _choose(self, verb: Verb) -> None:
        self.leave()
        self.chosen.emit(verb)
