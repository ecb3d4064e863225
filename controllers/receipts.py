"""Makes the receipt of what a traveler paid here, or the slip of seats that are held until they pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.counter import counter_settings
from controllers.desk import Desk
from controllers.printing import Draft
from controllers.rights import needs
from controllers.voucher_looks import read_look
from controllers.vouchers import refund_terms
from models.channels import channel_facts
from models.details import Details
from models.details_reading import details
from models.frozen import frozen
from models.money import Money
from models.orders import Collector
from models.papers import Document, Paper
from models.payments import MoneyState
from models.prints import Copy, Order
from models.receipts import Receipt, ReceiptLine, ReceiptPayment
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right
from models.tables import Counter, Payment, Reservation
from models.voucher_looks import VoucherLook

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed


@needs(Right.PRINT)
def receipt_draft(reservation_id: int, *, desk: Desk, paper: Paper | None = None) -> Draft:
    """The receipt, ready to be drawn. Raises CannotDo("nothing-paid") where we took no money and hold nothing."""
    kept = counter_settings(desk=desk)
    with desk.reading() as look:
        found = details(look, reservation_id, desk.viewpoint(look))
        rows = _taken(look, reservation_id)
        made = _receipt(look, found, rows, desk)
        dress = read_look(look)
    # Not by a payment's id: what was due becomes what was paid on the same row, after a later part of it.
    paid = sum(row.amount_minor for row in rows)
    key = f"receipt:{reservation_id}:{len(rows)}:{paid}"
    order = Order(Document.RECEIPT, key, found.number, reservation_id)
    where = paper or kept.paper_for(Document.RECEIPT)
    return Draft((order,), where, _Drawing(made, dress), partial(_still_so, order, found.row.version))


def _still_so(order: Order, version: int, look: Connection) -> None:
    """Nobody paid, cancelled or changed it since it was read."""
    now = look.execute(select(Reservation.version).where(Reservation.id == order.reservation_id)).scalar()
    if now != version:
        raise CannotDo("paper-outdated", number=order.name)


@frozen
class _Drawing:
    """Draws one receipt as the copy it is; called on a lane, without a database."""

    receipt: Receipt
    look: VoucherLook

    def __call__(self, copies: tuple[Copy, ...], paper: Paper) -> Printed:
        from controllers.receipt_pdf import receipt_pdf

        return receipt_pdf(replace(self.receipt, copy=copies[0]), paper, self.look)


def _taken(look: Connection, reservation_id: int) -> list[Any]:
    """What we took, in the order it was taken, and the counter that took it."""
    asked = (
        select(Payment.__table__, Counter.name.label("counter"))
        .outerjoin(Counter, Counter.id == Payment.counter_id)
        .where(Payment.reservation_id == reservation_id)
    )
    ours = asked.where(Payment.state == MoneyState.DONE, Payment.collector == Collector.US)
    return list(look.execute(ours.order_by(Payment.at, Payment.id)).all())


def _receipt(look: Connection, found: Details, rows: list[Any], desk: Desk) -> Receipt:
    row, operator = found.row, desk.operator(look)
    here, there = ZoneInfo(operator.zone), ZoneInfo(row.zone)
    payments = tuple(_payment(one, here) for one in _by_hand(rows))
    held = row.status is Status.AWAITING_PAYMENT and row.channel == "direct"
    if not payments and not held:
        raise CannotDo("nothing-paid", number=found.number)
    return Receipt(
        language=read_look(look).language_for(found.language or channel_facts(row.channel).language),
        number=found.number,
        receipt=f"{found.number}/{len(payments)}" if payments else "",
        operator=operator.name,
        contact=operator.contact,
        counter=(payments[-1].counter if payments else "") or desk.actor.counter,
        made_at=payments[-1].at if payments else desk.now().astimezone(here),
        product=row.product,
        option=row.option,
        departs_on=None if row.open_dated else row.departs_on,
        departs_at=row.departs_at.astimezone(there) if row.departs_at and not row.open_dated else None,
        valid_until=found.valid_until,
        lines=tuple(ReceiptLine(line.unit, line.quantity, line.price) for line in found.lines),
        total=row.amount,
        payments=payments,
        refunded=_refunded(found),
        due=_due(found),
        expires_at=found.expires_at.astimezone(here) if held and found.expires_at else None,
        refund_terms=refund_terms(found, there),
        practice=desk.practice,
    )


def _by_hand(rows: Sequence[Any]) -> list[list[Any]]:
    """The rows of each payment: money that was handed over once may have paid several dues at that moment."""
    found: list[list[Any]] = []
    for row in rows:
        if found and _handed_with(row, found[-1]):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _handed_with(row: Any, before: list[Any]) -> bool:
    """Whether it is a part of the same: what was handed over stands on one of its rows, 0 on the others."""
    last = before[-1]
    same = ("at", "method", "slip", "currency", "counter_id", "staff_id")
    if any(getattr(row, name) != getattr(last, name) for name in same):
        return False
    handed = [one.handed_minor for one in (*before, row)]
    return all(one is None for one in handed) or sum(1 for one in handed if one) == 1


def _payment(rows: list[Any], zone: ZoneInfo) -> ReceiptPayment:
    told = next((row for row in rows if row.handed_minor), rows[0])
    handed = Money(told.handed_minor, told.handed_currency) if told.handed_minor is not None else None
    change = Money(told.change_minor, told.currency) if told.change_minor else None
    amount = Money(sum(row.amount_minor for row in rows), told.currency)
    at = told.at.astimezone(zone)
    return ReceiptPayment(told.method, amount, at, told.slip, handed, change, told.counter or "")


def _due(found: Details) -> Money | None:
    """What is still to be paid to us."""
    held = found.row.status is Status.AWAITING_PAYMENT
    open_ = [
        one.amount
        for one in found.payments
        if one.state is MoneyState.DUE and (held or one.collector is Collector.US)
    ]
    return Money(sum(one.minor for one in open_), open_[0].currency) if open_ else None


def _refunded(found: Details) -> Money | None:
    """What we give back, or gave back already."""
    ours = [
        one.amount
        for one in found.refunds
        if one.collector is Collector.US and one.state is not MoneyState.FAILED and one.amount.minor
    ]
    return Money(sum(one.minor for one in ours), ours[0].currency) if ours else None
