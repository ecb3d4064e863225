"""Remembers what was done at this window and can still be taken back by Ctrl+Z: the last first, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(eq=False, slots=True)
class Takeable:
    """One deed, how it is taken back, and until when one key does it."""

    undo: Callable[[], object]
    until: datetime


class TakingBack:
    """Knows nothing of what the deeds were."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: list[Takeable] = []

    def add(self, undo: Callable[[], object], lasts: timedelta) -> Takeable:
        """Something was done that `undo` takes back."""
        made = Takeable(undo, self._now() + lasts)
        self._kept.append(made)
        return made

    def take(self, what: Takeable) -> None:
        """Take this one back, unless it was already; where that is refused, it is not tried again."""
        if what in self._kept:
            self._kept.remove(what)
            what.undo()

    def take_last(self) -> bool:
        """Take back what was done last and can still be; False where there is nothing."""
        self._kept = [one for one in self._kept if one.until >= self._now()]
        if not self._kept:
            return False
        self.take(self._kept[-1])
        return True
