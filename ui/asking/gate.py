"""Judges what is scanned, takes it back, and closes the trips that have ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.asking.door import DeskDoor

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.reservations import Done
    from controllers.trips import Closed


def scan(
    desk: DeskDoor, text: str, scan_id: str, source: str, heads: int | None = None, force: str = ""
) -> Answer:
    """Judges a code."""
    from controllers import checkin

    return checkin.scan(text, desk=desk(), scan_id=scan_id, source=source, heads=heads, force=force)


def scan_picture(desk: DeskDoor, path: Path) -> list[Answer]:
    """Judges every code in a picture; a picture without one gives UNREADABLE."""
    from controllers import checkin
    from controllers.scanning.picture import read_picture

    at = desk()
    scans = read_picture(path)
    if not scans:
        return [checkin.unreadable("picture", desk=at)]
    return [checkin.scan(found.text, desk=at, scan_id=found.id, source="picture") for found in scans]


def undo_scan(desk: DeskDoor, scan_id: str, reason: str = "") -> Done:
    """Takes a scan back."""
    from controllers import undoing

    return undoing.undo(scan_id, desk=desk(), reason=reason)


def undo_last(desk: DeskDoor, reservation_id: int, reason: str = "") -> Done:
    """Takes back the last thing that happened at the gate."""
    from controllers import undoing

    return undoing.undo_last(reservation_id, desk=desk(), reason=reason)


def close_trips(desk: DeskDoor) -> Closed:
    """Closes the trips that have ended."""
    from controllers import trips

    return trips.close_trips(desk=desk())
