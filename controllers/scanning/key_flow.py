"""Tells a key that answers what has just come up from one that was under way: a letter of a word, a finger in the air.

Whoever writes into a field does not stop at the moment a verdict appears. Their next letter must not be one of its
keys. Both are told by the time stamps of the keys themselves, never by waiting: who was not writing is heard at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from controllers.scanning.keys import CLOCK, Key
from models import keyboards

REACTION_MS = 150
"""Nobody answers sooner what they see; a key pressed before that was meant for what was there before."""
SHORTEST_MS, LONGEST_MS = 400, 1000
"""A person who writes pauses for less than this between two letters, whatever their own pace is."""
_STRANGE_MS = 10_000
_ERASE = 14


def _clock() -> int:
    return time.monotonic_ns() // 1_000_000


class KeyFlow:
    """`heard` is told of every key when it arrives, `wrote` of those that a person pressed."""

    def __init__(self, now_ms: Callable[[], int] = _clock) -> None:
        self._now = now_ms
        self._ahead: int | None = None
        self._shown: int | None = None
        self._last: int | None = None
        self._gap = 0

    def heard(self, key: Key) -> None:
        """A key has arrived. The quickest to come tells how its clock and ours agree."""
        lag = _between(key.time_ms, self._now())
        known = self._ahead
        self._ahead = lag if known is None or abs(_signed(lag - known)) > _STRANGE_MS else known
        self._ahead = lag if _signed(lag - self._ahead) < 0 else self._ahead

    def wrote(self, key: Key) -> None:
        """A person pressed this key; what is pressed on a verdict writes nothing."""
        if key.pressed and self._shown is None and key.code not in keyboards.SHIFTS:
            self._go_on(key.time_ms, writes=key.writes or key.code == _ERASE)

    def shown(self) -> None:
        """Something that is answered by keys has been painted."""
        self._shown = self._now()

    def gone(self) -> None:
        """It has gone again."""
        self._shown = self._last = None

    def answers(self, time_ms: int, *, writes: bool) -> bool:
        """Whether a key that was pressed then answers what is shown; 0 where no keyboard has pressed it."""
        if not time_ms or self._shown is None:
            return True
        time_ms %= CLOCK
        if self._moment(time_ms) < self._shown + REACTION_MS or self._flows(time_ms):
            self._go_on(time_ms, writes=writes)
            return False
        self._last = None
        return True

    def _flows(self, time_ms: int) -> bool:
        pause = min(LONGEST_MS, max(SHORTEST_MS, 2 * self._gap))
        return self._last is not None and 0 <= _signed(time_ms - self._last) <= pause

    def _go_on(self, time_ms: int, *, writes: bool) -> None:
        """A letter goes on with what is written; Enter, an arrow, or a command ends it."""
        before, self._last = self._last, time_ms if writes else None
        gap = _signed(time_ms - before) if before is not None else 0
        self._gap = gap if 0 <= gap <= LONGEST_MS else 0

    def _moment(self, time_ms: int) -> int:
        """When it was pressed, by our clock."""
        now = self._now()
        if self._ahead is None:
            return now
        return now - max(0, _signed(_between(time_ms, now) - self._ahead))


def _between(stamp: int, now: int) -> int:
    return (now - stamp) % CLOCK


def _signed(difference: int) -> int:
    """The clock of keys starts anew after some weeks."""
    difference %= CLOCK
    return difference if difference < CLOCK // 2 else difference - CLOCK
