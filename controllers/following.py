"""Follows a channel: writes what it tells about a reservation we know, its status, place, money and contacts.

Whether it may be followed at all is decided elsewhere: by the rule of newer files, or by a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, update

from controllers import letters, refunds, seats, tickets
from controllers.desk import Work
from controllers.placing import Place, Places
from controllers.receiving import (
    code_rows,
    confirm_by,
    line_rows,
    order_columns,
    payment_rows,
    place_columns,
)
from controllers.refunds import keep_payment_status, payments_of
from controllers.reservations import confirm_row, confirms_itself, take
from models.catalogue import product_facts
from models.comment import NotAsked
from models.intake import Facts
from models.orders import Collector, Order
from models.outbox import Letter, LetterState
from models.payments import MoneyState
from models.references import reference_key
from models.reservations import GONE, HOLDERS, Cause, Status, Verb, holds_seats
from models.search import keeping
from models.tables import ForeignCode, OutboxRow, Payment, RawRow, Reservation, ReservationLine, Traveler
from models.to_do import CONFIRM, without

_R: Table = Reservation.__table__  # type: ignore[assignment]
_W: Table = RawRow.__table__  # type: ignore[assignment]
BEFORE_CONFIRMED = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING)
SOFT = ("lead", "email", "phone", "language", "country", "request", "pickup")
"""What is always brought up to date: the newest is right."""
_FOUND_BY = {"lead", "email", "phone", "companions"}


def move_to(
    where: Places, row: Any, status: Status, facts: Facts, *, overbook: bool = True
) -> seats.SeatMove | None:
    """Follows the channel to a status: seats, tickets as for that status, no letter of ours.

    Seats are taken even over capacity, unless a person decides and does not overbook.
    """
    work = where.work
    waits = row.status in BEFORE_CONFIRMED
    if waits and status is Status.UNCONFIRMED and confirm_if_instant(where, row, facts):
        return None
    moved_seats = seats.follow(work, row, status, overbook=overbook)
    where.forget(row.departure_id)
    values: dict[str, Any] = {"status": status, "status_at": work.now, "version": row.version + 1}
    if status in HOLDERS and row.status not in HOLDERS:
        tickets.issue(work, row, product_facts(work.connection, row.product_id))
        values["confirmed_at"] = work.now
        values["first_confirmed_at"] = row.first_confirmed_at or work.now
    if status is Status.CONFIRMED and waits:
        values["status_before"] = None
    if status in BEFORE_CONFIRMED and row.status in HOLDERS:
        values |= _unconfirmed(work, row)
    if row.status in GONE and status not in GONE:
        values |= {"cancelled_at": None, "cause": None, "reason": ""}
    if status is Status.REDEEMED:
        values["redeemed_at"] = work.now
    if status in GONE:
        values |= {"cancelled_at": work.now, "to_do": ""}
        _end(work, row)
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    seat_facts = moved_seats.told() if moved_seats else {}
    work.record(f"reservation:{row.id}", "channel-moved", before=row.status, after=status, **seat_facts)
    work.changed.add("reservations")
    return moved_seats


def _end(work: Work, row: Any) -> None:
    """What a channel cancelled: no ticket counts, no letter leaves but that what we hold goes back."""
    tickets.void(work, row.id)
    letters.drop_of_the_living(work, row.id)
    letters.drop(work, row.id, Letter.COMMENT, NotAsked.NOT_REDEEMED)
    if refunds.promise_refund(work, row, Cause.THEIRS, only=Collector.US):
        letters.queue(work, row, Letter.REFUND_COMING)


def _unconfirmed(work: Work, row: Any) -> dict[str, Any]:
    """Back behind the confirmation, as if it were taken back: the columns that say so."""
    tickets.void(work, row.id)
    letters.drop(work, row.id, Letter.CONFIRMATION)
    hidden_again = row.first_confirmed_at == row.confirmed_at
    return {
        "status_before": None,
        "confirmed_at": None,
        "first_confirmed_at": None if hidden_again else row.first_confirmed_at,
        "to_do": without(row.to_do, (CONFIRM,)),
    }


def confirm_if_instant(where: Places, row: Any, facts: Facts) -> bool:
    """Confirms an instant product's paid order by itself, if its seats are there."""
    product = product_facts(where.work.connection, row.product_id)
    if not confirms_itself(product) or row.unmatched or facts.get("paid") is False:
        return False
    if not seats.has_room(where.work, row):
        return False
    where.forget(row.departure_id)
    verb = Verb.PAY if row.status is Status.AWAITING_PAYMENT else Verb.CONFIRM
    confirm_row(where.work, row, verb)
    return True


def replace_place(where: Places, row: Any, order: Order, place: Place) -> None:
    """Puts a reservation at another place: product, departure, party, promise; seats follow where they are held."""
    work = where.work
    where.prepare([place])
    held = holds_seats(row.status, own_sale=row.own_sale)
    columns = place_columns(where, place)
    columns["confirm_by"] = confirm_by(where, order, place, row.ordered_at)
    columns["product_text"] = order_columns(order)["product_text"]
    columns["option_text"] = order_columns(order)["option_text"]
    party_stays = place.party is None and row.party is not None
    if party_stays:
        columns.update(party=row.party, heads=row.heads)
    if held:
        _reseat(where, row.departure_id, -row.heads)
        _reseat(where, columns["departure_id"], columns["heads"])
        where.write_seats()
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**columns, version=row.version + 1))
    if not party_stays:
        work.connection.execute(delete(ReservationLine).where(ReservationLine.reservation_id == row.id))
        insert_rows(work, ReservationLine, line_rows(row.id, place))
    if row.status in (Status.CONFIRMED, Status.CANCEL_REQUESTED) and not row.arrived_heads:
        tickets.reissue(work, take(work, row.id), place.match.product)
    keeping.renew(work.connection, [row.id])
    work.changed.add("reservations")


def restate_money(work: Work, row: Any, order: Order) -> None:
    """What the channel tells of payments replaces what it told before; what the desk took stays."""
    replaced = or_(Payment.told.is_(True), Payment.state == MoneyState.DUE)
    work.connection.execute(delete(Payment).where(Payment.reservation_id == row.id, replaced))
    at_desk = sum(p.amount_minor for p in payments_of(work.connection, row.id) if p.state is MoneyState.DONE)
    currency = order.amount.currency if order.amount else row.currency
    insert_rows(work, Payment, payment_rows(row.id, order, row.status, currency, work.now, at_desk=at_desk))
    keep_payment_status(work, row.id)
    if order.amount is not None and row.status in BEFORE_CONFIRMED:
        work.connection.execute(
            update(_R).where(_R.c.id == row.id).values(amount_minor=order.amount.minor, currency=currency)
        )


def bring_up_to_date(work: Work, row: Any, order: Order, fields: Iterable[str]) -> None:
    """Contacts, requests and the channel's own word: the newest is right."""
    told = set(fields)
    columns = order_columns(order)
    values = {name: columns[name] for name in SOFT if name in told}
    if "status_word" in told:
        values["channel_status"] = columns["channel_status"]
    if "expires_at" in told and row.status is Status.AWAITING_PAYMENT:
        values["expires_at"] = columns["expires_at"]
    if values:
        work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    if "companions" in told:
        work.connection.execute(delete(Traveler).where(Traveler.reservation_id == row.id))
        insert_rows(work, Traveler, [{"reservation_id": row.id, "name": n[:500]} for n in order.companions])
    if "voucher_codes" in told:
        work.connection.execute(delete(ForeignCode).where(ForeignCode.reservation_id == row.id))
        insert_rows(work, ForeignCode, code_rows(row.id, order))
    if told & _FOUND_BY:
        keeping.renew(work.connection, [row.id])
    if values.get("email"):
        address_letters(work, row.id, values["email"])
    work.changed.add("reservations")


def latest_rows(work: Work, reservation_id: int, via: str, via_reference: str) -> list[Any]:
    """The latest word of one sender on a reservation, of each kind of telling, the newest last."""
    return list(
        work.connection.execute(
            select(_W)
            .where(_W.c.reservation_id == reservation_id, _W.c.via == via[:40], _W.c.latest.is_(True))
            .where(_W.c.via_reference == reference_key(via_reference)[:120])
            .order_by(_W.c.id)
        ).all()
    )


def merged_facts(rows: list[Any]) -> Facts:
    facts: Facts = {}
    for row in rows:
        facts.update(row.facts)
    return facts


def address_letters(work: Work, reservation_id: int, address: str) -> None:
    """Letters that had no address, or still wait, get the new one."""
    work.connection.execute(
        update(OutboxRow)
        .where(OutboxRow.reservation_id == reservation_id)
        .where(or_(OutboxRow.state == LetterState.NO_ADDRESS, OutboxRow.state == LetterState.WAITING))
        .values(address=address, state=LetterState.WAITING)
    )


def _reseat(where: Places, departure_id: int | None, heads: int) -> None:
    """Adds heads to a departure, as the running import sees it."""
    if departure_id is None:
        return
    known = next((s for s in where.seats.values() if s.id == departure_id), None)
    if known is None:
        seats.shift(where.work, departure_id, heads)
    else:
        known.taken += heads
        known.added += heads


def insert_rows(work: Work, table: type, rows: list[dict[str, Any]]) -> None:
    if rows:
        work.connection.execute(insert(table), rows)
