"""Finds an order's place: its product, its departure, its seats, its promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from controllers.desk import OperatorFacts, Work
from models.catalogue import catalogue
from models.frozen import frozen
from models.intake import as_instant
from models.orders import Line, Order
from models.products import (
    NO_DATE,
    NO_DEPARTURE,
    Catalogue,
    Match,
    OptionFacts,
    UnitFacts,
    unit_meant,
)
from models.promise import counts_from_departure, promise
from models.schedule import Schedule, instant
from models.tables import Departure

_D: Table = Departure.__table__  # type: ignore[assignment]
FAR_AWAY = datetime(2999, 12, 31, tzinfo=UTC)
"""Where open-dated reservations stand in lists ordered by departure."""


Leaving = tuple[int, datetime]
"""A departure by its option and its instant, whether there is a row of it yet or not."""


@dataclass(slots=True)
class Seats:
    """A departure as a running import sees it; `taken` counts what the import itself has added too."""

    id: int
    capacity: int
    taken: int
    added: int = 0
    closed: bool = False

    def has_room(self, heads: int) -> bool:
        """Whether so many more can be promised: nobody is, on a departure that is closed for sale."""
        return not self.closed and self.taken + heads <= self.capacity


@frozen
class Chosen:
    """What somebody chose here: the option, and the unit of each line."""

    option_id: int
    unit_ids: tuple[int, ...]


@frozen
class Place:
    """Where an order belongs. `lines` carry (unit as told, unit id, quantity, heads each, price)."""

    match: Match
    zone: str
    departs_on: date | None
    departs_at: datetime | None
    ends_at: datetime | None
    sort_at: datetime
    open_dated: bool
    valid_until: date | None
    party: int | None
    heads: int
    lines: tuple[tuple[str, int | None, int, int, int | None], ...]
    unmatched: str
    departure: Leaving | None
    capacity: int = 0  # of the departure, where it has to be made


@dataclass(slots=True)
class Places:
    """Everything needed to place orders, read once per import."""

    work: Work
    operator: OperatorFacts
    catalogue: Catalogue
    seats: dict[Leaving, Seats] = field(default_factory=dict)

    def place(self, order: Order, ordered_at: datetime, chosen: Chosen | None = None) -> Place:
        """The place of one order; nothing is written. Its words are only asked where nobody chose."""
        sources = (order.via, order.channel) if order.via else (order.channel,)
        day, starts, zone = self._local(order)
        match = self._match(order, sources, starts, day, chosen)
        product, option = match.product, match.option
        zone = product.zone if product else zone
        if product is not None and order.departs_at is not None:
            day, starts = _local_of(order.departs_at, product.zone)
            match = self._match(order, sources, starts, day, chosen)
            product, option = match.product, match.option
        lines, party = _party(order, option, sources, chosen)
        unmatched = match.unmatched
        open_dated = order.open_dated or (product is not None and product.is_open_dated)
        if open_dated and unmatched == NO_DEPARTURE:
            unmatched = ""
        schedule = None if open_dated or unmatched else match.schedule
        departs_at = None
        if not open_dated:
            unmatched = unmatched or ("" if schedule else NO_DATE)
            departs_at = _departs_at(match, schedule, day, starts, zone)
            if departs_at is None and order.departs_at is not None:
                departs_at = order.departs_at.astimezone(UTC)
        return Place(
            match=match,
            zone=zone,
            departs_on=day,
            departs_at=departs_at,
            ends_at=schedule.ends_at(day, zone) if schedule and day else None,
            sort_at=FAR_AWAY if open_dated and day is None else departs_at or _start_of(day, zone),
            open_dated=open_dated,
            valid_until=product.last_day(ordered_at) if product and open_dated else None,
            party=party,
            heads=1 if party is None else party,
            lines=lines,
            unmatched=unmatched,
            departure=(option.id, departs_at) if schedule and option and departs_at else None,
            capacity=schedule.capacity if schedule else 0,
        )

    def prepare(self, placed: Iterable[Place]) -> None:
        """Reads, locks and where needed makes the departures of these places."""
        asked = {place.departure: place for place in placed if place.departure}
        missing = [key for key in asked if key not in self.seats]
        for start in range(0, len(missing), 200):
            self._fetch(missing[start : start + 200])
        new = sorted(key for key in missing if key not in self.seats)
        if new:
            self._make([asked[key] for key in new])
            for start in range(0, len(new), 200):
                self._fetch(new[start : start + 200])

    def forget(self, departure_id: int | None) -> None:
        """A departure whose seats somebody else has moved is read again when it is asked for."""
        known = next((key for key, s in self.seats.items() if s.id == departure_id), None)
        if known is not None:
            del self.seats[known]

    def promise(self, place: Place, ordered_at: datetime) -> datetime | None:
        """By when the order must be confirmed, where its product promises anything."""
        product = place.match.product
        if product is None:
            return None
        made = promise(
            product.confirm_from,
            product.confirm_days,
            ordered_at=ordered_at,
            departs_at=counts_from_departure(place.departs_at, place.departs_on, place.sort_at),
            zone=self.operator.zone,
            closed=self.operator.closed,
        )
        return made.confirm_by if made else None

    def write_seats(self) -> None:
        """Adds to every departure what this import has taken there."""
        rows = [{"departure": s.id, "n": s.added} for s in self.seats.values() if s.added]
        if rows:
            self.work.connection.execute(_ADD, rows)
            self.work.changed.add("departures")
        for s in self.seats.values():
            s.added = 0

    def _match(
        self,
        order: Order,
        sources: tuple[str, ...],
        starts: time | None,
        day: date | None,
        chosen: Chosen | None,
    ) -> Match:
        if chosen is not None:
            return self.catalogue.chosen(chosen.option_id, starts, day)
        return self.catalogue.match(sources, order.products, order.options, starts, day)

    def _local(self, order: Order) -> tuple[date | None, time | None, str]:
        if order.departs_at is not None:
            return *_local_of(order.departs_at, self.operator.zone), self.operator.zone
        return order.departs_on, order.starts, self.operator.zone

    def _fetch(self, keys: list[Leaving]) -> None:
        asked = (
            select(_D.c.id, _D.c.option_id, _D.c.departs_at, _D.c.capacity, _D.c.seats_taken, _D.c.closed)
            .where(tuple_(_D.c.option_id, _D.c.departs_at).in_(keys))
            .order_by(_D.c.id)
            .with_for_update()
        )
        for row in self.work.connection.execute(asked):
            self.seats[row.option_id, row.departs_at] = Seats(
                row.id, row.capacity, row.seats_taken, closed=row.closed
            )

    def _make(self, placed: list[Place]) -> None:
        rows = [
            {
                "option_id": place.departure[0],
                "departs_on": place.departs_on,
                "departs_at": place.departs_at,
                "ends_at": place.ends_at,
                "capacity": place.capacity,
            }
            for place in placed
            if place.departure
        ]
        make_departures(self.work, rows)


def make_departures(work: Work, rows: list[dict[str, Any]]) -> None:
    """Writes departures that nobody has needed yet; one that somebody else has made meanwhile stays as it is."""
    first = work.tear_off("departure", len(rows))
    fresh = [
        {"id": number, "seats_taken": 0, "closed": False, **row} for number, row in enumerate(rows, first)
    ]
    dialect = sqlite if work.desk.database.is_sqlite else postgresql
    work.connection.execute(dialect.insert(_D).on_conflict_do_nothing(), fresh)


_ADD = (
    update(_D).where(_D.c.id == bindparam("departure")).values(seats_taken=_D.c.seats_taken + bindparam("n"))
)


def places(work: Work) -> Places:
    """The places of this database as they are now."""
    return Places(work, work.desk.operator(work.connection), catalogue(work.connection))


def ordered_instant(order: Order, operator: OperatorFacts, now: datetime) -> datetime:
    """When the order was made, in UTC; an unknown time counts from now."""
    return as_instant(order.ordered_at, ZoneInfo(operator.zone)) if order.ordered_at else now


_Line = tuple[str, int | None, int, int, int | None]


def _party(
    order: Order, option: OptionFacts | None, sources: tuple[str, ...], chosen: Chosen | None
) -> tuple[tuple[_Line, ...], int | None]:
    """The lines with their seats each, and the heads they add up to (or what the source says itself)."""
    if option is None:
        units: list[UnitFacts | None] = [None] * len(order.lines)
    elif chosen is not None:
        by_id = {unit.id: unit for unit in option.units}
        units = [by_id.get(unit) for unit in chosen.unit_ids]
    else:
        units = [unit_meant(option, sources, line.unit) for line in order.lines]
    made = tuple(_line(line, unit) for line, unit in zip(order.lines, units, strict=True))
    if not made:
        return (), order.party
    return made, sum(quantity * each for _, _, quantity, each, _ in made)


def _line(line: Line, unit: UnitFacts | None) -> _Line:
    price = line.price.minor if line.price else None
    heads = unit.heads if unit else line.heads_each or 1
    return line.unit[:120], unit.id if unit else None, line.quantity, heads, price


def _local_of(at: datetime, zone: str) -> tuple[date, time]:
    local = at.astimezone(ZoneInfo(zone))
    return local.date(), local.time().replace(second=0, microsecond=0)


def _departs_at(
    match: Match, schedule: Schedule | None, day: date | None, starts: time | None, zone: str
) -> datetime | None:
    """When it leaves: by its departure, else as told, else at the only time at which its option ever leaves."""
    if day is None:
        return None
    if schedule is not None:
        return schedule.departs_at(day, zone)
    known = starts or (match.option.timetable.only_start if match.option else None)
    return instant(day, known, zone) if known else None


def _start_of(day: date | None, zone: str) -> datetime:
    return instant(day, time(), zone) if day else FAR_AWAY
