"""Tells from one test code how a scanner is set up: its country, its ending, its speed, and what to change.

The code has what countries' keyboards disagree about: digits, dashes, and the letters that wander.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from controllers.scanning.burst import Burst
from models import keyboards
from models.codes import LENGTH, tidy
from models.counter_settings import QUICKEST_MS, SLOWEST_MS

TEST_CODE = "CF-TEST-0123456789-AZQWMY"
TEST_NUMBER = "90000000000104713802569100"
"""26 digits as on a voucher, of a key no house has."""


class Finding(Enum):
    """What is to be said about a scanner."""

    RIGHT = "right"
    OTHER_LAYOUT = "other-layout"
    CAPITALS = "capitals"
    NO_ENTER = "no-enter"
    SLOW = "slow"
    TOO_SLOW = "too-slow"
    INCOMPLETE = "incomplete"
    OTHER_CODE = "other-code"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`layout` is the country the scanner is set to, None where this code does not tell."""

    burst: Burst
    layout: str | None
    findings: tuple[Finding, ...]
    wait_ms: int
    """How long Counterfoil would have to wait from key to key for this scanner."""

    @property
    def text(self) -> str:
        """What was meant, as far as it is known."""
        return keyboards.written(self.burst.strokes, self.layout) if self.layout else self.burst.text

    @property
    def right(self) -> bool:
        """Whether nothing needs to be done."""
        return self.findings == (Finding.RIGHT,)


def diagnose(burst: Burst, *, set_to: str, waits_ms: int = QUICKEST_MS) -> Diagnosis:
    """What a scan of the test code says about its scanner, while Counterfoil reads it as of country `set_to`."""
    layout = _layout(burst.strokes, set_to)
    found = [_about_text(burst, layout, set_to)]
    if not burst.ended_by:
        found.append(Finding.NO_ENTER)
    if burst.gap_ms > SLOWEST_MS:
        found.append(Finding.TOO_SLOW)
    elif burst.gap_ms > waits_ms:
        found.append(Finding.SLOW)
    whole = [one for one in found if one is not Finding.RIGHT]
    wait = min(SLOWEST_MS, max(QUICKEST_MS, burst.gap_ms + burst.gap_ms // 4))
    return Diagnosis(burst, layout, tuple(whole) or (Finding.RIGHT,), wait)


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
