"""Finds an order's place: its product, its departure, its seats, its promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from controllers.desk import OperatorFacts, Work
from models.catalogue import catalogue
from models.intake import as_instant
from models.orders import Line, Order
from models.products import (
    NO_DATE,
    NO_DEPARTURE,
    Catalogue,
    Match,
    OptionFacts,
    ProductFacts,
    unit_meant,
)
from models.promise import promise
from models.tables import Departure

_D: Table = Departure.__table__  # type: ignore[assignment]
FAR_AWAY = datetime(2999, 12, 31, tzinfo=UTC)
"""Where open-dated reservations stand in lists ordered by departure."""


@dataclass(slots=True)
class Seats:
    """A departure as a running import sees it; `taken` counts what the import itself has added too."""

    id: int
    capacity: int
    taken: int
    added: int = 0


@dataclass(frozen=True, slots=True)
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
    departure: tuple[int, date] | None  # option id and local day


@dataclass(slots=True)
class Places:
    """Everything needed to place orders, read once per import."""

    work: Work
    operator: OperatorFacts
    catalogue: Catalogue
    seats: dict[tuple[int, date], Seats] = field(default_factory=dict)
    _times: dict[tuple[int, date], tuple[datetime, datetime]] = field(default_factory=dict)

    def place(self, order: Order, ordered_at: datetime) -> Place:
        """The place of one order; nothing is written."""
        sources = (order.via, order.channel) if order.via else (order.channel,)
        day, starts, zone = self._local(order)
        match = self.catalogue.match(sources, order.products, order.options, starts, day)
        product, option = match.product, match.option
        zone = product.zone if product else zone
        if product is not None and order.departs_at is not None:
            day, starts = _local_of(order.departs_at, product.zone)
            match = self.catalogue.match(sources, order.products, order.options, starts, day)
            product, option = match.product, match.option
        lines, party = _party(order, option, sources)
        unmatched = match.unmatched
        open_dated = order.open_dated or (product is not None and product.is_open_dated)
        if open_dated and unmatched == NO_DEPARTURE:
            unmatched = ""
        departs_at = ends_at = departure = None
        if not open_dated:
            departs_at, ends_at, departure, unmatched = self._departure(option, zone, day, starts, unmatched)
            if departs_at is None and order.departs_at is not None:
                departs_at = order.departs_at.astimezone(UTC)
        return Place(
            match=match,
            zone=zone,
            departs_on=day,
            departs_at=departs_at,
            ends_at=ends_at,
            sort_at=FAR_AWAY if open_dated and day is None else departs_at or _start_of(day, zone),
            open_dated=open_dated,
            valid_until=product.last_day(ordered_at) if product and open_dated else None,
            party=party,
            heads=1 if party is None else party,
            lines=lines,
            unmatched=unmatched,
            departure=departure,
        )

    def prepare(self, wanted: Iterable[tuple[int, date, ProductFacts, OptionFacts]]) -> None:
        """Reads, locks and where needed makes the departures that these orders ask for."""
        asked = {(option.id, day): (product, option) for _, day, product, option in wanted}
        missing = [key for key in asked if key not in self.seats]
        for start in range(0, len(missing), 200):
            self._fetch(missing[start : start + 200])
        new = [key for key in missing if key not in self.seats]
        if new:
            self._make(new, asked)
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
            departs_at=place.departs_at or (place.sort_at if place.departs_on else None),
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

    def _local(self, order: Order) -> tuple[date | None, time | None, str]:
        if order.departs_at is not None:
            return *_local_of(order.departs_at, self.operator.zone), self.operator.zone
        return order.departs_on, order.starts, self.operator.zone

    def _departure(
        self, option: OptionFacts | None, zone: str, day: date | None, starts: time | None, unmatched: str
    ) -> tuple[datetime | None, datetime | None, tuple[int, date] | None, str]:
        if option is None or unmatched or day is None:
            at = _at(day, starts, zone) if day and starts else None
            return at, None, None, unmatched or (NO_DEPARTURE if day else NO_DATE)
        if not option.schedule.runs_on(day):
            return _at(day, starts or option.schedule.starts, zone), None, None, NO_DEPARTURE
        times = self._times.get((option.id, day))
        if times is None:
            at = option.schedule.departs_at(day, zone)
            times = self._times[option.id, day] = (at, at + timedelta(minutes=option.schedule.minutes))
        return times[0], times[1], (option.id, day), ""

    def _fetch(self, keys: list[tuple[int, date]]) -> None:
        asked = (
            select(_D.c.id, _D.c.option_id, _D.c.departs_on, _D.c.capacity, _D.c.seats_taken)
            .where(tuple_(_D.c.option_id, _D.c.departs_on).in_(keys))
            .order_by(_D.c.id)
            .with_for_update()
        )
        for row in self.work.connection.execute(asked):
            self.seats[row.option_id, row.departs_on] = Seats(row.id, row.capacity, row.seats_taken)

    def _make(self, keys: list[tuple[int, date]], asked: dict[tuple[int, date], Any]) -> None:
        first = self.work.tear_off("departure", len(keys))
        rows = []
        for offset, (option_id, day) in enumerate(sorted(keys)):
            product, option = asked[option_id, day]
            at = option.schedule.departs_at(day, product.zone)
            rows.append({
                "id": first + offset,
                "option_id": option_id,
                "departs_on": day,
                "departs_at": at,
                "ends_at": at + timedelta(minutes=option.schedule.minutes),
                "capacity": option.schedule.capacity,
                "seats_taken": 0,
                "closed": False,
            })  # fmt: skip
        dialect = sqlite if self.work.desk.database.is_sqlite else postgresql
        self.work.connection.execute(dialect.insert(_D).on_conflict_do_nothing(), rows)


_ADD = (
    update(_D).where(_D.c.id == bindparam("departure")).values(seats_taken=_D.c.seats_taken + bindparam("n"))
)


def places(work: Work) -> Places:
    """The places of this database as they are now."""
    return Places(work, work.desk.operator(work.connection), catalogue(work.connection))


def ordered_instant(order: Order, operator: OperatorFacts, now: datetime) -> datetime:
    """When the order was made, in UTC; an unknown time counts from now."""
    return as_instant(order.ordered_at, ZoneInfo(operator.zone)) if order.ordered_at else now


def _party(
    order: Order, option: OptionFacts | None, sources: tuple[str, ...]
) -> tuple[tuple[tuple[str, int | None, int, int, int | None], ...], int | None]:
    """The lines with their seats each, and the heads they add up to (or what the source says itself)."""
    made = tuple(_line(line, option, sources) for line in order.lines)
    if not made:
        return (), order.party
    return made, sum(quantity * each for _, _, quantity, each, _ in made)


def _line(
    line: Line, option: OptionFacts | None, sources: tuple[str, ...]
) -> tuple[str, int | None, int, int, int | None]:
    unit = unit_meant(option, sources, line.unit) if option else None
    heads = unit.heads if unit else line.heads_each or 1
    return (
        line.unit[:120],
        unit.id if unit else None,
        line.quantity,
        heads,
        line.price.minor if line.price else None,
    )


def _local_of(at: datetime, zone: str) -> tuple[date, time]:
    local = at.astimezone(ZoneInfo(zone))
    return local.date(), local.time().replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _at(day: date, starts: time, zone: str) -> datetime:
    return datetime.combine(day, starts, ZoneInfo(zone)).astimezone(UTC)


def _start_of(day: date | None, zone: str) -> datetime:
    return _at(day, time(), zone) if day else FAR_AWAY
