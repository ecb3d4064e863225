"""Asks for a reason before something is done that needs one: what is missing, or why a redemption is undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.deeds import overrules
from models.frozen import frozen
from models.meanwhile import subjects
from models.outbox import MAY_HAVE_LEFT, Letter
from models.refusals import CannotDo
from models.reservations import Verb, move
from models.rows import ReservationRow
from ui import asking
from ui.asking import DeskDoor
from ui.widgets.dialog import Dialog
from ui.widgets.drafts import Drafts
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.widgets.text_area import TextArea
from ui.wording.channels import channel_mark
from ui.wording.orders import what_words

if TYPE_CHECKING:
    from controllers.reservations import Done


def look(desk: DeskDoor, reservation_id: int) -> ReservationRow:
    """The order to hold. Raises CannotDo where it cannot be held. On a lane only."""
    row = asking.details(desk, reservation_id).row
    move(row.status, Verb.HOLD, number=row.number)
    return row


@frozen
class Late:
    """A redemption that only a manager may still undo; `left`: a letter about it is out already."""

    row: ReservationRow
    left: bool


def look_late(desk: DeskDoor, reservation_id: int, no: CannotDo) -> Late:
    """What is undone late, if who works here may do that with a reason; else the refusal again."""
    if not overrules(desk().actor.role):
        raise no
    found = asking.details(desk, reservation_id)
    left = any(one.kind is Letter.COMMENT and one.state in MAY_HAVE_LEFT for one in found.letters)
    return Late(found.row, left)


class ReasonDialog(Dialog):
    """A text that must be there before the button can be pressed. Override the words."""

    def __init__(self, host: QWidget, subtitle: str = "") -> None:
        super().__init__(" ", host, subtitle=subtitle, stays=True)
        self._busy = False
        self._area = TextArea(name=self.why(), rows=3)
        self._drafts = Drafts(self.drafts(), name=self.tr("Often said"))
        self._title.setText(self.title())
        self.setAccessibleName(self.title())
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(self.why(), 13, 500, "ink2", wrap=True))
        column.addWidget(self._area)
        column.addWidget(self._drafts)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.button(), "primary", key="Ctrl Enter")
        self._area.changed.connect(self._settle)
        self._drafts.chosen.connect(self._take_draft)
        self._settle()

    def title(self) -> str:
        """The question."""
        return ""

    def why(self) -> str:
        """What the text is for."""
        return ""

    def button(self) -> str:
        """The word on the button."""
        return ""

    def drafts(self) -> tuple[str, ...]:
        """What is often said, to be put there by a click."""
        return ()

    @property
    def reason(self) -> str:
        """What was written."""
        return self._area.text().strip()

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._area)

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()
        if not busy and self.isVisible():
            self._area.setFocus()

    def _take_draft(self, text: str) -> None:
        self._area.write_over(text)
        self._area.setFocus()

    def _settle(self, _typed: str = "") -> None:
        if not self.reason:
            self._go.forbid(self.tr("Write the reason first"))
        else:
            self._go.allow()
            self._go.setEnabled(not self._busy)


class OrderReasonDialog(ReasonDialog):
    """A reason about one order."""

    def __init__(self, row: ReservationRow, host: QWidget) -> None:
        self.row = row
        super().__init__(host, what_words(row))
        self.about = subjects("reservation", row.id)
        self.set_corner(ChannelMark(channel_mark(row.channel), row.reference or row.number))


class HoldDialog(OrderReasonDialog):
    """What is missing, so that the next person knows what to wait for."""

    def deed(self, desk: DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        return partial(asking.hold, desk, self.row.id, self.reason, self.row.version)

    def read_again(self, desk: DeskDoor) -> Callable[[], ReservationRow]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self.row.id)

    def show_question(self, row: ReservationRow) -> None:
        """The order as it is now; what was typed stays."""
        self.row = row
        self._subtitle.setText(what_words(row))
        self._settle()

    def title(self) -> str:
        return self.tr("Hold {number}?").format(number=self.row.number)

    def why(self) -> str:
        return self.tr("What is missing? The next person reads this.")

    def button(self) -> str:
        return self.tr("Hold")

    def drafts(self) -> tuple[str, ...]:
        return (
            self.tr("Waits for seats"),
            self.tr("Waits for the guide"),
            self.tr("Traveler's answer is missing"),
            self.tr("Pick-up place is missing"),
        )


class UndoDialog(OrderReasonDialog):
    """Why a redemption is taken back after its time: a manager's step, kept in the journal.

    Where a letter has left already, it says so before anybody presses: that cannot be taken back.
    """

    _letter_left = False

    def __init__(self, late: Late, host: QWidget) -> None:
        self._letter_left = late.left
        super().__init__(late.row, host)

    def deed(self, desk: DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        return partial(asking.undo_last, desk, self.row.id, self.reason)

    def title(self) -> str:
        return self.tr("Undo the redemption of {number}?").format(number=self.row.number)

    def why(self) -> str:
        if self._letter_left:
            return self.tr(
                "The letter that asks for a comment has left and is not taken back. With a reason the redemption is; "
                "the journal keeps it."
            )
        return self.tr("The time to undo is over. With a reason it still can be done; the journal keeps it.")

    def button(self) -> str:
        return self.tr("Undo")
