"""Moves a reservation to another departure of today: seats, money and what is to be told to its channel.

The tickets stay as they are, so the voucher in the traveler's hand is still good: when a ticket lets in is asked
of the reservation. What it costs more is due to us from now on; where it costs less nothing is paid back here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from controllers import letters, seats
from controllers.desk import Desk, Work
from controllers.placing import make_departures
from controllers.refunds import keep_payment_status
from controllers.reservations import Done, is_manager, may_overbook, say, still_theirs, take, to_do_at_channel
from controllers.rights import needs
from models.calendar_counting import departures
from models.catalogue import timetables
from models.frozen import frozen
from models.leaving import local_day
from models.money import Money
from models.moving import Priced, price_difference
from models.orders import Collector
from models.payments import MoneyState
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right
from models.search import keeping
from models.tables import Departure, Option, Payment, Product, Reservation, ReservationLine, Unit
from models.to_do import MOVE

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_L: Table = ReservationLine.__table__  # type: ignore[assignment]
MOVABLE = frozenset({Status.CONFIRMED, Status.NO_SHOW})


@frozen
class Offered:
    """One departure of today it could go to: seats before and after, and what it costs more (None: nobody knows)."""

    option_id: int
    option: str
    departs_at: datetime
    zone: str
    taken: int
    after: int
    capacity: int
    closed: bool
    costs_more: Money | None

    @property
    def short(self) -> int:
        """How many seats are missing."""
        return max(0, self.after - self.capacity)

    @property
    def has_room(self) -> bool:
        """Whether anybody may move them there."""
        return not self.short and not self.closed


@frozen
class MovePreview:
    """A reservation, and where it could go today: its own option first, then the nearest."""

    reservation_id: int
    number: str
    version: int
    heads: int
    product: str
    option: str
    departs_on: date | None
    departs_at: datetime | None
    zone: str
    offered: tuple[Offered, ...]
    may_overbook: bool


@needs(Right.ORDERS)
def preview_move(reservation_id: int, *, desk: Desk) -> MovePreview:
    """The departures of today that still leave; nothing is changed."""
    with desk.reading() as look:
        row = look.execute(select(_R).where(_R.c.id == reservation_id)).first()
        if row is None:
            raise CannotDo("not-found", reference=number_of(reservation_id))
        _refuse_unless_movable(row)
        product = look.execute(_PRODUCT, {"id": row.product_id}).first()
        names = dict(look.execute(_OPTIONS, {"product": row.product_id}).all())
        return MovePreview(
            row.id, number_of(row.id), row.version, row.heads, product.name if product else row.product_text,
            names.get(row.option_id or 0, row.option_text), row.departs_on, row.departs_at, row.zone or "UTC",
            _offered(look, row, names, desk.now(), _late(product)) if product else (), is_manager(desk),
        )  # fmt: skip


@needs(Right.ORDERS)
def move_today(
    reservation_id: int,
    option_id: int,
    departs_at: datetime,
    *,
    desk: Desk,
    overbook: str = "",
    seen: int | None = None,
) -> Done:
    """Puts a reservation on another departure of the same product on this day.

    Raises CannotDo("no-seats") or CannotDo("departure-closed") unless `overbook` gives a manager's reason, and
    CannotDo("departure-not-planned") where nothing of this product leaves then.
    """
    overbook = overbook.strip()
    may_overbook(desk, overbook)
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        _refuse_unless_movable(row)
        there = _departure(work, row, option_id, departs_at)
        if there.id == row.departure_id:
            raise CannotDo("moved-already", number=number_of(row.id))
        moved = seats.shift(work, there.id, row.heads, overbook=bool(overbook))
        if row.departure_id is not None:
            seats.shift(work, row.departure_id, -row.heads)
        if overbook and (moved.over or moved.closed):
            say(work, row.id, "note", overbook)
        more = _costs_more(work.connection, row, option_id)
        _write(work, row, there, more)
        told: dict[str, Any] = {
            "from": row.departs_at.isoformat() if row.departs_at else str(row.departs_on or ""),
            "to": departs_at.isoformat(),
            **moved.told(),
            **({"overbooked": moved.over} if moved.over else {}),
            **({"costs_more": [more.minor, more.currency]} if more and more.minor else {}),
        }
        letters.queue_change(work, row)
        work.record(f"reservation:{row.id}", "move", **told)
        work.changed.add("reservations")
        return Done(row.id, number_of(row.id), row.status, told)


def _refuse_unless_movable(row: Any) -> None:
    if row.status not in MOVABLE or row.open_dated:
        raise CannotDo("move-not-allowed", number=number_of(row.id), status=row.status, verb="move")
    if row.arrived_heads:
        raise CannotDo("somebody-arrived", number=number_of(row.id))


# --- where it could go ----------------------------------------------------------------------


_PRODUCT = select(Product.name, Product.zone, Product.closes_minutes_after).where(
    Product.id == bindparam("id")
)
_OPTIONS = (
    select(Option.id, Option.name)
    .where(Option.product_id == bindparam("product"), Option.offered.is_(True))
    .order_by(Option.name)
)


def _offered(
    look: Connection, row: Any, names: dict[int, str], now: datetime, late: timedelta
) -> tuple[Offered, ...]:
    zone = row.zone or "UTC"
    today = local_day(now, zone)
    real = departures(look, today, today)
    when = timetables(look, row.product_id)
    found = []
    for option_id, name in names.items():
        made = real.get(option_id, {})
        planned = when[option_id].departures(today, zone)
        for at in sorted({*made, *planned}):
            if at + late <= now or (option_id, at) == (row.option_id, row.departs_at):
                continue
            known = made.get(at)
            taken, capacity, closed = (
                (known.seats_taken, known.capacity, known.closed)
                if known
                else (0, planned[at].capacity, False)
            )
            more = _costs_more(look, row, option_id)
            found.append(Offered(option_id, name, at, zone, taken, taken + row.heads, capacity, closed, more))
    return tuple(sorted(found, key=lambda one: (one.option_id != row.option_id, one.departs_at, one.option)))


def _departure(work: Work, row: Any, option_id: int, departs_at: datetime) -> Any:
    """The departure there, made where nobody has needed it yet."""
    asked = select(_D).where(_D.c.option_id == option_id, _D.c.departs_at == departs_at)
    zone, today = row.zone or "UTC", local_day(work.now, row.zone or "UTC")
    options = dict(work.connection.execute(_OPTIONS, {"product": row.product_id}).all())
    late = _late(work.connection.execute(_PRODUCT, {"id": row.product_id}).first())
    if option_id not in options or departs_at + late <= work.now or local_day(departs_at, zone) != today:
        raise CannotDo("departure-not-planned")
    there = work.connection.execute(asked).first()
    if there is None:
        planned = (
            timetables(work.connection, row.product_id)[option_id].departures(today, zone).get(departs_at)
        )
        if planned is None:
            raise CannotDo("departure-not-planned")
        made = {
            "option_id": option_id,
            "departs_on": today,
            "departs_at": departs_at,
            "ends_at": planned.ends_at(today, zone),
            "capacity": planned.capacity,
        }
        make_departures(work, [made])
        there = work.connection.execute(asked).one()
    return there


def _late(product: Any) -> timedelta:
    """How long after its departure the gate still lets in."""
    return timedelta(minutes=product.closes_minutes_after if product is not None else 0)


# --- what it costs --------------------------------------------------------------------------


_LINES = (
    select(_L.c.id, _L.c.quantity, Unit.name, Unit.price_minor)
    .outerjoin(Unit, Unit.id == _L.c.unit_id)
    .where(_L.c.reservation_id == bindparam("id"))
)
_UNITS = select(Unit.id, Unit.name, Unit.price_minor).where(Unit.option_id == bindparam("option"))


def _costs_more(look: Connection, row: Any, option_id: int) -> Money | None:
    """By the price list: what the same travelers cost there more than where they are; negative where less."""
    if option_id == row.option_id:
        return Money(0, row.currency) if row.currency else None
    lines = look.execute(_LINES, {"id": row.id}).all()
    there = {unit.name.casefold(): unit.price_minor for unit in look.execute(_UNITS, {"option": option_id})}
    priced = [Priced(x.quantity, x.price_minor, there.get((x.name or "").casefold())) for x in lines]
    product = look.execute(select(Product.currency).where(Product.id == row.product_id)).scalar()
    minor = price_difference(priced) if product == row.currency else None
    return Money(minor, row.currency) if minor is not None else None


# --- writing --------------------------------------------------------------------------------


def _write(work: Work, row: Any, there: Any, more: Money | None) -> None:
    dearer = more.minor if more is not None and more.minor > 0 else 0
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(
            option_id=there.option_id,
            departure_id=there.id,
            departs_on=there.departs_on,
            departs_at=there.departs_at,
            ends_at=there.ends_at,
            sort_at=there.departs_at,
            unmatched="",
            amount_minor=row.amount_minor + dearer if row.amount_minor is not None else None,
            to_do=to_do_at_channel(row, MOVE),
            version=row.version + 1,
            **still_theirs(work, row),
        )
    )
    _rename_units(work, row, there.option_id)
    keeping.renew(work.connection, [row.id])
    if dearer and more is not None:
        due = {"reservation_id": row.id, "method": "", "amount_minor": dearer, "currency": more.currency}
        due |= {"state": MoneyState.DUE, "collector": Collector.US, "at": work.now}
        work.connection.execute(insert(Payment), due)
        keep_payment_status(work, row.id)
        work.changed.add("payments")


def _rename_units(work: Work, row: Any, option_id: int) -> None:
    """The travelers are counted as the units of their new option where it has the same."""
    if option_id == row.option_id:
        return
    there = {unit.name.casefold(): unit.id for unit in work.connection.execute(_UNITS, {"option": option_id})}
    for line in work.connection.execute(_LINES, {"id": row.id}).all():
        unit = there.get((line.name or "").casefold())
        work.connection.execute(update(_L).where(_L.c.id == line.id).values(unit_id=unit))
