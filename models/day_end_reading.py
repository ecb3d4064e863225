"""Reads a day's scans, orders, payments, drawers, sales and refunds for the sheet at its end.

Nobody is named on it but staff: what somebody wrote as a reason is told without the names of the order's travelers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, and_, case, func, or_, select

from models.arrivals import belonged
from models.companions import companions_of
from models.day_end import (
    DayFacts,
    MovedAt,
    OrderAt,
    RefundAt,
    RewardAt,
    SaleAt,
    ScanAt,
    ShiftAt,
    TakenAt,
    TripAt,
)
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import without_traveler
from models.references import number_of
from models.reservations import GONE, Status, holds_seats
from models.sale import COUNTER_MARK
from models.tables import (
    Closing,
    Counter,
    Departure,
    DrawerMove,
    Option,
    Payment,
    Product,
    Refund,
    Reservation,
    RewardMove,
    ScanRow,
    Shift,
    Staff,
)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]
_P: Table = Payment.__table__  # type: ignore[assignment]
_SOME = 500
_LIVING = sorted(frozenset(Status) - GONE)


def day_facts(
    look: Connection, day: date, now: datetime, *, zone: str, operator: str, practice: bool
) -> DayFacts:
    """Everything about a day, from midnight to midnight on the clock of the operator."""
    begins, ends = (
        datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC) for on in (day, day + timedelta(days=1))
    )
    counters = dict(look.execute(select(Counter.id, Counter.name)).all())
    staff = dict(look.execute(select(Staff.id, Staff.name)).all())
    shifts = _shifts(look, begins, ends, counters, staff)
    since = min([begins, *(shift.opened_at for shift in shifts)])
    until = max([ends, *(shift.closed_at or ends for shift in shifts)])
    scans = _scans_of(look, begins, ends, counters)
    orders = _orders(look, day, {row.reservation_id for row in scans} - {None})
    others = _other_scans(look, [row.id for row in orders], begins, ends)
    names = _names(look, [row.reservation_id for row in scans if _has_words(row)])
    return DayFacts(
        day,
        begins,
        ends,
        now,
        zone,
        operator,
        practice,
        orders=_as_orders(look, orders, day),
        scans=tuple(
            _scan(row, counters, staff, names, on_day=begins <= row.at < ends) for row in (*scans, *others)
        ),
        taken=_taken(look, since, until, counters, staff),
        moves=_moves(look, since, until, counters, staff),
        shifts=shifts,
        sales=_sales(look, begins, ends),
        refunds=_refunds(look, begins, ends),
        closings=_closings(look, begins, ends),
        rewards=_rewards(look, begins, ends),
    )


# --- arrivals ---------------------------------------------------------------------------------


def _scans_of(look: Connection, begins: datetime, ends: datetime, counters: Collection[int]) -> list[Any]:
    """Counter by counter, as they are indexed."""
    asked = select(_S).where(_S.c.counter_id.in_(counters), _S.c.at >= begins, _S.c.at < ends)
    return list(look.execute(asked.order_by(_S.c.at, _S.c.id)).all())


def _other_scans(look: Connection, ids: Sequence[int], begins: datetime, ends: datetime) -> list[Any]:
    """What let these orders in on other days."""
    found: list[Any] = []
    for some in _portions(ids):
        asked = select(_S).where(_S.c.reservation_id.in_(some), _S.c.admitted > 0)
        found += look.execute(asked.where(or_(_S.c.at < begins, _S.c.at >= ends))).all()
    return found


def _orders(look: Connection, day: date, scanned: set[int]) -> list[Any]:
    """Everybody who is expected on the day, and everybody who was scanned on it."""
    columns = [
        _R.c[name]
        for name in (
            "id status departure_id departs_on product_text option_text zone heads arrived_heads own_sale "
            "product_id open_dated"
        ).split()
    ]
    wanted = or_(_R.c.status.in_(_LIVING), _R.c.arrived_heads > 0)
    rows = list(look.execute(select(*columns).where(_R.c.departs_on == day, wanted)).all())
    known = {row.id for row in rows}
    for some in _portions(sorted(scanned - known)):
        rows += look.execute(select(*columns).where(_R.c.id.in_(some))).all()
    return rows


def _as_orders(look: Connection, rows: Sequence[Any], day: date) -> tuple[OrderAt, ...]:
    trips = _trips(look, {row.departure_id for row in rows} - {None}, day)
    products = dict(look.execute(select(Product.id, Product.name)).all())
    made = []
    for row in rows:
        trip = trips.get(row.departure_id)
        if trip is None:
            option = "" if row.open_dated else row.option_text
            name = products.get(row.product_id) or row.product_text
            trip = TripAt(None, None, name, option, row.zone or "UTC")
        made.append(
            OrderAt(
                row.id, number_of(row.id), trip, row.status, row.heads, row.arrived_heads,
                row.departs_on == day and not row.open_dated, holds_seats(row.status, own_sale=row.own_sale),
            )
        )  # fmt: skip
    return tuple(made)


def _trips(look: Connection, ids: Collection[int], day: date) -> dict[int, TripAt]:
    """The departures by id; the seats only of those of the day, of which everybody is known."""
    found = {}
    for some in _portions(sorted(ids)):
        asked = (
            select(
                Departure.id, Departure.departs_at, Departure.departs_on, Departure.seats_taken,
                Product.name.label("product"), Option.name.label("option"), Product.zone,
            )
            .join(Option, Option.id == Departure.option_id)
            .join(Product, Product.id == Option.product_id)
            .where(Departure.id.in_(some))
        )  # fmt: skip
        for row in look.execute(asked):
            seats = row.seats_taken if row.departs_on == day else None
            found[row.id] = TripAt(row.id, row.departs_at, row.product, row.option, row.zone, seats)
    return found


def _has_words(row: Any) -> bool:
    return row.reservation_id is not None and bool(row.forced or row.did.get("undo_reason"))


def _names(look: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """Whom a reason might name."""
    found: dict[int, list[str]] = {}
    for some in _portions(sorted(set(ids))):
        asked = select(_R.c.id, _R.c.lead, _R.c.email, _R.c.phone).where(_R.c.id.in_(some))
        for one, *told in look.execute(asked):
            found[one] = list(told)
        for one, others in companions_of(look, some).items():
            found[one] += others
    return found


def _scan(
    row: Any, counters: dict[int, str], staff: dict[int, str], names: dict[int, list[str]], *, on_day: bool
) -> ScanAt:
    known = names.get(row.reservation_id or 0, ())
    return ScanAt(
        row.reservation_id,
        number_of(row.reservation_id) if row.reservation_id else "",
        row.at,
        counters.get(row.counter_id, ""),
        staff.get(row.staff_id or 0, ""),
        row.kind,
        row.admitted,
        without_traveler(row.forced, known),
        bool(row.forced),
        row.undone_at is not None,
        without_traveler(str(row.did.get("undo_reason") or ""), known),
        on_day,
        belonged(row.did, row.admitted) if row.admitted else 0,
    )


# --- money ------------------------------------------------------------------------------------


def _shifts(
    look: Connection, begins: datetime, ends: datetime, counters: dict[int, str], staff: dict[int, str]
) -> tuple[ShiftAt, ...]:
    """Those that were open at any time of the day."""
    asked = (
        select(Shift)
        .where(Shift.counter_id.in_(counters), Shift.opened_at < ends)
        .where(or_(Shift.closed_at.is_(None), Shift.closed_at >= begins))
        .order_by(Shift.opened_at, Shift.id)
    )
    rows = look.execute(asked.with_only_columns(*Shift.__table__.c)).all()
    return tuple(
        ShiftAt(
            counters[row.counter_id],
            row.opened_at,
            staff.get(row.opened_by, ""),
            row.opened_with,
            row.closed_at,
            staff.get(row.closed_by or 0, ""),
            row.expected or {},
            row.counted or {},
            without_traveler(row.note, ()),
        )
        for row in rows
    )


def _taken(
    look: Connection, since: datetime, until: datetime, counters: dict[int, str], staff: dict[int, str]
) -> tuple[TakenAt, ...]:
    asked = (
        select(_P)
        .where(_P.c.counter_id.in_(counters), _P.c.at >= since, _P.c.at < until)
        .where(_P.c.state == MoneyState.DONE)
        .order_by(_P.c.at, _P.c.id)
    )
    return tuple(_payment(row, counters, staff) for row in look.execute(asked))


def _payment(row: Any, counters: dict[int, str], staff: dict[int, str]) -> TakenAt:
    """Where nobody said what was handed over, it was the exact amount."""
    paid = Money(row.amount_minor, row.currency)
    handed = paid if row.handed_minor is None else Money(row.handed_minor, row.handed_currency)
    change = Money(0 if row.handed_minor is None else row.change_minor, row.currency)
    counter = counters.get(row.counter_id, "")
    return TakenAt(row.at, counter, staff.get(row.staff_id or 0, ""), row.method, paid, handed, change)


def _moves(
    look: Connection, since: datetime, until: datetime, counters: dict[int, str], staff: dict[int, str]
) -> tuple[MovedAt, ...]:
    moves: Table = DrawerMove.__table__  # type: ignore[assignment]
    asked = select(moves).where(moves.c.counter_id.in_(counters), moves.c.at >= since, moves.c.at < until)
    return tuple(
        MovedAt(row.at, counters[row.counter_id], staff.get(row.staff_id, ""), Money(row.amount_minor, row.currency))
        for row in look.execute(asked.order_by(moves.c.at, moves.c.id))
    )  # fmt: skip


def _sales(look: Connection, begins: datetime, ends: datetime) -> tuple[SaleAt, ...]:
    """What was sold at the desk on the day, with how it is paid now; found by the day alone, and that is indexed."""
    columns = [_R.c[name] for name in "id channel reference status heads amount_minor currency".split()]
    ordered = select(*columns).where(_R.c.ordered_at >= begins, _R.c.ordered_at < ends)
    rows = [
        row
        for row in look.execute(ordered.order_by(_R.c.ordered_at, _R.c.id))
        if row.channel == "direct" and row.reference.startswith(COUNTER_MARK)
    ]
    sums: dict[int, tuple[int, int]] = {}
    for some in _portions([row.id for row in rows]):
        paid = func.sum(case((_P.c.state == MoneyState.DONE, _P.c.amount_minor), else_=0))
        ours = and_(_P.c.state == MoneyState.DUE, _P.c.collector == Collector.US)
        due = func.sum(case((ours, _P.c.amount_minor), else_=0))
        asked = select(_P.c.reservation_id, paid, due).where(_P.c.reservation_id.in_(some))
        for one, *told in look.execute(asked.group_by(_P.c.reservation_id)):
            sums[one] = (int(told[0]), int(told[1]))
    return tuple(
        SaleAt(
            number_of(row.id),
            row.status,
            row.heads,
            Money(row.amount_minor or 0, row.currency),
            *(Money(minor, row.currency) for minor in sums.get(row.id, (0, 0))),
        )
        for row in rows
    )


def _refunds(look: Connection, begins: datetime, ends: datetime) -> tuple[RefundAt, ...]:
    of: Table = Refund.__table__  # type: ignore[assignment]

    def within(at: Any) -> Any:
        return and_(at >= begins, at < ends)

    asked = select(of).where(or_(within(of.c.made_at), within(of.c.done_at))).order_by(of.c.id)
    return tuple(
        RefundAt(
            Money(row.amount_minor, row.currency),
            row.collector is Collector.US,
            promised=begins <= row.made_at < ends,
            paid=row.done_at is not None and begins <= row.done_at < ends,
        )
        for row in look.execute(asked)
    )


def _rewards(look: Connection, begins: datetime, ends: datetime) -> tuple[RewardAt, ...]:
    of: Table = RewardMove.__table__  # type: ignore[assignment]
    asked = select(of.c.kind, of.c.amount_minor, of.c.currency).where(of.c.at >= begins, of.c.at < ends)
    return tuple(
        RewardAt(row.kind, Money(row.amount_minor, row.currency))
        for row in look.execute(asked.order_by(of.c.at, of.c.id))
    )


def _closings(look: Connection, begins: datetime, ends: datetime) -> tuple[int, int, int]:
    by_clock = func.coalesce(func.sum(case((Closing.by_clock.is_(True), 1), else_=0)), 0)
    undone = func.coalesce(func.sum(case((Closing.undone_at.is_not(None), 1), else_=0)), 0)
    asked = select(func.count(), by_clock, undone).where(Closing.at >= begins, Closing.at < ends)
    made, clock, back = look.execute(asked).one()
    return made - clock, clock, back


def _portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _SOME] for start in range(0, len(ids), _SOME))
