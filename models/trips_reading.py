"""Reads the trips that have ended and are still to be closed, who is on them, and the closings that were made.

Few orders are both confirmed and past: they are found by the index of their status and departure, the latest first,
so that a million closed ones cost nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, exists, func, literal, or_, select

from models.leaving import A_DAY
from models.outbox import Letter, LetterState
from models.pages import rows_of
from models.products import TripCloses
from models.reservations import Status
from models.rows import ReservationRow
from models.tables import (
    ClosedOrder,
    Closing,
    Departure,
    Option,
    OutboxRow,
    Product,
    Reservation,
    Staff,
    Ticket,
)
from models.tables.reservations import SPENT_TICKET
from models.tickets import TicketState
from models.trips import (
    SPENT_AFTER,
    ClosingMade,
    TripKey,
    TripOrder,
    Trips,
    TripToClose,
    Untouched,
    clock_closes_at,
    ended_at,
    key_of,
    left_alone,
)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_P: Table = Product.__table__  # type: ignore[assignment]
_C: Table = Closing.__table__  # type: ignore[assignment]
_L: Table = ClosedOrder.__table__  # type: ignore[assignment]
MOST_TRIPS = 100
MOST_LOOKED_AT = 5_000
"""Orders that one look takes in: many days of a busy desk."""
LATELY = timedelta(days=7)
_UNDECIDED = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED)

_CLOSED_BEFORE = exists().where(_L.c.reservation_id == _R.c.id)
_COLUMNS = (
    *(
        _R.c[name]
        for name in (
            "id version status departure_id departs_on departs_at ends_at sort_at zone open_dated arrived_heads "
            "heads product_id product_text option_text status_at received_at arrived_at"
        ).split()
    ),
    _P.c.name.label("product_name"),
    Option.name.label("option_name"),
    _P.c.trip_closes,
    _P.c.trip_grace_minutes,
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
    dated = (
        select(_R.c.departure_id, _R.c.departs_on)
        .where(*_over(now))
        .order_by(_R.c.sort_at.desc(), _R.c.id.desc())
        .limit(MOST_LOOKED_AT)
        .subquery()
    )
    alone = case((dated.c.departure_id.is_(None), dated.c.departs_on))
    kinds = (func.count(dated.c.departure_id.distinct()), func.count(alone.distinct()), func.count())
    departures, days, orders = look.execute(select(*kinds).select_from(dated)).one()
    spent = select(func.count(_R.c.product_id.distinct()), func.count()).where(*_spent(now))
    tickets, of_tickets = look.execute(spent).one()
    return departures + days + tickets, orders + of_tickets


def ended(look: Connection, now: datetime) -> list[Any]:
    """Confirmed orders whose trip is over, the latest first."""
    dated = _asked().where(*_over(now)).order_by(_R.c.sort_at.desc(), _R.c.id.desc()).limit(MOST_LOOKED_AT)
    return [*look.execute(dated), *look.execute(_asked().where(*_spent(now)).limit(MOST_LOOKED_AT))]


def ended_of(key: TripKey, now: datetime) -> Select[Any]:
    """The question for the confirmed orders of one trip that is over."""
    if key.departure_id is not None:
        return _asked().where(_R.c.departure_id == key.departure_id, *_is_over(now)).order_by(_R.c.id)
    if key.day is not None:
        alone = (_R.c.departure_id.is_(None), _R.c.departs_on == key.day)
        return _asked().where(*alone, *_is_over(now)).order_by(_R.c.id)
    product = _R.c.product_id.is_(None) if not key.product_id else _R.c.product_id == key.product_id
    return _asked().where(product, *_spent(now)).order_by(_R.c.id)


def orders(look: Connection, key: TripKey, now: datetime) -> tuple[TripOrder, ...]:
    """Who is on a trip that is to be closed: those who are missing first, masked where they must be."""
    rows = {row.id: row for row in look.execute(ended_of(key, now))}
    found = (_order(shown, rows[shown.id]) for shown in rows_of(look, list(rows)))
    return tuple(sorted(found, key=lambda order: (order.arrived > 0, order.id)))


def trip_of(row: Any) -> TripKey:
    """The trip an order belongs to."""
    if row.departure_id is not None:
        return TripKey(row.departure_id)
    return TripKey(product_id=row.product_id or 0) if row.open_dated else TripKey(day=row.departs_on)


def untouched(row: Any) -> Untouched:
    """What the clock asks about an order."""
    end = row.arrived_at + SPENT_AFTER if row.open_dated else ended_at(row.ends_at, row.sort_at)
    return Untouched(end, row.status_at or row.received_at, bool(row.closed_before))


def closings(look: Connection, since: datetime) -> tuple[ClosingMade, ...]:
    """The closings that were made since, the latest first."""
    asked = (
        select(_C, Staff.name.label("who"), Departure.departs_at, Departure.departs_on, Product.zone)
        .add_columns(Product.name.label("product"), Option.name.label("option"))
        .outerjoin(Staff, Staff.id == _C.c.staff_id)
        .outerjoin(Departure, Departure.id == _C.c.departure_id)
        .outerjoin(Option, Option.id == Departure.option_id)
        .outerjoin(Product, Product.id == Option.product_id)
        .where(_C.c.at >= since)
        .order_by(_C.c.at.desc(), _C.c.id.desc())
        .limit(MOST_TRIPS)
    )
    rows = look.execute(asked).all()
    ids = [row.id for row in rows]
    did, gone = _did(look, ids), letters_left(look, ids)
    staff = dict(look.execute(select(Staff.id, Staff.name)).all())
    names = _product_names(look, [key_of(row.trip).product_id for row in rows])
    return tuple(_made(row, did[row.id], gone.get(row.id, 0), staff, names) for row in rows)


def letters_left(look: Connection, closing_ids: Sequence[int]) -> dict[int, int]:
    """How many comment letters of each closing have left the house.

    Their state is only counted, never looked for: most letters of a house have left.
    """
    sent = func.sum(case((OutboxRow.state == LetterState.SENT, 1), else_=0))
    of_it = and_(OutboxRow.reservation_id == _L.c.reservation_id, OutboxRow.made_at == _C.c.at)
    asked = (
        select(_C.c.id, sent)
        .join(_L, _L.c.closing_id == _C.c.id)
        .join(OutboxRow, and_(of_it, OutboxRow.kind == Letter.COMMENT))
        .where(_C.c.id.in_(closing_ids))
        .group_by(_C.c.id)
    )
    return {closing: int(count) for closing, count in look.execute(asked)}


# --- what is over -----------------------------------------------------------------------------


def _asked() -> Select[Any]:
    return select(*_COLUMNS).select_from(
        _R.outerjoin(_P, _R.c.product_id == _P.c.id).outerjoin(Option, Option.id == _R.c.option_id)
    )


def _over(now: datetime) -> tuple[Any, ...]:
    """All that is over, bounded by the instant that the index of the departures is ordered by."""
    return _R.c.sort_at <= now, *_is_over(now)


def _is_over(now: datetime) -> tuple[Any, ...]:
    """As `models.trips.ended_at` says it; of a few orders that are found by their departure or their day."""
    by_day = and_(_R.c.ends_at.is_(None), _R.c.sort_at <= now - A_DAY)
    return _R.c.status == Status.CONFIRMED, or_(_R.c.ends_at <= now, by_day), _R.c.open_dated.is_(False)


def _spent(now: datetime) -> tuple[Any, ...]:
    """Open-dated orders with no use left, some hours after their last visit."""
    left = (
        select(func.coalesce(func.sum(Ticket.uses_left), 0))
        .where(Ticket.reservation_id == _R.c.id, Ticket.state == TicketState.VALID)
        .scalar_subquery()
    )
    return SPENT_TICKET, left == literal(0), _R.c.arrived_at <= now - SPENT_AFTER


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


def due_by_clock(rows: Iterable[Any], now: datetime) -> list[TripKey]:
    """The trips whose time has come for the clock, each once."""
    due: dict[TripKey, None] = {}
    for row in rows:
        at = clock_closes_at(row.trip_closes, row.trip_grace_minutes, untouched(row))
        if at is not None and at <= now:
            due[trip_of(row)] = None
    return list(due)


def may_be_due(look: Connection) -> bool:
    """Whether the clock closes the trips of any product at all."""
    return (
        look.execute(select(_P.c.id).where(_P.c.trip_closes == TripCloses.CLOCK).limit(1)).first() is not None
    )


# --- what was closed --------------------------------------------------------------------------


def _did(look: Connection, closing_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Redeemed, no-shows and those left as they were, by closing."""

    def how_many(status: Status) -> Any:
        return func.sum(case((_L.c.became == status, 1), else_=0))

    asked = (
        select(
            _L.c.closing_id,
            how_many(Status.REDEEMED),
            how_many(Status.NO_SHOW),
            how_many(Status.CONFIRMED),
        )
        .where(_L.c.closing_id.in_(closing_ids))
        .group_by(_L.c.closing_id)
    )
    found: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for closing, redeemed, missing, stayed in look.execute(asked):
        found[closing] = (int(redeemed), int(missing), int(stayed))
    return found


def _product_names(look: Connection, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {one for one in ids if one}
    return dict(look.execute(select(Product.id, Product.name).where(Product.id.in_(wanted))).all())


def _made(
    row: Any, did: tuple[int, int, int], gone: int, staff: dict[int, str], names: dict[int, str]
) -> ClosingMade:
    key = key_of(row.trip)
    return ClosingMade(
        row.id,
        key,
        row.product or names.get(key.product_id or 0, ""),
        row.option or "",
        row.zone or "UTC",
        row.departs_on or key.day,
        row.departs_at,
        row.at,
        row.who or "",
        row.by_clock,
        *did,
        letters_left=gone,
        undone_at=row.undone_at,
        undone_by=staff.get(row.undone_by or 0, ""),
    )
