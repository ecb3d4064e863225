"""Which way a traveler is told why an order is cancelled, and what cancelling does to the share that we cancel."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.cancelling import Telling
from models.metrics import Share
from models.reservations import Cause
from models.rows import ReservationRow
from ui.cancel_question import CancelQuestion
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.wording.channels import channel_name
from ui.wording.numbers import number_words

translate = QCoreApplication.translate


class WayToTell(QWidget):
    """Says that a letter leaves first; where no address is known, asks how else. `changed` when another was chosen."""

    changed = Signal()

    def __init__(self, question: CancelQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ReservationRow = question.row
        self._has_address = True
        self._ways: tuple[Telling, ...] = ways_of(question.row)
        self._says = Label("", 13, 500, wrap=True)
        self._more = Label("", 12, 400, "ink2", wrap=True)
        self._choice = Segmented(*(self._word(one) for one in self._ways), name=self.tr("How they are told"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for widget in (self._says, self._choice, self._more):
            column.addWidget(widget)
        self._choice.chosen.connect(self._was_chosen)
        self.show_question(question)

    @property
    def telling(self) -> Telling:
        """The way."""
        return Telling.LETTER if self._has_address else self._ways[self._choice.at]

    def show_question(self, question: CancelQuestion) -> None:
        """As it is now: an address may have become known."""
        self._row = question.row
        self._has_address = next(iter(question.previews.values())).has_address
        self._choice.setVisible(not self._has_address and len(self._ways) > 1)
        self._say()

    def button_words(self) -> str:
        """What the button does."""
        if self.telling is Telling.LETTER:
            return self.tr("Tell them and cancel")
        return self.tr("Keep the note and cancel")

    def _was_chosen(self, _at: int) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if self._has_address:
            self._says.setText(self.tr("It leaves before the letter that says it is cancelled."))
            self._more.hide()
            return
        self._says.setText(self.tr("No address of the traveler is known, so no letter can leave."))
        if self.telling is Telling.CHANNEL:
            words = self.tr(
                "Write it in {channel}'s own chat: it stands there as to do until it is ticked off."
            )
            words = words.format(channel=channel_name(self._row.channel))
        else:
            words = self.tr("Tell them by phone or in person. What you write is kept as a note.")
        self._more.setText(words)
        self._more.show()

    def _word(self, way: Telling) -> str:
        if way is Telling.CHANNEL:
            return self.tr("To do at {channel}").format(channel=channel_name(self._row.channel))
        return self.tr("We tell them")


def ways_of(row: ReservationRow) -> tuple[Telling, ...]:
    """How somebody without an address can be told: in the chat of the channel that sold it, or by ourselves."""
    theirs = row.channel != "direct" or bool(row.via)
    return (Telling.CHANNEL, Telling.OURSELVES) if theirs else (Telling.OURSELVES,)


def rate_words(by_us: Share, cause: Cause, more: int = 1) -> str:
    """'Cancelled by us this month: 3 → 4 of 120 orders (2.5 % → 3.3 %).'"""
    if cause is not Cause.OURS:
        return translate("cancel", "It does not count among the orders that we cancel.")
    before, orders = by_us.part, max(by_us.of, 1)
    words = translate(
        "cancel", "Cancelled by us this month: {before} → {after} of {orders} ({low} % → {high} %)"
    )
    return words.format(
        before=number_words(before),
        after=number_words(before + more),
        orders=number_words(orders),
        low=_percent(before, orders),
        high=_percent(before + more, orders),
    )


def _percent(part: int, of: int) -> str:
    from PySide6.QtCore import QLocale

    return QLocale().toString(100 * part / of, "f", 1)
