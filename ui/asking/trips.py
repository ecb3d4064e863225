"""Asks for the trips that are to be closed, closes them, takes a close back, and lets the clock do its part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.closings import ClosingUndone
    from controllers.trips import TripClosed
    from models.trips import TripKey, TripOrder, Trips
    from ui.asking.door import DeskDoor


def trips(desk: DeskDoor) -> Trips:
    """What is to be closed, and what was closed lately."""
    from controllers import trips

    return trips.see_trips(desk=desk())


def trip(desk: DeskDoor, key: TripKey) -> tuple[TripKey, tuple[TripOrder, ...]]:
    """Who is on a trip that is to be closed, and which trip that is."""
    from controllers import trips

    return key, trips.see_trip(key, desk=desk())


def close_trip(
    desk: DeskDoor, key: TripKey, seen: Mapping[int, int], leave: Collection[int] = ()
) -> TripClosed:
    """Closes a trip as it was looked at, but for those that are left."""
    from controllers import trips

    return trips.close_trip(key, desk=desk(), seen=seen, leave=leave)


def undo_closing(desk: DeskDoor, closing_id: int, reason: str = "") -> ClosingUndone:
    """Takes a close back."""
    from controllers import closings

    return closings.undo_closing(closing_id, desk=desk(), reason=reason)
