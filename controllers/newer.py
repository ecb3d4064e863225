"""Hears what a newer file says about an order we know, and moves it forward or asks a person.

Before confirmation the channel's word replaces the older one. From then on another date, party or
amount waits for a decision with both sides shown; contacts and requests are always brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, insert, or_, select, update

from controllers import letters, refunds, seats, tickets
from controllers.channels.raw import Raw
from controllers.desk import Work
from controllers.placing import Place, Places, ordered_instant
from controllers.receiving import (
    code_rows,
    confirm_by,
    line_rows,
    order_columns,
    payment_rows,
    place_columns,
    raw_row,
)
from controllers.refunds import payments_of
from controllers.reservations import confirm_row, confirms_itself, take
from models.catalogue import product_facts
from models.intake import (
    CONTESTED,
    DEPARTURE_FIELDS,
    MONEY_FIELDS,
    PARTY_FIELDS,
    Facts,
    Step,
    behind,
    changed_fields,
    facts_of,
    order_of,
    status_step,
)
from models.orders import Collector, Order, Telling
from models.outbox import Letter, LetterState
from models.payments import MoneyState
from models.references import reference_key
from models.reservations import GONE, HOLDERS, LIVING, Cause, Status, Verb, holds_seats
from models.tables import (
    Decision,
    ForeignCode,
    OutboxRow,
    Payment,
    RawRow,
    Reservation,
    ReservationLine,
    Traveler,
)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_W: Table = RawRow.__table__  # type: ignore[assignment]
_WAITING = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING)
_SOFT = ("lead", "email", "phone", "language", "country", "request", "pickup")
_SHOWS_DONE = {
    "confirm": (Status.CONFIRMED, Status.REDEEMED, Status.NO_SHOW),
    "cancel": (Status.CANCELLED,),
    "redeem": (Status.REDEEMED,),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """The fields a row told anew; `waits` when some of it is for a person to decide."""

    fields: tuple[str, ...] = ()
    waits: bool = False


def whose(work: Work, order: Order) -> list[int]:
    """The reservations a row can mean: none (it is new), one, or several for a person to choose from.

    A row of a sender we have not heard of this order before means the one living reservation with the
    same channel and reference. Where the sender has numbers of its own, another number is another booking.
    """
    key = reference_key(order.reference, order.channel)[:120]
    sender = (order.via[:40], reference_key(order.via_reference)[:120])
    same = work.connection.execute(
        select(
            _R.c.id, _R.c.via, _R.c.via_reference, _R.c.status, _R.c.zone, _R.c.departs_on, _R.c.departs_at
        )
        .where(_R.c.channel == order.channel[:40], _R.c.reference_key == key)
        .order_by(_R.c.id)
    ).all()
    senders = {row.id: {(row.via, row.via_reference)} for row in same}
    heard = select(_W.c.reservation_id, _W.c.via, _W.c.via_reference).where(
        _W.c.reservation_id.in_(list(senders))
    )
    for reservation_id, via, via_reference in work.connection.execute(heard):
        senders[reservation_id].add((via, via_reference))
    exact = [row.id for row in same if sender in senders[row.id]]
    if exact:
        return exact[:1]
    others = [row for row in same if all(via != sender[0] for via, _ in senders[row.id])]
    living = [row for row in others if row.status in LIVING]
    if len(living) == 1:
        return [] if _another_booking(order, living[0]) else [living[0].id]
    if living:
        return [row.id for row in living]
    return [row.id for row in others] if len(others) == 1 and not order.via_reference else []


def parts_cancelled_with(work: Work, order: Order) -> list[int]:
    """Rezdy's orders of several products are N, N/2, N/3 here; its cancellation names only N."""
    if order.telling is not Telling.CANCELLED or order.channel != "rezdy":
        return []
    whole = reference_key(order.reference, order.channel)
    asked = select(_R.c.id).where(
        _R.c.channel == "rezdy", _R.c.reference_key.startswith(f"{whole}/", autoescape=True)
    )
    return list(work.connection.execute(asked.order_by(_R.c.id)).scalars())


def _another_booking(order: Order, row: Any) -> bool:
    """Whether a cancelled row with a number of its own is about another departure than the living one."""
    if order.status is not Status.CANCELLED or not order.via_reference:
        return False
    if order.departs_on != row.departs_on:
        return True
    if order.starts is None or row.departs_at is None:
        return False
    return bool(row.departs_at.astimezone(ZoneInfo(row.zone or "UTC")).time() != order.starts)


def hear(where: Places, reservation_id: int, raw: Raw, order: Order, source: str) -> Heard:
    """Takes in one row about a known reservation."""
    work = where.work
    heard = _latest_rows(work, reservation_id, order.via, order.via_reference)
    known = _merged(heard)
    last = next((row for row in heard if row.telling == order.telling), None)
    told = facts_of(order)
    if heard and order.telling is Telling.BOOKED:
        told = {name: value for name, value in told.items() if name not in ("status", "status_word")}
    fields = changed_fields(last.facts if last is not None else known, told) if heard else []
    if last is not None and not fields:
        return Heard()
    _store(work, reservation_id, raw, order, told, source, last)
    merged = {**known, **told}
    row = take(work, reservation_id)
    if not heard:
        _fill_in(where, row, told, order)
        row = take(work, reservation_id)
    step = _step(row, order, fields, first=not heard)
    waits = step is Step.ASK
    if waits:
        _ask(work, row, "status", {"status": row.status}, {"status": order.status, "word": order.status_word})
    waits |= _apply_fields(where, row, merged, order, fields)
    if step is Step.APPLY and order.status is not None:
        _move_to(where, take(work, reservation_id), order.status, merged)
    _tick_off(work, reservation_id, order)
    names = tuple(fields) if heard else ("status",)
    if not fields and step is Step.NOTHING:
        return Heard()
    work.record(
        f"reservation:{reservation_id}", "channel-told", fields=sorted(names), waits=waits, source=source
    )
    return Heard(names, waits)


def rematch(where: Places) -> int:
    """Tries every waiting order again after the products changed; how many found their place."""
    work, found = where.work, 0
    waiting = (
        work.connection.execute(select(_R.c.id).where(_R.c.unmatched != "").order_by(_R.c.id)).scalars().all()
    )
    for reservation_id in waiting:
        row = take(work, reservation_id)
        facts, order, place = _best_place(where, row)
        if place.unmatched == row.unmatched and place.match.product is None:
            continue
        _replace(where, row, order, place)
        work.record(f"reservation:{row.id}", "match", before=row.unmatched, after=place.unmatched)
        found += not place.unmatched
        if not place.unmatched and row.status is Status.UNCONFIRMED:
            _confirm_if_instant(where, take(work, row.id), facts)
    return found


# --- status ---------------------------------------------------------------------------------


def _step(row: Any, order: Order, fields: list[str], *, first: bool) -> Step:
    if order.status is None or (not first and "status" not in fields):
        return Step.NOTHING
    if first and behind(row.status, order.status):
        return Step.NOTHING
    return status_step(row.status, order.status, order.telling)


def _move_to(where: Places, row: Any, status: Status, facts: Facts) -> None:
    """Follows the channel to a status: seats even over capacity, tickets as for that status, no letter of ours."""
    work = where.work
    if status is Status.UNCONFIRMED and _confirm_if_instant(where, row, facts):
        return
    moved_seats = seats.follow(work, row, status, overbook=True)
    where.forget(row.departure_id)
    values: dict[str, Any] = {"status": status, "version": row.version + 1}
    if status in HOLDERS and row.status not in HOLDERS:
        tickets.issue(work, row, product_facts(work.connection, row.product_id))
        values["confirmed_at"] = work.now
        values["first_confirmed_at"] = row.first_confirmed_at or work.now
    if status in (Status.CONFIRMED,) and row.status in _WAITING:
        values["status_before"] = None
    if status is Status.REDEEMED:
        values["redeemed_at"] = work.now
    if status in GONE:
        values["cancelled_at"] = work.now
        tickets.void(work, row.id)
        letters.drop(work, row.id, Letter.CONFIRMATION)
        letters.drop(work, row.id, Letter.COMMENT)
        refunds.promise_refund(work, row, Cause.THEIRS, only=Collector.US)
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    seat_facts = moved_seats.told() if moved_seats else {}
    work.record(f"reservation:{row.id}", "channel-moved", before=row.status, after=status, **seat_facts)
    work.changed.add("reservations")


def _confirm_if_instant(where: Places, row: Any, facts: Facts) -> bool:
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


def _tick_off(work: Work, reservation_id: int, order: Order) -> None:
    """A newer file that shows our deed done at the channel ticks it off here."""
    done = [what for what, shown in _SHOWS_DONE.items() if order.status in shown]
    if done:
        work.connection.execute(
            update(_R).where(_R.c.id == reservation_id, _R.c.to_do.in_(done)).values(to_do="")
        )


# --- fields ---------------------------------------------------------------------------------


def _apply_fields(where: Places, row: Any, merged: Facts, order: Order, fields: list[str]) -> bool:
    """Applies what may be applied; True when something waits for a person."""
    if not fields or row.status in GONE:
        return False
    work = where.work
    whole = order_of(merged, channel=row.channel, reference=row.reference, via=order.via, via_reference="")
    waits = False
    if row.status in _WAITING:
        if CONTESTED.intersection(fields):
            _replace(where, row, whole, where.place(whole, ordered_instant(whole, where.operator, work.now)))
        if MONEY_FIELDS.intersection(fields):
            _restate_money(work, row, whole)
    else:
        waits = _ask_contested(work, row, merged, fields)
        if {"paid", "balance", "payment_word"}.intersection(fields) and "amount" not in fields:
            _restate_money(work, row, whole)
    _bring_up_to_date(work, row, whole, fields)
    return waits


def _fill_in(where: Places, row: Any, told: Facts, order: Order) -> None:
    """A sender we hear of this order for the first time tells what nobody has told yet."""
    columns = order_columns(order)
    blank = [name for name in _SOFT if name in told and not getattr(row, name)]
    _bring_up_to_date(where.work, row, order, [*blank, *({"voucher_codes"} & set(told))])
    if row.amount_minor is None and order.amount is not None:
        money = {"amount_minor": columns["amount_minor"], "currency": columns["currency"]}
        where.work.connection.execute(update(_R).where(_R.c.id == row.id).values(**money))
    place = where.place(order, row.ordered_at)
    finds_place = bool(row.unmatched) and not place.unmatched
    tells_party = row.party is None and place.party is not None and place.departure is not None
    if row.status in _WAITING and (finds_place or (tells_party and not row.unmatched)):
        _replace(where, row, order, place)


def _ask_contested(work: Work, row: Any, merged: Facts, fields: list[str]) -> bool:
    asked = False
    for question, group in (("departure", DEPARTURE_FIELDS), ("party", PARTY_FIELDS), ("amount", {"amount"})):
        told = sorted(group.intersection(fields))
        if told:
            _ask(work, row, question, _ours(row, question), {name: merged[name] for name in told})
            asked = True
    return asked


def _ours(row: Any, question: str) -> Facts:
    if question == "departure":
        return {
            "product": row.product_text,
            "departs_on": row.departs_on.isoformat() if row.departs_on else None,
            "departs_at": row.departs_at.isoformat() if row.departs_at else None,
        }
    return {"party": row.party} if question == "party" else {"amount": [row.amount_minor, row.currency]}


def _ask(work: Work, row: Any, question: str, ours: Facts, theirs: Facts) -> None:
    work.connection.execute(
        insert(Decision),
        {
            "reservation_id": row.id,
            "question": question,
            "ours": ours,
            "theirs": theirs,
            "asked_at": work.now,
            "answer": "",
        },
    )
    work.changed.add("decisions")


def _replace(where: Places, row: Any, order: Order, place: Place) -> None:
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
        _insert(work, ReservationLine, line_rows(row.id, place))
    if row.status in (Status.CONFIRMED, Status.CANCEL_REQUESTED) and not row.arrived_heads:
        tickets.reissue(work, take(work, row.id), place.match.product)
    work.changed.add("reservations")


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


def _restate_money(work: Work, row: Any, order: Order) -> None:
    """What the channel tells of payments replaces what it told before; what the desk took stays."""
    replaced = or_(Payment.told.is_(True), Payment.state == MoneyState.DUE)
    work.connection.execute(delete(Payment).where(Payment.reservation_id == row.id, replaced))
    at_desk = sum(p.amount_minor for p in payments_of(work.connection, row.id) if p.state is MoneyState.DONE)
    currency = order.amount.currency if order.amount else row.currency
    _insert(work, Payment, payment_rows(row.id, order, row.status, currency, work.now, at_desk=at_desk))
    if order.amount is not None and row.status in _WAITING:
        work.connection.execute(
            update(_R).where(_R.c.id == row.id).values(amount_minor=order.amount.minor, currency=currency)
        )


def _bring_up_to_date(work: Work, row: Any, order: Order, fields: Iterable[str]) -> None:
    """Contacts, requests and the channel's own word: the newest is right."""
    told = set(fields)
    columns = order_columns(order)
    values = {name: columns[name] for name in _SOFT if name in told}
    if "status_word" in told:
        values["channel_status"] = columns["channel_status"]
    if "expires_at" in told and row.status is Status.AWAITING_PAYMENT:
        values["expires_at"] = columns["expires_at"]
    if values:
        work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    if "companions" in told:
        work.connection.execute(delete(Traveler).where(Traveler.reservation_id == row.id))
        _insert(work, Traveler, [{"reservation_id": row.id, "name": n[:500]} for n in order.companions])
    if "voucher_codes" in told:
        work.connection.execute(delete(ForeignCode).where(ForeignCode.reservation_id == row.id))
        _insert(work, ForeignCode, code_rows(row.id, order))
    if values.get("email"):
        _address_letters(work, row.id, values["email"])
    work.changed.add("reservations")


def _address_letters(work: Work, reservation_id: int, address: str) -> None:
    """Letters that had no address, or still wait, get the new one."""
    work.connection.execute(
        update(OutboxRow)
        .where(OutboxRow.reservation_id == reservation_id)
        .where(or_(OutboxRow.state == LetterState.NO_ADDRESS, OutboxRow.state == LetterState.WAITING))
        .values(address=address, state=LetterState.WAITING)
    )


# --- rows -----------------------------------------------------------------------------------


def _latest_rows(work: Work, reservation_id: int, via: str, via_reference: str) -> list[Any]:
    """The latest word of one sender on a reservation, of each kind of telling, the newest last."""
    return list(
        work.connection.execute(
            select(_W)
            .where(_W.c.reservation_id == reservation_id, _W.c.via == via[:40], _W.c.latest.is_(True))
            .where(_W.c.via_reference == reference_key(via_reference)[:120])
            .order_by(_W.c.id)
        ).all()
    )


def _merged(rows: list[Any]) -> Facts:
    facts: Facts = {}
    for row in rows:
        facts.update(row.facts)
    return facts


def _best_place(where: Places, row: Any) -> tuple[Facts, Order, Place]:
    """The best place that any sender's word gives a reservation; its own channel's where none is known."""
    work = where.work
    senders = work.connection.execute(
        select(_W.c.via, _W.c.via_reference)
        .where(_W.c.reservation_id == row.id, _W.c.latest.is_(True))
        .group_by(_W.c.via, _W.c.via_reference)
    ).all()
    found = []
    for via, via_reference in sorted(senders, key=lambda sender: sender[0] != row.via):
        facts = _merged(_latest_rows(work, row.id, via, via_reference))
        order = order_of(
            facts, channel=row.channel, reference=row.reference, via=via, via_reference=via_reference
        )
        found.append((facts, order, where.place(order, row.ordered_at)))
    own = found[0]
    agreeing = [one for one in found if _agrees(one[2], own[2])]
    known = [one for one in agreeing if not one[2].unmatched] or [
        one for one in agreeing if one[2].match.product
    ]
    return (known or [own])[0]


def _agrees(place: Place, own: Place) -> bool:
    """Whether another sender's place contradicts nothing that the reservation's own sender tells."""
    same_day = own.departs_on in (None, place.departs_on)
    return same_day and own.departs_at in (None, place.departs_at)


def _store(
    work: Work, reservation_id: int, raw: Raw, order: Order, facts: Facts, source: str, last: Any
) -> None:
    if last is not None:
        work.connection.execute(update(_W).where(_W.c.id == last.id).values(latest=False))
    _insert(work, RawRow, [raw_row(reservation_id, raw, order, facts, source, work.now)])


def _insert(work: Work, table: type, rows: list[dict[str, Any]]) -> None:
    if rows:
        work.connection.execute(insert(table), rows)
