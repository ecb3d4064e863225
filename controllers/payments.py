"""Takes the traveler's money: an order that waits for it moves on, a balance due to us is settled."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import insert, select, update

from controllers import reservations, seats
from controllers.desk import Desk, Work
from controllers.refunds import keep_payment_status, payments_of
from controllers.reservations import Done, confirm_row, confirms_itself, keep, take
from models.catalogue import product_facts
from models.money import Money, digits, from_major, plain
from models.orders import Collector
from models.payments import MoneyState, due_to_us
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import LIVING, Status, Verb, move
from models.tables import Payment

_WRITTEN = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
"""49000, 49,000 and 12.50 are amounts; 4e3 and 1_000 are slips."""


def pay(reservation_id: int, *, desk: Desk, method: str, amount: str, seen: int | None = None) -> Done:
    """Records money the desk took, in whole units of the reservation's currency ('49000', '12.50').

    Raises CannotDo("nothing-due"), ("too-much"), ("amount-wrong"), or ("move-not-allowed") on a dead order.
    """
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        if row.status not in LIVING or row.status is Status.REDEEMED:
            move(row.status, Verb.PAY, number=number_of(row.id))
        due = _due(work, row)
        money = _amount(amount, row.currency)
        if due == 0:
            raise CannotDo("nothing-due", number=number_of(row.id))
        if money.minor > due:
            raise CannotDo("too-much", number=number_of(row.id), due=str(Money(due, row.currency)))
        _settle(work, row, method.strip() or "unknown", money.minor)
        return _after_payment(work, row, money, paid_in_full=money.minor == due)


def _after_payment(work: Work, row: Any, money: Money, *, paid_in_full: bool) -> Done:
    told = {"amount": money.minor, "currency": money.currency}
    if row.status is not Status.AWAITING_PAYMENT or not paid_in_full:
        work.connection.execute(
            update(reservations._R)
            .where(reservations._R.c.id == row.id)
            .values(version=row.version + 1, **reservations.still_theirs(work, row))
        )
        work.record(f"reservation:{row.id}", "paid", **told)
        work.changed.add("reservations")
        return Done(row.id, number_of(row.id), row.status)
    if confirms_itself(product_facts(work.connection, row.product_id)) and seats.has_room(work, row):
        work.record(f"reservation:{row.id}", "paid", **told)
        return confirm_row(work, row, Verb.PAY)
    moved = move(row.status, Verb.PAY, Status.UNCONFIRMED, number=number_of(row.id))
    moved_seats = seats.follow(work, row, moved.after)
    keep(work, row, moved, told={**told, **(moved_seats.told() if moved_seats else {})}, expires_at=None)
    return reservations.done(row, moved)


def _due(work: Work, row: Any) -> int:
    """What the desk may take: what is due to us; an order that waits for payment may be paid here in full."""
    payments = payments_of(work.connection, row.id)
    if row.status is not Status.AWAITING_PAYMENT:
        return due_to_us(payments)
    return sum(p.amount_minor for p in payments if p.state is MoneyState.DUE)


def _settle(work: Work, row: Any, method: str, minor: int) -> None:
    """Writes the money taken and lowers what is due by it."""
    left = minor
    dues = work.connection.execute(
        select(Payment.id, Payment.amount_minor)
        .where(Payment.reservation_id == row.id, Payment.state == MoneyState.DUE)
        .where(Payment.collector.in_(_payable(row)))
        .order_by(Payment.collector.desc(), Payment.id)
        .with_for_update()
    ).all()
    for due in dues:
        taken = min(left, due.amount_minor)
        left -= taken
        if taken == due.amount_minor:
            change: dict[str, Any] = {
                "state": MoneyState.DONE,
                "method": method[:40],
                "collector": Collector.US,
                "told": False,
                "at": work.now,
            }
            work.connection.execute(update(Payment).where(Payment.id == due.id).values(**change))
        elif taken:
            work.connection.execute(
                update(Payment)
                .where(Payment.id == due.id)
                .values(amount_minor=due.amount_minor - taken, told=False)
            )
            work.connection.execute(insert(Payment), _row(work, row, method, taken))
    keep_payment_status(work, row.id)
    work.changed.add("payments")


def _payable(row: Any) -> tuple[Collector, ...]:
    return tuple(Collector) if row.status is Status.AWAITING_PAYMENT else (Collector.US,)


def _row(work: Work, row: Any, method: str, minor: int) -> dict[str, Any]:
    return {
        "reservation_id": row.id,
        "method": method[:40],
        "amount_minor": minor,
        "currency": row.currency,
        "state": MoneyState.DONE,
        "collector": Collector.US,
        "at": work.now,
    }


def _amount(text: str, currency: str) -> Money:
    example = plain(Money(4_900_000 if digits(currency) else 49_000, currency)).replace(",", "")
    try:
        if not _WRITTEN.fullmatch(text.strip()):
            raise ValueError(text)
        whole = Decimal(text.strip().replace(",", ""))
        money = from_major(whole, currency)
    except (InvalidOperation, ValueError) as error:
        raise CannotDo("amount-wrong", amount=text, currency=currency, example=example) from error
    if not whole.is_finite() or money.minor <= 0 or whole != Decimal(money.minor).scaleb(-digits(currency)):
        raise CannotDo("amount-wrong", amount=text, currency=currency, example=example)
    return money
