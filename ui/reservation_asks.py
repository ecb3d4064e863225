"""The two questions of the list beside its pages: what can be chosen, and how many there are.

Both run on the reading lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rows import Filter
from ui import asking


@dataclass(frozen=True, slots=True)
class Choices:
    """What the bar offers, and which day it is at the operator's."""

    today: date
    zone: str
    products: dict[int, str]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many each view holds, and how many fit what is chosen now."""

    of_views: tuple[int, ...]
    found: int


def choices(desk: asking.DeskDoor) -> Choices:
    """What there is to choose from, and the operator's day."""
    today, zone = asking.here(desk)
    return Choices(today, zone, asking.products(desk), tuple(asking.channels(desk)))


def count(desk: asking.DeskDoor, of_views: tuple[Filter, ...], shown: Filter) -> Counts:
    """How many there are."""
    return Counts(tuple(asking.count(desk, each) for each in of_views), asking.count(desk, shown))
