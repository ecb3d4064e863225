"""Marks refunds for every screen that shows them: asks, does it on the desk's lane, and says what became of it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.refunds import RefundRow, Step
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.refund_dialogs import RefundDoneDialog, RefundFailedDialog
from ui.refund_words import marked_words
from ui.widgets.overlay import stands
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.giving_back import Marked


class RefundDeeds(QObject):
    """`marked` brings what became of it; a refusal stands in the dialog, or at the foot of the window."""

    marked = Signal(object)

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._dialog: RefundDoneDialog | RefundFailedDialog | None = None
        self._today = dt.date.min
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._deed.answered.connect(self._was_marked)
        self._deed.refused.connect(self._not_marked)

    def do(self, step: Step, row: RefundRow, today: dt.date) -> None:
        """Ask what has to be told about a step, and make it; `today` is the operator's."""
        host = self._at.deeds.host
        if host is None or self._deed.is_open or stands(self._dialog) or not row.may(step):
            return
        self._today = today
        if step is Step.AGAIN:
            self._deed.ask(partial(asking.refund_due_again, self._at.desk, row.id, row.version, ""))
            return
        if step is Step.DONE:
            dialog: RefundDoneDialog | RefundFailedDialog = RefundDoneDialog(row, today, host)
        else:
            dialog = RefundFailedDialog(row, host)
        self._dialog = dialog
        dialog.accepted.connect(self._send)
        dialog.ask()

    def _send(self) -> None:
        dialog = self._dialog
        if dialog is None or self._deed.is_open:
            return
        row = dialog.row
        dialog.set_busy(True)
        if isinstance(dialog, RefundDoneDialog):
            work = partial(
                asking.refund_done,
                self._at.desk,
                row.id,
                row.version,
                method=dialog.method,
                reference=dialog.reference,
                day=dialog.day,
                drawer_words=dialog.drawer_words,
            )
        else:
            work = partial(asking.refund_failed, self._at.desk, row.id, row.version, dialog.reason)
        self._deed.ask(work)

    def _was_marked(self, done: Marked) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None and stands(dialog):
            dialog.leave()
        self._at.deeds.tell(marked_words(done, self._today))
        self.marked.emit(done)

    def _not_marked(self, no: CannotDo) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.refuse(no)
            if no.code in ("changed-meanwhile", "refund-step"):
                self._look_again(self._dialog)
        else:
            self._at.deeds.tell(refusal(no))
        self.marked.emit(None)

    def _look_again(self, dialog: RefundDoneDialog | RefundFailedDialog) -> None:
        """Somebody else was quicker: what was typed stays, and is marked on what is so now."""
        work = partial(asking.refund, self._at.desk, dialog.row.id)
        self._at.background.run(Lane.READING, work, partial(self._show_anew, dialog), self._cannot_any_more)

    def _show_anew(self, dialog: RefundDoneDialog | RefundFailedDialog, row: RefundRow) -> None:
        dialog.row = row

    def _cannot_any_more(self, error: Exception) -> None:
        if isinstance(error, CannotDo):
            self._not_marked(error)
        else:
            self._at.background.trouble.emit(error)
