"""When a trip may be closed, what its close would make of each order, and what an undone close gives back.

A trip is a departure; orders of a day that found no departure of ours are one by themselves, and so are the
spent tickets of a product. Who arrived is proposed as redeemed, who did not as a no-show. The clock closes only
what nobody has touched since the trip ended: what a person decided then, or took back, stays with people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.leaving import A_DAY
from models.products import TripCloses
from models.reservations import Status

SPENT_AFTER = timedelta(hours=12)
"""How long after its last visit a ticket without uses left belongs to a trip that is over."""

WITHOUT_DEPARTURE, TICKETS = "day", "tickets"


@dataclass(frozen=True, slots=True)
class TripKey:
    """Which trip: a departure, the day of orders that have none, or the spent tickets of a product."""

    departure_id: int | None = None
    day: date | None = None
    product_id: int | None = None

    @property
    def word(self) -> str:
        """As it is kept: 'departure:12', 'day:2027-02-01', 'tickets:5'."""
        if self.departure_id is not None:
            return f"departure:{self.departure_id}"
        return f"{WITHOUT_DEPARTURE}:{self.day}" if self.day else f"{TICKETS}:{self.product_id}"


def key_of(word: str) -> TripKey:
    """The trip that a word names."""
    kind, _, which = word.partition(":")
    if kind == WITHOUT_DEPARTURE:
        return TripKey(day=date.fromisoformat(which))
    return TripKey(product_id=int(which)) if kind == TICKETS else TripKey(int(which))


def ended_at(ends_at: datetime | None, sort_at: datetime) -> datetime:
    """When a trip is over; where nobody told, a day after it left or its day began."""
    return ends_at or sort_at + A_DAY


def proposed(arrived: int) -> Status:
    """What the close of a trip makes of an order."""
    return Status.REDEEMED if arrived else Status.NO_SHOW


@dataclass(frozen=True, slots=True)
class Untouched:
    """What the clock asks about one confirmed order: how it got there, and whether a closing had it before."""

    ended: datetime
    moved_at: datetime
    closed_before: bool


def clock_closes_at(
    closes: TripCloses | None, grace_minutes: int | None, order: Untouched
) -> datetime | None:
    """When the clock closes an order's trip; None where that is left to people."""
    if closes is not TripCloses.CLOCK or not left_alone(order):
        return None
    return order.ended + timedelta(minutes=grace_minutes or 0)


def left_alone(order: Untouched) -> bool:
    """Whether nobody has decided anything about an order since its trip ended."""
    return not order.closed_before and order.moved_at <= order.ended


@dataclass(frozen=True, slots=True)
class TripOrder:
    """One order of a trip that is to be closed. `traveler` is None while hidden; `late` ones have changed since."""

    id: int
    version: int
    number: str
    channel: str
    reference: str
    product: str
    traveler: str | None
    party: int | None
    heads: int
    arrived: int
    late: bool

    @property
    def proposal(self) -> Status:
        """REDEEMED or NO_SHOW."""
        return proposed(self.arrived)


@dataclass(frozen=True, slots=True)
class TripToClose:
    """A trip that has ended and has confirmed orders. Orders and heads; `undecided` orders wait for an answer.

    `by_clock_at` is when the clock closes it, None where people do; `closed_before` that it is proposed again.
    """

    key: TripKey
    product: str
    option: str
    zone: str
    day: date | None
    departs_at: datetime | None
    ended: datetime
    came: int
    missing: int
    heads_came: int
    heads_missing: int
    undecided: int = 0
    by_clock_at: datetime | None = None
    closed_before: bool = False

    @property
    def orders(self) -> int:
        """How many orders would be closed."""
        return self.came + self.missing


@dataclass(frozen=True, slots=True)
class ClosingMade:
    """A closing as the list of closings shows it. `letters_left` cannot be taken back any more."""

    id: int
    key: TripKey
    product: str
    option: str
    zone: str
    day: date | None
    departs_at: datetime | None
    at: datetime
    who: str
    by_clock: bool
    redeemed: int
    no_shows: int
    stayed: int
    letters_left: int
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class Trips:
    """What is to be closed, the latest first, and what was closed lately; `more` trips are not listed."""

    to_close: tuple[TripToClose, ...]
    more: int
    closings: tuple[ClosingMade, ...]
    now: datetime
    zone: str
    """The operator's, for times that have no zone of their own."""
