"""Reads the trips that have ended and are still to be closed, and who is on them.

Few orders are both confirmed and past: they are found by the index of their status and departure, the latest first,
so that a million closed ones cost nothing. The database finds what may be over; whether it is, in its own zone and on
a day of however many hours, is decided by `models.trips.ended_at`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, exists, func, literal, or_, select, union

from models.closings_reading import closings
from models.pages import rows_of
from models.products import TripCloses
from models.reservations import Status
from models.rows import ReservationRow
from models.tables import ClosedOrder, Option, Product, Reservation, Ticket
from models.tables.reservations import DATED_TICKET, SPENT_TICKET
from models.tickets import TicketState
from models.trips import (
    SPENT_AFTER,
    TripKey,
    TripOrder,
    Trips,
    TripToClose,
    Untouched,
    clock_closes_at,
    ended_at,
    left_alone,
)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_P: Table = Product.__table__  # type: ignore[assignment]
_L: Table = ClosedOrder.__table__  # type: ignore[assignment]
MOST_TRIPS = 100
MOST_LOOKED_AT = 5_000
"""Orders that one look takes in: many days of a busy desk."""
LATELY = timedelta(days=7)
SHORTEST_DAY = timedelta(hours=23)
MOST_AHEAD = timedelta(hours=14)
"""How far the earliest zone is before UTC."""
_UNDECIDED = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED)

_USES_LEFT = (
    select(func.coalesce(func.sum(Ticket.uses_left), 0))
    .where(Ticket.reservation_id == _R.c.id, Ticket.state == TicketState.VALID)
    .scalar_subquery()
)
_ENDS = tuple(
    _R.c[name]
    for name in (
        "id departure_id departs_on departs_at ends_at sort_at zone open_dated valid_until arrived_heads arrived_at "
        "product_id"
    ).split()
)
_OF_TICKETS = case((_R.c.open_dated.is_(True), _USES_LEFT), else_=0).label("uses_left")
_CLOSED_BY_CLOCK = select(_P.c.id).where(_P.c.trip_closes == TripCloses.CLOCK)
_CLOSED_BEFORE = exists().where(_L.c.reservation_id == _R.c.id)
_COLUMNS = (
    *(
        _R.c[name]
        for name in (
            "id version status departure_id departs_on departs_at ends_at sort_at zone open_dated valid_until "
            "arrived_heads heads product_id product_text option_text status_at received_at arrived_at"
        ).split()
    ),
    _P.c.name.label("product_name"),
    Option.name.label("option_name"),
    _P.c.trip_closes,
    _P.c.trip_grace_minutes,
    _OF_TICKETS,
    _CLOSED_BEFORE.label("closed_before"),
)


def trips(look: Connection, now: datetime, zone: str) -> Trips:
    """What is to be closed, and what was closed in the last days."""
    rows = ended(look, now)
    groups: dict[TripKey, list[Any]] = defaultdict(list)
    for row in rows:
        groups[trip_of(row)].append(row)
    undecided = _undecided(look, [key.departure_id for key in groups if key.departure_id is not None])
    found = [_to_close(key, of, undecided.get(key.departure_id or 0, 0)) for key, of in groups.items()]
    found.sort(key=lambda trip: (trip.ended, trip.key.word), reverse=True)
    made = closings(look, now - LATELY)
    return Trips(tuple(found[:MOST_TRIPS]), max(0, len(found) - MOST_TRIPS), made, now, zone)


def count_to_close(look: Connection, now: datetime) -> tuple[int, int]:
    """How many trips are to be closed, and how many orders are on them, as the dashboard says it."""
    ends = select(*_ENDS, _OF_TICKETS)
    rows = [row for asked in _both(ends, now) for row in look.execute(asked) if _is_over(row, now)]
    return len({trip_of(row) for row in rows}), len(rows)


def ended(look: Connection, now: datetime, *, by_clock: bool = False) -> list[Any]:
    """Confirmed orders whose trip is over, the latest first; those only that the clock may close, if told so."""
    only = (_R.c.product_id.in_(_CLOSED_BY_CLOCK),) if by_clock else ()
    asked = _both(_asked().where(*only), now, *only)
    return [row for one in asked for row in look.execute(one) if _is_over(row, now)]


def over_on(look: Connection, key: TripKey, now: datetime) -> list[Any]:
    """The confirmed orders of one trip that is over, by their numbers."""
    return [row for row in look.execute(may_be_over(key, now)) if _is_over(row, now)]


def may_be_over(key: TripKey, now: datetime) -> Select[Any]:
    """The question for the confirmed orders of one trip that may be over."""
    if key.departure_id is not None:
        return _asked().where(_R.c.departure_id == key.departure_id, *_ending(now)).order_by(_R.c.id)
    if key.day is not None:
        alone = (_R.c.departure_id.is_(None), _R.c.departs_on == key.day)
        return _asked().where(*alone, *_ending(now)).order_by(_R.c.id)
    product = _R.c.product_id.is_(None) if not key.product_id else _R.c.product_id == key.product_id
    return _asked().where(_R.c.id.in_(_tickets(now, product))).order_by(_R.c.id)


def orders(look: Connection, key: TripKey, now: datetime) -> tuple[TripOrder, ...]:
    """Who is on a trip that is to be closed: those who are missing first, masked where they must be."""
    rows = {row.id: row for row in over_on(look, key, now)}
    found = (_order(shown, rows[shown.id]) for shown in rows_of(look, list(rows)))
    return tuple(sorted(found, key=lambda order: (order.arrived > 0, order.id)))


def trip_of(row: Any) -> TripKey:
    """The trip an order belongs to."""
    if row.departure_id is not None:
        return TripKey(row.departure_id)
    return TripKey(product_id=row.product_id or 0) if row.open_dated else TripKey(day=row.departs_on)


def untouched(row: Any) -> Untouched:
    """What the clock asks about an order."""
    end = ended_at(row)
    assert end is not None, "only what is over is asked about"
    return Untouched(end, row.status_at or row.received_at, bool(row.closed_before))


# --- what is over -----------------------------------------------------------------------------


def _asked() -> Select[Any]:
    return select(*_COLUMNS).select_from(
        _R.outerjoin(_P, _R.c.product_id == _P.c.id).outerjoin(Option, Option.id == _R.c.option_id)
    )


def _both(of: Select[Any], now: datetime, *only: Any) -> tuple[Select[Any], Select[Any]]:
    """What has a day, and tickets; the latest first."""
    dated = of.where(_R.c.sort_at <= now, *_ending(now)).order_by(_R.c.sort_at.desc(), _R.c.id.desc())
    tickets = of.where(_R.c.id.in_(_tickets(now, *only))).order_by(_R.c.valid_until.desc(), _R.c.id.desc())
    return dated.limit(MOST_LOOKED_AT), tickets.limit(MOST_LOOKED_AT)


def _is_over(row: Any, now: datetime) -> bool:
    at = ended_at(row)
    return at is not None and at <= now


def _ending(now: datetime) -> tuple[Any, ...]:
    """What may be over, of orders that are found by their departure or their day."""
    without_end = and_(_R.c.ends_at.is_(None), _R.c.sort_at <= now - SHORTEST_DAY)
    return _R.c.status == Status.CONFIRMED, or_(_R.c.ends_at <= now, without_end), _R.c.open_dated.is_(False)


def _tickets(now: datetime, *of: Any) -> Any:
    """The open-dated orders that may be over: those without a use left, and those out of date."""
    spent = (SPENT_TICKET, literal(0) == _USES_LEFT, _R.c.arrived_at <= now - SPENT_AFTER)
    out_of_date = (
        DATED_TICKET,
        _R.c.valid_until < (now + MOST_AHEAD).date(),
    )
    return union(select(_R.c.id).where(*spent, *of), select(_R.c.id).where(*out_of_date, *of))


def _undecided(look: Connection, departure_ids: Sequence[int]) -> dict[int, int]:
    """Orders on these departures that nobody has answered: a close leaves them as they are."""
    asked = (
        select(_R.c.departure_id, func.count())
        .where(_R.c.departure_id.in_(departure_ids), _R.c.status.in_(_UNDECIDED))
        .group_by(_R.c.departure_id)
    )
    return {departure: int(count) for departure, count in look.execute(asked)}


def _to_close(key: TripKey, rows: Sequence[Any], undecided: int) -> TripToClose:
    first = rows[0]
    came = [row for row in rows if row.arrived_heads]
    at = [clock_closes_at(row.trip_closes, row.trip_grace_minutes, untouched(row)) for row in rows]
    by_clock = [one for one in at if one is not None]
    named = key.day is None  # orders without a departure may be of any product
    return TripToClose(
        key,
        (first.product_name or first.product_text) if named else "",
        (first.option_name or first.option_text) if key.departure_id is not None else "",
        first.zone or "UTC",
        None if first.open_dated else first.departs_on,
        first.departs_at if key.departure_id is not None else None,
        max(untouched(row).ended for row in rows),
        came=len(came),
        missing=len(rows) - len(came),
        heads_came=sum(row.arrived_heads for row in came),
        heads_missing=sum(row.heads for row in rows if not row.arrived_heads),
        undecided=undecided,
        by_clock_at=min(by_clock, default=None) if len(by_clock) == len(rows) else None,
        closed_before=any(row.closed_before for row in rows),
    )


def _order(shown: ReservationRow, row: Any) -> TripOrder:
    return TripOrder(
        shown.id, shown.version, shown.number, shown.channel, shown.reference, shown.product, shown.traveler,
        shown.party, row.heads, row.arrived_heads, not left_alone(untouched(row)),
    )  # fmt: skip


def due(look: Connection, now: datetime) -> list[TripKey]:
    """The trips that the clock has to close now."""
    if look.execute(_CLOSED_BY_CLOCK.limit(1)).first() is None:  # most houses leave it to people
        return []
    return due_by_clock(ended(look, now, by_clock=True), now)


def due_by_clock(rows: Iterable[Any], now: datetime) -> list[TripKey]:
    """The trips whose time has come for the clock, each once."""
    due: dict[TripKey, None] = {}
    for row in rows:
        at = clock_closes_at(row.trip_closes, row.trip_grace_minutes, untouched(row))
        if at is not None and at <= now:
            due[trip_of(row)] = None
    return list(due)
