"""Asks before seats are taken: what, how many before and after, who else wants them, what was promised.

There is one such dialog in the whole program, so that confirming looks the same from every screen.
Where seats are missing it does not confirm: it says how many, and offers to hold or to overbook.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.outbox import CONFIRMATION_WAITS
from models.reservations import Verb, may
from models.rows import ReservationRow
from ui import asking
from ui.confirm_question import ConfirmQuestion, look
from ui.paint.meter import urgency
from ui.paint.seats import Seats
from ui.pulse import pulse
from ui.widgets.button import Button
from ui.widgets.chip import Shape
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.seats import SeatsBlock
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import clock, day_and_time, left_words
from ui.wording.orders import language_word, local, unmatched_words, what_words, when_words
from ui.wording.promise import promise_sum

if TYPE_CHECKING:
    from controllers.reservations import Done


class ConfirmDialog(Dialog):
    """`accepted` asks to confirm, with `overbook` as the reason where seats are missing; `hold_wanted` to hold."""

    hold_wanted = Signal()

    def __init__(self, question: ConfirmQuestion, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", stays=True)
        self._question = question
        self._corner_mark = ChannelMark(channel_mark(question.row.channel), question.row.reference)
        self.set_corner(self._corner_mark)
        self._build_seats()
        self._build_promise()
        self._build_letter()
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        self._hold = self.add_button(self.tr("Hold…"), key="H")
        self._confirm = self.add_button("", "primary", key="Enter")
        self._hold.clicked.connect(self.hold_wanted)
        self._over.clicked.connect(self._ask_reason)
        self._reason.changed.connect(self._settle)
        self._overbooking = self._busy = False
        self._read_at = time.monotonic()
        pulse().join(self._count_down)
        self.show_question(question)

    @property
    def row(self) -> ReservationRow:
        """The order as it is shown."""
        return self._question.row

    @property
    def overbook(self) -> str:
        """The reason to overbook, '' where nobody gave one."""
        return self._reason.text().strip() if self._overbooking else ""

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        return partial(asking.confirm, desk, self.row.id, self.row.version, self.overbook)

    def read_again(self, desk: asking.DeskDoor) -> Callable[[], ConfirmQuestion]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self.row.id)

    def show_question(self, question: ConfirmQuestion) -> None:
        """Show it as it is now; the same dialog after somebody else was quicker."""
        self._question, self._read_at = question, time.monotonic()
        self._title.setText(self._title_of(question))
        self._subtitle.setText(self._what(question))
        self.setAccessibleName(f"{self._title.text()} {self._subtitle.text()}")
        self._show_seats()
        self._show_promise()
        for button, there in (
            (self._hold, self._can_hold()),
            (self._over, question.needs_reason and not self._overbooking),
        ):
            button.allow()
            button.setVisible(there)
            button.setEnabled(there)  # the key of a button that is not there presses nothing
        self._over.set_text(self.tr("Overbook…") if question.short else self.tr("Confirm all the same…"))
        if question.needs_reason and not question.may_overbook:
            self._over.forbid(self.tr("Overbooking needs the right of a manager"))
        self._settle()

    def ask(self) -> None:
        """Open it, with the focus on what is likely."""
        self.open(self._confirm if self._confirm.isEnabled() else self._first_way_out())

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()
        if not busy and self.isVisible() and self._confirm.isEnabled():
            self._confirm.setFocus()

    # what it says

    def _title_of(self, question: ConfirmQuestion) -> str:
        if question.seats is None or question.row.party is None:
            return self.tr("Confirm this order?")
        if question.row.party == 1:
            return self.tr("Confirm 1 seat?")
        return self.tr("Confirm {count} seats?").format(count=question.row.party)

    def _what(self, question: ConfirmQuestion) -> str:
        return f"{what_words(question.row)}.  {when_words(question.row, question.preview.now)}"

    def _build_seats(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        self._seats = SeatsBlock(self._question.seats or Seats(0, 0, 0))
        self._uncounted = Notice("act", "")
        self._party = Notice("done", "")
        self._rivals = Notice("wait", "")
        self._missing = Notice("stop", "")
        self._over = Button(self.tr("Overbook…"), key="O")
        self._buttons.append(self._over)  # so that its key presses it
        self._reason = Field(
            self.tr("Why may it be confirmed all the same? Kept as an internal note"),
            name=self.tr("Reason to overbook"),
        )
        self._reason.hide()
        self._closed = Notice("act", "")
        self._claimed = Notice("act", "", shape="claim")
        for widget in (
            self._claimed,
            self._closed,
            self._seats,
            self._uncounted,
            self._party,
            self._rivals,
            self._missing,
            self._reason,
        ):
            column.addWidget(widget)
        over = QHBoxLayout()
        over.addWidget(self._over)
        over.addStretch(1)
        column.addLayout(over)
        self.add(column)

    def _show_seats(self) -> None:
        question, row = self._question, self._question.row
        self._seats.setVisible(question.seats is not None)
        if question.seats is not None:
            self._seats.show_seats(question.seats)
        reason = unmatched_words(row.unmatched) or self.tr("No departure: no seats are counted")
        self._uncounted.say(
            f"{reason}.", self.tr("It can be confirmed; nobody will notice if it is too full.")
        )
        self._uncounted.setVisible(question.seats is None and not row.open_dated)
        self._party.say(self.tr("The channel does not tell how many come. One seat is taken."))
        self._party.setVisible(row.party is None and question.seats is not None)
        self._closed.say(*self._closed_words())
        self._closed.setVisible(question.preview.closed)
        self._show_claim()
        self._show_rivals()
        self._missing.say(*self._short_words())
        self._missing.setVisible(question.short > 0)
        if not question.needs_reason:
            self._overbooking = False
            self._reason.hide()

    def _closed_words(self) -> tuple[str, str]:
        """Said where a departure is closed for sale."""
        may = self.tr("Nothing more is sold or confirmed on it, unless you say why (O).")
        if not self._question.may_overbook:
            may = self.tr("Nothing more is sold or confirmed on it, unless a manager says why.")
        return self.tr("This departure is closed for sale."), may

    def _show_claim(self) -> None:
        """Somebody else works on it: said, and nothing more; who confirms now takes nothing away from them."""
        claim = self._question.preview.claim
        self._claimed.setVisible(claim is not None)
        if claim is not None:
            until = clock(local(claim.until, self.row.zone))
            self._claimed.say(
                self.tr("{who} works on this order.").format(who=claim.staff),
                self.tr("Claimed until {time}. It can be confirmed all the same.").format(time=until),
            )

    def _show_rivals(self) -> None:
        count, heads = self._question.preview.rivals, self._question.preview.rival_heads
        if count == 1 and heads == 1:
            words = self.tr("1 other order wants 1 seat here.")
        elif count == 1:
            words = self.tr("1 other order wants {heads} seats here.").format(heads=heads)
        else:
            words = self.tr("{count} other orders want {heads} seats here.").format(count=count, heads=heads)
        self._rivals.say(words)
        self._rivals.setVisible(count > 0)

    def _short_words(self) -> tuple[str, str]:
        short = self._question.short
        head = self.tr("1 seat is missing.") if short == 1 else self.tr("{count} seats are missing.")
        hold = self.tr("Hold it until seats are free (H).")
        over = self.tr("Or overbook with a reason (O).")
        if not self._question.may_overbook:
            over = self.tr("Only a manager may overbook.")
        return head.format(count=short), f"{hold} {over}" if self._can_hold() else over

    def _build_promise(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        self._promised = Label("", 13, 500, "ink2")
        self._time_left = Label("", 18, 600)
        self._until = Label("", 12, 400, "ink2", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(32)
        line.addWidget(self._time_left)
        line.addWidget(self._until, 1)
        column.addWidget(self._promised)
        column.addLayout(line)
        self.add(column)

    def _show_promise(self) -> None:
        at = self._question.preview
        confirm_by = self.row.confirm_by
        self._until.setVisible(confirm_by is not None)
        channel = channel_name(self.row.channel)
        own = self.row.channel == "direct" and not self.row.via
        if confirm_by is None:
            self._promised.setText(self.tr("Promised"))
            self._time_left.setText(self.tr("No time was promised"))
            self._time_left.set_ink("ink2")
            return
        self._promised.setText(
            self.tr("Promised by") if own else self.tr("Promised to {channel} by").format(channel=channel)
        )
        self._count_down()
        until = day_and_time(local(confirm_by, self.row.zone), local(at.now, self.row.zone).date())
        added = promise_sum(at.promise, at.counts_from) if at.promise else ""
        self._until.setText(f"{until}: {added}." if added else f"{until}.")

    def _count_down(self) -> None:
        """What is left of the promise, each second anew while the dialog is open."""
        if self.row.confirm_by is None:
            return
        passed = time.monotonic() - self._read_at
        left = int((self.row.confirm_by - self._question.preview.now).total_seconds() - passed)
        self._time_left.setText(left_words(left))
        family = urgency(left)
        self._time_left.set_ink("ink" if family == "gone" else family)

    def _build_letter(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Shape("letters", 18))
        words = QVBoxLayout()
        words.setSpacing(2)
        for text, weight, ink in zip(self._letter_words(), (500, 400), ("ink", "ink2"), strict=True):
            words.addWidget(Label(text, 13, weight, ink, wrap=True))
        row.addLayout(words, 1)
        self.add(row)

    def _letter_words(self) -> tuple[str, str]:
        """Whether the traveler gets the voucher by itself, and what that means for whoever confirms."""
        letter = self._question.preview.letter
        if not letter.has_address:
            own = self.tr("Print the voucher, or give an address afterwards (W): then it leaves.")
            channel = channel_name(self.row.channel)
            theirs = self.tr(
                "{channel} may send its own; or give an address afterwards (W): then ours leaves."
            )
            means = own if self.row.channel == "direct" else theirs.format(channel=channel)
            return self.tr("No voucher letter leaves: no e-mail address is known."), means
        if not letter.by_itself:
            return (
                self.tr("No voucher letter leaves by itself: it is switched off in the settings."),
                self.tr("Send it from the reservation."),
            )
        leaves = self.tr("The voucher letter in {language} leaves {seconds} seconds later.").format(
            language=language_word(letter.language), seconds=round(CONFIRMATION_WAITS.total_seconds())
        )
        return leaves, self.tr("Until then you can take this back with Ctrl+Z.")

    # what can be pressed

    def _can_hold(self) -> bool:
        return may(self._question.row.status, Verb.HOLD)

    def _first_way_out(self) -> QWidget:
        return self._hold if self._can_hold() else self._over if self._over.isEnabled() else self._not_now

    def _ask_reason(self) -> None:
        self._overbooking = True
        self._reason.show()
        self._over.hide()
        self._over.setEnabled(False)
        self._settle()
        self._reason.setFocus()

    def _settle(self, _typed: str = "") -> None:
        """The words and the state of the button, by what is shown and typed now."""
        count = self._question.row.party
        over = self._question.needs_reason
        verb = self.tr("Overbook") if self._question.short and self._overbooking else self.tr("Confirm")
        some = self._question.seats is not None and count is not None
        text = self.tr("{verb} {count} seats").format(verb=verb, count=count) if some else verb
        if some and count == 1:
            text = self.tr("{verb} 1 seat").format(verb=verb)
        self._confirm.set_kind("danger" if over and self._overbooking else "primary")
        self._confirm.set_text(text)
        if over and not self.overbook:
            self._confirm.forbid(
                self.tr("Say the reason first")
                if self._overbooking
                else (self._short_words() if self._question.short else self._closed_words())[0]
            )
        else:
            self._confirm.allow()
            self._confirm.setEnabled(not self._busy)
        if self.isVisible():
            self._place()
