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
    departures = _departures(look, first, last)
    lines: dict[date, list[CalendarLine]] = defaultdict(list)
    for product in catalogue(look).products:
        if product_id not in (None, product.id) or product.validity is not Validity.DEPARTURE:
            continue
        for option in product.options:
            for day in _days_of(option, departures, first, last):
                lines[day].append(_line(product, option, day, departures.get((option.id, day)), counts))
    for day, product_text, heads in _unmatched(look, first, last, product_id):
        lines[day].append(_unmatched_line(product_text, heads))
    return {
        day: CalendarDay(day, tuple(sorted(lines[day], key=lambda x: (x.unmatched, x.starts, x.product))))
        for day in _between(first, last)
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


def _days_of(option: OptionFacts, departures: dict[Any, Any], first: date, last: date) -> Iterable[date]:
    planned = set(option.schedule.days(first, last)) if option.offered else set()
    return sorted(planned | {day for of, day in departures if of == option.id})


def _departures(look: Connection, first: date, last: date) -> dict[tuple[int, date], Any]:
    asked = select(Departure.__table__).where(Departure.departs_on.between(first, last))
    return {(row.option_id, row.departs_on): row for row in look.execute(asked)}


def _counts(
    look: Connection, first: date, last: date, product_id: int | None
) -> dict[Any, tuple[int, int, int]]:
    """Heads confirmed, waiting and arrived, by option and day: one grouped query."""
    asked = (
        select(
            _R.c.option_id, _R.c.departs_on, _R.c.status, func.sum(_R.c.heads), func.sum(_R.c.arrived_heads)
        )
        .where(_R.c.departs_on.between(first, last), _R.c.option_id.is_not(None))
        .group_by(_R.c.option_id, _R.c.departs_on, _R.c.status)
    )
    if product_id is not None:
        asked = asked.where(_R.c.product_id == product_id)
    sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    for option_id, day, status, heads, arrived in look.execute(asked):
        if status in HOLDERS:
            sums[option_id, day][0] += heads
            sums[option_id, day][2] += arrived
        elif status in (Status.UNCONFIRMED, Status.PENDING):
            sums[option_id, day][1] += heads
    return {key: (held, waiting, arrived) for key, (held, waiting, arrived) in sums.items()}


def _line(product: ProductFacts, option: OptionFacts, day: date, departure: Any, counts: Any) -> CalendarLine:
    held, waiting, arrived = counts.get((option.id, day), (0, 0, 0))
    return CalendarLine(
        starts=option.schedule.starts.strftime("%H:%M"),
        product_id=product.id,
        product=product.name,
        option=option.name,
        departure_id=departure.id if departure else None,
        option_id=option.id,
        departs_at=departure.departs_at if departure else option.schedule.departs_at(day, product.zone),
        zone=product.zone,
        capacity=departure.capacity if departure else option.schedule.capacity,
        taken=departure.seats_taken if departure else 0,
        confirmed=held,
        unconfirmed=waiting,
        arrived=arrived,
        closed=bool(departure and departure.closed),
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
