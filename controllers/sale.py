"""Sells at the counter: one deed takes the order, its seats and its money, and confirms what is paid for.

An order that is paid, or of which a deposit was agreed and paid, is established: confirmed by whoever sells it,
with its tickets. Without that it waits for payment, holds its seats, and lapses when its time is over. All of it is one
transaction; a sale that is sent a second time is answered with what became of it the first time.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select, text

from controllers import letters, rewards, seats
from controllers.channels.raw import Raw, fingerprint, seed_of
from controllers.channels.text import line, paragraph
from controllers.desk import Desk, Work
from controllers.payments import take_money, tills_rates
from controllers.placing import Chosen, places
from controllers.receiving import arrive, receive, wait_for_turn
from controllers.refunds import payments_of
from controllers.reservations import confirm_row, confirms_itself, keep, may_overbook, say, take
from controllers.rights import needs
from models.catalogue import product_facts
from models.frozen import frozen
from models.money import Money
from models.orders import Collector, Line, Order
from models.outbox import Letter
from models.payments import MoneyState
from models.references import number_of, reference_key
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.rewards import METHOD, spelled, typed
from models.rights import Right
from models.sale import (
    COUNTER_MARK,
    Offer,
    Sale,
    deposit_of,
    holds_until,
    refuse_no_room,
    refuse_no_sale,
    refuse_no_total,
)
from models.sale_reading import offer as read_offer
from models.sale_reading import offers as read_offers
from models.tables import Payment, Reservation, ReservationLine
from models.tender import Rates, Taken

_R: Table = Reservation.__table__  # type: ignore[assignment]
_CHANNEL = "direct"
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7203, hashtext(:sale))")


@frozen
class Sold:
    """What became of a sale. Amounts are in the product's currency; `due` is the balance still to be paid to us."""

    reservation_id: int
    number: str
    status: Status
    total: Money
    paid: Money
    change: Money
    due: Money
    expires_at: datetime | None = None
    again: bool = False

    @property
    def is_established(self) -> bool:
        """Whether there are tickets to print."""
        return self.status is Status.CONFIRMED


@frozen
class Till:
    """What the sale screen needs: what can be sold on a day, which day that is, and what the till takes.

    `today` and `zone` are the operator's.
    """

    day: date
    today: date
    offers: tuple[Offer, ...]
    rates: Rates
    zone: str


@needs(Right.SELL)
def till(day: date | None = None, *, desk: Desk) -> Till:
    """What can be sold on a local day, today unless told otherwise."""
    with desk.reading() as look:
        now = desk.now()
        zone = desk.operator(look).zone
        today = now.astimezone(ZoneInfo(zone)).date()
        day = day or today
        return Till(day, today, read_offers(look, day, now), tills_rates(look), zone)


@needs(Right.SELL)
def sell(
    sale: Sale,
    *,
    desk: Desk,
    sale_id: str,
    taken: Sequence[Taken] = (),
    deposit: Money | None = None,
    into_waiting: bool = False,
    overbook: str = "",
    reward: str = "",
    off: Money | None = None,
) -> Sold:
    """Sells: `taken` is the money, in the order it was handed over; `deposit` is what was agreed to be
    paid of it now.

    `sale_id` is made once by whoever sells. `into_waiting` sells seats that unanswered orders hope for, `overbook`
    is a manager's reason to sell above the capacity. `reward` is a code that takes something off the price, `off` what
    the guest was told it takes.
    Raises what `models.sale`, `models.tender` and `models.rewards` refuse, and CannotDo("departure-left"),
    ("departure-not-planned"), or ("sold-already") where the id belongs to another sale.
    """
    sale = _as_kept(sale)
    refuse_no_sale(sale)
    may_overbook(desk, overbook.strip())
    with desk.work() as work:
        before = _sold_before(work, sale, sale_id)
        if before is not None:
            return before
        wait_for_turn(work)
        offer = _offer(work, sale)
        chosen = tuple((unit, quantity) for unit, quantity in sale.units if quantity)
        total = offer.total(chosen)
        refuse_no_total(total)
        row = _take_order(
            work, sale, offer, chosen, total, sale_id, overbook.strip(), into_waiting=into_waiting
        )
        less = _take_off(work, row, reward, total, off)
        rest = Money(total.minor - less.minor, total.currency)
        agreed = rest if deposit is None else deposit_of(rest, deposit)
        paid, change = _take_payments(work, row, taken, agreed)
        if paid == agreed:
            row = _establish(work, row, overbook.strip())
        _promise_letters(work, row, paid, all_paid=paid == rest)
        return _sold(row, total, Money(paid.minor + less.minor, total.currency), change)


def _promise_letters(work: Work, row: Any, paid: Money, *, all_paid: bool) -> None:
    """What goes by itself after a sale: a receipt of what was paid, or the word that it waits for payment."""
    if paid.minor:
        letters.queue_receipt(work, row, all_paid=all_paid)
    elif row.email and row.status is Status.AWAITING_PAYMENT:
        letters.queue(work, row, Letter.PAYMENT_AWAITED)


def _sold_before(work: Work, sale: Sale, sale_id: str) -> Sold | None:
    """What a sale of this id has become already; another one under the same id is refused, not mixed up with it.

    Where it is being written down this moment, because the first answer was late, its end is waited for.
    """
    if not work.desk.database.is_sqlite:  # which lets one write at a time
        work.connection.execute(_ONE_AT_A_TIME, {"sale": sale_id})
    key = reference_key(_reference(sale_id))
    asked = select(_R).where(_R.c.channel == _CHANNEL, _R.c.reference_key == key, _R.c.via == "")
    row = work.connection.execute(asked).first()
    if row is None:
        return None
    if (row.option_id, row.departs_at, row.lead) != (sale.option_id, sale.departs_at, sale.name) or (
        _units_of(work, row.id) != sorted(unit for unit in sale.units if unit[1])
    ):
        raise CannotDo("sold-already", number=number_of(row.id))
    payments = payments_of(work.connection, row.id)
    paid = Money(sum(p.amount_minor for p in payments if p.state is MoneyState.DONE), row.currency)
    change = Money(_change_of(work, row.id), row.currency)
    return _sold(row, Money(row.amount_minor or 0, row.currency), paid, change, again=True)


def _sold(row: Any, total: Money, paid: Money, change: Money, *, again: bool = False) -> Sold:
    due = Money(max(0, total.minor - paid.minor), total.currency)
    lapses = row.expires_at if row.status is Status.AWAITING_PAYMENT else None
    return Sold(row.id, number_of(row.id), row.status, total, paid, change, due, lapses, again)


def _offer(work: Work, sale: Sale) -> Offer:
    """What is sold, as it stands now."""
    if sale.departs_at is not None and sale.departs_at <= work.now:
        raise CannotDo("departure-left")
    found = read_offer(work.connection, sale.option_id, sale.departs_at, work.now)
    if found is None:
        raise CannotDo("departure-not-planned")
    return found


def _take_order(
    work: Work,
    sale: Sale,
    offer: Offer,
    chosen: tuple[tuple[int, int], ...],
    total: Money,
    sale_id: str,
    overbook: str,
    *,
    into_waiting: bool,
) -> Any:
    """The order as one of ours, with the seats it takes; its row."""
    room = places(work)
    order = _order(sale, offer, chosen, total, sale_id, holds_until(work.now, offer.departs_at))
    arrived = arrive(
        room, _Typed(sale_id, order), order, Chosen(offer.option_id, tuple(unit for unit, _ in chosen))
    )
    if arrived.place.unmatched or arrived.place.departs_at != offer.departs_at:
        raise CannotDo("departure-not-planned")
    room.prepare([arrived.place])
    held = room.seats.get(arrived.place.departure) if arrived.place.departure else None
    if held is not None:  # looked at anew under the lock: another counter may have sold meanwhile
        offer = replace(offer, capacity=held.capacity, taken=held.taken, closed=held.closed)
    heads = offer.heads(chosen)
    refuse_no_room(offer, heads, into_waiting=into_waiting, overbook=bool(overbook))
    (made,) = receive(room, [arrived], "desk")
    over = max(0, offer.taken + heads - offer.capacity) if held is not None else 0
    if overbook and (over or offer.closed):
        say(work, made, "note", overbook)
    told = {"overbooked": over} if overbook and over else {}
    work.record(f"reservation:{made}", "sell", way=sale.way, amount=total.minor, **told)
    return take(work, made)


def _order(
    sale: Sale,
    offer: Offer,
    chosen: tuple[tuple[int, int], ...],
    total: Money,
    sale_id: str,
    expires_at: datetime,
) -> Order:
    units = [(offer.unit(unit), quantity) for unit, quantity in chosen]
    return Order(
        channel=_CHANNEL,
        reference=_reference(sale_id),
        status_word=sale.way,
        products=(offer.code,),
        options=(offer.option,),
        departs_at=offer.departs_at,
        open_dated=offer.is_open_dated,
        lines=tuple(
            Line(one.name, quantity, price=Money(one.price_minor or 0, offer.currency))
            for one, quantity in units
        ),
        lead=sale.name,
        email=sale.email,
        phone=sale.phone,
        language=sale.language,
        request=sale.request,
        amount=total,
        paid=False,
        collector=Collector.US,
        expires_at=expires_at,
    )


def _take_off(work: Work, row: Any, code: str, total: Money, shown: Money | None) -> Money:
    """What a reward code takes off: it stands among the payments, so that everything adds up; no money came for it."""
    if not code.strip():
        return Money(0, total.currency)
    off = rewards.spend(work, row.id, code, total, shown)
    if off.minor:
        take_money(work, row, Taken(METHOD, None, spelled(typed(code))), off)
    return off


def _take_payments(work: Work, row: Any, taken: Sequence[Taken], agreed: Money) -> tuple[Money, Money]:
    """Everything that was handed over, against what is left of it each time; what it paid, and the change."""
    left, change = agreed.minor, 0
    for one in taken:
        if left <= 0:
            raise CannotDo("nothing-due", number=number_of(row.id))
        settled = take_money(work, row, one, Money(left, agreed.currency))
        left -= settled.paid.minor
        change += settled.change.minor
    paid = agreed.minor - left
    if paid:
        work.record(f"reservation:{row.id}", "paid", amount=paid, currency=agreed.currency)
    return Money(paid, agreed.currency), Money(change, agreed.currency)


def _establish(work: Work, row: Any, overbook: str) -> Any:
    """Paid for and sold by a person at the desk: that is its confirmation, also of a product that asks for one.

    It goes by the status in between only where the product does not confirm by itself.
    """
    if confirms_itself(product_facts(work.connection, row.product_id)):
        confirm_row(work, row, Verb.PAY)
    else:
        moved = move(row.status, Verb.PAY, Status.UNCONFIRMED, number=number_of(row.id))
        moved_seats = seats.follow(work, row, moved.after)
        keep(work, row, moved, told=moved_seats.told() if moved_seats else {}, expires_at=None)
        confirm_row(work, take(work, row.id), Verb.CONFIRM, overbook=overbook)
    return take(work, row.id)


def _change_of(work: Work, reservation_id: int) -> int:
    """What had to be given back when it was sold."""
    asked = select(func.coalesce(func.sum(Payment.change_minor), 0))
    return int(work.connection.execute(asked.where(Payment.reservation_id == reservation_id)).scalar_one())


def _as_kept(sale: Sale) -> Sale:
    """What was typed, without what is no text and of a length that has room."""
    name, phone, email = " ".join(line(sale.name).split()), line(sale.phone), line(sale.email)
    return replace(sale, name=name, phone=phone, email=email, request=paragraph(sale.request))


def _units_of(work: Work, reservation_id: int) -> list[tuple[int | None, int]]:
    lines = select(ReservationLine.unit_id, ReservationLine.quantity)
    asked = lines.where(ReservationLine.reservation_id == reservation_id)
    return sorted((unit, quantity) for unit, quantity in work.connection.execute(asked))


def _reference(sale_id: str) -> str:
    """The order number of a sale at the desk: short enough to be said, and the same for the same sale."""
    word = b32encode(blake2b(sale_id.encode(), digest_size=8).digest()).decode().rstrip("=")
    return f"{COUNTER_MARK}{word}"


class _Typed(Raw):
    """An order that came from no file: somebody typed it here."""

    def __init__(self, sale_id: str, order: Order) -> None:
        self.row, self._told = 1, order
        self.digest = fingerprint(sale_id, seed_of("desk"))

    @property
    def cells(self) -> Mapping[str, str]:
        return {}

    def _order(self) -> Order:
        return self._told

    def _reference(self) -> str:
        return self._told.reference
