"""A month, week or day by departure: seats, confirmed, unconfirmed, arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, select

from models.catalogue import catalogue
from models.pages import page
from models.products import OptionFacts, ProductFacts, Validity
from models.reservations import GONE, HOLDERS, Status
from models.rows import Filter, ReservationRow
from models.schedule import Schedule, clock_of
from models.tables import Departure, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One departure (or, with `unmatched`, the orders without one) on a day. Numbers are heads."""

    starts: str
    product_id: int | None
    product: str
    option: str
    departure_id: int | None
    option_id: int | None
    departs_at: datetime | None
    zone: str
    capacity: int
    taken: int
    confirmed: int
    unconfirmed: int
    arrived: int
    closed: bool
    unmatched: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A local day and its departures by time."""

    day: date
    lines: tuple[CalendarLine, ...]

    @property
    def guests(self) -> int:
        """Heads that hold seats."""
        return sum(line.confirmed for line in self.lines)

    @property
    def seats(self) -> int:
        """Seats of all departures that are open."""
        return sum(line.capacity for line in self.lines if not line.closed)

    @property
    def unconfirmed(self) -> int:
        """Heads that wait for an answer."""
        return sum(line.unconfirmed for line in self.lines)


def days(
    look: Connection, first: date, last: date, *, product_id: int | None = None
) -> dict[date, CalendarDay]:
    """Every day from `first` to `last`, both included, also the empty ones."""
    counts = _counts(look, first, last, product_id)
    real = departures(look, first, last)
    lines: dict[date, list[CalendarLine]] = defaultdict(list)
    asked = tuple(_between(first, last))
    for product in catalogue(look).products:
        if product_id not in (None, product.id) or product.validity is not Validity.DEPARTURE:
            continue
        for option in product.options:
            for day, at, rule, row in option.plan.over(asked, product.zone, real.get(option.id, {})):
                line = _line(product, option, at, rule, row, counts)
                if rule or line.taken or line.unconfirmed:
                    lines[day].append(line)
    for day, product_text, heads in _unmatched(look, first, last, product_id):
        lines[day].append(_unmatched_line(product_text, heads))
    return {
        day: CalendarDay(day, tuple(sorted(lines[day], key=lambda x: (x.unmatched, x.starts, x.product))))
        for day in asked
    }


def departure_rows(look: Connection, departure_id: int, now: datetime) -> tuple[ReservationRow, ...]:
    """The living reservations of one departure, those that wait first."""
    found = page(
        look, Filter(departure_id=departure_id, statuses=frozenset(Status) - GONE), now, limit=500
    ).rows
    return tuple(
        sorted(found, key=lambda row: (row.status not in (Status.UNCONFIRMED, Status.PENDING), row.id))
    )


def unmatched_rows(look: Connection, day: date, now: datetime) -> tuple[ReservationRow, ...]:
    """The living orders of a day that found no departure of ours."""
    wanted = Filter(needs="unmatched", first_day=day, last_day=day)
    return page(look, wanted, now, limit=500).rows


def departures(look: Connection, first: date, last: date) -> dict[int, dict[datetime, Any]]:
    """The departures that exist, by option and instant."""
    found: dict[int, dict[datetime, Any]] = defaultdict(dict)
    for row in look.execute(select(Departure.__table__).where(Departure.departs_on.between(first, last))):
        found[row.option_id][row.departs_at] = row
    return found


def _counts(
    look: Connection, first: date, last: date, product_id: int | None
) -> dict[int, tuple[int, int, int]]:
    """Heads confirmed, waiting and arrived, by departure: one grouped query, in the order of its index."""
    by = (_R.c.departs_on, _R.c.product_id, _R.c.departure_id, _R.c.status)
    asked = (
        select(_R.c.departure_id, _R.c.status, func.sum(_R.c.heads), func.sum(_R.c.arrived_heads))
        .where(_R.c.departs_on.between(first, last), _R.c.departure_id.is_not(None))
        .group_by(*by)
    )
    if product_id is not None:
        asked = asked.where(_R.c.product_id == product_id)
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for departure_id, status, heads, arrived in look.execute(asked):
        if status in HOLDERS:
            sums[departure_id][0] += heads
            sums[departure_id][2] += arrived
        elif status in (Status.UNCONFIRMED, Status.PENDING):
            sums[departure_id][1] += heads
    return {key: (held, waiting, arrived) for key, (held, waiting, arrived) in sums.items()}


def _line(
    product: ProductFacts,
    option: OptionFacts,
    at: datetime,
    rule: Schedule | None,
    row: Any,
    counts: dict[int, tuple[int, int, int]],
) -> CalendarLine:
    held, waiting, arrived = counts.get(row.id, (0, 0, 0)) if row else (0, 0, 0)
    return CalendarLine(
        starts=clock_of(at, product.zone),
        product_id=product.id,
        product=product.name,
        option=option.name,
        departure_id=row.id if row else None,
        option_id=option.id,
        departs_at=at,
        zone=product.zone,
        capacity=row.capacity if row else rule.capacity if rule else 0,
        taken=row.seats_taken if row else 0,
        confirmed=held,
        unconfirmed=waiting,
        arrived=arrived,
        closed=bool(row and row.closed),
    )


def _unmatched(
    look: Connection, first: date, last: date, product_id: int | None
) -> list[tuple[date, str, int]]:
    if product_id is not None:
        return []
    asked = (
        select(_R.c.departs_on, _R.c.product_text, func.sum(_R.c.heads))
        .where(_R.c.departs_on.between(first, last), _R.c.departure_id.is_(None), _R.c.unmatched != "")
        .where(_R.c.status.not_in(GONE))
        .group_by(_R.c.departs_on, _R.c.product_text)
    )
    return [(day, product_text, heads) for day, product_text, heads in look.execute(asked)]


def _unmatched_line(product: str, heads: int) -> CalendarLine:
    return CalendarLine("", None, product, "", None, None, None, "", 0, 0, heads, 0, 0, False, unmatched=True)


def _between(first: date, last: date) -> Iterable[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
