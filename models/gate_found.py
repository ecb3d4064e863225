"""Reads what a verdict shows beside its answer, and nothing else: somebody stands there and waits.

A few small questions of the indexes, prepared once. What only some verdicts tell (payments, refunds, letters, the
history) is read for those alone.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, func, select

from models.checkin import ADMITTING, Kind
from models.companions import companions_of
from models.details import HistoryLine, LetterFacts, LineFacts, PaymentFacts, RefundFacts
from models.details_reading import history, letters_told, lines_told, payments_told, refunds_told
from models.frozen import frozen
from models.pages import ROW_COLUMNS, row_of, rows_query
from models.privacy import may_see, without_traveler
from models.products import Validity
from models.reservations import HOLDERS, Cause, Status
from models.rows import ReservationRow
from models.tables import Departure, Product, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_WITH_HISTORY = frozenset({Kind.USED, Kind.NO_USES_LEFT, Kind.CANCELLED})
_WITH_LETTERS = frozenset({Kind.REPLACED, Kind.USED})


@frozen
class Found:
    """A reservation as a verdict needs it. `arrived` and `expected` are those of its whole departure.

    `valid_days` is how long an open-dated ticket is good from its purchase on, 0 where that is no rule of it.
    """

    row: ReservationRow
    language: str
    request: str
    meeting_point: str
    valid_until: date | None
    cause: Cause | None
    seats_taken: int | None
    capacity: int | None
    has_address: bool
    address_hint: str = ""
    """Enough of the address to say where a letter went, not enough to read it: 'n•••@'."""
    valid_days: int = 0
    arrived: int = 0
    expected: int = 0
    lines: tuple[LineFacts, ...] = ()
    payments: tuple[PaymentFacts, ...] = ()
    refunds: tuple[RefundFacts, ...] = ()
    letters: tuple[LetterFacts, ...] = ()
    history: tuple[HistoryLine, ...] = ()


def found_at_gate(look: Connection, reservation_id: int, kind: Kind) -> Found | None:
    """What this verdict tells of a reservation; None where it is gone."""
    told = look.execute(_asked(), {"id": reservation_id}).first()
    if told is None:
        return None
    row = row_of(told[: len(ROW_COLUMNS)])
    seen = may_see(told.first_confirmed_at, row.channel, row.via)
    request = told.request
    if request and not seen:
        others = companions_of(look, [reservation_id])[reservation_id]
        request = without_traveler(request, (told.lead, told.email, told.phone, *others))
    redeemed_here = kind in ADMITTING and row.status is Status.REDEEMED
    in_all = _departure(look, row.departure_id)
    return Found(
        row=row,
        language=told.language,
        request=request,
        meeting_point=told.meeting_point or "",
        valid_until=told.valid_until,
        cause=told.cause,
        seats_taken=told.seats_taken,
        capacity=told.capacity,
        has_address=bool(told.email),
        address_hint=_hint(told.email) if seen else "",
        valid_days=told.valid_days or 0 if told.validity is Validity.OPEN else 0,
        arrived=in_all[0],
        expected=in_all[1],
        lines=lines_told(look, reservation_id, told.currency),
        payments=payments_told(look, reservation_id) if kind in (Kind.COLLECT, Kind.CANCELLED) else (),
        refunds=refunds_told(look, reservation_id) if kind is Kind.CANCELLED else (),
        letters=letters_told(look, reservation_id) if kind in _WITH_LETTERS or redeemed_here else (),
        history=history(look, f"reservation:{reservation_id}") if kind in _WITH_HISTORY else (),
    )


def _hint(email: str) -> str:
    name, at, _ = email.partition("@")
    return f"{name[:1]}•••{at}" if name and at else ""


@cache
def _asked() -> Select[Any]:
    more = (_R.c[name] for name in ("language", "request", "valid_until", "cause", "email", "phone"))
    asked = rows_query().add_columns(*more, Product.meeting_point, Product.validity, Product.valid_days)
    asked = asked.add_columns(Departure.seats_taken, Departure.capacity)
    return asked.outerjoin(Departure, Departure.id == _R.c.departure_id).where(_R.c.id == bindparam("id"))


_IN_ALL = select(func.sum(_R.c.arrived_heads), func.sum(_R.c.heads)).where(
    _R.c.departure_id == bindparam("departure"), _R.c.status.in_(sorted(HOLDERS))
)


def _departure(look: Connection, departure_id: int | None) -> tuple[int, int]:
    """Who is in of its departure, and who is expected altogether."""
    if departure_id is None:
        return 0, 0
    arrived, expected = look.execute(_IN_ALL, {"departure": departure_id}).one()
    return int(arrived or 0), int(expected or 0)
