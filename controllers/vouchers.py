"""Makes the voucher of a confirmed reservation, ready to print or to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from controllers.counter import counter_settings
from controllers.desk import Desk
from controllers.printing import Draft
from controllers.viewing import ticket_code
from controllers.voucher_looks import read_look
from models.channels import channel_facts
from models.details import Details
from models.details_reading import details
from models.papers import Document, Paper
from models.prints import FIRST, MOST_AT_ONCE, Copy, Order, PrintState
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import GONE, HOLDERS, Status
from models.tables import Channel, Print, Reservation, Ticket
from models.tickets import TicketState
from models.voucher_looks import VoucherLook
from models.vouchers import Symbol, Voucher

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed


def voucher(reservation_id: int, *, desk: Desk) -> Voucher:
    """What the voucher of a reservation says; opening it is journaled.

    Raises CannotDo("voucher-not-yet") before confirmation and ("voucher-no-more") afterwards.
    """
    with desk.work() as work:
        found = details(work.connection, reservation_id, desk.viewpoint(work.connection), reveal=True)
        status = found.row.status
        if status not in HOLDERS:
            code = "voucher-no-more" if status in GONE else "voucher-not-yet"
            raise CannotDo(code, number=found.number, status=status)
        work.record(f"reservation:{reservation_id}", "voucher")
        return _voucher(work.connection, found, desk)


def print_voucher(
    reservation_id: int, *, desk: Desk, paper: Paper = Paper.A4, one_each: bool = True
) -> Printed:
    """The voucher as a PDF on a paper, with the glyphs no font has."""
    return voucher_draft(reservation_id, desk=desk, paper=paper, one_each=one_each).drawn((FIRST,))


def voucher_draft(
    reservation_id: int,
    *,
    desk: Desk,
    paper: Paper | None = None,
    one_each: bool | None = None,
    ticket: int | None = None,
) -> Draft:
    """The voucher, ready to be drawn: on the counter's paper and in its way unless told otherwise.

    `ticket` is the number of the only ticket wanted of several.
    """
    kept = counter_settings(desk=desk)
    made = voucher(reservation_id, desk=desk)
    with desk.reading() as look:
        dress = read_look(look)
        numbers = valid_tickets(look, reservation_id)
    labels = tuple((number, symbol.label) for number, symbol in zip(numbers, made.symbols, strict=True))
    if ticket is not None and ticket in numbers:
        made = replace(made, symbols=(made.symbols[numbers.index(ticket)],))
    made = replace(made, together=not (kept.one_each if one_each is None else one_each))
    order = voucher_order(reservation_id, numbers, ticket)
    where = paper or kept.paper_for(Document.VOUCHER)
    check = partial(_still_good, (order,), {reservation_id: made.departs_at})
    return Draft((order,), where, _Drawing((made,), dress), check, labels)


def day_draft(
    day: date,
    *,
    desk: Desk,
    departure_id: int | None = None,
    again: bool = False,
    paper: Paper | None = None,
) -> Draft:
    """The vouchers of everybody confirmed for a day or a departure; those printed before only `again`.

    Raises CannotDo("nothing-to-print") and CannotDo("too-many-to-print").
    """
    kept = counter_settings(desk=desk)
    with desk.reading() as look:
        ids = _travelling(look, day, departure_id)
        if len(ids) > MOST_AT_ONCE:
            raise CannotDo("too-many-to-print", count=len(ids), most=MOST_AT_ONCE)
        before = frozenset() if again else _printed_keys(look, ids)
        orders = [voucher_order(one, [first]) for one, first in ids]
        wanted = [order for order in orders if order.key not in before]
        if not wanted:
            raise CannotDo("nothing-to-print")
        dress, at = read_look(look), desk.viewpoint(look)
        ids_wanted = [order.reservation_id for order in wanted if order.reservation_id is not None]
        read = (_voucher(look, details(look, one, at, reveal=True), desk) for one in ids_wanted)
        made = tuple(replace(one, together=not kept.one_each) for one in read)
    with desk.work() as work:
        about = f"departure:{departure_id}" if departure_id is not None else f"day:{day.isoformat()}"
        work.record(about, "vouchers", reservations=ids_wanted)
    where = paper or kept.paper_for(Document.VOUCHER)
    leaving = {one: paper.departs_at for one, paper in zip(ids_wanted, made, strict=True)}
    check = partial(_still_good, wanted, leaving)
    return Draft(tuple(wanted), where, _Drawing(made, dress), check, left_out=len(orders) - len(wanted))


def _travelling(look: Connection, day: date, departure_id: int | None) -> list[tuple[int, int]]:
    """Everybody confirmed and not in yet, by departure: the reservation and its first valid ticket."""
    asked = (
        select(Reservation.id, func.min(Ticket.number))
        .join(Ticket, Ticket.reservation_id == Reservation.id)
        .where(Reservation.departs_on == day, Reservation.status == Status.CONFIRMED)
        .where(Ticket.state == TicketState.VALID)
        .group_by(Reservation.id, Reservation.departs_at)
        .order_by(Reservation.departs_at, Reservation.id)
        .limit(MOST_AT_ONCE + 1)
    )
    if departure_id is not None:
        asked = asked.where(Reservation.departure_id == departure_id)
    return [(found, first) for found, first in look.execute(asked)]


def _printed_keys(look: Connection, ids: Sequence[tuple[int, int]]) -> frozenset[str]:
    """What of these has come out, or may still."""
    asked = select(Print.key).where(Print.reservation_id.in_([one for one, _ in ids]))
    return frozenset(look.execute(asked.where(Print.state != PrintState.FAILED)).scalars())


def voucher_order(reservation_id: int, tickets: Sequence[int], ticket: int | None = None) -> Order:
    """What the print log calls a voucher: new tickets make a new one, of which the first is no copy."""
    key = f"voucher:{reservation_id}:{min(tickets, default=0)}"
    return Order(Document.VOUCHER, key, number_of(reservation_id), reservation_id, ticket)


def valid_tickets(look: Connection, reservation_id: int) -> tuple[int, ...]:
    """The numbers of the tickets that count, in the order in which they are printed."""
    asked = select(Ticket.number).where(Ticket.reservation_id == reservation_id)
    valid = asked.where(Ticket.state == TicketState.VALID).order_by(Ticket.number)
    return tuple(look.execute(valid).scalars())


def _still_good(orders: Sequence[Order], leaving: Mapping[int, datetime | None], look: Connection) -> None:
    """Every one of them still has the tickets and the departure that were read, and a right to a voucher."""
    ids = [order.reservation_id for order in orders]
    asked = (
        select(Ticket.reservation_id, func.min(Ticket.number), Reservation.departs_at)
        .join(Reservation, Reservation.id == Ticket.reservation_id)
        .where(Ticket.reservation_id.in_(ids), Ticket.state == TicketState.VALID)
        .where(Reservation.status.in_(HOLDERS))
        .group_by(Ticket.reservation_id, Reservation.departs_at)
    )
    now = {
        voucher_order(found, [first]).key
        for found, first, departs_at in look.execute(asked)
        if leaving.get(found) in (None, departs_at)
    }
    for order in orders:
        if order.key not in now:
            raise CannotDo("paper-outdated", number=order.name)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws vouchers, each as the copy it is; called on a lane, without a database."""

    vouchers: tuple[Voucher, ...]
    look: VoucherLook

    def __call__(self, copies: tuple[Copy, ...], paper: Paper) -> Printed:
        from controllers.voucher_pdf import vouchers_pdf

        dressed = (
            replace(one, copy=copy, terms=self.look.terms.get(one.language, ""))
            for one, copy in zip(self.vouchers, copies, strict=True)
        )
        return vouchers_pdf(dressed, paper, self.look)


def _voucher(look: Connection, found: Details, desk: Desk) -> Voucher:
    row = found.row
    operator = desk.operator(look)
    zone = ZoneInfo(row.zone)
    name = look.execute(select(Channel.name).where(Channel.key == row.channel)).scalar()
    return Voucher(
        language=read_look(look).language_for(found.language or channel_facts(row.channel).language),
        number=row.number,
        reference=row.reference,
        channel=name or channel_facts(row.channel).name,
        product=row.product,
        option=row.option,
        departs_on=None if row.open_dated else row.departs_on,
        departs_at=row.departs_at.astimezone(zone) if row.departs_at and not row.open_dated else None,
        valid_until=found.valid_until,
        party=tuple((line.unit, line.quantity) for line in found.lines),
        heads=row.party,
        lead=found.contact.lead if found.contact else "",
        meeting_point=found.meeting_point,
        operator=operator.name,
        contact=operator.contact,
        symbols=_symbols(found, desk),
        refund_terms=refund_terms(found, zone),
        request=found.request,
        practice=desk.practice,
    )


def _symbols(found: Details, desk: Desk) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(ticket_code(t.number, t.key_version, desk=desk), t.heads, t.uses, t.label)
        for t in found.tickets
        if t.state is TicketState.VALID
    )


def refund_terms(found: Details, zone: ZoneInfo) -> tuple[tuple[datetime, int], ...]:
    """Until when how much goes back, the instants in the product's zone."""
    departs_at = found.row.departs_at
    if departs_at is None or found.row.open_dated:
        return ()
    return tuple(
        ((departs_at - timedelta(days=tier.until_days)).astimezone(zone), tier.percent)
        for tier in found.tiers
    )
