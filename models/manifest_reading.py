"""Reads who stands on the departures of a day sheet, masked where the traveler may not be seen yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select

from models.manifest import DepartureSheet, Guest
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import may_see, without_traveler
from models.references import number_of
from models.reservations import GONE, Status
from models.tables import Departure, Message, Option, Payment, Product, Reservation, ReservationLine, Traveler

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_SOME = 500
_LIVING = sorted(frozenset(Status) - GONE)


def sheets(look: Connection, day: date, departure_id: int | None = None) -> tuple[DepartureSheet, ...]:
    """The departures of a day on which anybody stands, or one departure; by time."""
    asked = (
        select(
            _D,
            Product.name.label("product"),
            Product.zone,
            Product.meeting_point,
            Option.name.label("option"),
        )
        .join(Option, Option.id == _D.c.option_id)
        .join(Product, Product.id == Option.product_id)
        .order_by(_D.c.departs_at, Product.name, _D.c.id)
    )
    one = _D.c.id == departure_id if departure_id is not None else _D.c.departs_on == day
    rows = look.execute(asked.where(one)).all()
    guests = _guests(look, (_R.c.departure_id.in_([row.id for row in rows]),))
    made = (_sheet(row, tuple(guests[row.id])) for row in rows)
    return tuple(sheet for sheet in made if sheet.guests or departure_id is not None)


def strays(look: Connection, day: date) -> tuple[Guest, ...]:
    """Those who come on a day and have no departure of ours."""
    found = _guests(look, (_R.c.departs_on == day, _R.c.departure_id.is_(None), _R.c.unmatched != ""))
    return tuple(guest for guests in found.values() for guest in guests)


def _sheet(row: Any, guests: tuple[Guest, ...]) -> DepartureSheet:
    return DepartureSheet(
        departure_id=row.id,
        departs_on=row.departs_on,
        departs_at=row.departs_at,
        ends_at=row.ends_at,
        zone=row.zone,
        product=row.product,
        option=row.option,
        guide=row.guide,
        meeting_point=row.meeting_point,
        capacity=row.capacity,
        taken=row.seats_taken,
        closed=row.closed,
        guests=guests,
    )


def _guests(look: Connection, which: tuple[Any, ...]) -> dict[int | None, list[Guest]]:
    asked = select(_R).where(*which, _R.c.status.in_(_LIVING)).order_by(_R.c.id)
    rows = look.execute(asked).all()
    ids = [row.id for row in rows]
    names = _lists(look, ids, Traveler.reservation_id, Traveler.id, Traveler.name)
    units = _lists(
        look,
        ids,
        ReservationLine.reservation_id,
        ReservationLine.id,
        ReservationLine.unit,
        ReservationLine.quantity,
    )
    notes = _lists(look, ids, Message.reservation_id, Message.id, Message.direction, Message.body)
    dues = _dues(look, ids)
    made: dict[int | None, list[Guest]] = defaultdict(list)
    for row in rows:
        told = [body for direction, body in notes[row.id] if direction == "note"]
        companions = [name for (name,) in names[row.id]]
        made[row.departure_id].append(_guest(row, companions, units[row.id], told, dues.get(row.id)))
    return made


def _guest(row: Any, companions: list[str], units: list[Any], notes: list[str], due: int | None) -> Guest:
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    known = () if seen else (row.lead, row.email, row.phone, *companions)

    def masked(text: str) -> str:
        return text if seen else without_traveler(text, known)

    return Guest(
        id=row.id,
        number=number_of(row.id),
        channel=row.channel,
        reference=row.reference,
        status=row.status,
        lead=row.lead if seen else None,
        companions=tuple(companions) if seen else (),
        party=row.party,
        heads=row.heads,
        arrived=row.arrived_heads,
        units=tuple((unit, quantity) for unit, quantity in units),
        language=row.language,
        pickup=masked(row.pickup),
        request=masked(row.request),
        notes=tuple(masked(note) for note in notes),
        due=Money(due, row.currency) if due else None,
        confirm_by=row.confirm_by,
        product="" if row.departure_id else ", ".join(t for t in (row.product_text, row.option_text) if t),
    )


def _lists(look: Connection, ids: Sequence[int], of: Any, order: Any, *columns: Any) -> dict[int, list[Any]]:
    """Some columns of what belongs to each reservation, in the order in which it was told."""
    found: dict[int, list[Any]] = defaultdict(list)
    for some in _portions(ids):
        for reservation_id, *told in look.execute(select(of, *columns).where(of.in_(some)).order_by(order)):
            found[reservation_id].append(tuple(told))
    return found


def _dues(look: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Minor units that the desk has to collect, by reservation."""
    found: dict[int, int] = {}
    for some in _portions(ids):
        asked = (
            select(Payment.reservation_id, func.sum(Payment.amount_minor))
            .where(Payment.reservation_id.in_(some))
            .where(Payment.collector == Collector.US, Payment.state == MoneyState.DUE)
            .group_by(Payment.reservation_id)
        )
        found.update((reservation_id, int(minor)) for reservation_id, minor in look.execute(asked))
    return found


def _portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _SOME] for start in range(0, len(ids), _SOME))
