"""Finds out what a scanned or typed text names: a reservation, one ticket of it, one of several, or nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Table

from controllers import finding, gate
from controllers.desk import Work
from models import codes
from models.checkin import Kind
from models.checkin_words import Told
from models.frozen import frozen
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import LIVING
from models.tables import Reservation
from models.tickets import TicketState

_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST_CHOICES = 9
_NOTHING_TOLD = Told()


@frozen
class Named:
    """What a text names: a reservation (and perhaps one ticket of it), or why nothing. `fits`: which of these?"""

    row: Any = None
    ticket: int | None = None
    replaced: bool = False
    reading: Kind = Kind.ADMIT
    told: Told = _NOTHING_TOLD
    fits: tuple[int, ...] = ()


def named_by(work: Work, text: str, chosen: int | None = None) -> Named:
    """Finds out what the text names."""
    digits = codes.digits_of(text)
    if digits is not None:
        reading = codes.read(digits, work.desk.code_secrets)
        if isinstance(reading, codes.Genuine):
            row = work.connection.execute(gate.BY_TICKET, {"number": reading.ticket}).first()
            if row is None:
                return Named(reading=Kind.UNKNOWN, told=Told(no_row=True))
            return Named(row, reading.ticket, row.ticket_state is not TicketState.VALID)
        return Named(reading=Kind.FORGED if isinstance(reading, codes.Forged) else Kind.UNKNOWN)
    found = finding.all_named(work.connection, text)
    if chosen in found:
        found = [chosen]
    elif len(found) > 1:
        found = _meant(work, found)
    if len(found) == 1:
        return Named(at_the_gate(work, found[0]))
    tidy = codes.tidy(text)
    if not found and (not tidy or (tidy.isdigit() and 14 <= len(tidy) < codes.LENGTH)):
        return Named(reading=Kind.UNREADABLE, told=Told(digits_read=len(tidy)))
    told = Told(numbers=tuple(number_of(i) for i in found))
    return Named(reading=Kind.UNKNOWN, told=told, fits=tuple(found[:MOST_CHOICES]))


def _meant(work: Work, found: list[int]) -> list[int]:
    """Of several reservations one reference names: those that live, the nearest departure first.

    The only one of today is meant, and of one purchase (the same reference at the same channel for the same
    departure) whoever is not in yet: the others are offered with it.
    """
    rows = work.connection.execute(gate.MEANT.where(_R.c.id.in_(found)).order_by(_R.c.id)).all()
    living = [row for row in rows if row.status in LIVING]
    near = [r for r in living if r.departs_at and abs(r.departs_at - work.now) < timedelta(hours=12)]
    if near and len({(r.channel, r.reference_key, r.departs_at) for r in near}) == 1:
        outside = [r for r in near if r.arrived_heads < r.heads]
        return [(outside or near)[0].id]
    if not living:
        return [rows[0].id]
    far = timedelta.max
    living.sort(key=lambda r: (abs(r.departs_at - work.now) if r.departs_at else far, r.id))
    return [row.id for row in living]


def at_the_gate(work: Work, reservation_id: int) -> Any:
    """A reservation with what the gate must know of it, locked until the transaction ends."""
    row = work.connection.execute(gate.AT_THE_GATE, {"id": reservation_id}).first()
    if row is None:
        raise CannotDo("not-found", reference=number_of(reservation_id))
    return row
