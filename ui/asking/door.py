"""The door behind which the desk is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from controllers.desk import Desk

T = TypeVar("T")

DeskDoor = Callable[[], "Desk"]
"""Gives the desk, waiting for it where it is still being opened. Call it on a lane only."""


MOST_PAGES = 10


def as_many(shown: int, page: int) -> int:
    """Whole pages for as many rows as are shown already: a list that is read anew keeps its place, up to a length."""
    return page * max(1, min(MOST_PAGES, -(-shown // page)))


def at_gate(desk: DeskDoor, look: Callable[[Desk], T]) -> T:
    """What check-in reads: from the desk, or from this counter's replica while the shared database does not answer."""
    at = desk()
    return look(at) if at.scans is None else at.scans.read(look)
