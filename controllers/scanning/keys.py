"""One key going down or up, as the scanner's watch sees it, whatever system told of it.

`code` is the key's place on the board (`models.keyboards`), so no language of the computer and no
input method can change what a scanner's key means.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum
from typing import Any

from models import keyboards
from models.frozen import frozen


class Place(Enum):
    """What has the keyboard: nothing that is written in, one line or several that are, or a password."""

    KEYS = "keys"
    TEXT = "text"
    LINES = "lines"
    SECRET = "secret"


@frozen
class Key:
    """`time_ms` is the time stamp of whoever saw the key, never the moment it reached us.

    `plain`: no Ctrl, Alt or system key is held with it. `raw` is what gives the key back untouched; one that is
    `turned` was Enter or Tab, and is given back as a space.
    """

    time_ms: int
    code: int
    pressed: bool
    shift: bool = False
    plain: bool = True
    repeat: bool = False
    raw: Any = field(default=None, compare=False)
    turned: bool = False

    @property
    def writes(self) -> bool:
        """Whether it puts a sign into a text."""
        return self.plain and self.code in keyboards.WRITING

    @property
    def ends(self) -> str:
        """'Enter' or 'Tab' for a key that scanners send last."""
        if not self.plain:
            return ""
        if self.code in (keyboards.ENTER, keyboards.KEYPAD_ENTER):
            return "Enter"
        return "Tab" if self.code == keyboards.TAB else ""

    @property
    def stroke(self) -> keyboards.Stroke:
        """Place and Shift."""
        return self.code, self.shift


def as_space(key: Key) -> tuple[Key, Key]:
    """A break in a text that a machine wrote, where Enter would press a button: a space going down and up."""
    down = replace(key, code=keyboards.SPACE, shift=False, turned=True)
    return down, replace(down, pressed=False)


CLOCK = 1 << 32
"""Milliseconds after which the clock of keys starts anew."""


def elapsed(before: Key, after: Key) -> int:
    """Milliseconds between two keys; X11's clock starts anew after 49 days."""
    gap = (after.time_ms - before.time_ms) % CLOCK
    return gap if gap < CLOCK // 2 else 0
