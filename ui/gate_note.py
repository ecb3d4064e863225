"""Asks what must be read at the gate before anybody of a reservation comes in; an empty note takes it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from controllers.background import Lane
from models.refusals import CannotDo
from models.rows import ReservationRow
from ui import asking
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.hold import OrderReasonDialog
from ui.question import Question

if TYPE_CHECKING:
    from controllers.reservations import Done
    from models.details import Details


class GateNoteDialog(OrderReasonDialog):
    """What stands there already can be changed, or taken away."""

    _stood = ""

    def __init__(self, row: ReservationRow, words: str, host: QWidget) -> None:
        super().__init__(row, host)
        self._stood = words
        self._area.set_text(words)
        self._settle()

    def deed(self, desk: DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        return partial(asking.leave_for_gate, desk, self.row.id, self.reason)

    def title(self) -> str:
        return self.tr("A note for the gate of {number}").format(number=self.row.number)

    def why(self) -> str:
        return self.tr("It is read large at the scan, and nobody comes in before somebody has read it.")

    def button(self) -> str:
        return self.tr("Leave it for the gate")

    def drafts(self) -> tuple[str, ...]:
        return (
            self.tr("Wheelchair: use the side gate"),
            self.tr("Check the child's age"),
            self.tr("Allergy: tell the guide"),
            self.tr("Ask for the passport"),
        )

    def _settle(self, _typed: str = "") -> None:
        """Nothing to keep where nothing stood before and nothing is written."""
        takes_away = bool(self._stood) and not self.reason
        self._go.set_text(self.tr("Take the note away") if takes_away else self.button())
        if not self.reason and not takes_away:
            self._go.forbid(self.tr("Write the note first"))
        else:
            self._go.allow()
            self._go.setEnabled(not self._busy)


class GateNote(QObject):
    """Asks for the note of a reservation that is shown, and keeps it."""

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._dialog: GateNoteDialog | None = None
        self._write = Question(at.background, self, lane=Lane.DESK)
        self._write.answered.connect(self._kept)
        self._write.refused.connect(self._refuse)

    def ask(self, found: Details | None) -> None:
        """The note as it stands, to be changed."""
        host = self._at.deeds.host
        if found is None or host is None:
            return
        self._dialog = dialog = GateNoteDialog(found.row, found.attention, host)
        dialog.accepted.connect(partial(self._send, dialog))
        dialog.ask()

    def _send(self, dialog: GateNoteDialog) -> None:
        dialog.set_busy(True)
        self._write.ask(dialog.deed(self._at.desk))

    def _kept(self, done: Done) -> None:
        dialog = self._dialog
        if dialog is not None and isValid(dialog):
            dialog.leave()
        self._at.deeds.tell(self.tr("The note of {number} is kept for the gate").format(number=done.number))

    def _refuse(self, no: CannotDo) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.refuse(no)
