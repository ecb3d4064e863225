"""Asks what two counters did against each other while one was alone, and does what a manager decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.asking.door import as_many

if TYPE_CHECKING:
    from controllers.incidents import IncidentRow, Place
    from controllers.reservations import Done
    from models.offline import Ruling
    from ui.asking.door import DeskDoor


def incidents(
    desk: DeskDoor, after: Place | None = None, *, shown: int = 0
) -> tuple[tuple[IncidentRow, ...], int]:
    """Those that wait for a decision, the newest scan first, and how many there are.

    A page of them, or as many as are shown already.
    """
    from controllers.incidents import PAGE, count_incidents, see_incidents

    at = desk()
    return see_incidents(desk=at, after=after, most=as_many(shown, PAGE)), count_incidents(desk=at)


def decide_incident(desk: DeskDoor, incident_id: str, ruling: Ruling, words: str = "") -> Done:
    """Does what was decided."""
    from controllers.incidents import decide_incident as decide

    return decide(incident_id, ruling, desk=desk(), words=words)
