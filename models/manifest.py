"""The day sheet: who comes on a departure, in how many of which unit, and where they are picked up.

The sums are made here, from what is told of each reservation, so that paper, screen and file agree. A
traveler who may not be seen yet has no name on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

from models.frozen import frozen
from models.money import Money
from models.reservations import HOLDERS, Status


@frozen
class Guest:
    """One reservation on the sheet. `lead` is None while it is hidden; `units` as the channel calls them."""

    id: int
    number: str
    channel: str
    reference: str
    status: Status
    lead: str | None
    companions: tuple[str, ...]
    party: int | None
    heads: int
    arrived: int
    units: tuple[tuple[str, int], ...]
    language: str
    pickup: str
    request: str
    notes: tuple[str, ...]
    due: Money | None
    confirm_by: datetime | None = None
    product: str = ""  # as the channel calls it, for those who have no departure of ours

    @property
    def expected(self) -> bool:
        """Whether they hold seats, so that the guide waits for them."""
        return self.status in HOLDERS


@frozen
class Rolled:
    """A unit, a pick-up place or a language, with how many; '' where nothing was told."""

    name: str
    count: int


@frozen
class DepartureSheet:
    """One departure with everybody on it, in the order in which they are picked up."""

    departure_id: int
    departs_on: date
    departs_at: datetime
    ends_at: datetime
    zone: str
    product: str
    option: str
    guide: str
    meeting_point: str
    capacity: int
    taken: int
    closed: bool
    guests: tuple[Guest, ...]

    @property
    def expected(self) -> tuple[Guest, ...]:
        """Those the guide waits for."""
        return tuple(sorted((g for g in self.guests if g.expected), key=_in_turn))

    @property
    def not_confirmed(self) -> tuple[Guest, ...]:
        """Those who have asked and hold no promise of ours yet."""
        return tuple(g for g in self.guests if not g.expected)

    @property
    def heads(self) -> int:
        """How many are expected."""
        return sum(guest.heads for guest in self.expected)

    @property
    def arrived(self) -> int:
        """How many are in."""
        return sum(guest.arrived for guest in self.expected)

    @property
    def over(self) -> int:
        """How many are sold above the capacity."""
        return max(0, self.taken - self.capacity)


@frozen
class Manifest:
    """The sheets of a day, or of one departure, as they were at `as_of`."""

    day: date
    operator: str
    zone: str
    as_of: datetime
    sheets: tuple[DepartureSheet, ...]
    strays: tuple[Guest, ...] = ()  # who comes on this day and has no departure of ours
    practice: bool = False

    @property
    def reservations(self) -> tuple[int, ...]:
        """Everybody who stands on it, by our number of the order."""
        everybody = [guest for sheet in self.sheets for guest in sheet.guests] + list(self.strays)
        return tuple(guest.id for guest in everybody)

    @property
    def expected(self) -> tuple[Guest, ...]:
        """Everybody the guides wait for."""
        return tuple(guest for sheet in self.sheets for guest in sheet.expected)

    @property
    def not_confirmed(self) -> tuple[Guest, ...]:
        """Everybody without a promise."""
        return tuple(guest for sheet in self.sheets for guest in sheet.not_confirmed)


def by_unit(guests: Iterable[Guest]) -> tuple[Rolled, ...]:
    """How many adults, children …; the heads of those whose units nobody told stand under ''."""
    sums: Counter[str] = Counter()
    for guest in guests:
        for unit, quantity in guest.units:
            sums[unit] += quantity
        if not guest.units:
            sums[""] += guest.heads
    return _rolled(sums)


def by_pickup(guests: Iterable[Guest]) -> tuple[Rolled, ...]:
    """Heads by where they are picked up; '' are those who come to the meeting point by themselves."""
    return _heads_by(guests, lambda guest: " ".join(guest.pickup.split()))


def by_language(guests: Iterable[Guest]) -> tuple[Rolled, ...]:
    """Heads by the language they speak; '' where none was told."""
    return _heads_by(guests, lambda guest: guest.language)


def due_sums(guests: Iterable[Guest]) -> tuple[Money, ...]:
    """What is to be collected, a sum for each currency."""
    sums: Counter[str] = Counter()
    for guest in guests:
        if guest.due is not None:
            sums[guest.due.currency] += guest.due.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _heads_by(guests: Iterable[Guest], of: Callable[[Guest], str]) -> tuple[Rolled, ...]:
    sums: Counter[str] = Counter()
    for guest in guests:
        sums[of(guest)] += guest.heads
    return _rolled(sums)


def _rolled(sums: Counter[str]) -> tuple[Rolled, ...]:
    """The most first; what nobody told stands last, and nothing is said where nobody told anything."""
    ordered = sorted(sums.items(), key=lambda one: (not one[0], -one[1], one[0].casefold()))
    return tuple(Rolled(name, count) for name, count in ordered if count) if set(sums) - {""} else ()


def _in_turn(guest: Guest) -> tuple[bool, str, str, int]:
    """By pick-up place, those without one last; then by name."""
    return not guest.pickup, guest.pickup.casefold(), (guest.lead or "").casefold(), guest.id
