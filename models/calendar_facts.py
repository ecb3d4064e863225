"""What the calendar shows: days, their departures and the numbers of each. Plain frozen facts, known to every layer."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from models.frozen import frozen
from models.reservations import Status


@frozen
class CalendarFilter:
    """What the calendar is narrowed to. `guide` '' asks for departures without one, None for all."""

    product_id: int | None = None
    channel: str = ""
    statuses: frozenset[Status] = frozenset()
    guide: str | None = None

    @property
    def counts_some(self) -> bool:
        """Whether only some reservations are counted; departures without any of those are left out."""
        return bool(self.channel or self.statuses)

    @property
    def is_anything(self) -> bool:
        """Whether it narrows at all."""
        return self != CalendarFilter()


class DepartureKey(NamedTuple):
    """Which departure: of an option, at an instant. Its row may not exist yet."""

    option_id: int
    departs_at: datetime


class CalendarLine(NamedTuple):
    """One departure (or, with `unmatched`, the orders without one) on a day. Numbers are heads.

    `capacity` and `taken` are the departure's own; `confirmed`, `unconfirmed`, `arrived` and `others`
    (which wait for payment, or are gone) count the reservations the filter lets through.
    """

    day: date
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
    guide: str = ""
    others: int = 0

    @property
    def over(self) -> int:
        """How many seats are sold above the capacity."""
        return 0 if self.unmatched else max(0, self.taken - self.capacity)

    @property
    def heads(self) -> int:
        """Everybody counted here, in whichever status."""
        return self.confirmed + self.unconfirmed + self.others

    @property
    def key(self) -> DepartureKey | None:
        """Which departure it is; None for orders without one."""
        if self.option_id is None or self.departs_at is None:
            return None
        return DepartureKey(self.option_id, self.departs_at)


@frozen
class CalendarDay:
    """A local day and its departures by time."""

    day: date
    lines: tuple[CalendarLine, ...]

    @property
    def guests(self) -> int:
        """Heads that hold seats."""
        return sum(line.confirmed for line in self.lines)

    @property
    def heads(self) -> int:
        """Everybody counted, in whichever status."""
        return sum(line.heads for line in self.lines)

    @property
    def seats(self) -> int:
        """Seats of all departures that are open."""
        return sum(line.capacity for line in self.lines if not line.closed)

    @property
    def unconfirmed(self) -> int:
        """Heads that wait for an answer."""
        return sum(line.unconfirmed for line in self.lines)

    @property
    def arrived(self) -> int:
        """Heads that are in."""
        return sum(line.arrived for line in self.lines)
