"""Closes a trip and takes a close back, says what became of it, and asks for a reason where it takes a manager."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from models.trips import ClosingMade, TripKey
from ui import asking
from ui.at_desk import AtDesk
from ui.hold import ReasonDialog
from ui.question import Question
from ui.taking_back import BY_ONE_KEY
from ui.trips_words import cannot_go_back, closed_words, figures_words, tour_words, undone_words
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.overlay import stands
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.closings import ClosingUndone
    from controllers.trips import TripClosed

LATE = ("closing-window-over", "closing-letters-left")


class TripDeeds(QObject):
    """`closed` and `undone` come when it was done, `refused` with a `CannotDo` of a close."""

    closed = Signal(object)
    undone = Signal(object)
    refused = Signal(object)

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._dialog: Dialog | None = None
        self._close = Question(at.background, self, lane=Lane.DESK)
        self._close.answered.connect(self._was_closed)
        self._close.refused.connect(self.refused)

    def close_trip(self, key: TripKey, seen: Mapping[int, int], leave: Collection[int]) -> None:
        """Close it; a second press while it is being closed is not heard."""
        if not self._close.is_open:
            self._close.ask(partial(asking.close_trip, self._at.desk, key, dict(seen), frozenset(leave)))

    def ask_to_undo(self, closing: ClosingMade) -> None:
        """Ask whether to take back a close of the list, and say what cannot go back."""
        host = self._at.deeds.host
        if host is None or stands(self._dialog):
            return
        dialog = UndoClosingDialog(closing, host)
        dialog.accepted.connect(partial(self._undo, closing.id, dialog.about))
        self._dialog = dialog
        dialog.open()

    def _undo(self, closing_id: int, about: frozenset[str], reason: str = "") -> None:
        work = partial(asking.undo_closing, self._at.desk, closing_id, reason)
        not_undone = partial(self._not_undone, closing_id, about)
        self._at.background.run(Lane.DESK, work, self._was_undone, not_undone)

    def _was_closed(self, done: TripClosed) -> None:
        undo = partial(self._undo, done.closing_id, frozenset((done.key.word,)))
        self._at.deeds.offer_to_take_back(closed_words(done), undo, BY_ONE_KEY)
        self.closed.emit(done)

    def _was_undone(self, done: ClosingUndone) -> None:
        if stands(self._dialog) and self._dialog is not None:
            self._dialog.leave()
        self._at.deeds.tell(undone_words(done))
        self.undone.emit(done)

    def _not_undone(self, closing_id: int, about: frozenset[str], error: Exception) -> None:
        """Too late for anybody, but not for a manager with a reason."""
        host = self._at.deeds.host
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
        elif isinstance(self._dialog, LateUndoDialog) and stands(self._dialog):
            self._dialog.refuse(error)
        elif error.code in LATE and host is not None:
            late = LateUndoDialog(error, host, about)
            late.accepted.connect(lambda: self._undo(closing_id, about, late.reason))
            self._dialog = late
            late.ask()
        else:
            self._at.deeds.tell(refusal(error))


class UndoClosingDialog(Dialog):
    """What would go back, and what cannot; Enter takes it back."""

    def __init__(self, closing: ClosingMade, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", width=520)
        self.about = frozenset((closing.key.word,))
        self._title.setText(self.tr("Take this close back?"))
        self._subtitle.setText(tour_words(closing))
        self.setAccessibleName(self._title.text())
        figures = figures_words(closing.redeemed, closing.no_shows)
        told = [
            self.tr(
                "{figures}: they are confirmed again, and comment letters that wait do not leave."
            ).format(figures=figures),
            self.tr("The clock will not close this trip again."),
            *cannot_go_back(closing.letters_left, closing.channels_told),
        ]
        column = QVBoxLayout()
        for at, words in enumerate(told):
            column.addWidget(
                Label(words, 13, 400 if at < 2 else 600, "ink2" if at < 2 else "stop", wrap=True)
            )
        self.add(column)
        self.add_button(self.tr("Leave it"), key="Esc")
        self.add_button(self.tr("Take it back"), "danger", key="Enter")


class LateUndoDialog(ReasonDialog):
    """A close that left letters behind, or is a day old: a manager's step, kept in the journal."""

    def __init__(self, no: CannotDo, host: QWidget, about: frozenset[str]) -> None:
        super().__init__(host, refusal(no))
        self.about = about

    def title(self) -> str:
        return self.tr("Take the close back with a reason?")

    def why(self) -> str:
        return self.tr("What cannot go back stays as it is. The reason is kept with the close.")

    def button(self) -> str:
        return self.tr("Take it back")

    def drafts(self) -> tuple[str, ...]:
        return (
            self.tr("The wrong trip was closed"),
            self.tr("They came after all"),
            self.tr("The guide's list says otherwise"),
        )
