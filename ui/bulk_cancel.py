"""Asks before several orders end for one reason: what each traveler reads first, what goes back, who is left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.reservations import Cause
from ui import asking
from ui.bulk_message import BulkMessage
from ui.cancel_question import CAUSES
from ui.cancel_way import rate_words
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.wording.bulk import counted, left_out_words
from ui.wording.dates import day_word
from ui.wording.numbers import money_words, number_words

if TYPE_CHECKING:
    from controllers.bulk import BulkDone
    from controllers.bulk_cancel import CancelAllPreview
    from models.rows import ReservationRow

_MOST_LINES = 8


class BulkCancelDialog(Dialog):
    """`accepted` asks to tell them and cancel those that can be."""

    def __init__(self, preview: CancelAllPreview, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", width=640, stays=True)
        self._preview, self._busy = preview, False
        self._message = BulkMessage(preview.reasons)
        self._cause = Segmented(
            self.tr("Ours"), self.tr("Theirs"), self.tr("Force majeure"), name=self.tr("Whose cause")
        )
        self._rate = Label("", 12, 400, "ink2", wrap=True)
        self._promise, self._stay = Notice("stop", ""), Notice("stop", "")
        self._days = Label("", 13, 400, "ink2", wrap=True)
        self._money, self._addresses = Label("", 14, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._lay_out()
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(" ", "danger", key="Ctrl Enter")
        self._message.changed.connect(self._settle)
        self._cause.chosen.connect(self._show_cause)
        self.show_question(preview)

    @property
    def rows(self) -> tuple[ReservationRow, ...]:
        """The orders that would be cancelled."""
        return self._preview.rows

    @property
    def cause(self) -> Cause:
        """Whose cause it is; ours where none of them was confirmed."""
        return CAUSES[self._cause.at] if self._preview.confirmed else Cause.OURS

    @property
    def reason(self) -> str:
        """The reason that was chosen, or what was written instead."""
        return self._message.reason

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._message.area if self.rows else self._not_now)

    def deed(self, desk: asking.DeskDoor) -> Callable[[], BulkDone]:
        """What the button asks for, to be done on a lane."""
        ids = tuple(row.id for row in self.rows)
        words = self.reason, self._message.texts
        return partial(asking.cancel_all, desk, ids, *words, self.cause, self._preview.seen)

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def show_question(self, preview: CancelAllPreview) -> None:
        """What it would do, as it is now."""
        self._preview = preview
        count = len(preview.rows)
        title = counted(count, self.tr("Cancel 1 order?"), self.tr("Cancel {count} orders together?"))
        self._title.setText(title if count else self.tr("None of these can be cancelled"))
        self._subtitle.setText(self.tr("One reason, told to each before it is cancelled."))
        self.setAccessibleName(f"{self._title.text()} {self._subtitle.text()}")
        words = counted(
            preview.confirmed,
            self.tr("1 of them was confirmed. Cancel it only if it cannot be kept."),
            self.tr("{count} of them were confirmed. Cancel them only if it cannot be kept."),
        )
        if preview.confirmed == count > 1:
            words = self.tr("All of them were confirmed. Cancel them only if it cannot be kept.")
        self._promise.say(self.tr("A voucher is a promise."), words)
        self._promises.setVisible(preview.confirmed > 0)
        self._show_left_out()
        self._show_money()
        self._show_rate()
        self._message.set_languages(preview.languages)

    def _show_left_out(self) -> None:
        left = self._preview.left_out
        told = [left_out_words(one) for one in left[:_MOST_LINES]]
        if len(left) > _MOST_LINES:
            told.append(self.tr("and {count} more").format(count=len(left) - _MOST_LINES))
        head = counted(len(left), self.tr("1 stays as it is"), self.tr("{count} stay as they are"))
        self._stay.say(head, "\n".join(told))
        self._stay.setVisible(bool(left))

    def _show_money(self) -> None:
        ours, theirs = (
            ", ".join(money_words(one) for one in part) for part in self._preview.goes_back[self.cause]
        )
        told = []
        if ours:
            told.append(self.tr("{amount} goes back from us").format(amount=ours))
        if theirs:
            told.append(self.tr("{amount} is given back by channels").format(amount=theirs))
        self._money.setText(". ".join(told) or self.tr("Nothing goes back"))
        days = self.tr("Arrives between {first} and {last}: 2 to 5 business days.").format(
            first=day_word(self._preview.first), last=day_word(self._preview.last)
        )
        self._days.setText(days)
        self._days.setVisible(bool(told))
        none = self._preview.no_address
        words = counted(
            none,
            self.tr("1 has no address: it stands at its channel as to do, or with a note."),
            self.tr("{count} have no address: they stand at their channels as to do, or with a note."),
        )
        self._addresses.setText(words if none else self.tr("Each can be written to."))

    def _show_cause(self, _at: int) -> None:
        self._show_money()
        self._show_rate()

    def _show_rate(self) -> None:
        self._rate.setText(rate_words(self._preview.by_us, self.cause, len(self.rows)))

    def _settle(self) -> None:
        words = self.tr("Tell them and cancel {count}")
        self._go.set_text(words.format(count=number_words(len(self.rows))))
        if not self.rows:
            self._go.forbid(self.tr("None of these can be cancelled"))
        elif not self.reason:
            self._go.forbid(self.tr("Write to the travelers first"))
        else:
            self._go.allow()
            self._go.setEnabled(not self._busy)

    def _lay_out(self) -> None:
        self._promises = QWidget()
        promise, line = QVBoxLayout(self._promises), QHBoxLayout()
        promise.setContentsMargins(0, 0, 0, 0)
        promise.setSpacing(12)
        promise.addWidget(self._promise)
        line.addWidget(Label(self.tr("Whose cause"), 13, 500, "ink2"))
        line.addStretch(1)
        line.addWidget(self._cause)
        promise.addLayout(line)
        message, money = QVBoxLayout(), QVBoxLayout()
        message.setSpacing(8)
        message.addWidget(self._promises)
        message.addWidget(self._message)
        message.addWidget(self._rate)
        money.setSpacing(4)
        for widget in (self._money, self._days, self._addresses, self._stay):
            money.addWidget(widget)
        self.add(message)
        self.add(money)
