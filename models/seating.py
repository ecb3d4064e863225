"""Says which of several orders find a seat when they are confirmed together.

Who ordered first comes first; a party that does not fit is passed over, and a smaller one behind it may
still go. The preview and the deed ask the same rule, so what was shown is what happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from models.frozen import frozen


@frozen
class Asking:
    """One order that wants `heads` seats; `needs` is 0 where it holds them already or none are counted."""

    id: int
    departure_id: int | None
    ordered_at: datetime
    needs: int


def in_turn(orders: Iterable[Asking]) -> list[Asking]:
    """Departure by departure, and in each the order they came in."""
    return sorted(orders, key=lambda one: (one.departure_id or 0, one.ordered_at, one.id))


def seated(orders: Iterable[Asking], free: dict[int, int]) -> set[int]:
    """The ids of those that find their seats, with `free` seats on each departure."""
    left = dict(free)
    found = set()
    for one in in_turn(orders):
        room = left.get(one.departure_id, 0) if one.departure_id is not None else one.needs
        if one.needs <= max(0, room) or one.needs == 0:
            found.add(one.id)
            if one.departure_id is not None:
                left[one.departure_id] = room - one.needs
    return found
