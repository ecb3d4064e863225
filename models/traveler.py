"""What is known of one traveler, as it is handed out on request, and what would become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from models.erasing import Stays
from models.frozen import frozen


@frozen
class Person:
    """One person of one order: who ordered it (`traveler_id` None), or a companion."""

    reservation_id: int
    traveler_id: int | None = None

    @property
    def is_lead(self) -> bool:
        """Whether the order is this person's own."""
        return self.traveler_id is None


@frozen
class PersonFound:
    """A person as a search shows it; `name` is None while the order was never confirmed."""

    person: Person
    number: str
    name: str | None
    product: str
    day: str
    status: str


@frozen
class Goes:
    """What erasing would take away: a code of what it is, and how many."""

    what: str
    count: int


@frozen
class Preview:
    """What erasing one person of one order would do; with `stays` it cannot be done yet."""

    found: PersonFound
    version: int
    goes: tuple[Goes, ...] = ()
    keeps: tuple[Goes, ...] = ()
    stays: tuple[Stays, ...] = ()
    companions: int = 0
    done: bool = False


@frozen
class Known:
    """Everything that is known of one person in one order: a heading and its lines, told in the desk's words."""

    number: str
    parts: Sequence[tuple[str, Sequence[dict[str, Any]]]] = field(default_factory=tuple)
