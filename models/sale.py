"""What can be sold at the counter now, what it costs, and whether there is room for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.frozen import frozen
from models.money import MOST_MINOR, Money
from models.payments import RefundDue, Tier, refund_due
from models.refusals import CannotDo

COUNTER_MARK = "S-"
"""What the order numbers of sales at the desk begin with."""

HOLDS_MINUTES = 60
"""So long an order that nobody has paid keeps its seats, but never beyond its departure."""
MOST_OF_A_UNIT = 500


class Way(StrEnum):
    """How the traveler came to us."""

    WALK_IN = "walk-in"
    PHONE = "phone"


@frozen
class OfferUnit:
    """A unit and its price (minor units; None where nobody has set one)."""

    id: int
    name: str
    heads: int
    price_minor: int | None


@frozen
class Offer:
    """A departure that can be sold, or with `departs_at` None an open-dated ticket.

    `taken` holds seats, `waiting` are heads of orders nobody has answered yet.
    """

    product_id: int
    code: str
    product: str
    option_id: int
    option: str
    zone: str
    currency: str
    units: tuple[OfferUnit, ...]
    departs_at: datetime | None = None
    day: date | None = None
    starts: str = ""
    capacity: int = 0
    taken: int = 0
    waiting: int = 0
    closed: bool = False
    valid_until: date | None = None
    meeting_point: str = ""
    languages: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()

    @property
    def is_open_dated(self) -> bool:
        """Whether it is good on days instead of for one departure: then no seats are counted."""
        return self.departs_at is None

    @property
    def left(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.capacity - self.taken)

    @property
    def free(self) -> int:
        """Seats that nobody holds and nobody hopes for: what is offered."""
        return max(0, self.left - self.waiting)

    @property
    def terms(self) -> object:
        """What somebody agrees to who buys it; the seats left are not part of that."""
        return self.option_id, self.departs_at, self.product, self.option, self.currency, self.units

    def unit(self, unit_id: int) -> OfferUnit:
        """The unit of an id. Raises CannotDo("unit-unknown")."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise CannotDo("unit-unknown", option=self.option)

    def heads(self, chosen: Iterable[tuple[int, int]]) -> int:
        """How many seats so many of these units take."""
        return sum(self.unit(unit).heads * quantity for unit, quantity in chosen)

    def total(self, chosen: Iterable[tuple[int, int]]) -> Money:
        """What so many of these units cost. Raises CannotDo("price-missing") where one has no price."""
        minor = 0
        for unit_id, quantity in chosen:
            unit = self.unit(unit_id)
            if unit.price_minor is None:
                raise CannotDo("price-missing", unit=unit.name, product=self.product)
            minor += unit.price_minor * quantity
        return Money(minor, self.currency)

    def refund_now(self, total: Money, now: datetime) -> RefundDue:
        """What would go back if it were given up a moment after it was bought."""
        return refund_due(total.minor, self.tiers, self.departs_at, now)


@frozen
class Sale:
    """What somebody buys. `units` are (unit id, how many); `departs_at` None for an open-dated ticket."""

    option_id: int
    departs_at: datetime | None
    units: tuple[tuple[int, int], ...]
    name: str
    phone: str = ""
    email: str = ""
    language: str = ""
    request: str = ""
    way: Way = Way.WALK_IN


def refuse_no_sale(sale: Sale) -> None:
    """Raises what is missing: CannotDo("name-missing"), ("nobody-chosen"), ("too-many-chosen")."""
    if not sale.name.strip():
        raise CannotDo("name-missing")
    if any(quantity < 0 or quantity > MOST_OF_A_UNIT for _, quantity in sale.units):
        raise CannotDo("too-many-chosen", most=MOST_OF_A_UNIT)
    if not any(quantity for _, quantity in sale.units):
        raise CannotDo("nobody-chosen")


def deposit_of(total: Money, deposit: Money) -> Money:
    """What was agreed to be paid now of a total. Raises CannotDo("deposit-is-all") where that is no part of it."""
    if deposit.currency != total.currency or not 0 < deposit.minor < total.minor:
        raise CannotDo("deposit-is-all")
    return deposit


def refuse_no_total(total: Money) -> None:
    """Raises CannotDo("total-too-large") where a price was mistyped: no sale at a counter comes to so much."""
    if total.minor > MOST_MINOR:
        raise CannotDo("total-too-large", amount=str(total))


def refuse_no_room(offer: Offer, heads: int, *, into_waiting: bool, overbook: bool) -> None:
    """Raises why so many may not be sold: closed, full, or only by passing over orders that wait.

    CannotDo("departure-closed") and ("no-seats") unless a manager overbooks, ("seats-waited-for") unless
    the desk has been warned.
    """
    if offer.is_open_dated or overbook:
        return
    day = offer.day.isoformat() if offer.day else ""
    if offer.closed:
        raise CannotDo("departure-closed", departure=day)
    if heads > offer.left:
        facts = {"taken": offer.taken, "capacity": offer.capacity}
        raise CannotDo("no-seats", short=heads - offer.left, departure=day, **facts)
    if heads > offer.free and not into_waiting:
        raise CannotDo("seats-waited-for", left=offer.left, waiting=offer.waiting)


def holds_until(now: datetime, departs_at: datetime | None, minutes: int = HOLDS_MINUTES) -> datetime:
    """Until when an unpaid order keeps its seats."""
    until = now + timedelta(minutes=minutes)
    return until if departs_at is None else min(until, max(now, departs_at))
