"""Asks for days and their departures, changes a departure, and prints the day sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.calendar_facts import CalendarDay, CalendarFilter, DepartureKey

if TYPE_CHECKING:
    from controllers.departures import Changed
    from models.rows import ReservationRow
    from ui.asking.door import DeskDoor

EVERY_DEPARTURE = CalendarFilter()


def days(
    desk: DeskDoor, first: date, last: date, wanted: CalendarFilter = EVERY_DEPARTURE
) -> dict[date, CalendarDay]:
    """The calendar of some days."""
    from controllers import viewing

    return viewing.see_days(first, last, desk=desk(), wanted=wanted)


def closed_days(desk: DeskDoor, first: date, last: date, language: str) -> dict[date, str]:
    """Holidays and own closed days by name. The first time it loads a large library, so it is asked apart."""
    from controllers import holidays

    return holidays.between(first, last, desk=desk(), language=language)


def departure(
    desk: DeskDoor, departure_id: int, wanted: CalendarFilter = EVERY_DEPARTURE
) -> tuple[ReservationRow, ...]:
    """The living reservations of one departure."""
    from controllers import viewing

    return viewing.see_departure(departure_id, desk=desk(), wanted=wanted)


def departures(
    desk: DeskDoor, departure_ids: Sequence[int], wanted: CalendarFilter = EVERY_DEPARTURE
) -> dict[int, tuple[ReservationRow, ...]]:
    """The living reservations of some departures."""
    from controllers import viewing

    return viewing.see_departures(departure_ids, desk=desk(), wanted=wanted)


def unmatched(
    desk: DeskDoor, day: date, wanted: CalendarFilter = EVERY_DEPARTURE
) -> tuple[ReservationRow, ...]:
    """The living orders of a day that have no departure of ours."""
    from controllers import viewing

    return viewing.see_unmatched(day, desk=desk(), wanted=wanted)


def guides(desk: DeskDoor) -> tuple[str, ...]:
    """Everybody who has guided, by name."""
    from controllers import viewing

    return viewing.guide_names(desk=desk())


def do_with_departure(
    desk: DeskDoor, word: str, key: DepartureKey, value: str | int = "", seen: Any = None
) -> Changed:
    """Closes or opens a departure, changes its seats or its guide; `seen` is what stood there."""
    from controllers import departures

    if word == "seats":
        return departures.change_capacity(key, int(value), desk=desk(), seen=seen)
    if word == "guide":
        return departures.set_guide(key, str(value), desk=desk(), seen=seen)
    return {"close": departures.close, "open": departures.open_}[word](key, desk=desk())


def export_manifest(desk: DeskDoor, day: date, departure_id: int | None, path: Path) -> int:
    """Writes the day sheet as CSV or XLSX; how many rows."""
    from controllers import manifest as manifest_

    return manifest_.export_manifest(day, path, desk=desk(), departure_id=departure_id)
