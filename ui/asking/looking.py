"""Asks how things stand: the dashboard, one reservation, what a deed would do, and whom a text finds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ui.asking.door import DeskDoor, at_gate

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.today import Figures
    from controllers.viewing import CancelPreview, ConfirmPreview
    from models.around import Around
    from models.details import Details
    from models.reservations import Cause
    from models.search.finds import Find, Finds
    from models.today import Today, TodaysDepartures
    from models.week import Week


def today(desk: DeskDoor) -> Today:
    """The dashboard."""
    from controllers.today import see_today

    return see_today(desk=desk())


def todays_departures(desk: DeskDoor) -> TodaysDepartures:
    """Who departs today, and nothing else."""
    from controllers.today import see_departures

    return at_gate(desk, lambda at: see_departures(desk=at))


def around(desk: DeskDoor) -> Around:
    """What the frame of the window shows."""
    from controllers.today import see_around

    return see_around(desk=desk())


def week(desk: DeskDoor) -> Week:
    """The coming seven days."""
    from controllers.today import see_week

    return see_week(desk=desk())


def figures(desk: DeskDoor, month: date | None = None) -> Figures:
    """How the last days went, and a month (this one unless another is named)."""
    from controllers.today import see_figures

    return see_figures(month, desk=desk())


def here(desk: DeskDoor) -> tuple[date, str]:
    """Which day it is at the operator's, and in which zone."""

    def look(at: Desk) -> tuple[date, str]:
        with at.reading() as reading:
            zone = at.operator(reading).zone
        return at.now().astimezone(ZoneInfo(zone)).date(), zone

    return at_gate(desk, look)


def details(desk: DeskDoor, reservation_id: int, *, reveal: bool = False) -> Details:
    """One reservation, whole; `reveal` is journaled."""
    from controllers import viewing

    if reveal:  # the journal that tells who looked is the server's
        return viewing.see_details(reservation_id, desk=desk(), reveal=True)
    return at_gate(desk, lambda at: viewing.see_details(reservation_id, desk=at))


def find(desk: DeskDoor, reference: str) -> int:
    """The reservation a number names."""
    from controllers import viewing

    return at_gate(desk, lambda at: viewing.find(reference, desk=at))


def search(desk: DeskDoor, text: str) -> Finds:
    """What a text finds."""
    from controllers import search as search_

    return at_gate(desk, lambda at: search_.find(text, desk=at))


def nearest(desk: DeskDoor, text: str) -> tuple[Find, ...]:
    """Who is called so but for one letter."""
    from controllers import search as search_

    return at_gate(desk, lambda at: search_.nearest(text, desk=at))


def note_search(desk: DeskDoor, text: str, found: int) -> None:
    """Somebody looked for a person."""
    from controllers import search as search_

    at_gate(desk, lambda at: search_.note(text, found, desk=at))


def channels(desk: DeskDoor) -> dict[str, tuple[str, str]]:
    """Every channel's name and mark, by key."""
    from controllers import viewing

    return at_gate(desk, lambda at: viewing.channel_names(desk=at))


def products(desk: DeskDoor) -> dict[int, str]:
    """Every product's name, by id."""
    from controllers import viewing

    return at_gate(desk, lambda at: viewing.product_names(desk=at))


def preview_confirm(desk: DeskDoor, reservation_id: int) -> ConfirmPreview:
    """What confirming would do."""
    from controllers import viewing

    return viewing.preview_confirm(reservation_id, desk=desk())


def preview_cancel(desk: DeskDoor, reservation_id: int, cause: Cause) -> CancelPreview:
    """What cancelling would give back."""
    from controllers import viewing

    return viewing.preview_cancel(reservation_id, cause, desk=desk())
