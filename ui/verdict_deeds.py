"""Does what the keys of a verdict promise: let in, count, undo, view, take money, confirm, move, force, send again.

What ends well is judged again, so that the next thing on screen is the answer and not a message about it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from controllers.background import Lane
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Verb
from ui import asking
from ui.at_desk import AtDesk
from ui.checkin_force import ForceDialog
from ui.checkin_judging import Judging
from ui.checkin_lines import ScanBook
from ui.checkin_move import Move
from ui.checkin_stage import Stage
from ui.printing import printing
from ui.question import Question
from ui.verdicts import Judged
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.reservations import Done

_LATE_UNDO = frozenset({"letter-has-left", "undo-window-over"})


class VerdictDeeds(QObject):
    """`navigate` asks to be taken to a screen."""

    navigate = Signal(str, dict)

    def __init__(
        self, at: AtDesk, judging: Judging, stage: Stage, book: ScanBook, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._at, self._judging, self._stage, self._book = at, judging, stage, book
        self._after: int | None = None  # the reservation whose money or confirmation is being asked for
        self._dialog: ForceDialog | None = None
        self._move = Move(at, self)
        self._send_again = Question(at.background, self, lane=Lane.DESK)
        self._move.done.connect(self._deed_done)
        self._send_again.answered.connect(self._was_sent)
        self._send_again.refused.connect(lambda no: at.deeds.tell(refusal(no)))
        judging.undone.connect(self._undone)
        judging.undo_refused.connect(self._not_undone)
        at.deeds.done.connect(self._deed_done)

    @property
    def are_asking(self) -> bool:
        """Whether a question about the verdict that is up is open."""
        if self._stage.judged is None:
            return False
        own = self._dialog is not None and isValid(self._dialog) and not self._dialog.isHidden()
        if own or self._move.is_asking:
            return True
        return self._after is not None and self._at.deeds.is_asking

    def press(self, cap: str, judged: Judged) -> None:
        """A key of a verdict; one that closes it and means nothing more comes here, too."""
        answer = judged.answer
        if cap == "S":
            self._stage.leave(partial(self.navigate.emit, "reservations", {"text": answer.text}))
        elif cap == "F9":
            self._stage.leave(partial(self.navigate.emit, "settings", {"section": "scanner"}))
        elif cap.isdecimal():
            self._press_number(int(cap), judged)
        elif cap == "Enter":
            self._press_enter(judged)
        elif answer.reservation_id is None:
            return
        elif cap == "V":
            self._stage.leave(partial(self.navigate.emit, "details", {"reservation": answer.reservation_id}))
        elif cap == "U" and judged.let_in:
            self._judging.undo(answer.scan_id)
        elif cap == "F":
            self._ask_force(judged)
        else:
            self._ask_deed(cap, judged, answer.reservation_id)

    def _press_enter(self, judged: Judged) -> None:
        answer = judged.answer
        if answer.choices:
            self._press_number(1, judged)
        elif answer.offers_in_all > answer.offers and not judged.together:
            self._judging.let_in_together(judged)
        elif answer.waits:
            self._judging.let_in(judged)

    def _press_number(self, number: int, judged: Judged) -> None:
        """So many of them; or the one that is meant."""
        answer = judged.answer
        if answer.choices:
            if number <= len(answer.choices):
                self._judging.choose(judged, answer.choices[number - 1].reservation_id)
        elif answer.offers_in_all > answer.offers and not judged.let_in:
            self._judging.let_in_together(judged, number)
        elif answer.waits:
            self._judging.let_in(judged, number)
        elif judged.let_in and (answer.party is None or number < answer.admitted):
            self._judging.let_in_only(judged, number)

    def _ask_deed(self, cap: str, judged: Judged, reservation_id: int) -> None:
        """What every screen can do, and after which the code is judged again."""
        deeds = self._at.deeds
        if judged.kind is Kind.REPLACED:
            if cap == "P":
                printing(self._at).voucher(reservation_id)
            elif cap == "R":
                self._send_again.ask(partial(asking.send_again, self._at.desk, reservation_id))
            return
        asks: dict[str, Callable[[int], None]] = {
            "U": partial(deeds.do, Verb.UNDO),
            "P": deeds.pay,
            "C": deeds.confirm,
            "M": self._move.ask,
        }
        if cap in asks:
            self._after = reservation_id
            asks[cap](reservation_id)

    def _ask_force(self, judged: Judged) -> None:
        if judged.found is None:
            return
        self._dialog = dialog = ForceDialog(judged.found.row, self._over())
        dialog.accepted.connect(partial(self._force, judged, dialog))
        dialog.ask()

    def _force(self, judged: Judged, dialog: ForceDialog) -> None:
        reason = dialog.reason
        dialog.leave()
        self._judging.force(judged, reason)

    def _deed_done(self, done: object) -> None:
        """What a verdict waited for has happened: judge the same code again, or end it after an undo."""
        judged, asked = self._stage.judged, self._after
        if asked is None or getattr(done, "id", None) != asked:
            return
        self._after = None
        if judged is None or judged.answer.reservation_id != asked:
            return
        if judged.kind is Kind.USED or judged.let_in:
            self._book.mark_last_undone(asked)
            self._stage.leave()
        else:
            self._judging.judge_again(judged)

    def _was_sent(self, done: Done) -> None:
        self._at.deeds.tell(self.tr("The valid voucher of {number} leaves now").format(number=done.number))

    # undoing

    def _undone(self, done: Done, scan_id: str) -> None:
        self._book.mark_undone(scan_id)
        shown = self._stage.judged
        if shown is not None and shown.answer.scan_id == scan_id:
            self._stage.leave()
        heads, numbers = done.facts.get("heads", 0), done.facts.get("numbers", 1)
        words = self.tr("Undone: 1 guest of {number} is out again")
        if numbers > 1:
            words = self.tr("Undone: {count} guests of {numbers} bookings are out again")
        elif heads != 1:
            words = self.tr("Undone: {count} guests of {number} are out again")
        self._at.deeds.tell(words.format(count=heads, number=done.number, numbers=numbers))

    def _not_undone(self, no: CannotDo, scan_id: str) -> None:
        reservation_id = self._book.reservation_of(scan_id)
        if no.code in _LATE_UNDO and reservation_id is not None:
            self._after = reservation_id
            self._at.deeds.do(Verb.UNDO, reservation_id)  # asks a manager for the reason
        else:
            self._at.deeds.tell(refusal(no))

    def _over(self) -> QWidget:
        host = self._at.deeds.host
        assert host is not None, "whoever makes the window says where its dialogs lie"
        return host
