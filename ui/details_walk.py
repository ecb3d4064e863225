"""Where a reservation stands in the list it was opened from, and the way to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence


class Walk:
    """The ids of a list as they were when one left it, however many, and the place in them. Nothing is copied."""

    def __init__(self, among: Sequence[int] = (), at: int = 0) -> None:
        self._among, self.at = among, at

    @property
    def count(self) -> int:
        """How many the list holds; 0 where one came from no list."""
        return len(self._among)

    @property
    def can_walk(self) -> bool:
        """Whether there is a neighbour at all."""
        return self.count > 1

    def step(self, steps: int) -> int | None:
        """The id so many places on, which is where one stands then; None beyond the ends."""
        at = self.at + steps
        if not 0 <= at < self.count:
            return None
        self.at = at
        return int(self._among[at])

    def holds(self, reservation_id: int) -> bool:
        """Whether this is the one at which the walk stands."""
        return 0 <= self.at < self.count and self._among[self.at] == reservation_id
