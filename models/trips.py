"""When a trip may be closed, what its close would make of each order, and what an undone close gives back.

A trip is a departure; orders of a day that found no departure of ours are one by themselves, and so are the
tickets of a product that are spent or out of date. Who arrived is proposed as redeemed, who did not as a no-show.
The clock closes only what nobody has touched since the trip ended: what a person decided then, or took back, stays
with people.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from models.frozen import frozen
from models.leaving import A_DAY, day_end, over_at
from models.products import TripCloses
from models.reservations import Status

SPENT_AFTER = timedelta(hours=12)
"""How long after its last visit a ticket without uses left belongs to a trip that is over."""

WITHOUT_DEPARTURE, TICKETS = "day", "tickets"


@frozen
class TripKey:
    """Which trip: a departure, the day of orders that have none, or the tickets of a product."""

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


def ended_at(row: Any) -> datetime | None:
    """When the trip of an order is over; None while nobody knows.

    A ticket is over when it is spent, some hours after its last visit, or with its last day, used or not. Of an order
    that has a day only, it is the day's end in its zone; where nobody told how long a trip takes, a day later.
    """
    if row.open_dated:
        spent = row.arrived_at + SPENT_AFTER if row.arrived_heads and not row.uses_left else None
        return min((at for at in (spent, over_at(row)) if at is not None), default=None)
    if row.ends_at is not None:
        return row.ends_at  # type: ignore[no-any-return]
    if row.departs_at is None and row.departs_on is not None:
        return day_end(row.departs_on, row.zone)
    return row.sort_at + A_DAY  # type: ignore[no-any-return]


def proposed(arrived: int) -> Status:
    """What the close of a trip makes of an order."""
    return Status.REDEEMED if arrived else Status.NO_SHOW


@frozen
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


@frozen
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


@frozen
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


@frozen
class ClosingMade:
    """A closing as the list of closings shows it.

    Of the orders that still stand as it left them, `letters_left` comment letters cannot be taken back any more, and
    `channels_told` orders are redeemed at their channels already.
    """

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
    channels_told: int
    undone_at: datetime | None
    undone_by: str


@frozen
class Trips:
    """What is to be closed, the latest first, and what was closed lately; `more` trips are not listed."""

    to_close: tuple[TripToClose, ...]
    more: int
    closings: tuple[ClosingMade, ...]
    now: datetime
    zone: str
    """The operator's, for times that have no zone of their own."""
