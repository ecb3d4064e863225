"""Works out what goes back when a reservation is cancelled, and writes it down.

Money we hold becomes a refund that is due from us; money the channel holds becomes a row that
says so, which staff cannot pay.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from controllers import comments, rewards
from controllers.desk import OperatorFacts, Work
from models.catalogue import product_facts
from models.comment import NotAsked
from models.frozen import frozen
from models.orders import Collector
from models.payments import (
    DEFAULT_TIERS,
    MoneyState,
    Paid,
    RefundDue,
    paid_to,
    payment_status,
    refund_for,
    refund_window,
    tiers_of,
)
from models.reservations import Cause
from models.rewards import METHOD
from models.tables import Payment, Refund, Reservation
from models.tables.money import THEY_OWE, WE_OWE

_F: Table = Refund.__table__  # type: ignore[assignment]
_LONGEST = timedelta(days=40)  # no window of five business days is longer
_MOVE = (
    update(_F)
    .where(_F.c.id == bindparam("refund"))
    .values(expected_from=bindparam("first"), expected_to=bindparam("last"))
)


@frozen
class RefundPlan:
    """What cancelling now would give back, by collector, and the days in which it should be seen."""

    ours: RefundDue
    theirs: RefundDue
    currency: str
    expected_from: date
    expected_to: date


def plan(look: Connection, row: Any, cause: Cause, operator: OperatorFacts, now: datetime) -> RefundPlan:
    """The refund of a reservation if it were cancelled now for this cause; shown before anyone presses."""
    payments = payments_of(look, row.id)
    product = product_facts(look, row.product_id)
    tiers = tiers_of(product.refund if product else DEFAULT_TIERS)

    def part(collector: Collector) -> RefundDue:
        return refund_for(row.status, cause, paid_to(payments, collector), tiers, _leaves_at(row), now)

    today = now.astimezone(ZoneInfo(operator.zone)).date()
    first, last = refund_window(today, operator.country, operator.closed)
    return RefundPlan(part(Collector.US), part(Collector.CHANNEL), row.currency, first, last)


def _leaves_at(row: Any) -> datetime | None:
    """The instant the tiers count back from: the departure, or the start of its day where the time is unknown."""
    if row.departs_at is not None or row.departs_on is None or row.open_dated:
        return None if row.open_dated else row.departs_at
    return datetime.combine(row.departs_on, time(), ZoneInfo(row.zone or "UTC")).astimezone(UTC)


def promise_refund(
    work: Work, row: Any, cause: Cause, *, only: Collector | None = None
) -> list[dict[str, Any]]:
    """Writes the refunds of a cancelled reservation and gives up what was still due; the rows made.

    `only` leaves out the other collector's money: a channel that cancels by itself refunds by its own rules.
    """
    planned = plan(work.connection, row, cause, work.desk.operator(work.connection), work.now)
    rewards.give_back(work, row.id, planned.ours.percent)
    rewards.revoke(work, row.id)
    comments.drop(work, row.id, NotAsked.REFUND)
    give_up_due(work, row.id)
    rows = [
        _row(work, row, due, collector, cause, planned)
        for due, collector in ((planned.ours, Collector.US), (planned.theirs, Collector.CHANNEL))
        if due.amount_minor > 0 and only in (None, collector)
    ]
    if rows:
        work.connection.execute(insert(Refund), rows)
        work.changed.add("refunds")
        keep_payment_status(work, row.id)
    return rows


def count_again(work: Work, operator: OperatorFacts) -> int:
    """Counts the days of refunds that are still due again, by the closed days as they are now; how many moved.

    Of what channels pay back only the windows that are not over yet.
    """
    zone, moved = ZoneInfo(operator.zone), []
    still_open = work.now - _LONGEST
    asked = select(_F.c.id, _F.c.made_at, _F.c.counted_from, _F.c.expected_from, _F.c.expected_to)
    for whose in (asked.where(WE_OWE), asked.where(THEY_OWE, _F.c.made_at >= still_open)):
        for row in work.connection.execute(whose.with_for_update()).all():
            start = row.counted_from or row.made_at.astimezone(zone).date()
            window = refund_window(start, operator.country, operator.closed)
            if window != (row.expected_from, row.expected_to):
                moved.append({"refund": row.id, "first": window[0], "last": window[1]})
    if moved:
        work.connection.execute(_MOVE, moved)
        work.changed.add("refunds")
    return len(moved)


def give_up_due(work: Work, reservation_id: int) -> None:
    """A reservation that ended owes nothing any more."""
    work.connection.execute(
        update(Payment)
        .where(Payment.reservation_id == reservation_id, Payment.state == MoneyState.DUE)
        .values(state=MoneyState.FAILED)
    )
    keep_payment_status(work, reservation_id)


def keep_payment_status(work: Work, reservation_id: int) -> None:
    """Writes on the reservation how it stands with its money, after payments or refunds changed."""
    back = select(func.count()).where(Refund.reservation_id == reservation_id)
    word = payment_status(
        payments_of(work.connection, reservation_id), work.connection.execute(back).scalar_one()
    )
    work.connection.execute(update(Reservation).where(Reservation.id == reservation_id).values(payment=word))


def payments_of(look: Connection, reservation_id: int) -> list[Paid]:
    """The payments of a reservation as the rules see them."""
    asked = select(Payment.amount_minor, Payment.state, Payment.collector, Payment.method).where(
        Payment.reservation_id == reservation_id
    )
    return [
        Paid(amount, state, collector, method == METHOD)
        for amount, state, collector, method in look.execute(asked)
    ]


def _row(
    work: Work, row: Any, due: RefundDue, collector: Collector, cause: Cause, planned: RefundPlan
) -> dict[str, Any]:
    return {
        "reservation_id": row.id,
        "amount_minor": due.amount_minor,
        "currency": planned.currency,
        "state": MoneyState.DUE,
        "collector": collector,
        "cause": cause,
        "tier": due.tier,
        "expected_from": planned.expected_from,
        "expected_to": planned.expected_to,
        "made_at": work.now,
    }
