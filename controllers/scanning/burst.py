"""Judges keys that came quickly one after another: a scanner that reads a code, or a person?

Speed alone does not decide where text can be written: a text expander is as fast as a scanner, but what it
writes does not look like a code. Where nothing can be written, nobody types six keys faster than a scanner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from controllers.scanning.keys import Key, Place, elapsed
from models import keyboards
from models.codes import LENGTH
from models.frozen import frozen
from models.rewards import is_whole

QUICK_MS = 30
"""The middle gap of a scanner's keys is below this; a very fast typist's is above 60."""
MACHINE_MS = 15
LEAST = 6
SHORTEST = 4
STRAYS = 3
_DIGIT_KEYS = frozenset({41, *range(2, 12), 71, 72, 73, 75, 76, 77, 79, 80, 81, 82})
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9#][A-Za-z0-9\-_./:#]+")
_ADDRESS = re.compile(r"https?://[!-~]+")
_OURS = re.compile(r"CF-?\d+", re.IGNORECASE)
_AT_ONCE = 2
_FEW = 3
_LONG = 10


@frozen
class Rhythm:
    """How a slow scanner presses its keys: evenly, as no person does. `swing_ms`: how far off a key may be."""

    gap_ms: int
    swing_ms: int

    def fits(self, gap_ms: int) -> bool:
        """Whether a key came when this scanner's next key comes."""
        return abs(gap_ms - self.gap_ms) <= self.swing_ms

    @property
    def longest_ms(self) -> int:
        """When its next key must be there."""
        return self.gap_ms + self.swing_ms


@frozen
class Burst:
    """What a scanner sent: its text, the strokes as they came, and how: ended by 'Enter', 'Tab' or '' (silence).

    `swing_ms` is how far a gap between two keys was from the middle one at most.
    """

    text: str
    strokes: tuple[keyboards.Stroke, ...]
    ended_by: str
    gap_ms: int
    took_ms: int
    swing_ms: int = 0


def is_scan(keys: Sequence[Key], place: Place, *, slowest_ms: int = QUICK_MS) -> bool:
    """Whether a scanner sent these keys."""
    strokes = [key.stroke for key in keys if key.pressed and key.writes]
    gaps = gaps_of(keys)
    if not gaps or median(gaps) > slowest_ms or _at_once(keys) > _AT_ONCE:
        return False
    if len(strokes) < LEAST:
        return len(strokes) >= SHORTEST and bool(_OURS.fullmatch(keyboards.written(strokes)))
    if is_our_code(strokes):
        return True
    if place is Place.SECRET:
        return False
    return looks_like_a_code(strokes) or (place is Place.KEYS and median(gaps) <= MACHINE_MS)


def is_slow_scan(keys: Sequence[Key], place: Place, *, cut: bool = False) -> bool:
    """Whether keys in a learned rhythm are a code, and a long one: a short word may be in time by chance.

    `cut`: another key followed soon, so only our 26 digits can have been whole.
    """
    strokes = [key.stroke for key in keys if key.pressed and key.writes]
    if is_our_code(strokes) or cut:
        return is_our_code(strokes)
    long = len(strokes) >= _LONG and place is not Place.SECRET
    return long and _at_once(keys) <= _AT_ONCE and looks_like_a_code(strokes)


def is_machines(keys: Sequence[Key], *, slowest_ms: int = QUICK_MS) -> bool:
    """Whether no hand can have pressed these keys, whatever they say; a few must all come at a machine's speed."""
    gaps = gaps_of([key for key in keys if key.writes or key.ends])
    if len(gaps) < _FEW or _at_once(keys) > _AT_ONCE:
        return False
    return max(gaps) <= MACHINE_MS or (len(gaps) >= LEAST and median(gaps) <= slowest_ms)


def is_our_code(strokes: Sequence[keyboards.Stroke]) -> bool:
    """26 digits, by their places, whatever a wrong Shift or country made of them."""
    return len(strokes) == LENGTH and all(code in _DIGIT_KEYS for code, _ in strokes)


def may_grow(strokes: Sequence[keyboards.Stroke]) -> bool:
    """Whether these are so far only the beginning of our 26 digits."""
    return len(strokes) < LENGTH and all(code in _DIGIT_KEYS for code, _ in strokes)


def looks_like_a_code(strokes: Sequence[keyboards.Stroke]) -> bool:
    """A reference of a channel, an address or a reward code, as a scanner of some country would send it."""
    texts = {keyboards.written(strokes, layout) for layout in keyboards.LAYOUTS}
    return any(_REFERENCE.fullmatch(text) or _ADDRESS.fullmatch(text) or is_whole(text) for text in texts)


def strays(keys: Sequence[Key]) -> int:
    """How many of the first keys are a person's, pressed just before a scanner sent our 26 digits.

    Only there can it be told: a scanner too may stumble after its first sign.
    """
    writing = [at for at, key in enumerate(keys) if key.pressed and key.writes]
    before = writing[:-LENGTH]
    if not 0 < len(before) <= STRAYS or not is_our_code([keys[at].stroke for at in writing[-LENGTH:]]):
        return 0
    first = writing[-LENGTH]
    pause = elapsed(keys[before[-1]], keys[first])
    return first if pause >= max(8, 4 * median(gaps_of(keys[first:]))) else 0


def gaps_of(keys: Sequence[Key]) -> list[int]:
    """Milliseconds between keys going down."""
    pressed = [key for key in keys if key.pressed]
    return [elapsed(a, b) for a, b in pairwise(pressed)]


def burst_of(keys: Sequence[Key], ended_by: str, layout: str) -> Burst:
    """What these keys are as a scan, from a scanner set to that country."""
    written = [key for key in keys if key.pressed and key.writes]
    strokes, gaps = tuple(key.stroke for key in written), gaps_of(written)
    middle = round(median(gaps))
    swing = max(abs(gap - middle) for gap in gaps)
    took = elapsed(keys[0], keys[-1])
    return Burst(keyboards.written(strokes, layout), strokes, ended_by, middle, took, swing)


def _at_once(keys: Sequence[Key]) -> int:
    """The most keys that were down together: a hand on the board presses many, a scanner one after the other."""
    down: set[int] = set()
    most = 0
    for key in keys:
        if key.pressed and key.writes:
            down.add(key.code)
            most = max(most, len(down))
        else:
            down.discard(key.code)
    return most
