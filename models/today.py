"""The dashboard's facts: what needs a person now, what departs today, and the week ahead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, case, func, select

from models.calendar import departures
from models.catalogue import catalogue
from models.filters import WAITING, has_departed, needs
from models.money import Money
from models.orders import Collector
from models.outbox import Letter, LetterState
from models.pages import row_of, rows_query, seats_of
from models.payments import MoneyState
from models.products import Catalogue, Validity
from models.reservations import HOLDERS, Status
from models.rows import Filter, ReservationRow
from models.schedule import Schedule, clock_of
from models.tables import Decision, Departure, Option, OutboxRow, Payment, Product, Refund, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
DAYS_AHEAD = 7
MOST_URGENT = 12


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that needs a person: how many, since when the oldest waits, and the list it opens."""

    key: str
    count: int
    oldest: datetime | None
    opens: Filter


@dataclass(frozen=True, slots=True)
class Urgent:
    """One order that waits for an answer, with the seats before and after (None where none are counted)."""

    row: ReservationRow
    seats_taken: int | None
    seats_after: int | None
    capacity: int | None


@dataclass(frozen=True, slots=True)
class DepartureToday:
    """One departure of today: who is expected and who is in."""

    departure_id: int
    departs_at: datetime
    zone: str
    product: str
    option: str
    capacity: int
    taken: int
    expected: int
    arrived: int
    waiting: int
    closed: bool


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One option on one day: heads held, seats, heads that wait; None where it does not run."""

    taken: int
    capacity: int
    waiting: int
    closed: bool


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One option over the coming days."""

    starts: str
    product: str
    option: str
    cells: tuple[WeekCell | None, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the dashboard shows, as of one instant."""

    as_of: datetime
    day: date
    zone: str
    boxes: tuple[Box, ...]
    urgent: tuple[Urgent, ...]
    next_promise: datetime | None
    departures: tuple[DepartureToday, ...]
    week_days: tuple[date, ...]
    week: tuple[WeekLine, ...]
    to_collect: tuple[Money, ...]
    to_collect_count: int
    letters_leaving: int
    next_letter_at: datetime | None
    last_confirmed: int | None  # the reservation whose letter leaves next

    def box(self, key: str) -> Box:
        """The box of a key."""
        return next(box for box in self.boxes if box.key == key)


def today(look: Connection, now: datetime, zone: str) -> Today:
    """The dashboard as it stands now; `zone` is the operator's."""
    day = now.astimezone(ZoneInfo(zone)).date()
    products = catalogue(look)
    urgent = _urgent(look, now)
    collect = _to_collect(look, day)
    letters = _letters(look, now)
    days = tuple(day + timedelta(days=n) for n in range(DAYS_AHEAD))
    return Today(
        as_of=now,
        day=day,
        zone=zone,
        boxes=_boxes(look, now, day),
        urgent=urgent,
        next_promise=look.execute(select(func.min(_R.c.confirm_by)).where(_R.c.status.in_(WAITING))).scalar(),
        departures=_departures(look, day),
        week_days=days,
        week=_week(look, products, days),
        to_collect=tuple(Money(minor, currency) for currency, minor, _ in collect),
        to_collect_count=sum(n for _, _, n in collect),
        letters_leaving=letters[0],
        next_letter_at=letters[1],
        last_confirmed=letters[2],
    )


def _boxes(look: Connection, now: datetime, day: date) -> tuple[Box, ...]:
    made = [
        _box(look, key, needs(key, now), now)
        for key in (
            "overdue",
            "unconfirmed",
            "to-cancel",
            "unmatched",
            "decisions",
            "to-do",
            "awaiting-payment",
        )
    ]
    departing = _box(look, "departing", (_R.c.departs_on == day) & _R.c.status.in_(HOLDERS), now)
    made.append(
        Box("departing", departing.count, None, Filter(statuses=HOLDERS, first_day=day, last_day=day))
    )
    failed = select(func.count(), func.min(OutboxRow.made_at)).where(OutboxRow.state == LetterState.FAILED)
    made.append(Box("letters", *look.execute(failed).one(), Filter(needs="letters")))
    refunds = select(func.count(), func.min(Refund.made_at)).where(Refund.state == MoneyState.FAILED)
    made.append(Box("refunds", *look.execute(refunds).one(), Filter(needs="refunds")))
    return tuple(made)


def _box(look: Connection, key: str, condition: Any, now: datetime) -> Box:
    since = _R.c.received_at
    if key == "decisions":
        asked = select(func.count(Decision.reservation_id.distinct()), func.min(Decision.asked_at)).where(
            Decision.decided_at.is_(None)
        )
    else:
        asked = select(func.count(), func.min(since)).where(condition)
    count, oldest = look.execute(asked).one()
    return Box(key, count, oldest, Filter(needs=key))


def _urgent(look: Connection, now: datetime) -> tuple[Urgent, ...]:
    """Orders that wait for an answer; the departed first, then by the promise, then by the departure."""
    late = case((has_departed(now), 0), else_=1)
    answer_by = case(
        (_R.c.status == Status.CANCEL_REQUESTED, _R.c.sort_at),
        else_=func.coalesce(_R.c.confirm_by, _R.c.sort_at),
    )
    asked = (
        rows_query()
        .where(_R.c.status.in_((*WAITING, Status.CANCEL_REQUESTED)))
        .order_by(late, answer_by, _R.c.sort_at, _R.c.id)
        .limit(MOST_URGENT)
    )
    rows = [row_of(row) for row in look.execute(asked)]
    seats = seats_of(look, [row.departure_id for row in rows if row.departure_id])
    return tuple(_with_seats(row, seats.get(row.departure_id or 0)) for row in rows)


def _with_seats(row: ReservationRow, seats: tuple[int, int] | None) -> Urgent:
    if seats is None:
        return Urgent(row, None, None, None)
    heads = 1 if row.party is None else row.party
    after = seats[0] - heads if row.status is Status.CANCEL_REQUESTED else seats[0] + heads
    return Urgent(row, seats[0], after, seats[1])


def _departures(look: Connection, day: date) -> tuple[DepartureToday, ...]:
    held = func.coalesce(func.sum(case((_R.c.status.in_(HOLDERS), _R.c.heads), else_=0)), 0)
    arrived = func.coalesce(func.sum(case((_R.c.status.in_(HOLDERS), _R.c.arrived_heads), else_=0)), 0)
    waiting = func.coalesce(func.sum(case((_R.c.status.in_(WAITING), _R.c.heads), else_=0)), 0)
    asked = (
        select(
            Departure.id, Departure.departs_at, Departure.capacity, Departure.seats_taken, Departure.closed,
            Product.name.label("product"), Product.zone, Option.name.label("option"),
            held.label("held"), arrived.label("arrived"), waiting.label("waiting"),
        )
        .join(Option, Option.id == Departure.option_id)
        .join(Product, Product.id == Option.product_id)
        .outerjoin(_R, _R.c.departure_id == Departure.id)
        .where(Departure.departs_on == day)
        .group_by(Departure.id, Product.id, Option.id)
        .order_by(Departure.departs_at, Departure.id)
    )  # fmt: skip
    return tuple(
        DepartureToday(
            row.id, row.departs_at, row.zone, row.product, row.option, row.capacity, row.seats_taken,
            row.held, row.arrived, row.waiting, row.closed,
        )
        for row in look.execute(asked)
    )  # fmt: skip


def _week(look: Connection, products: Catalogue, days: tuple[date, ...]) -> tuple[WeekLine, ...]:
    """Seven days by option and start time, from the rules and from the departures that exist."""
    real = departures(look, days[0], days[-1])
    waits = _waiting_heads(look, days)
    lines = []
    for product in products.products:
        for option in product.options if product.validity is Validity.DEPARTURE else ():
            cells: dict[str, dict[date, WeekCell]] = defaultdict(dict)
            for day, at, rule, row in option.plan.over(days, product.zone, real.get(option.id, {})):
                cell = _cell(rule, row, waits)
                if rule or cell.taken or cell.waiting:
                    cells[clock_of(at, product.zone)][day] = cell
            for starts, by_day in cells.items():
                told = tuple(by_day.get(day) for day in days)
                lines.append(WeekLine(starts, product.name, option.name, told))
    return tuple(sorted(lines, key=lambda line: (line.starts, line.product)))


def _waiting_heads(look: Connection, days: tuple[date, ...]) -> dict[int, int]:
    """Heads that wait for an answer, by departure."""
    asked = (
        select(_R.c.departure_id, func.sum(_R.c.heads))
        .where(
            _R.c.departs_on.between(days[0], days[-1]),
            _R.c.status.in_(WAITING),
            _R.c.departure_id.is_not(None),
        )
        .group_by(_R.c.departure_id)
    )
    return dict(look.execute(asked).all())


def _cell(rule: Schedule | None, row: Any, waits: dict[int, int]) -> WeekCell:
    if row is not None:
        return WeekCell(row.seats_taken, row.capacity, waits.get(row.id, 0), row.closed)
    return WeekCell(0, rule.capacity if rule else 0, 0, False)


def _to_collect(look: Connection, day: date) -> list[tuple[str, int, int]]:
    """What the counter has to collect from travelers who come today: currency, minor units, reservations."""
    asked = (
        select(
            Payment.currency, func.sum(Payment.amount_minor), func.count(Payment.reservation_id.distinct())
        )
        .join(_R, _R.c.id == Payment.reservation_id)
        .where(Payment.collector == Collector.US, Payment.state == MoneyState.DUE)
        .where(_R.c.departs_on == day, _R.c.status.in_(HOLDERS))
        .group_by(Payment.currency)
        .order_by(Payment.currency)
    )
    return [(currency, int(minor), n) for currency, minor, n in look.execute(asked)]


def _letters(look: Connection, now: datetime) -> tuple[int, datetime | None, int | None]:
    """Confirmations that can still be taken back: how many, when the next leaves, whose it is."""
    asked = (
        select(OutboxRow.leave_at, OutboxRow.reservation_id)
        .where(OutboxRow.kind == Letter.CONFIRMATION, OutboxRow.leave_at > now)
        .where(OutboxRow.state.in_((LetterState.WAITING, LetterState.NO_ADDRESS)))
        .order_by(OutboxRow.leave_at)
    )
    rows = look.execute(asked).all()
    last = rows[-1].reservation_id if rows else None
    return len(rows), rows[0].leave_at if rows else None, last
