"""Makes the voucher of a confirmed reservation, ready to print or to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.counter import counter_settings
from controllers.desk import Desk, Work
from controllers.printing import Draft
from controllers.rights import needs
from controllers.viewing import ticket_code
from controllers.voucher_looks import read_look
from models.channels import channel_facts
from models.codes import code_for
from models.details import Details, Viewpoint
from models.details_reading import details
from models.frozen import frozen
from models.papers import Document, Paper
from models.prints import FIRST, MOST_AT_ONCE, Copy, Order, PrintState
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import GONE, HOLDERS, Status
from models.rights import Right, Role
from models.tables import About, Channel, Key, Operator, Print, Reservation, Ticket
from models.tickets import TicketState
from models.voucher_looks import VoucherLook
from models.vouchers import Symbol, Voucher

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed


@needs(Right.PRINT)
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
        return _voucher(work.connection, found, _at_desk(work.connection, desk))


@needs(Right.PRINT)
def print_voucher(
    reservation_id: int, *, desk: Desk, paper: Paper = Paper.A4, one_each: bool = True
) -> Printed:
    """The voucher as a PDF on a paper, with the glyphs no font has."""
    return voucher_draft(reservation_id, desk=desk, paper=paper, one_each=one_each).drawn((FIRST,))


@needs(Right.PRINT)
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
    alone = ticket if ticket in numbers and len(numbers) > 1 else None
    if alone is not None:
        made = replace(made, symbols=(made.symbols[numbers.index(alone)],))
    made = replace(made, together=not (kept.one_each if one_each is None else one_each))
    order = voucher_order(reservation_id, numbers, alone)
    where = paper or kept.paper_for(Document.VOUCHER)
    check = partial(_still_good, (order,), {reservation_id: (numbers, made.departs_at)})
    return Draft((order,), where, _Drawing((made,), dress), check, tickets=labels)


@needs(Right.PRINT)
def day_draft(
    day: date,
    *,
    desk: Desk,
    departure_id: int | None = None,
    again: bool = False,
    paper: Paper | None = None,
) -> Draft:
    """The vouchers of everybody confirmed for a day or a departure; those printed before only `again`.

    Whoever looks at it has seen names: the draft brings what the journal keeps of that.
    Raises CannotDo("nothing-to-print") and CannotDo("too-many-to-print").
    """
    kept = counter_settings(desk=desk)
    with desk.reading() as look:
        ids = _travelling(look, day, departure_id)
        if len(ids) > MOST_AT_ONCE:
            raise CannotDo("too-many-to-print", count=len(ids), most=MOST_AT_ONCE)
        before = frozenset() if again else _printed_keys(look, ids)
        tickets = _tickets_of(look, ids)
        orders = [voucher_order(one, tickets[one]) for one in ids]
        wanted = [order for order in orders if order.key not in before]
        if not wanted:
            raise CannotDo("nothing-to-print")
        dress, at = read_look(look), desk.viewpoint(look)
        ids_wanted = [order.reservation_id for order in wanted if order.reservation_id is not None]
        house = _at_desk(look, desk)
        read = (_voucher(look, details(look, one, at, reveal=True), house) for one in ids_wanted)
        made = tuple(replace(one, together=not kept.one_each) for one in read)
    about = f"departure:{departure_id}" if departure_id is not None else f"day:{day.isoformat()}"
    note = partial(_note_seen, about, tuple(ids_wanted))
    where = paper or kept.paper_for(Document.VOUCHER)
    read_as = {one: (tickets[one], paper.departs_at) for one, paper in zip(ids_wanted, made, strict=True)}
    check = partial(_still_good, wanted, read_as)
    left_out = len(orders) - len(wanted)
    return Draft(tuple(wanted), where, _Drawing(made, dress), check, note, left_out=left_out)


def _note_seen(about: str, reservations: tuple[int, ...], work: Work) -> None:
    work.record(about, "vouchers", reservations=list(reservations))


def _travelling(look: Connection, day: date, departure_id: int | None) -> list[int]:
    """Everybody confirmed and not in yet, by departure, who has a valid ticket."""
    asked = (
        select(Reservation.id)
        .join(Ticket, Ticket.reservation_id == Reservation.id)
        .where(Reservation.departs_on == day, Reservation.status == Status.CONFIRMED)
        .where(Ticket.state == TicketState.VALID)
        .group_by(Reservation.id, Reservation.departs_at)
        .order_by(Reservation.departs_at, Reservation.id)
        .limit(MOST_AT_ONCE + 1)
    )
    if departure_id is not None:
        asked = asked.where(Reservation.departure_id == departure_id)
    return list(look.execute(asked).scalars())


def _printed_keys(look: Connection, ids: Sequence[int]) -> frozenset[str]:
    """What of these has come out, or may still."""
    asked = select(Print.key).where(Print.reservation_id.in_(ids))
    return frozenset(look.execute(asked.where(Print.state != PrintState.FAILED)).scalars())


def voucher_order(reservation_id: int, tickets: Sequence[int], alone: int | None = None) -> Order:
    """What the print log calls a voucher: new tickets make a new one, of which the first is no copy.

    The voucher of `alone`, one ticket of several, is a copy of the party's and of itself, not of the other tickets'.
    """
    number = number_of(reservation_id)
    party = f"voucher:{reservation_id}:{min(tickets, default=0)}"
    each = tuple(f"ticket:{ticket}" for ticket in tickets) if len(tickets) > 1 else ()
    if alone is not None:
        return Order(Document.VOUCHER, f"ticket:{alone}", number, reservation_id, alone, within=(party,))
    return Order(Document.VOUCHER, party, number, reservation_id, within=each)


def valid_tickets(look: Connection, reservation_id: int) -> tuple[int, ...]:
    """The numbers of the tickets that count, in the order in which they are printed."""
    return _tickets_of(look, [reservation_id]).get(reservation_id, ())


def _tickets_of(look: Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    asked = select(Ticket.reservation_id, Ticket.number).where(Ticket.reservation_id.in_(ids))
    valid = asked.where(Ticket.state == TicketState.VALID).order_by(Ticket.number)
    found: dict[int, tuple[int, ...]] = {}
    for one, number in look.execute(valid):
        found[one] = (*found.get(one, ()), number)
    return found


def _still_good(
    orders: Sequence[Order], read_as: Mapping[int, tuple[tuple[int, ...], datetime | None]], look: Connection
) -> None:
    """Every one of them still has the tickets and the departure that were read, and a right to a voucher."""
    asked = select(Reservation.id, Reservation.departs_at).where(Reservation.id.in_(list(read_as)))
    living = look.execute(asked.where(Reservation.status.in_(HOLDERS)))
    leaving = {row.id: row.departs_at for row in living}
    tickets = _tickets_of(look, list(read_as))
    for order in orders:
        one = order.reservation_id
        assert one is not None
        numbers, departs_at = read_as[one]
        moved = one not in leaving or departs_at not in (None, leaving[one])
        if moved or tickets.get(one) != numbers:
            raise CannotDo("paper-outdated", number=order.name)


@frozen
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


def enclosed_voucher(look: Connection, reservation_id: int) -> bytes:
    """The voucher as a letter to its own traveler encloses it, on A4. Nobody has looked at it: nothing is journaled.

    Raises CannotDo("voucher-no-more") where no ticket counts any more.
    """
    from controllers.voucher_pdf import voucher_pdf

    asked = select(Operator.name, Operator.contact, Operator.zone)
    operator = look.execute(asked).one()
    secrets = {row.version: bytes(row.secret) for row in look.execute(select(Key.version, Key.secret))}
    kind = look.execute(select(About.value).where(About.name == "kind")).scalar()
    at = Viewpoint(0, Role.PROGRAM, operator.zone, frozenset(), datetime.now(UTC))
    found = details(look, reservation_id, at, reveal=True)
    house = _House(
        operator.name,
        operator.contact,
        lambda number, version: code_for(number, version=version, secret=secrets[version]),
        kind == "practice",
    )
    made = _voucher(look, found, house)
    if not made.symbols:
        raise CannotDo("voucher-no-more", number=found.number, status=found.row.status)
    dress = read_look(look)
    made = replace(made, together=True, terms=dress.terms.get(made.language, ""))
    return voucher_pdf(made, Paper.A4, dress).pdf


@frozen
class _House:
    """Whose voucher it is, and who makes the codes on it."""

    name: str
    contact: str
    code: Callable[[int, int], str]
    practice: bool


def _at_desk(look: Connection, desk: Desk) -> _House:
    operator = desk.operator(look)
    code = partial(_code_at, desk)
    return _House(operator.name, operator.contact, code, desk.practice)


def _code_at(desk: Desk, number: int, version: int) -> str:
    return ticket_code(number, version, desk=desk)


def _voucher(look: Connection, found: Details, house: _House) -> Voucher:
    row = found.row
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
        operator=house.name,
        contact=house.contact,
        symbols=_symbols(found, house),
        refund_terms=refund_terms(found, zone),
        request=found.request,
        practice=house.practice,
    )


def _symbols(found: Details, house: _House) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(house.code(t.number, t.key_version), t.heads, t.uses, t.label)
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
