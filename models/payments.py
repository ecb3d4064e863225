"""Money on a reservation: what is due to us, and what goes back when it is cancelled.

A refund tier says: until N times 24 hours before departure, P percent (or all but a fixed fee).
Later than every tier, nothing. Money arrives 2 to 5 business days after the day of cancelling,
by the calendar of the payment's country and our own closed days.
"""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models.frozen import frozen
from models.holidays import public_days
from models.orders import Collector
from models.reservations import Cause, Status


class MoneyState(enum.StrEnum):
    """Whether money has moved."""

    DUE = "DUE"
    DONE = "DONE"
    FAILED = "FAILED"


class PaymentStatus(enum.StrEnum):
    """How an order stands with its money, in one word: what lists are narrowed by."""

    NOTHING = "nothing"  # no payment was ever told
    DUE = "due"  # the counter has something to collect
    OPEN = "open"  # something is open that the channel collects
    PAID = "paid"
    REFUND = "refund"  # money goes or went back


DEFAULT_TIERS = ({"until_days": 1, "percent": 100},)
FIRST_DAY, LAST_DAY = 2, 5  # business days until a refund is seen


@frozen
class Tier:
    """Until `until_days` x 24 h before departure: `percent` back, less a `fee` in minor units."""

    until_days: int
    percent: int
    fee: int = 0


@frozen
class RefundDue:
    """What goes back (minor units) and the tier that gave it: 'full', 'until 7 days: 100 %', 'too late: 0 %'."""

    amount_minor: int
    tier: str
    percent: int


@frozen
class Paid:
    """One payment as the rules see it."""

    amount_minor: int
    state: MoneyState
    collector: Collector
    by_code: bool = False
    """Taken off by a code: no money came for it, and none goes back for it."""


def tiers_of(rows: Sequence[dict[str, Any]]) -> tuple[Tier, ...]:
    """The tiers of a product, the earliest limit first."""
    made = (Tier(int(r["until_days"]), int(r.get("percent", 100)), int(r.get("fee_minor", 0))) for r in rows)
    return tuple(sorted(made, key=lambda tier: -tier.until_days))


def refund_due(
    total_minor: int, tiers: Sequence[Tier], departs_at: datetime | None, now: datetime
) -> RefundDue:
    """What the policy gives back now. Without a departure (open-dated) the earliest tier counts."""
    for tier in tiers:
        if departs_at is None or now <= departs_at - timedelta(days=tier.until_days):
            amount = max(0, total_minor * tier.percent // 100 - tier.fee)
            return RefundDue(amount, f"until {tier.until_days} days before: {tier.percent} %", tier.percent)
    return RefundDue(0, "later than every limit: 0 %", 0)


def full_refund(total_minor: int) -> RefundDue:
    """Everything that was paid goes back."""
    return RefundDue(total_minor, "full refund", 100)


def refund_for(
    status: Status,
    cause: Cause,
    total_minor: int,
    tiers: Sequence[Tier],
    departs_at: datetime | None,
    now: datetime,
) -> RefundDue:
    """Full before confirmation and whenever the cause is not theirs; by policy otherwise."""
    if status in (Status.CONFIRMED, Status.CANCEL_REQUESTED) and cause is Cause.THEIRS:
        return refund_due(total_minor, tiers, departs_at, now)
    return full_refund(total_minor)


def payment_status(payments: Iterable[Paid], refunds: int) -> PaymentStatus:
    """The one word for these payments and so many refunds."""
    standing = {(p.state, p.collector) for p in payments}
    if refunds:
        return PaymentStatus.REFUND
    if (MoneyState.DUE, Collector.US) in standing:
        return PaymentStatus.DUE
    if (MoneyState.DUE, Collector.CHANNEL) in standing:
        return PaymentStatus.OPEN
    paid = any(state is MoneyState.DONE for state, _ in standing)
    return PaymentStatus.PAID if paid else PaymentStatus.NOTHING


def due_to_us(payments: Iterable[Paid]) -> int:
    """The balance (minor units) that the counter has to collect. The channel's own claims do not count."""
    return sum(p.amount_minor for p in payments if p.collector is Collector.US and p.state is MoneyState.DUE)


def paid_to(payments: Iterable[Paid], collector: Collector) -> int:
    """What has been paid to `collector` in money (minor units)."""
    return sum(
        p.amount_minor
        for p in payments
        if p.collector is collector and p.state is MoneyState.DONE and not p.by_code
    )


def refund_window(cancelled_on: date, country: str, closed: Container[date]) -> tuple[date, date]:
    """The first and last day on which the money should be seen; the day of cancelling is not counted."""
    return _business_day(cancelled_on, FIRST_DAY, country, closed), _business_day(
        cancelled_on, LAST_DAY, country, closed
    )


def _business_day(start: date, count: int, country: str, closed: Container[date]) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed and day not in public_days(country, day.year):
            count -= 1
    return day
