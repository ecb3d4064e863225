"""Takes the traveler's money: an order that waits for it moves on, a balance due to us is settled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from controllers import letters, reservations, seats
from controllers.channels.text import line
from controllers.desk import Desk, Work
from controllers.refunds import keep_payment_status, payments_of
from controllers.reservations import Done, confirm_row, confirms_itself, keep, take
from controllers.rights import needs
from models.catalogue import product_facts
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState, due_to_us
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import LIVING, Status, Verb, move
from models.rewards import METHOD
from models.rights import Right
from models.tables import Operator, Payment
from models.tender import Rates, Settled, Taken, amount_typed, rates_of, settle


@needs(Right.SELL)
def pay(
    reservation_id: int,
    *,
    desk: Desk,
    method: str,
    amount: str,
    seen: int | None = None,
    handed: Money | None = None,
    slip: str = "",
) -> Done:
    """Records money the desk took, in whole units of the reservation's currency ('49000', '12.50').

    `handed` is what was put on the counter for it, perhaps more and in another currency; the answer's facts tell
    what was paid and the change. `slip` is the number of the card's or the transfer's slip.
    Raises CannotDo("nothing-due"), ("too-much"), ("amount-wrong"), ("currency-not-taken"), or
    ("move-not-allowed") on a dead order.
    """
    if method.strip().casefold() == METHOD:
        raise CannotDo("reward-by-code")
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        if row.status not in LIVING or row.status is Status.REDEEMED:
            move(row.status, Verb.PAY, number=number_of(row.id))
        due = _due(work, row)
        money = amount_typed(amount, row.currency)
        if due == 0:
            raise CannotDo("nothing-due", number=number_of(row.id))
        if money.minor > due:
            raise CannotDo("too-much", number=number_of(row.id), due=str(Money(due, row.currency)))
        taken = Taken(method.strip() or "unknown", handed, slip)
        settled = take_money(work, row, taken, money)
        after = _after_payment(work, row, settled.paid, paid_in_full=settled.paid.minor == due)
        letters.queue_receipt(work, row, all_paid=settled.paid.minor == due)
        told = {"paid": settled.paid.minor, "currency": row.currency, "change": settled.change.minor}
        return replace(after, facts={**after.facts, **told})


def take_money(work: Work, row: Any, taken: Taken, due: Money) -> Settled:
    """Writes down money taken for this much of what is due, inside a transaction that is already under way."""
    rates = tills_rates(work.connection)
    settled = settle(taken, due, rates)
    _settle(work, row, taken, settled)
    return settled


def tills_rates(look: Connection) -> Rates:
    """Which currencies the till takes."""
    kept = look.execute(select(Operator.currency, Operator.currencies)).one()
    return rates_of(kept.currency, kept.currencies)


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


def _settle(work: Work, row: Any, taken: Taken, settled: Settled) -> None:
    """Writes the money taken and lowers what is due by it. What was handed over stands on the first row of it."""
    left = settled.paid.minor
    how = _how_taken(work, taken, settled)
    dues = work.connection.execute(
        select(Payment.id, Payment.amount_minor)
        .where(Payment.reservation_id == row.id, Payment.state == MoneyState.DUE)
        .where(Payment.collector.in_(_payable(row)))
        .order_by(Payment.collector.desc(), Payment.id)
        .with_for_update()
    ).all()
    for due in dues:
        part = min(left, due.amount_minor)
        left -= part
        if not part:
            continue
        if part == due.amount_minor:
            work.connection.execute(update(Payment).where(Payment.id == due.id).values(told=False, **how))
        else:
            work.connection.execute(
                update(Payment)
                .where(Payment.id == due.id)
                .values(amount_minor=due.amount_minor - part, told=False)
            )
            made = {"reservation_id": row.id, "amount_minor": part, "currency": row.currency, **how}
            work.connection.execute(insert(Payment), made)
        if (
            taken.handed is not None
        ):  # all of it stands on the first row: None would mean "handed over exactly"
            how |= {"handed_minor": 0, "change_minor": 0}
    keep_payment_status(work, row.id)
    work.changed.add("payments")


def _payable(row: Any) -> tuple[Collector, ...]:
    return tuple(Collector) if row.status is Status.AWAITING_PAYMENT else (Collector.US,)


def _how_taken(work: Work, taken: Taken, settled: Settled) -> dict[str, Any]:
    return {
        "method": taken.method[:40],
        "state": MoneyState.DONE,
        "collector": Collector.US,
        "at": work.now,
        "counter_id": work.desk.actor.counter_id,
        "staff_id": work.desk.actor.staff_id,
        "slip": line(taken.slip, 80),
        "handed_minor": taken.handed.minor if taken.handed else None,
        "handed_currency": taken.handed.currency if taken.handed else "",
        "change_minor": settled.change.minor,
    }
