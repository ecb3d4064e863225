"""Decides what a newer file changes: what is told anew, what may be applied, what a person decides.

"Changed" is judged against the last row of the same sender, never against our own fields, because
what we did here (confirm, redeem) is not a contradiction. Files move a reservation forward only.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from models.money import Money
from models.orders import Collector, Line, Order, Telling
from models.products import folded
from models.reservations import LIVING, Status, Verb, may

Facts = dict[str, Any]
"""What a row tells, as JSON: only what it tells, nothing empty."""

DEPARTURE_FIELDS = frozenset({"products", "options", "departs_on", "starts", "departs_at", "open_dated"})
PARTY_FIELDS = frozenset({"lines", "party"})
MONEY_FIELDS = frozenset({"amount", "balance", "paid", "payment_word", "collector"})
PERSONAL = frozenset({"lead", "companions", "email", "phone", "request", "pickup", "voucher_codes"})
"""What tells who travels; the journal holds only digests of it."""
CONTESTED = DEPARTURE_FIELDS | PARTY_FIELDS
"""What may not change under a confirmed reservation without a person."""


class Step(enum.StrEnum):
    """What a status told anew leads to."""

    NOTHING = "nothing"
    APPLY = "apply"
    ASK = "ask"


def facts_of(order: Order) -> Facts:
    """What an order tells, in a form that can be kept and compared."""
    facts: Facts = {}
    for name in _TEXTS:
        value = getattr(order, name)
        if value:
            facts[name] = value
    for name in ("products", "options", "companions", "voucher_codes"):
        value = getattr(order, name)
        if value:
            facts[name] = list(value)
    for name in ("departs_on", "departs_at", "ordered_at", "confirm_by", "expires_at"):
        value = getattr(order, name)
        if value is not None:
            facts[name] = value.isoformat()
    if order.starts is not None:
        facts["starts"] = order.starts.strftime("%H:%M")
    if order.status is not None:
        facts["status"] = order.status.value
    if order.lines:
        facts["lines"] = [
            [x.unit, x.quantity, x.heads_each, [x.price.minor, x.price.currency] if x.price else None]
            for x in order.lines
        ]
    for name in ("amount", "balance"):
        money = getattr(order, name)
        if money is not None:
            facts[name] = [money.minor, money.currency]
    for name in ("party", "paid"):
        value = getattr(order, name)
        if value is not None:
            facts[name] = value
    if order.collector is not None:
        facts["collector"] = order.collector.value
    if order.open_dated:
        facts["open_dated"] = True
    return facts


_TEXTS = ("status_word", "lead", "email", "phone", "language", "country", "request", "pickup", "payment_word")


def order_of(
    facts: Mapping[str, Any], *, channel: str, reference: str, via: str, via_reference: str
) -> Order:
    """The order that kept facts tell: the way back from `facts_of`."""

    def money(name: str) -> Money | None:
        told = facts.get(name)
        return Money(told[0], told[1]) if told else None

    def instant(name: str) -> datetime | None:
        return datetime.fromisoformat(facts[name]) if name in facts else None

    ordered = facts.get("ordered_at", "")
    return Order(
        channel=channel,
        reference=reference,
        via=via,
        via_reference=via_reference,
        status=Status(facts["status"]) if "status" in facts else None,
        products=tuple(facts.get("products", ())),
        options=tuple(facts.get("options", ())),
        companions=tuple(facts.get("companions", ())),
        voucher_codes=tuple(facts.get("voucher_codes", ())),
        departs_on=date.fromisoformat(facts["departs_on"]) if "departs_on" in facts else None,
        starts=time.fromisoformat(facts["starts"]) if "starts" in facts else None,
        departs_at=instant("departs_at"),
        open_dated=facts.get("open_dated", False),
        lines=tuple(Line(u, q, h, Money(p[0], p[1]) if p else None) for u, q, h, p in facts.get("lines", ())),
        party=facts.get("party"),
        amount=money("amount"),
        balance=money("balance"),
        paid=facts.get("paid"),
        collector=Collector(facts["collector"]) if "collector" in facts else None,
        ordered_at=(date.fromisoformat(ordered) if len(ordered) == 10 else datetime.fromisoformat(ordered))
        if ordered
        else None,
        confirm_by=instant("confirm_by"),
        expires_at=instant("expires_at"),
        **{name: facts.get(name, "") for name in _TEXTS},
    )


def changed_fields(before: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """The fields a row tells differently from the last one; what it does not tell is no change."""
    return [name for name, value in told.items() if not _same(name, before.get(name), value)]


def _same(name: str, before: Any, told: Any) -> bool:
    if before == told:
        return True
    if before is None:
        return False
    if name in ("products", "options"):
        return bool({folded(x) for x in before} & {folded(x) for x in told})
    if name == "lines":
        return sorted((folded(x[0]), x[1]) for x in before) == sorted((folded(x[0]), x[1]) for x in told)
    if name == "phone":
        return _digits(before)[-8:] == _digits(told)[-8:] != ""
    if name == "collector":
        return True  # who takes the money is our own reading of the channel, not news
    return isinstance(before, str) and folded(before) == folded(told)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def status_step(current: Status, told: Status, telling: Telling) -> Step:
    """What a status means that this sender has not told before.

    Forward is: to CONFIRMED, to CANCELLED from any living status but REDEEMED, to what the channel
    itself completed, and the two steps that only a channel can see (paid, cancellation asked for).
    """
    if told is current or (telling is Telling.BOOKED and current not in LIVING):
        return Step.NOTHING
    if current not in LIVING or current is Status.REDEEMED:
        behind = current is Status.REDEEMED and told in (*_BEFORE_CONFIRMED, Status.CONFIRMED)
        return Step.NOTHING if behind else Step.ASK
    if told is Status.CANCELLED:
        return Step.APPLY
    if told is Status.CONFIRMED:
        return Step.NOTHING if current is Status.NO_SHOW else Step.APPLY
    if told in (Status.REDEEMED, Status.NO_SHOW):
        return Step.ASK if current is Status.NO_SHOW else Step.APPLY
    if told is Status.EXPIRED:
        return Step.APPLY if current in _BEFORE_CONFIRMED else Step.ASK
    if told is Status.CANCEL_REQUESTED:
        return Step.APPLY if may(current, Verb.REQUEST_CANCEL) else Step.ASK
    if told is Status.UNCONFIRMED and current is Status.AWAITING_PAYMENT:
        return Step.APPLY
    return Step.ASK


_BEFORE_CONFIRMED = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING)


def behind(current: Status, told: Status) -> bool:
    """Whether a sender we hear of for the first time simply lags behind what we know."""
    order = (*_BEFORE_CONFIRMED, Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.REDEEMED)
    return current in order and told in order and order.index(told) < order.index(current)


def first_status(order: Order) -> Status:
    """The status a new order starts in: what its word maps to, or by whether it is paid."""
    if order.status is not None:
        return order.status
    return Status.AWAITING_PAYMENT if order.paid is False else Status.UNCONFIRMED


def as_instant(told: datetime | date, zone: Any) -> datetime:
    """A told time as an instant in UTC; a day alone means its end, so that no promise is cut short."""
    if not isinstance(told, datetime):
        told = datetime.combine(told, time(23, 59))
    return (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)
