"""Decides when a code that a camera sees is a scan: once, however long it is held up, and never a misread one.

A camera looks many times a second, and now and then reads what is not there. A code of ours whose check digits
hold cannot be misread, so once is enough; anything else must be read twice. Held up, it is one scan; it becomes
another when nobody has shown it for a while.
"""

from __future__ import annotations

from models.checkin import SAME_SCAN_S
from models.frozen import frozen

AGAIN_WITHIN_S = 2.0
"""A second sight counts with the first only if it comes so soon."""


@frozen
class Sight:
    """One text that is or was in view: when last, by a clock that only goes forward, and whether it was a scan."""

    last: float
    counted: bool


class Sightings:
    """What one camera has in view."""

    def __init__(self) -> None:
        self._sights: dict[str, Sight] = {}

    def see(self, text: str, *, at: float, proven: bool) -> bool:
        """Whether this sight makes the text a scan. `proven`: its own check digits hold."""
        before = self._sights.get(text)
        if before is not None and before.counted:
            is_over = at - before.last > SAME_SCAN_S
        else:
            is_over = before is None or at - before.last > AGAIN_WITHIN_S
        if before is None or is_over:
            self._sights[text] = Sight(at, proven)
            self._forget(at)
            return proven
        self._sights[text] = Sight(at, True)
        return not before.counted

    def _forget(self, now: float) -> None:
        """What has long been out of view, so that a day at the gate is not kept."""
        gone = [text for text, sight in self._sights.items() if now - sight.last > SAME_SCAN_S]
        for text in gone:
            del self._sights[text]
