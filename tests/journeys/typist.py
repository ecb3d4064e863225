"""A person at the keyboard: uneven, now and then two keys almost at once, the next one down before the last is up."""

from __future__ import annotations

import random

from models import keyboards
from tests.journeys.x_keys import Keyboard

Move = tuple[float, int, bool]
"""When, which key, and whether it goes down."""


def moves(text: str, chance: random.Random) -> list[Move]:
    """What the fingers do for a text, in order of time (ms)."""
    found: list[Move] = []
    at = 150.0
    for code, shift in keyboards.typed(text):
        up = at + chance.uniform(45, 110)
        if shift:
            found.append((at - chance.uniform(15, 60), min(keyboards.SHIFTS), True))
            found.append((at + chance.uniform(1, 40), min(keyboards.SHIFTS), False))
            at += 90
        found += [(at if not shift else at - 90, code, True), (up, code, False)]
        quick = chance.random() < 0.1
        at += chance.uniform(12, 35) if quick else max(45.0, chance.gauss(115, 35))
    return sorted(found)


def types(keyboard: Keyboard, text: str, chance: random.Random) -> str:
    """Types a text; the same key is never pressed again before it is up. Answers what the fingers really wrote.

    Sometimes Shift is down a moment too early or too late, as with people.
    """
    before = 0.0
    down: set[int] = set()
    strokes: list[keyboards.Stroke] = []
    for at, code, goes_down in moves(text, chance):
        if goes_down == (code in down):
            continue
        if goes_down and code in keyboards.WRITING:
            strokes.append((code, bool(down & keyboards.SHIFTS)))
        (down.add if goes_down else down.discard)(code)
        keyboard.key(code, goes_down, round(at - before))
        before = at
    for code in down:
        keyboard.key(code, False, 30)
    keyboard.flush()
    keyboard.wait()
    return keyboards.written(strokes)
