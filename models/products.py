"""What a product promises: how it is confirmed, when it runs, and by which names others know it."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.schedule import Schedule, Timetable


class Confirmation(enum.StrEnum):
    """Whether an order is confirmed by itself or by a person."""

    INSTANT = "instant"
    MANUAL = "manual"


class ConfirmFrom(enum.StrEnum):
    """What the confirm-by promise counts from."""

    ORDER = "order"
    DEPARTURE = "departure"


class RedeemWhen(enum.StrEnum):
    """When an arrived reservation is redeemed."""

    AFTER_TRIP = "after trip"
    ON_ARRIVAL = "on arrival"


class TripCloses(enum.StrEnum):
    """Who closes a trip that has ended: staff approve what is proposed, or the clock does after a grace time."""

    STAFF = "staff"
    CLOCK = "clock"


class TicketsPer(enum.StrEnum):
    """How many tickets a reservation gets."""

    RESERVATION = "per reservation"
    PERSON = "per person"


class Validity(enum.StrEnum):
    """What a ticket is good for: its departure, some days from purchase, a day, or a range of days."""

    DEPARTURE = "departure"
    OPEN = "open"
    DATE = "date"
    RANGE = "range"


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as it is compared: half-width, lower case, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()


@frozen
class UnitFacts:
    """A unit of an option: its seats per piece and every folded name by (source, name)."""

    id: int
    name: str
    heads: int
    names: frozenset[tuple[str, str]]


@frozen
class OptionFacts:
    """An option with its timetable, its units and its names; one that is not `offered` takes no new orders."""

    id: int
    name: str
    timetable: Timetable
    units: tuple[UnitFacts, ...]
    names: frozenset[tuple[str, str]]
    offered: bool = True

    @property
    def rules(self) -> tuple[Schedule, ...]:
        """The rules by which it repeats."""
        return self.timetable.rules

    @property
    def exceptions(self) -> frozenset[date]:
        """The days on which its rules do not run."""
        return self.timetable.exceptions

    @property
    def plan(self) -> Timetable:
        """When it leaves for new orders: never where it is not offered any more."""
        return self.timetable if self.offered else _NEVER

    def runs(self, day: date) -> tuple[Schedule, ...]:
        """The departures of a local day, by time."""
        return self.plan.runs(day)


_NEVER = Timetable()


@frozen
class ProductFacts:
    """A product as the rules need it. Refund tiers as `models.payments.Tier` reads them."""

    id: int
    code: str
    name: str
    zone: str
    currency: str
    confirmation: Confirmation
    confirm_days: int
    confirm_from: ConfirmFrom
    redeem: RedeemWhen
    tickets: TicketsPer
    uses: int
    validity: Validity
    valid_days: int
    valid_from: date | None
    valid_until: date | None
    opens_minutes_before: int
    closes_minutes_after: int
    comment_hours: int
    meeting_point: str
    refund: tuple[dict[str, int], ...]
    options: tuple[OptionFacts, ...]
    names: frozenset[tuple[str, str]]
    languages: tuple[str, ...] = ()
    offered: bool = True

    @property
    def is_open_dated(self) -> bool:
        """Whether its tickets are good on days instead of for one departure."""
        return self.validity is not Validity.DEPARTURE

    def last_day(self, ordered_at: datetime) -> date | None:
        """The last day on which an open-dated ticket ordered then is good; None is for ever."""
        return last_day(self.validity, self.zone, self.valid_days, self.valid_until, ordered_at)


def last_day(
    validity: Validity, zone: str, valid_days: int, valid_until: date | None, ordered_at: datetime
) -> date | None:
    """Days from purchase are counted where the product is; a day or a range ends on its own last day."""
    if validity is not Validity.OPEN:
        return valid_until
    return ordered_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=valid_days)


@frozen
class Match:
    """What an order's words mean here. `unmatched` says why no departure could be named, '' when all fits.

    `schedule` is the departure meant, where the day is known.
    """

    product: ProductFacts | None = None
    option: OptionFacts | None = None
    unmatched: str = ""
    schedule: Schedule | None = None


UNKNOWN_PRODUCT, UNKNOWN_OPTION, NO_DEPARTURE, NO_DATE = (
    "unknown-product",
    "unknown-option",
    "no-departure",
    "no-date",
)


@dataclass(slots=True)
class Catalogue:
    """All products, ready to be asked what a channel's words mean. Built once for an import."""

    products: tuple[ProductFacts, ...]
    _by_name: dict[tuple[str, str], ProductFacts] = field(default_factory=dict)
    _found: dict[object, Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for product in self.products:
            for name in product.names | {("", folded(product.name)), ("", folded(product.code))}:
                self._by_name.setdefault(name, product)

    def product(self, product_id: int) -> ProductFacts:
        """The product of an id; KeyError when there is none."""
        for product in self.products:
            if product.id == product_id:
                return product
        raise KeyError(product_id)

    def chosen(self, option_id: int, starts: time | None, day: date | None) -> Match:
        """An option that somebody at the desk has chosen: there are no words that could mean another one."""
        for product in self.products:
            for option in product.options:
                if option.id == option_id:
                    return _on(product, option, starts, day)
        return Match(unmatched=UNKNOWN_OPTION)

    def match(
        self,
        sources: tuple[str, ...],
        products: tuple[str, ...],
        options: tuple[str, ...],
        starts: time | None,
        day: date | None,
    ) -> Match:
        """The product and option meant. `sources` are the sender's and the channel's keys, most telling first."""
        asked = (sources, products, options, starts, day)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._match(sources, products, options, starts, day)
        return found

    def _match(
        self,
        sources: tuple[str, ...],
        products: tuple[str, ...],
        options: tuple[str, ...],
        starts: time | None,
        day: date | None,
    ) -> Match:
        product = _first(self._by_name, sources, products) or self._by_option(sources, options)
        if product is None:
            return Match(unmatched=UNKNOWN_PRODUCT)
        option = option_meant(product, sources, products, options, starts, day)
        if option is None:
            timed = starts is None or any(o.timetable.leaves_ever(starts) for o in product.options)
            return Match(product, None, UNKNOWN_OPTION if timed else NO_DEPARTURE)
        return _on(product, option, starts, day)

    def _by_option(self, sources: tuple[str, ...], options: tuple[str, ...]) -> ProductFacts | None:
        """The one product that has an option of a name which somebody registered for just this source."""
        wanted = {(source, folded(option)) for source in sources if source for option in options}
        found = [p for p in self.products if any(wanted & o.names for o in p.options)]
        return found[0] if len(found) == 1 else None


def _on(product: ProductFacts, option: OptionFacts, starts: time | None, day: date | None) -> Match:
    """The departure of an option on a day, where exactly one can be meant."""
    if day is None:
        never = starts is not None and not option.timetable.leaves_ever(starts)
        return Match(product, option, NO_DEPARTURE if never else "")
    leaving = option.plan.leaving(day, starts, product.zone)
    if len(leaving) != 1:
        return Match(product, option, NO_DEPARTURE)
    return Match(product, option, "", leaving[0])


def unit_meant(option: OptionFacts, sources: tuple[str, ...], name: str) -> UnitFacts | None:
    """The unit a channel's word means, or None."""
    wanted = folded(name)
    for unit in option.units:
        if folded(unit.name) == wanted or _knows(unit.names, sources, wanted):
            return unit
    return None


def _first(
    names: dict[tuple[str, str], ProductFacts], sources: tuple[str, ...], spellings: Iterable[str]
) -> ProductFacts | None:
    for spelling in spellings:
        wanted = folded(spelling)
        for source in (*sources, ""):
            if wanted and (source, wanted) in names:
                return names[source, wanted]
    return None


def option_meant(
    product: ProductFacts,
    sources: tuple[str, ...],
    products: tuple[str, ...],
    spellings: tuple[str, ...],
    starts: time | None,
    day: date | None,
) -> OptionFacts | None:
    """By name first, then by start time, then because only one can be meant.

    What somebody registered for just this source goes before a name of ours that reads the same. A source
    that sells each option as a product of its own names the option by that product.
    """
    offered = [o for o in product.options if o.offered]
    wanted = [folded(s) for s in spellings if s.strip()]
    ways = [[o for o in offered if _registered(o, sources, spelling)] for spelling in wanted]
    ways += [
        [o for o in offered if folded(o.name) == spelling or _knows(o.names, sources, spelling)]
        for spelling in wanted
    ]
    ways += [[o for o in offered if _registered(o, sources, folded(told))] for told in products]
    for named in ways:
        if len(named) > 1 and starts is not None:
            named = _leaving(named, product.zone, starts, day) or named
        if named:
            return named[0]
    if starts is not None:
        running = _leaving(offered, product.zone, starts, day)
        timed = [o for o in offered if o.timetable.leaves_ever(starts)]
        return running[0] if len(running) == 1 else (timed[0] if len(timed) == 1 else None)
    if len(offered) == 1 and (not wanted or _names_only_units(offered[0], sources, wanted)):
        return offered[0]
    running = [o for o in offered if day is not None and o.runs(day)]
    only_units = not wanted or (len(running) == 1 and _names_only_units(running[0], sources, wanted))
    return running[0] if len(running) == 1 and only_units else None


def _registered(option: OptionFacts, sources: tuple[str, ...], wanted: str) -> bool:
    return any((source, wanted) in option.names for source in sources)


def _leaving(options: list[OptionFacts], zone: str, starts: time, day: date | None) -> list[OptionFacts]:
    """Those that leave at this time of the day, or ever where no day is told."""
    if day is None:
        return [o for o in options if o.timetable.leaves_ever(starts)]
    return [o for o in options if o.plan.leaving(day, starts, zone)]


def _names_only_units(option: OptionFacts, sources: tuple[str, ...], wanted: list[str]) -> bool:
    return any(
        folded(unit.name) == word or _knows(unit.names, sources, word)
        for unit in option.units
        for word in wanted
    )


def _knows(names: frozenset[tuple[str, str]], sources: tuple[str, ...], wanted: str) -> bool:
    return any((source, wanted) in names for source in (*sources, ""))
