"""Who is in, by the scans that let them in: more than the party are in on another visit, counted from its start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def belonged(did: Mapping[str, Any], admitted: int) -> int:
    """How many belonged to the party when a scan let so many in.

    One that did not note it yet let in some of a party of at least these and those who were in before them.
    """
    return int(did.get("most", did.get("arrived_before", 0) + admitted))


def in_now(most: int, arrived: int, admitted: int) -> int:
    """Who is in after an admission; `most` is how many belong to the party."""
    return admitted if arrived + admitted > most else arrived + admitted


def in_after(admissions: Iterable[tuple[int, int]]) -> int:
    """Who is in after all of these, in their order: how many belonged to the party then, and how many came in."""
    arrived = 0
    for most, admitted in admissions:
        arrived = in_now(most, arrived, admitted)
    return arrived
