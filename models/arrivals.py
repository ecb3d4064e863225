"""Who is in, by the scans that let them in: more than the party are in on another visit, counted from its start."""

from __future__ import annotations

from collections.abc import Iterable


def in_now(most: int, arrived: int, admitted: int) -> int:
    """Who is in after an admission; `most` is how many belong to the party."""
    return admitted if arrived + admitted > most else arrived + admitted


def in_after(most: int, admissions: Iterable[int]) -> int:
    """Who is in after all of these, in their order."""
    arrived = 0
    for admitted in admissions:
        arrived = in_now(most, arrived, admitted)
    return arrived
