"""Who is in, by the scans that let them in: more than the party are in on another visit, counted from its start."""

from __future__ import annotations

from collections.abc import Iterable


def in_now(most: int, arrived: int, admitted: int) -> int:
    """Who is in after an admission; `most` is how many belong to the party."""
    return admitted if arrived + admitted > most else arrived + admitted


def in_after(admissions: Iterable[tuple[int, int]]) -> int:
    """Who is in after all of these, in their order: how many belonged to the party then, and how many came in."""
    arrived = 0
    for most, admitted in admissions:
        arrived = in_now(most, arrived, admitted)
    return arrived
