"""Tells from one test code how a scanner is set up: its country, its ending, its speed, and what to change.

The code has what countries' keyboards disagree about: digits, dashes, and the letters that wander.
"""

from __future__ import annotations

from enum import Enum

from controllers.scanning.burst import Burst, Rhythm
from models import keyboards
from models.codes import LENGTH, tidy
from models.counter_settings import QUICKEST_MS, SLOWEST_MS, SLOWEST_RHYTHM_MS
from models.frozen import frozen

TEST_CODE = "CF-TEST-0123456789-AZQWMY"
TEST_NUMBER = "90000000000104713802569100"
"""26 digits as on a voucher, of a key no house has."""


_EVEN = 8
"""The furthest gap of an even scanner is off the middle one by no more than this part of it."""
_LEEWAY_MS = 4


class Finding(Enum):
    """What is to be said about a scanner."""

    RIGHT = "right"
    OTHER_LAYOUT = "other-layout"
    CAPITALS = "capitals"
    NO_ENTER = "no-enter"
    SLOW = "slow"
    STEADY = "steady"
    """As slow as a person, but so even that it can be told by that."""
    TOO_SLOW = "too-slow"
    INCOMPLETE = "incomplete"
    OTHER_CODE = "other-code"


@frozen
class Diagnosis:
    """`layout` is the country the scanner is set to, None where this code does not tell."""

    burst: Burst
    layout: str | None
    findings: tuple[Finding, ...]
    wait_ms: int
    """How long Counterfoil would have to wait from key to key for this scanner."""
    rhythm: Rhythm
    """What a scanner slower than that would be told by."""

    @property
    def text(self) -> str:
        """What was meant, as far as it is known."""
        return keyboards.written(self.burst.strokes, self.layout) if self.layout else self.burst.text

    @property
    def right(self) -> bool:
        """Whether nothing needs to be done."""
        return self.findings == (Finding.RIGHT,)


def diagnose(
    burst: Burst, *, set_to: str, waits_ms: int = QUICKEST_MS, rhythm: Rhythm | None = None
) -> Diagnosis:
    """What a scan of the test code says about its scanner, while Counterfoil reads it as of country `set_to`.

    `rhythm` is the one that was learned already.
    """
    layout = _layout(burst.strokes, set_to)
    found = [_about_text(burst, layout, set_to)]
    if not burst.ended_by:
        found.append(Finding.NO_ENTER)
    if burst.gap_ms > SLOWEST_MS:
        found += [] if _is_in_time(burst, rhythm) else [_about_rhythm(burst)]
    elif burst.gap_ms > waits_ms:
        found.append(Finding.SLOW)
    whole = [one for one in found if one is not Finding.RIGHT]
    wait = min(SLOWEST_MS, max(QUICKEST_MS, burst.gap_ms + burst.gap_ms // 4))
    learned = Rhythm(burst.gap_ms, burst.swing_ms + max(_LEEWAY_MS, burst.swing_ms // 2))
    return Diagnosis(burst, layout, tuple(whole) or (Finding.RIGHT,), wait, learned)


def _is_in_time(burst: Burst, rhythm: Rhythm | None) -> bool:
    return rhythm is not None and abs(burst.gap_ms - rhythm.gap_ms) + burst.swing_ms <= rhythm.swing_ms


def _about_rhythm(burst: Burst) -> Finding:
    """A person is never so even: of two keys at a time one is a third later or sooner than the other."""
    is_even = burst.swing_ms <= burst.gap_ms // _EVEN
    return Finding.STEADY if is_even and burst.gap_ms <= SLOWEST_RHYTHM_MS else Finding.TOO_SLOW


def is_test(strokes: tuple[keyboards.Stroke, ...]) -> bool:
    """Whether these are the keys of the test code, from a scanner of any country."""
    return _layout(strokes, "us") is not None


def _layout(strokes: tuple[keyboards.Stroke, ...], first: str) -> str | None:
    for layout in (first, *keyboards.LAYOUTS):
        if keyboards.written(strokes, layout) == TEST_CODE:
            return layout
    turned = tuple((code, not shift) for code, shift in strokes)
    for layout in (first, *keyboards.LAYOUTS):
        if TEST_CODE in (
            keyboards.written(strokes, layout).upper(),
            keyboards.written(turned, layout).upper(),
        ):
            return layout
    return None


def _about_text(burst: Burst, layout: str | None, set_to: str) -> Finding:
    if layout is None:
        whole = len(burst.strokes) == LENGTH and tidy(burst.text) == TEST_NUMBER
        if whole:
            return Finding.RIGHT
        part = 0 < len(burst.strokes) < len(TEST_CODE) and _is_part(burst.text)
        return Finding.INCOMPLETE if part else Finding.OTHER_CODE
    if keyboards.written(burst.strokes, layout) != TEST_CODE:
        return Finding.CAPITALS
    return Finding.RIGHT if layout == set_to else Finding.OTHER_LAYOUT


def _is_part(text: str) -> bool:
    """Whether a text is the test code with some of its signs missing."""
    signs = iter(TEST_CODE)
    return all(sign in signs for sign in text)
