"""Makes the sounds of the counter, each from a few tones and knocks: `python resources/sounds/make.py`.

A queue is loud and a counter's loudspeaker small: every sound has a shape of its own in time (rising, double,
triple, long), not only a pitch of its own, and low ones carry overtones that a small loudspeaker can give.
None is longer than 400 ms. The files are kept beside this one; made again they are the same.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RATE = 22_050
LONGEST_S = 0.4
PEAK = 0.85
PURE = (1.0,)
BRIGHT = (1.0, 0.28, 0.1)
COIN = (1.0, 0.0, 0.45, 0.0, 0.3)
LOW = (1.0, 0.8, 0.55, 0.4, 0.25)


@dataclass(frozen=True, slots=True)
class Part:
    """One tone or knock: when it starts, how long it rings and how loud.

    `overtones` are the loudness of the tone, of its double, of its triple. It swells for `swell_s` and then
    falls off, the faster the larger `fall` is. `noise` is the part of it that is only a rustle.
    """

    at_s: float
    lasts_s: float
    pitch: float
    overtones: Sequence[float] = BRIGHT
    loud: float = 1.0
    swell_s: float = 0.004
    fall: float = 2.0
    noise: float = 0.0


def _knock(at_s: float, pitch: float, loud: float = 1.0) -> Part:
    """Wood on wood."""
    return Part(at_s, 0.09, pitch, (1.0, 0.7, 0.5), loud, 0.001, 7, noise=0.35)


def _tick(at_s: float, pitch: float, loud: float) -> Part:
    return Part(at_s, 0.022, pitch, PURE, loud, 0.0005, 6, noise=0.5)


SOUNDS: dict[str, tuple[Part, ...]] = {
    # come in: a rising pair
    "go": (Part(0, 0.12, 660), Part(0.11, 0.19, 990)),
    # come in, and read the note: three times the same, softly
    "check": tuple(Part(n * 0.125, 0.12, 784, PURE, 0.75, 0.012, 3) for n in range(3)),
    # come in, as far as this counter can tell: a rising pair and a tick
    "offline": (Part(0, 0.1, 554), Part(0.1, 0.16, 831), _tick(0.32, 3200, 1.0)),
    # money first: two bright tones, coins on a plate
    "money": (Part(0, 0.19, 2093, COIN), Part(0.17, 0.22, 1661, COIN)),
    # not now or not here: two calm tones, going down
    "later": (Part(0, 0.19, 698, BRIGHT, 0.9, 0.008, 1.2), Part(0.18, 0.21, 523, BRIGHT, 0.9, 0.008, 1.6)),
    # again: two knocks; with none left the second is lower
    "used": (_knock(0, 400), _knock(0.15, 400)),
    "none-left": (_knock(0, 400), _knock(0.19, 190, 1.0)),
    # no: one low long tone; for a code that is not ours two short ones
    "no": (Part(0, 0.39, 196, LOW, 0.95, 0.01, 0.6),),
    "forged": tuple(Part(at, 0.13, 147, LOW, 0.95, 0.006, 1.0) for at in (0, 0.23)),
    # nothing known under this: one low short tone
    "unknown": (Part(0, 0.2, 233, LOW, 0.85, 0.008, 2.0),),
    # not read: a click
    "unreadable": (_tick(0, 2100, 0.8),),
    # it waits behind a question: a soft click
    "queued": (Part(0, 0.05, 900, PURE, 0.4, 0.002, 6),),
    # a new order, wherever one is: one soft tone
    "order": (Part(0, 0.38, 880, PURE, 0.45, 0.09, 1.2),),
}
"""What each one is called by, and what it is made of."""


def samples(parts: Sequence[Part]) -> array[int]:
    """The parts, one over the other."""
    ends = max(part.at_s + part.lasts_s for part in parts)
    sum_of_all = [0.0] * math.ceil(ends * RATE)
    for part in parts:
        tone, rustle = _tone(part), _rustle()
        start = round(part.at_s * RATE)
        for n in range(min(round(part.lasts_s * RATE), len(sum_of_all) - start)):
            at = n / RATE
            sound = (1 - part.noise) * tone(at) + part.noise * rustle()
            sum_of_all[start + n] += part.loud * _envelope(part, at) * sound
    highest = max(1.0, *(abs(one) for one in sum_of_all))
    return array("h", (round(one / highest * PEAK * 32767) for one in sum_of_all))


def write(folder: Path = FOLDER) -> None:
    """A file for each of them."""
    for name, parts in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            made = samples(parts)
            if sys.byteorder == "big":  # a wave file is always written the other way round
                made.byteswap()
            file.writeframes(made.tobytes())


def _tone(part: Part) -> Callable[[float], float]:
    turns = [(2 * math.pi * part.pitch * n, loud) for n, loud in enumerate(part.overtones, 1) if loud]
    whole = sum(loud for _, loud in turns)
    return lambda at: sum(loud * math.sin(turn * at) for turn, loud in turns) / whole


def _rustle() -> Callable[[], float]:
    """The same noise every time: numbers that follow no order one could hear."""
    state = 20_261

    def next_one() -> float:
        nonlocal state
        state = (state * 1_103_515_245 + 12_345) % 2**31
        return state / 2**30 - 1

    return next_one


def _envelope(part: Part, at: float) -> float:
    """How loud the part is a moment after its start: it swells, falls, and ends without a crack."""
    swell = min(1.0, at / part.swell_s)
    fall = math.exp(-part.fall * at / part.lasts_s)
    left = part.lasts_s - at
    return swell * fall * min(1.0, left / min(0.012, part.lasts_s / 3))


if __name__ == "__main__":
    write()
