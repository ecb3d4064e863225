"""Asks before a channel's word is taken: both sides once more, the seats before and after, and who may overbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.deeds import overrules
from models.frozen import frozen
from models.refusals import CannotDo
from models.rows import ReservationRow
from ui import asking
from ui.details_decisions import side_words
from ui.paint.seats import Seats
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.seats import SeatsBlock
from ui.wording.channels import channel_mark, channel_name
from ui.wording.orders import local, what_words, when_words

if TYPE_CHECKING:
    from controllers.reservations import Done
    from models.details import DecisionFacts, Details


@frozen
class TakeQuestion:
    """What the dialog shows: the question, the reservation as it stands, and the seats that would move."""

    decision: DecisionFacts
    found: Details
    seats: Seats | None
    closed: bool  # the departure it would stand on

    @property
    def short(self) -> int:
        """How many seats would be missing; where some are given back nothing is."""
        return self.seats.short if self.seats and self._takes_seats else 0

    @property
    def needs_reason(self) -> bool:
        """Whether only a manager can take it, and says why: seats are missing, or nothing is sold any more."""
        return self._takes_seats and (self.short > 0 or self.closed)

    @property
    def _takes_seats(self) -> bool:
        return self.seats is not None and self.seats.after > self.seats.before


def look(desk: asking.DeskDoor, decision_id: int, reservation_id: int) -> TakeQuestion:
    """Asks everything the dialog shows. Raises CannotDo where ours can only be kept. On the desk's lane only."""
    found = asking.details(desk, reservation_id)
    decision = next((one for one in found.decisions if one.id == decision_id), None)
    if decision is None:
        raise CannotDo("decided-already", number=found.number)
    if decision.why_kept:
        raise CannotDo(decision.why_kept, number=found.number, status=found.row.status)
    moved = asking.preview_theirs(desk, decision_id)
    seats = Seats(moved.before, moved.after, moved.capacity) if moved else None
    return TakeQuestion(decision, found, seats, moved is not None and moved.closed)


class TakeDialog(Dialog):
    """`accepted` asks to take theirs; where seats are missing only with a manager's reason."""

    reads_on = Lane.DESK  # the seats are tried, which is a write

    def __init__(self, question: TakeQuestion, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", stays=True)
        row = question.found.row
        self._question, self._busy = question, False
        self.set_corner(ChannelMark(channel_mark(row.channel), row.reference or row.number))
        self._ours, self._theirs = Label("", 14, 600), Label("", 14, 600, "act")
        self._seats = SeatsBlock(question.seats or Seats(0, 0, 0))
        self._missing = Notice("stop", "")
        self._reason = Field(
            self.tr("Why may it be overbooked? Kept as an internal note"), name=self.tr("Reason to overbook")
        )
        self._add_parts(channel_name(row.channel))
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        self._take = self.add_button("", "primary", key="Enter")
        self._reason.changed.connect(self._settle)
        self.show_question(question)

    @property
    def row(self) -> ReservationRow:
        """The reservation as it is shown."""
        return self._question.found.row

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        reason = self._reason.text().strip() if self._question.needs_reason else ""
        return partial(asking.take_theirs, desk, self._question.decision.id, reason)

    def read_again(self, desk: asking.DeskDoor) -> Callable[[], TakeQuestion]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self._question.decision.id, self.row.id)

    def show_question(self, question: TakeQuestion) -> None:
        """Show it as it is now; what was typed stays."""
        self._question = question
        row, now = question.found.row, question.found.seen_by.now
        self._title.setText(self.tr("Take what {channel} says?").format(channel=channel_name(row.channel)))
        self._subtitle.setText(f"{what_words(row)}.  {when_words(row, now)}")
        self.setAccessibleName(f"{self._title.text()} {self._subtitle.text()}")
        today = local(now, row.zone).date()
        self._ours.setText(side_words(question.decision.ours, row.zone, today, named=True))
        self._theirs.setText(side_words(question.decision.theirs, row.zone, today, named=True))
        self._seats.setVisible(question.seats is not None)
        if question.seats is not None:
            self._seats.show_seats(question.seats)
        self._show_missing()
        self._settle()

    def ask(self) -> None:
        """Open it; where a reason is needed, ready to type."""
        self.open(self._take if self._take.isEnabled() else self._way_on())

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def _add_parts(self, channel: str) -> None:
        sides, seats = QHBoxLayout(), QVBoxLayout()
        sides.setSpacing(32)
        for words, side in (
            (self.tr("Here"), self._ours),
            (self.tr("{channel} says").format(channel=channel), self._theirs),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Label(words, 12, 500, "ink2"))
            column.addWidget(side)
            column.addStretch(1)
            sides.addLayout(column)
        sides.addStretch(1)
        seats.setSpacing(12)
        for widget in (self._seats, self._missing, self._reason):
            seats.addWidget(widget)
        self.add(sides)
        self.add(seats)

    def _show_missing(self) -> None:
        question, may = self._question, self._may_overbook
        what = (
            self.tr("Take it with a reason, or keep ours.")
            if may
            else self.tr("Only a manager may overbook.")
        )
        self._missing.say(self._missing_words(question.short), what)
        self._missing.setVisible(question.needs_reason)
        self._reason.setVisible(question.needs_reason and may)

    def _missing_words(self, short: int) -> str:
        if not short:
            return self.tr("This departure is closed for sale.")
        if short == 1:
            return self.tr("1 seat is missing.")
        return self.tr("{count} seats are missing.").format(count=short)

    @property
    def _may_overbook(self) -> bool:
        return overrules(self._question.found.seen_by.role)

    def _way_on(self) -> QWidget:
        return self._reason if self._question.needs_reason and self._may_overbook else self._not_now

    def _settle(self, _typed: str = "") -> None:
        short, needs_reason = self._question.short, self._question.needs_reason
        self._take.set_kind("danger" if needs_reason else "primary")
        over = self.tr("Overbook by {count}").format(count=short)
        self._take.set_text(over if short else self.tr("Take it"))
        if needs_reason and not self._reason.text().strip():
            may = self._may_overbook
            self._take.forbid(
                self.tr("Say the reason first") if may else self.tr("This needs the right of a manager")
            )
        else:
            self._take.allow()
            self._take.setEnabled(not self._busy)
        if self.isVisible():
            self._place()
