"""Does what people decide about a reservation, in one place for every screen.

Each deed asks first what it would do, shows it in a dialog over the window, does it on the desk's lane,
and says what became of it. A refusal stays beside the button that was pressed, with everything read anew.
What was confirmed can be taken back while its letter waits (Ctrl+Z).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from controllers.background import Background, Lane
from models.outbox import CONFIRMATION_WAITS
from models.refusals import CannotDo
from models.reservations import Verb, move
from models.rows import ReservationRow
from ui import asking, cancel, confirm, pay
from ui.asking import DeskDoor
from ui.cancel import CancelDialog, CancelQuestion
from ui.confirm import ConfirmDialog, ConfirmQuestion
from ui.hold import HoldDialog, ReasonDialog, UndoDialog
from ui.pay import PayDialog, PayQuestion
from ui.widgets.toast import Toast
from ui.wording import refusal, status_word

if TYPE_CHECKING:
    from controllers.reservations import Done

Answer = ConfirmDialog | CancelDialog | ReasonDialog | PayDialog


class Deeds(QObject):
    """`done` brings what became of a reservation, `refused` a `CannotDo` that was already shown."""

    done = Signal(object)
    refused = Signal(object)
    voucher_wanted = Signal(int)

    def __init__(
        self,
        background: Background,
        desk: DeskDoor,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._desk, self._now = background, desk, now
        self.host: QWidget | None = None
        self._dialog: Answer | None = None
        self._asking = False
        self._toast: Toast | None = None
        self._confirmed: list[tuple[int, datetime]] = []
        self._undoing = 0

    # what can be done

    def confirm(self, reservation_id: int) -> None:
        """Ask whether to take the seats."""
        self._ask(partial(confirm.look, self._desk, reservation_id), self._open_confirm)

    def hold(self, reservation_id: int) -> None:
        """Ask what is missing."""
        self._ask(partial(_row_for, self._desk, reservation_id, Verb.HOLD), self._open_hold)

    def cancel(self, reservation_id: int) -> None:
        """Ask how it ends: cancelled by us, accepted or declined, withdrawn."""
        self._ask(partial(cancel.look, self._desk, reservation_id), self._open_cancel)

    def pay(self, reservation_id: int) -> None:
        """Ask how much was taken, and how."""
        self._ask(partial(pay.look, self._desk, reservation_id), self._open_pay)

    def voucher(self, reservation_id: int) -> None:
        """Somebody shows the voucher; whoever can listens to `voucher_wanted`."""
        self.voucher_wanted.emit(reservation_id)

    def do(self, verb: Verb, reservation_id: int) -> None:
        """Any verb; those that change money, seats or what a traveler was told ask first."""
        asks = {
            Verb.CONFIRM: self.confirm,
            Verb.HOLD: self.hold,
            Verb.CANCEL: self.cancel,
            Verb.WITHDRAW: self.cancel,
            Verb.ACCEPT: self.cancel,
            Verb.DECLINE: self.cancel,
            Verb.PAY: self.pay,
        }
        if verb in asks:
            asks[verb](reservation_id)
        elif verb is Verb.UNDO:
            self._undoing = reservation_id
            self._write(
                partial(asking.undo_last, self._desk, reservation_id), self._undone, self._undo_refused
            )
        else:
            self._write(partial(asking.do, self._desk, verb, reservation_id), self._was_done, self._say_no)

    def take_back_last(self) -> None:
        """Ctrl+Z: take back what was confirmed last, while its letter waits."""
        self._confirmed = [one for one in self._confirmed if self._now() - one[1] <= CONFIRMATION_WAITS]
        if self._confirmed:
            self._take_back(self._confirmed[-1][0])
        else:
            self._background.run(
                Lane.READING, partial(asking.today, self._desk), self._take_back_next, self._say_no
            )

    # asking

    def _ask(self, work: Callable[[], Any], show: Callable[[Any], None]) -> None:
        """One question at a time: while one is open or on its way, another is not heard."""
        if self.host is None or self._asking or self._is_open():
            return
        self._asking = True
        self._background.run(Lane.READING, work, show, self._say_no)

    def _is_open(self) -> bool:
        return self._dialog is not None and isValid(self._dialog) and not self._dialog.isHidden()

    def _open(self, dialog: Answer) -> None:
        self._asking, self._dialog = False, dialog
        dialog.ask()

    def _open_confirm(self, question: ConfirmQuestion) -> None:
        assert self.host is not None
        dialog = ConfirmDialog(question, self.host)
        dialog.accepted.connect(self._send_confirm)
        dialog.hold_wanted.connect(self._hold_instead)
        self._open(dialog)

    def _open_hold(self, row: ReservationRow) -> None:
        assert self.host is not None
        dialog = HoldDialog(row, self.host)
        dialog.accepted.connect(self._send_hold)
        self._open(dialog)

    def _open_cancel(self, question: CancelQuestion) -> None:
        assert self.host is not None
        dialog = CancelDialog(question, self.host)
        dialog.chosen.connect(self._send_end)
        self._open(dialog)

    def _open_pay(self, question: PayQuestion) -> None:
        assert self.host is not None
        dialog = PayDialog(question, self.host)
        dialog.accepted.connect(self._send_pay)
        self._open(dialog)

    def _open_undo(self, row: ReservationRow) -> None:
        assert self.host is not None
        dialog = UndoDialog(row, self.host)
        dialog.accepted.connect(self._send_undo)
        self._open(dialog)

    def _hold_instead(self) -> None:
        dialog = self._dialog
        if isinstance(dialog, ConfirmDialog):
            dialog.leave()
            self._open_hold(dialog.row)

    # doing

    def _write(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._background.run(Lane.DESK, work, done, failed)

    def _send_confirm(self) -> None:
        dialog = self._dialog
        assert isinstance(dialog, ConfirmDialog)
        row = dialog.row
        work = partial(asking.confirm, self._desk, row.id, row.version, dialog.overbook)
        self._write(work, self._was_confirmed, self._refuse_in_dialog)

    def _send_hold(self) -> None:
        dialog = self._dialog
        assert isinstance(dialog, HoldDialog)
        work = partial(asking.hold, self._desk, dialog.row.id, dialog.reason, dialog.row.version)
        self._write(work, self._was_done, self._refuse_in_dialog)

    def _send_end(self, verb: Verb) -> None:
        dialog = self._dialog
        assert isinstance(dialog, CancelDialog)
        row = dialog.row
        work: Callable[[], Done] = partial(asking.do, self._desk, verb, row.id, row.version)
        if verb is Verb.CANCEL:
            work = partial(asking.cancel, self._desk, row.id, dialog.reason, dialog.cause, row.version)
        self._write(work, self._was_done, self._refuse_in_dialog)

    def _send_pay(self) -> None:
        dialog = self._dialog
        assert isinstance(dialog, PayDialog)
        row = dialog.row
        work = partial(asking.pay, self._desk, row.id, dialog.method, dialog.amount, row.version)
        self._write(work, self._was_done, self._refuse_in_dialog)

    def _send_undo(self) -> None:
        dialog = self._dialog
        assert isinstance(dialog, UndoDialog)
        work = partial(asking.undo_last, self._desk, dialog.row.id, dialog.reason)
        self._write(work, self._undone, self._refuse_in_dialog)

    def _take_back(self, reservation_id: int) -> None:
        work = partial(asking.do, self._desk, Verb.UNCONFIRM, reservation_id)
        self._write(work, self._was_taken_back, self._say_no)

    def _take_back_next(self, today: Any) -> None:
        """Nothing was confirmed at this window: the letter that leaves next, whoever promised it."""
        if today.last_confirmed is None:
            self._say(self.tr("Nothing to take back: no letter waits."))
        else:
            self._take_back(today.last_confirmed)

    # what became of it

    def _was_confirmed(self, done: Done) -> None:
        self._confirmed.append((done.id, self._now()))
        self._close_dialog()
        words = self.tr("Confirmed {number}, the letter waits").format(number=done.number)
        seconds = round(CONFIRMATION_WAITS.total_seconds())
        toast = self._say(words, take_back=True, seconds=seconds)
        if toast is not None:
            toast.taken_back.connect(partial(self._take_back, done.id))
        self.done.emit(done)

    def _was_done(self, done: Done) -> None:
        self._close_dialog()
        words = self.tr("{number} is now {status}")
        self._say(words.format(number=done.number, status=status_word(done.status)))
        self.done.emit(done)

    def _was_taken_back(self, done: Done) -> None:
        self._confirmed = [one for one in self._confirmed if one[0] != done.id]
        words = self.tr("Taken back: {number} is {status} again, no letter leaves")
        self._say(words.format(number=done.number, status=status_word(done.status)))
        self.done.emit(done)

    def _undone(self, done: Done) -> None:
        self._close_dialog()
        self._say(
            self.tr("Undone: {number} is {status}").format(
                number=done.number, status=status_word(done.status)
            )
        )
        self.done.emit(done)

    # refusals

    def _say_no(self, error: Exception) -> None:
        """Where no dialog is open the sentence stands at the foot of the window."""
        self._asking = False
        if self._is_ours(error):
            return
        assert isinstance(error, CannotDo)
        self._say(refusal(error))
        self.refused.emit(error)

    def _undo_refused(self, error: Exception) -> None:
        """Too late for anybody, but not for a manager with a reason."""
        if isinstance(error, CannotDo) and error.code in ("undo-window-over", "letter-has-left"):
            self._ask(partial(_manager_row, self._desk, self._undoing, error), self._open_undo)
        else:
            self._say_no(error)

    def _refuse_in_dialog(self, error: Exception) -> None:
        """Beside the button, with everything read anew."""
        if self._is_ours(error):
            self._close_dialog()
            return
        assert isinstance(error, CannotDo)
        dialog = self._dialog
        if dialog is not None and self._is_open():
            dialog.refuse(error)
            self._read_again(dialog)
        self.refused.emit(error)

    def _read_again(self, dialog: Answer) -> None:
        run, row = self._background.run, dialog.row
        if isinstance(dialog, ConfirmDialog):
            run(
                Lane.READING,
                partial(confirm.look, self._desk, row.id),
                dialog.show_question,
                self._cannot_any_more,
            )
        elif isinstance(dialog, CancelDialog):
            run(
                Lane.READING,
                partial(cancel.look, self._desk, row.id),
                dialog.show_question,
                self._cannot_any_more,
            )

    def _cannot_any_more(self, error: Exception) -> None:
        """It was changed so that this cannot be done at all now."""
        self._close_dialog()
        self._say_no(error)

    def _is_ours(self, error: Exception) -> bool:
        """A bug of ours is not the world's refusal: it goes to whoever listens for trouble."""
        if isinstance(error, CannotDo):
            return False
        self._background.trouble.emit(error)
        return True

    def _close_dialog(self) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.leave()
        self._dialog = None

    def _say(self, words: str, *, take_back: bool = False, seconds: int = 8) -> Toast | None:
        """One short word at a time."""
        if self._toast is not None and isValid(self._toast) and not self._toast.isHidden():
            self._toast.leave()
        self._toast = None
        if self.host is not None and isValid(self.host):
            self._toast = Toast(words, self.host, take_back=take_back, seconds=seconds)
        return self._toast


def _row_for(desk: DeskDoor, reservation_id: int, verb: Verb) -> ReservationRow:
    """The reservation as it stands. Raises CannotDo where the verb is not for its status."""
    row = asking.details(desk, reservation_id).row
    move(row.status, verb, number=row.number)
    return row


def _manager_row(desk: DeskDoor, reservation_id: int, no: CannotDo) -> ReservationRow:
    """The reservation, if who works here may undo late; else the refusal again."""
    if desk().actor.role not in cancel.MAY_BREAK_A_PROMISE:
        raise no
    return asking.details(desk, reservation_id).row
