"""The money of a reservation: what it costs, who took what, and what would go back if it ended now."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.money import Money
from models.orders import Collector
from models.payments import MoneyState, RefundDue, full_refund, refund_due
from models.refunds import STEPS, Step
from models.reservations import GONE, Status
from models.rewards import METHOD
from models.rights import Right, may
from ui import actions, fonts
from ui.details_rows import FactRow, Heading, Stack, section_line
from ui.details_tiers import TierBar, tier_spans
from ui.refund_words import method_word
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.tip import set_tip
from ui.wording.channels import channel_name
from ui.wording.dates import day_and_time, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import local
from ui.wording.refunds import tier_words

if TYPE_CHECKING:
    from models.details import Details, PaymentFacts, RefundFacts

_WORDS = {Step.DONE: "refund-done", Step.FAILED: "refund-failed", Step.AGAIN: "refund-again"}
POLICY = (Status.CONFIRMED, Status.CANCEL_REQUESTED)


class MoneyPart(Stack):
    """Lines, payments, refunds, what is to be collected, and 'If cancelled now'."""

    receipt_wanted = Signal(int)
    refund_wanted = Signal(object, int)
    """A step was pressed, of which refund."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._receipt_of: int | None = None
        self._today, self._zone, self._channel = dt.date.min, "UTC", ""
        self.office_zone, self._may_mark = "UTC", False

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show a reservation's money as of now."""
        self._zone, self._channel = found.row.zone, channel_name(found.row.channel)
        self.office_zone, self._may_mark = found.seen_by.zone, may(found.seen_by.role, Right.REFUND)
        self._today = local(now, self._zone).date()
        rows: list[QWidget] = [Heading(self.tr("Money"), first=True), section_line()]
        rows += self._prices(found)
        rows += [self._payment(one) for one in found.payments]
        for one in found.refunds:
            rows += [self._refund(one), *self._steps(one)]
        rows.append(self._to_collect(found))
        self._receipt_of = found.row.id if _has_receipt(found) else None
        if self._receipt_of is not None:
            rows.append(self._receipt_button())
        if found.row.status not in (*GONE, Status.REDEEMED, Status.NO_SHOW):
            rows += self._if_cancelled(found, now)
        self.fill(*rows)

    def want_receipt(self) -> None:
        """Somebody shows the receipt, where there is one."""
        if self._receipt_of is not None:
            self.receipt_wanted.emit(self._receipt_of)

    def _receipt_button(self) -> QWidget:
        held, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        button = Button(actions.text("receipt"), icon="print", key=actions.cap("receipt"), height=30)
        button.clicked.connect(self.want_receipt)
        row.addStretch(1)
        row.addWidget(button)
        held.setLayout(row)
        return held

    def _prices(self, found: Details) -> list[QWidget]:
        rows: list[QWidget] = []
        for line in found.lines:
            if line.price is None:
                continue
            whole = Money(line.price.minor * line.quantity, line.price.currency)
            words = f"{line.quantity} × {line.unit}, {money_words(line.price)}"
            rows.append(
                FactRow(
                    words,
                    "",
                    money_words(whole),
                    ink="ink2",
                    head_weight=400,
                    right_ink="ink",
                    right_weight=500,
                )
            )
        if found.row.amount is not None:
            total = money_words(found.row.amount)
            rows.append(FactRow(self.tr("Price"), "", total, right_ink="ink", right_weight=600))
        return rows

    def _payment(self, payment: PaymentFacts) -> FactRow:
        by_us = payment.collector is Collector.US
        when = day_and_time(local(payment.at, self._zone), self._today)
        if payment.state is MoneyState.DUE:
            head = (
                self.tr("Due to us") if by_us else self.tr("Due to {channel}").format(channel=self._channel)
            )
            return FactRow(
                head, "", money_words(payment.amount), ink="act", right_ink="act", right_weight=600
            )
        if payment.state is MoneyState.FAILED:
            return FactRow(
                self.tr("Not collected any more"),
                "",
                money_words(payment.amount),
                ink="ink3",
                right_ink="ink3",
            )
        head = (
            self.tr("Taken by us")
            if by_us
            else self.tr("Collected by {channel}").format(channel=self._channel)
        )
        method = ", ".join(part for part in (self._method(payment.method), when) if part) if by_us else ""
        amount = money_words(Money(-payment.amount.minor, payment.amount.currency))
        return FactRow(
            head, method, amount, ink="ink2", head_weight=400, right_ink="ink", right_weight=500, column=120
        )

    def _method(self, word: str) -> str:
        known = {
            "cash": self.tr("cash"),
            "card": self.tr("card"),
            "transfer": self.tr("transfer"),
            METHOD: self.tr("reward code"),
            "unknown": "",
        }
        return known.get(word, word)

    def _refund(self, refund: RefundFacts) -> FactRow:
        by_us = refund.collector is Collector.US
        head = (
            (self.tr("We gave back") if refund.state is MoneyState.DONE else self.tr("We give back"))
            if by_us
            else self.tr("{channel} gives back").format(channel=self._channel)
        )
        row = FactRow(
            head,
            self._refund_words(refund),
            money_words(refund.amount),
            shape="undo",
            family="stop" if refund.state is MoneyState.FAILED else "",
            right_ink="ink",
            right_weight=600,
            column=110,
        )
        parts = [row.accessibleName(), tier_words(refund.tier)]
        if not by_us:
            parts.append(self.tr("The channel holds this money; nothing is paid from here"))
        set_tip(row, ". ".join(parts))
        return row

    def _steps(self, refund: RefundFacts) -> list[QWidget]:
        """What can be marked of money that we hold."""
        steps = STEPS[refund.state] if refund.collector is Collector.US and self._may_mark else {}
        if not steps:
            return []
        held, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        row.setSpacing(fonts.px(6))
        row.addStretch(1)
        for step in steps:
            button = Button(actions.text(_WORDS[step]), height=30)
            button.clicked.connect(partial(self._want, step, refund.id))
            row.addWidget(button)
        held.setLayout(row)
        return [held]

    def _want(self, step: Step, refund_id: int, _checked: bool = False) -> None:
        self.refund_wanted.emit(step, refund_id)

    def _refund_words(self, refund: RefundFacts) -> str:
        """How far a refund is, and when it should be seen."""
        if refund.state is MoneyState.DONE:
            at = refund.done_at
            day = day_word(local(at, self._zone).date(), self._today, inside=True) if at else ""
            words = day
            how = (words, method_word(refund.method), refund.reference)
            return ", ".join(part for part in how if part)
        if refund.state is MoneyState.FAILED:
            why = refund.trouble or self.tr("try again or call")
            return self.tr("did not go back: {why}").format(why=why)
        first, last = (
            day_word(day, self._today, inside=True) for day in (refund.expected_from, refund.expected_to)
        )
        return self.tr("between {first} and {last}").format(first=first, last=last)

    def _to_collect(self, found: Details) -> QWidget:
        due, amount = found.row.due, found.row.amount
        currency = (due or amount or Money(0, "KRW")).currency
        words = money_words(due or Money(0, currency)) if due or amount else self.tr("not told")
        ink = "act" if due else "ink"
        return FactRow(
            self.tr("To collect at the desk"),
            "",
            words,
            head_weight=600,
            right_ink=ink,
            right_weight=700,
            line=False,
        )

    def _if_cancelled(self, found: Details, now: dt.datetime) -> list[QWidget]:
        rows: list[QWidget] = [Heading(self.tr("If cancelled now"))]
        due, currency = self._due_now(found, now)
        amount = money_words(Money(due.amount_minor, currency)) if currency else ""
        words = self.tr("Refund {amount}").format(amount=amount) if amount else self.tr("Nothing was paid")
        rows.append(Label(f"{words}: {tier_words(due.tier)}" if amount else words, 13, 600, wrap=True))
        departs = found.row.departs_at
        if found.row.status in POLICY and departs is not None and found.tiers:
            spans = tier_spans(found.tiers, found.row.ordered_at, departs)
            rows.append(Label(self._limits(found), 12, 400, "ink2", wrap=True))
            rows += [TierBar(spans, now)] if spans else []
        return rows

    def _due_now(self, found: Details, now: dt.datetime) -> tuple[RefundDue, str]:
        done = [payment.amount for payment in found.payments if payment.state is MoneyState.DONE]
        total = sum(money.minor for money in done)
        currency = done[0].currency if done else ""
        if found.row.status in POLICY:
            return refund_due(total, found.tiers, found.row.departs_at, now), currency
        return full_refund(total), currency

    def _limits(self, found: Details) -> str:
        assert found.row.departs_at is not None
        parts = []
        for tier in found.tiers:
            until = local(found.row.departs_at - dt.timedelta(days=tier.until_days), self._zone)
            parts.append(
                self.tr("{percent} % until {when}").format(percent=tier.percent, when=day_and_time(until))
            )
        return "; ".join(parts)


def _has_receipt(found: Details) -> bool:
    """Whether money was taken here, or seats are held until it is."""
    ours = (one.state is MoneyState.DONE and one.collector is Collector.US for one in found.payments)
    return any(ours) or (found.row.status is Status.AWAITING_PAYMENT and found.row.channel == "direct")
