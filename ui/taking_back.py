"""Remembers what was done at this window and can still be taken back by Ctrl+Z: the last first, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

BY_ONE_KEY = timedelta(minutes=10)
"""So long Ctrl+Z takes back what nobody outside has seen: the close of a trip, a letter that was put away."""


@dataclass(eq=False, slots=True)
class Takeable:
    """One deed, when it was done, how it is taken back, and until when one key does it."""

    undo: Callable[[], object]
    at: datetime
    until: datetime


class TakingBack:
    """Knows nothing of what the deeds were."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: list[Takeable] = []

    def add(self, undo: Callable[[], object], lasts: timedelta) -> Takeable:
        """Something was done that `undo` takes back."""
        now = self._now()
        made = Takeable(undo, now, now + lasts)
        self._kept.append(made)
        return made

    def take(self, what: Takeable) -> None:
        """Take this one back, unless it was already; where that is refused, it is not tried again."""
        if what in self._kept:
            self._kept.remove(what)
            what.undo()

    def take_last(self) -> bool:
        """Take back what was done last and can still be; False where there is nothing."""
        last = self.last
        if last is not None:
            self.take(last)
        return last is not None

    @property
    def last(self) -> Takeable | None:
        """What was done last of all that one key still takes back."""
        now = self._now()
        self._kept = [one for one in self._kept if one.until >= now]
        return self._kept[-1] if self._kept else None
