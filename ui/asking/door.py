"""The door behind which the desk is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.desk import Desk

DeskDoor = Callable[[], "Desk"]
"""Gives the desk, waiting for it where it is still being opened. Call it on a lane only."""


def at_gate(desk: DeskDoor) -> Desk:
    """Where check-in reads: the desk, or this counter's replica while the shared database does not answer."""
    at = desk()
    return at.scans.desk() if at.scans is not None else at
