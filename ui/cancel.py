"""Asks before a reservation ends: what the traveler is told first, whose cause it is, what money goes back.

Three faces of one dialog. An order that waits is cancelled with a reason; a confirmed one only with a
warning, because a voucher is a promise; where the traveler asked to cancel, staff accept or decline.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.money import Money
from models.payments import RefundDue
from models.replies import left_open
from models.reservations import Cause, Status, Verb, may
from models.rows import ReservationRow
from ui import asking
from ui.cancel_question import CAUSES, CancelQuestion, look
from ui.cancel_way import WayToTell, rate_words
from ui.widgets.chip import Shape
from ui.widgets.dialog import Dialog
from ui.widgets.drafts import Drafts
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea
from ui.widgets.tip import set_tip
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import day_word
from ui.wording.numbers import money_words
from ui.wording.orders import language_word, local, what_words, when_words
from ui.wording.refunds import tier_words

if TYPE_CHECKING:
    from controllers.reservations import Done


class CancelDialog(Dialog):
    """`chosen` when a button says how it ends; `deed` then is CANCEL with its reason, ACCEPT, DECLINE or WITHDRAW."""

    chosen = Signal()

    def __init__(self, question: CancelQuestion, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", stays=True)
        self._question, self._busy, self._verb = question, False, question.verb
        row = question.row
        self.set_corner(ChannelMark(channel_mark(row.channel), row.reference or row.number))
        self._cause = Segmented(
            self.tr("Ours"), self.tr("Theirs"), self.tr("Force majeure"), name=self.tr("Whose cause")
        )
        self._area = TextArea(
            self.tr("The traveler reads this first, then it is cancelled."),
            name=self.tr("Message to the traveler"),
            rows=4,
        )
        self._drafts = Drafts(tuple(one.title for one in question.drafts), name=self.tr("Often said"))
        self._way = WayToTell(question)
        self._tells = question.verb is Verb.CANCEL
        self._rate = Label("", 12, 400, "ink2", wrap=True)
        if question.row.status is Status.CONFIRMED:
            self._build_promise()
        if self._tells:
            self._build_message()
        self._build_money()
        self._build_seats()
        self._build_buttons()
        self._area.changed.connect(self._settle)
        self._way.changed.connect(self._settle)
        self._drafts.chosen.connect(self._take_draft)
        self._cause.chosen.connect(self._show_money)
        self.show_question(question)

    @property
    def row(self) -> ReservationRow:
        """The reservation as it is shown."""
        return self._question.row

    @property
    def reason(self) -> str:
        """What the traveler is told."""
        return self._area.text().strip()

    @property
    def cause(self) -> Cause:
        """Whose cause it is; ours where nobody is asked."""
        return CAUSES[self._cause.at] if self.row.status is Status.CONFIRMED else Cause.OURS

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Done]:
        """What the pressed button asks for, to be done on a lane."""
        row = self.row
        if self._verb is Verb.CANCEL:
            way = self._way.telling
            return partial(asking.cancel, desk, row.id, self.reason, self.cause, row.version, way)
        return partial(asking.do, desk, self._verb, row.id, row.version)

    def read_again(self, desk: asking.DeskDoor) -> Callable[[], CancelQuestion]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self.row.id, self._question.verb)

    def show_question(self, question: CancelQuestion) -> None:
        """Show it as it is now; what was typed stays."""
        self._question = question
        self._title.setText(self._title_words())
        now = question.preview(self.cause).now
        self._subtitle.setText(f"{what_words(question.row)}.  {when_words(question.row, now)}")
        self.setAccessibleName(f"{self._title.text()} {self._subtitle.text()}")
        self._show_seats()
        self._show_money()
        self._way.show_question(question)
        self._settle()

    def ask(self) -> None:
        """Open it, ready to type; where nothing is to be typed the safe button has the focus."""
        self.open(self._area if self._tells else self._not_now)

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    # what it says

    def _title_words(self) -> str:
        number = self.row.number
        if self._question.verb is Verb.ACCEPT:
            return self.tr("Cancel {number} as asked?").format(number=number)
        if self._question.verb is Verb.WITHDRAW:
            return self.tr("Withdraw {number}?").format(number=number)
        return self.tr("Cancel {number}?").format(number=number)

    def _build_promise(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(
            Notice(
                "stop",
                self.tr("A voucher is a promise."),
                self.tr("This one was confirmed. Cancel it only if it cannot be kept."),
            )
        )
        line = QHBoxLayout()
        line.addWidget(Label(self.tr("Whose cause"), 13, 500, "ink2"))
        line.addStretch(1)
        line.addWidget(self._cause)
        column.addLayout(line)
        column.addWidget(self._rate)
        self.add(column)

    def _build_message(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        language = self._question.preview(self.cause).language
        head = self.tr("Message to the traveler")
        if language:
            head = self.tr("Message to the traveler, who reads {language}").format(
                language=language_word(language)
            )
        column.addWidget(Label(head, 13, 500, "ink2"))
        column.addWidget(self._area)
        column.addWidget(self._drafts)
        column.addWidget(self._way)
        if self.row.status is not Status.CONFIRMED:
            column.addWidget(self._rate)
        self.add(column)

    def _build_money(self) -> None:
        self._amount, self._tier = Label("", 18, 600), Label("", 13, 400, "ink2", wrap=True)
        self._channel, self._days = Label("", 13, 500, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        words.setSpacing(3)
        row.addWidget(Shape("cash", 18), 0, Qt.AlignmentFlag.AlignTop)
        for label in (self._amount, self._tier, self._channel, self._days):
            words.addWidget(label)
        row.addLayout(words, 1)
        self.add(row)

    def _build_seats(self) -> None:
        self._freed = Label("", 13, 500)
        self._freed_line = QWidget()
        row = QHBoxLayout(self._freed_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Shape("person", 18))
        row.addWidget(self._freed, 1)
        if self._question.seats is not None:
            self.add(self._freed_line)

    def _show_seats(self) -> None:
        seats = self._question.seats
        if seats is None:
            return
        count = seats.before - seats.after
        words = self.tr("1 seat becomes free") if count == 1 else self.tr("{count} seats become free")
        numbers = self.tr("{before} → {after} of {capacity}")
        self._freed.setText(
            f"{words.format(count=count)}: "
            + numbers.format(before=seats.before, after=seats.after, capacity=seats.capacity)
        )

    def _show_rate(self) -> None:
        """What it does to the share of orders that we cancel, which channels judge us by."""
        self._rate.setText(rate_words(self._question.preview(self.cause).by_us, self.cause))

    def _show_money(self, _at: int = 0) -> None:
        self._show_rate()
        at = self._question.preview(self.cause)
        plan = at.plan
        ours, theirs = self._part(plan.ours), self._part(plan.theirs)
        if plan.theirs.amount_minor and not plan.ours.amount_minor:
            head, tier = self._by_channel().format(amount=ours or theirs), plan.theirs
            more = ""
        else:
            head = (
                self.tr("{amount} goes back from us").format(amount=ours)
                if ours
                else self.tr("Nothing goes back")
            )
            tier = plan.ours
            more = self._by_channel().format(amount=theirs) if theirs else ""
        self._amount.setText(head)
        unpaid = not (ours or theirs) and tier.percent == 100
        self._tier.setText(self.tr("Nothing was paid yet.") if unpaid else tier_words(tier.tier))
        self._channel.setText(more)
        self._channel.setVisible(bool(more))
        self._days.setVisible(bool(ours or theirs))
        today = local(at.now, self.row.zone).date()
        self._days.setText(
            self.tr("Arrives between {first} and {last}: 2 to 5 business days.").format(
                first=day_word(plan.expected_from, today), last=day_word(plan.expected_to, today)
            )
        )
        if self.isVisible():
            self._place()

    def _by_channel(self) -> str:
        name = channel_name(self.row.channel)
        return self.tr("{channel} gives back {amount}").replace("{channel}", name)

    def _part(self, due: RefundDue) -> str:
        currency = self._question.preview(self.cause).plan.currency
        return money_words(Money(due.amount_minor, currency)) if due.amount_minor else ""

    # what can be pressed

    def _build_buttons(self) -> None:
        verb = self._question.verb
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        if verb is Verb.ACCEPT:
            decline = self.add_button(self.tr("Decline, it stays"), key="D")
            decline.clicked.connect(lambda: self._choose(Verb.DECLINE))
            self._go = self.add_button(self.tr("Accept and cancel"), "danger", key="A")
        elif verb is Verb.WITHDRAW:
            self._go = self.add_button(self.tr("Withdraw the order"), "danger", key="W")
        else:
            if may(self.row.status, Verb.WITHDRAW):
                theirs = self.add_button(self.tr("They withdrew"))
                set_tip(theirs, self.tr("The traveler stepped back: free of charge, no message"))
                theirs.clicked.connect(lambda: self._choose(Verb.WITHDRAW))
            self._go = self.add_button(self._way.button_words(), "danger", key="Ctrl Enter")
        self.accepted.connect(lambda: self._choose(verb))

    def _choose(self, verb: Verb) -> None:
        self._verb = verb
        self.set_busy(True)
        self.chosen.emit()

    def _take_draft(self, title: str) -> None:
        self._area.write_over(next(one.text for one in self._question.drafts if one.title == title))
        self._area.setFocus()

    def _settle(self, _typed: str = "") -> None:
        if not self._question.may_cancel:
            self._go.forbid(self.tr("Cancelling what was confirmed needs the right of a manager"))
        elif self._tells and not self.reason:
            self._go.forbid(self.tr("Write to the traveler first"))
        elif self._tells and (holes := left_open(self.reason)):
            self._go.forbid(self.tr("Fill in what nobody knows: {what}").format(what=", ".join(holes)))
        else:
            self._go.allow()
            self._go.setEnabled(not self._busy)
        if self._tells:
            self._go.set_text(self._way.button_words())
