"""Does what people decide about a reservation, in one place for every screen.

Each deed asks first what it would do, shows it in a dialog over the window, does it on the desk's lane,
and says what became of it. A refusal stays beside the button that was pressed, with everything read anew.
What was confirmed can be taken back while its letter waits (Ctrl+Z; whether that or a scan is meant, the gate knows).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from controllers.background import Background, Lane
from models.meanwhile import subjects
from models.outbox import CONFIRMATION_WAITS
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Verb
from models.rows import ReservationRow
from ui import asking
from ui.asking import DeskDoor
from ui.open_question import OpenQuestion
from ui.taking_back import TakingBack
from ui.widgets.overlay import stands
from ui.widgets.toast import Toast
from ui.wording import bulk
from ui.wording.done import confirmed_words, decided_words
from ui.wording.refusals import refusal
from ui.wording.statuses import status_word

# The dialogs are loaded when the first one is asked for: the window shall stand before.
if TYPE_CHECKING:
    from controllers.bulk import BulkDone, BulkPreview
    from controllers.bulk_cancel import CancelAllPreview
    from controllers.reservations import Done
    from controllers.reviews import Reviewed
    from models.around import Around
    from ui.cancel_question import CancelQuestion
    from ui.confirm_question import ConfirmQuestion
    from ui.hold import Late
    from ui.pay import PayQuestion
    from ui.take_back import TakeBackDialog
    from ui.take_theirs import TakeQuestion


class Deeds(QObject):
    """`done` brings what became of a reservation, `refused` a `CannotDo` that was already shown."""

    done = Signal(object)
    refused = Signal(object)
    voucher_wanted = Signal(int)
    takes_changed = Signal()
    """What Ctrl+Z takes back here is something else now."""

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
        self._question = OpenQuestion(background, desk, lambda: self.host, self._say_no, self.refused.emit)
        self._toast: Toast | None = None
        self._takes = TakingBack(now)
        self._take_back_dialog: TakeBackDialog | None = None

    # what can be done

    def confirm(self, reservation_id: int) -> None:
        """Ask whether to take the seats."""
        from ui import confirm_question

        self._question.ask(partial(confirm_question.look, self._desk, reservation_id), self._open_confirm)

    def confirm_all(self, ids: Sequence[int]) -> None:
        """Ask whether to take the seats of several."""
        self._question.ask(
            partial(asking.preview_confirm_all, self._desk, tuple(ids)), self._open_confirm_all
        )

    def hold(self, reservation_id: int) -> None:
        """Ask what is missing."""
        from ui import hold

        self._question.ask(partial(hold.look, self._desk, reservation_id), self._open_hold)

    def cancel(self, reservation_id: int, verb: Verb | None = None) -> None:
        """Ask how it ends: cancelled by us, accepted or declined, or (as `verb` says) withdrawn."""
        from ui import cancel_question

        self._question.ask(partial(cancel_question.look, self._desk, reservation_id, verb), self._open_cancel)

    def cancel_all(self, ids: Sequence[int]) -> None:
        """Ask for one reason, and cancel several."""
        self._question.ask(partial(asking.preview_cancel_all, self._desk, tuple(ids)), self._open_cancel_all)

    def pay(self, reservation_id: int) -> None:
        """Ask how much was taken, and how."""
        from ui import pay

        self._question.ask(partial(pay.look, self._desk, reservation_id), self._open_pay)

    def voucher(self, reservation_id: int) -> None:
        """Somebody shows the voucher; whoever can listens to `voucher_wanted`."""
        self.voucher_wanted.emit(reservation_id)

    def review(self, reservation_id: int) -> None:
        """Ask what the traveler said afterwards, and keep it."""
        from ui.at_desk import AtDesk
        from ui.review_dialog import ReviewDialog

        if self.host is not None:
            at = AtDesk(self._background, self._desk, self, self._now)
            dialog = ReviewDialog(at, self.host, reservation_id, number_of(reservation_id))
            dialog.kept.connect(self._was_reviewed)
            dialog.ask()

    def do(self, verb: Verb, reservation_id: int) -> None:
        """Any verb; those that change money, seats or what a traveler was told ask first."""
        asks: dict[Verb, Callable[[int], None]] = {
            Verb.CONFIRM: self.confirm,
            Verb.HOLD: self.hold,
            Verb.CANCEL: self.cancel,
            Verb.WITHDRAW: partial(self.cancel, verb=Verb.WITHDRAW),
            Verb.ACCEPT: self.cancel,
            Verb.DECLINE: self.cancel,
            Verb.PAY: self.pay,
        }
        if verb in asks:
            asks[verb](reservation_id)
        elif verb is Verb.UNDO:
            work = partial(asking.undo_last, self._desk, reservation_id)
            self._write(work, self._was_undone, partial(self._undo_refused, reservation_id))
        else:
            self._write(partial(asking.do, self._desk, verb, reservation_id), self._was_done, self._say_no)

    def tick_off(self, reservation_id: int, deed: str = "") -> None:
        """What was to do at the channel has been done there: one deed, or all of them."""
        work = partial(asking.tick_off, self._desk, reservation_id, deed)
        self._write(work, self._was_ticked_off, self._say_no)

    def claim(self, reservation_id: int) -> None:
        """Work on it from now on."""
        self._write(partial(asking.claim, self._desk, reservation_id), self._was_claimed, self._say_no)

    def take_over(self, reservation_id: int) -> None:
        """Work on it instead of whoever does."""
        self._write(partial(asking.take_over, self._desk, reservation_id), self._was_claimed, self._say_no)

    def release(self, reservation_id: int) -> None:
        """Let it go."""
        self._write(partial(asking.release, self._desk, reservation_id), self._was_released, self._say_no)

    def keep_ours(self, decision_id: int) -> None:
        """What the channel says otherwise is not followed."""
        self._write(partial(asking.keep_ours, self._desk, decision_id), self._was_decided, self._say_no)

    def take_theirs(self, decision_id: int, reservation_id: int) -> None:
        """Ask whether to do here, too, what the channel says; the seats are tried, which is a write."""
        from ui import take_theirs

        work = partial(take_theirs.look, self._desk, decision_id, reservation_id)
        self._question.ask(work, self._open_take, lane=Lane.DESK)

    def tick_off_all(self, ids: Sequence[int]) -> None:
        """What was to do at the channels of several has been done there."""
        self._do_together(partial(asking.tick_off_all, self._desk, tuple(ids)), bulk.ticked_off_words)

    def claim_all(self, ids: Sequence[int]) -> None:
        """Work on several from now on."""
        self._do_together(partial(asking.claim_all, self._desk, tuple(ids)), bulk.claimed_words)

    def take_back_last(self, otherwise: Callable[[], object] | None = None) -> None:
        """Take back what was done last at this window; without it ask about what was confirmed last elsewhere.

        Where nothing was, do what `otherwise` says.
        """
        took = self._takes.take_last()
        self.takes_changed.emit()
        if not took:
            ask_next = partial(self._take_back_next, otherwise)
            self._background.run(Lane.READING, partial(asking.around, self._desk), ask_next, self._say_no)

    @property
    def last_done_at(self) -> datetime | None:
        """When something was done last at this window that can still be taken back by one key."""
        last = self._takes.last
        return last.at if last is not None else None

    @property
    def is_asking(self) -> bool:
        """Whether a question is open, or on its way."""
        return self._question.is_asking

    def offer_to_take_back(self, words: str, undo: Callable[[], object], lasts: timedelta) -> None:
        """Say what was done; its link, or Ctrl+Z while it lasts, calls `undo`."""
        taken = self._takes.add(undo, lasts)
        self.takes_changed.emit()
        toast = self._say(words, take_back=True, seconds=min(60, round(lasts.total_seconds())))
        if toast is not None:
            toast.taken_back.connect(partial(self._takes.take, taken))
            toast.taken_back.connect(self.takes_changed)

    def tell(self, words: str) -> None:
        """A short word at the foot of the window."""
        self._say(words)

    def tell_for_long(self, words: str) -> None:
        """The same for what must be read before one goes on."""
        self._say(words, seconds=60)

    def look_again(self) -> None:
        """Others changed something: the question that is open shows what is so now."""
        self._question.look_again()

    # asking

    def _was_reviewed(self, done: Reviewed) -> None:
        words = self.tr("The review of {number} is kept.").format(number=done.number)
        if done.code:
            thanked = self.tr("Thanked for with the reward code {code}.").format(code=done.code)
            words = f"{words} {thanked}"
        self.tell_for_long(words)

    def _open_confirm(self, question: ConfirmQuestion) -> None:
        from ui.confirm import ConfirmDialog

        dialog = ConfirmDialog(question, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._was_confirmed))
        dialog.hold_wanted.connect(self._hold_instead)
        self._question.open(dialog)

    def _open_confirm_all(self, preview: BulkPreview) -> None:
        from ui.bulk_confirm import BulkConfirmDialog

        dialog = BulkConfirmDialog(preview, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._were_confirmed))
        self._question.open(dialog)

    def _open_cancel_all(self, preview: CancelAllPreview) -> None:
        from ui.bulk_cancel import BulkCancelDialog

        dialog = BulkCancelDialog(preview, self._question.over())
        dialog.accepted.connect(partial(self._question.send, partial(self._were_done, bulk.cancelled_words)))
        self._question.open(dialog)

    def _open_hold(self, row: ReservationRow) -> None:
        from ui.hold import HoldDialog

        dialog = HoldDialog(row, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._was_done))
        self._question.open(dialog)

    def _open_cancel(self, question: CancelQuestion) -> None:
        from ui.cancel import CancelDialog

        dialog = CancelDialog(question, self._question.over())
        dialog.chosen.connect(partial(self._question.send, self._was_done))
        self._question.open(dialog)

    def _open_pay(self, question: PayQuestion) -> None:
        from ui.pay import PayDialog

        dialog = PayDialog(question, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._was_paid))
        self._question.open(dialog)

    def _open_undo(self, late: Late) -> None:
        from ui.hold import UndoDialog

        dialog = UndoDialog(late, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._was_undone))
        self._question.open(dialog)

    def _open_take(self, question: TakeQuestion) -> None:
        from ui.take_theirs import TakeDialog

        dialog = TakeDialog(question, self._question.over())
        dialog.accepted.connect(partial(self._question.send, self._was_decided))
        self._question.open(dialog)

    def _hold_instead(self) -> None:
        from ui.confirm import ConfirmDialog

        dialog = self._question.dialog
        if isinstance(dialog, ConfirmDialog):
            dialog.leave()
            self._open_hold(dialog.row)

    # doing

    def _write(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        self._background.run(Lane.DESK, work, done, failed)

    def _do_together(self, work: Callable[[], BulkDone], words: Callable[[BulkDone], str]) -> None:
        self._write(work, partial(self._were_done, words), self._say_no)

    def _take_back(self, reservation_id: int) -> None:
        work = partial(asking.do, self._desk, Verb.UNCONFIRM, reservation_id)
        self._write(work, self._was_taken_back, self._say_no)

    def _take_back_together(self, ids: tuple[int, ...]) -> None:
        if len(ids) == 1:
            self._take_back(ids[0])
        else:
            work = partial(asking.unconfirm_all, self._desk, ids)
            self._do_together(work, bulk.taken_back_words)

    def _take_back_next(self, otherwise: Callable[[], object] | None, told: Around) -> None:
        """Nothing was confirmed at this window: whoever did it may have meant it, so it is asked first."""
        if told.last_confirmed is not None:
            why = self.tr("It was not confirmed at this window. Its letter has not left yet.")
            self.ask_to_take_back(told.last_confirmed, why, partial(self._take_back, told.last_confirmed))
        elif otherwise is not None:
            otherwise()
        else:
            self._say(self.tr("Nothing to take back: no letter waits."))

    def ask_to_take_back(self, reservation_id: int, why: str, undo: Callable[[], object]) -> None:
        """Name it and say why it is asked, before `undo` is called."""
        if self.host is None or self._question.is_open or stands(self._take_back_dialog):
            return
        from ui.take_back import TakeBackDialog

        self._take_back_dialog = dialog = TakeBackDialog(reservation_id, why, self.host)
        dialog.about = subjects("reservation", reservation_id)
        dialog.accepted.connect(undo)
        dialog.open()

    # what became of it

    def _was_confirmed(self, done: Done) -> None:
        self._offer_to_take_back((done.id,), confirmed_words(done))
        self.done.emit(done)

    def _were_confirmed(self, done: BulkDone) -> None:
        if done.done:
            self._offer_to_take_back(done.ids, bulk.confirmed_words(done))
            self.done.emit(done)
        else:
            self._were_done(bulk.confirmed_words, done)

    def _offer_to_take_back(self, ids: tuple[int, ...], words: str) -> None:
        self.offer_to_take_back(words, partial(self._take_back_together, ids), CONFIRMATION_WAITS)

    def _was_done(self, done: Done) -> None:
        words = self.tr("{number} is now {status}")
        self._say(words.format(number=done.number, status=status_word(done.status)))
        self.done.emit(done)

    def _was_paid(self, done: Done) -> None:
        from ui.pay import paid_words

        self._say(paid_words(done))
        self.done.emit(done)

    def _was_ticked_off(self, done: Done) -> None:
        self._say(self.tr("Ticked off: {number} is done at its channel").format(number=done.number))
        self.done.emit(done)

    def _were_done(self, words: Callable[[BulkDone], str], done: BulkDone) -> None:
        self._say(words(done))
        self.done.emit(done)

    def _was_claimed(self, done: Done) -> None:
        self._say(self.tr("You work on {number} now").format(number=done.number))
        self.done.emit(done)

    def _was_released(self, done: Done) -> None:
        self._say(self.tr("{number} is nobody's now").format(number=done.number))
        self.done.emit(done)

    def _was_decided(self, done: Done) -> None:
        self._say(decided_words(done))
        self.done.emit(done)

    def _was_taken_back(self, done: Done) -> None:
        words = self.tr("Taken back: {number} is {status} again, no letter leaves")
        self._say(words.format(number=done.number, status=status_word(done.status)))
        self.done.emit(done)

    def _was_undone(self, done: Done) -> None:
        self._say(
            self.tr("Undone: {number} is {status}").format(
                number=done.number, status=status_word(done.status)
            )
        )
        self.done.emit(done)

    # refusals

    def _say_no(self, error: Exception) -> None:
        """Where no dialog is open the sentence stands at the foot of the window."""
        if self._is_ours(error):
            return
        assert isinstance(error, CannotDo)
        self._say(refusal(error))
        self.refused.emit(error)

    def _undo_refused(self, reservation_id: int, error: Exception) -> None:
        """Too late for anybody, but not for a manager with a reason."""
        from ui import hold

        late = ("undo-window-over", "letter-has-left")
        if isinstance(error, CannotDo) and error.code in late and not self._question.is_open:
            self._question.ask(partial(hold.look_late, self._desk, reservation_id, error), self._open_undo)
        else:
            self._say_no(error)

    def _is_ours(self, error: Exception) -> bool:
        """A bug of ours is not the world's refusal: it goes to whoever listens for trouble."""
        if isinstance(error, CannotDo):
            return False
        self._background.trouble.emit(error)
        return True

    def _say(self, words: str, *, take_back: bool = False, seconds: int = 8) -> Toast | None:
        """One short word at a time."""
        if self._toast is not None and stands(self._toast):
            self._toast.leave()
        self._toast = None
        if self.host is not None and isValid(self.host):
            self._toast = Toast(words, self.host, take_back=take_back, seconds=seconds)
        return self._toast
