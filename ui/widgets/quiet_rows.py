"""Keeps the row under the cursor where it is when somebody else changes what a list shows.

Nobody shall confirm another order than the one looked at because a row came above it that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

R = TypeVar("R")


def in_place(
    shown: Sequence[R], new: Sequence[R], cursor: Hashable, identify: Callable[[R], Hashable]
) -> tuple[list[R], int]:
    """The new rows with the one under the cursor where it was, and how many changes above it are held back."""
    fresh = {identify(one): one for one in new}
    at = next((at for at, one in enumerate(shown) if identify(one) == cursor), -1)
    if cursor not in fresh or at < 0:
        return list(new), 0
    above = [identify(one) for one in shown[: at + 1]]
    if [identify(one) for one in new[: at + 1]] == above:
        return list(new), 0
    places = {name: place for place, name in enumerate(fresh)}
    kept = [fresh.get(identify(one), one) for one in shown[: at + 1]]
    came = sum(name not in above for name, place in places.items() if place < places[cursor])
    went = sum(places.get(name, len(new)) > places[cursor] for name in above)
    below = [one for one in new[places[cursor] + 1 :] if identify(one) not in above]
    return [*kept, *below], came + went
