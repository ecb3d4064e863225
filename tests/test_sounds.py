"""Listens to the sounds of the counter as a queue would hear them: no two may be taken for each other."""

from __future__ import annotations

import runpy
import wave
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy
import pytest

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
MAKER = runpy.run_path(str(FOLDER / "make.py"))
NAMES = sorted(file.stem for file in FOLDER.glob("*.wav"))
ACCEPT, REPEAT, MONEY = ("go", "check", "offline"), ("used", "none-left"), ("money",)
REFUSAL = ("no", "forged", "later", "unknown")
SMALL_LOUDSPEAKER_HZ = 300
SLICE_S, WHOLE_S = 0.02, 0.4


def heard(name: str) -> tuple[int, Any]:
    """How many samples a second, and the samples between -1 and 1."""
    with wave.open(str(FOLDER / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = numpy.frombuffer(file.readframes(file.getnframes()), "<i2")
        return file.getframerate(), frames / 32768


def through_small_loudspeaker(rate: int, samples: Any) -> Any:
    """Without what a counter's loudspeaker cannot give."""
    tones = numpy.fft.rfft(samples)
    tones[numpy.fft.rfftfreq(len(samples), 1 / rate) < SMALL_LOUDSPEAKER_HZ] = 0
    return numpy.fft.irfft(tones, len(samples))


@cache
def shape(name: str, *, small: bool = False) -> Any:
    """The sound as a picture: how strong each octave third is in each fiftieth of a second, as one long row."""
    rate, samples = heard(name)
    if small:
        samples = through_small_loudspeaker(rate, samples)
    length = round(SLICE_S * rate)
    padded = numpy.zeros(round(WHOLE_S / SLICE_S) * length)
    padded[: len(samples)] = samples[: len(padded)]
    pitches = numpy.fft.rfftfreq(length * 4, 1 / rate)
    edges = 100 * 2 ** (numpy.arange(22) / 3)
    rows = []
    for piece in padded.reshape(-1, length):
        power = numpy.abs(numpy.fft.rfft(piece * numpy.hanning(length), length * 4)) ** 2
        rows.append([power[(pitches >= low) & (pitches < high)].sum() for low, high in pairwise(edges)])
    picture = numpy.sqrt(numpy.array(rows)).ravel()
    return picture / numpy.linalg.norm(picture)


def alike(one: str, other: str, *, small: bool = False) -> float:
    """1 for the same sound, 0 for two that share nothing."""
    return float(shape(one, small=small) @ shape(other, small=small))


def test_every_sound_was_made_by_its_recipe() -> None:
    assert sorted(MAKER["SOUNDS"]) == NAMES
    for name, parts in MAKER["SOUNDS"].items():
        _, samples = heard(name)
        made = numpy.array(MAKER["samples"](parts)) / 32768
        assert len(made) == len(samples)
        assert numpy.abs(made - samples).max() <= 2 / 32768, name  # another computer may round otherwise


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_short_small_and_ends_without_a_crack(name: str) -> None:
    rate, samples = heard(name)
    assert rate == 22_050
    assert len(samples) / rate <= 0.4
    assert (FOLDER / f"{name}.wav").stat().st_size < 20_000
    assert 0.2 < numpy.abs(samples).max() < 0.95
    assert numpy.abs(samples[-20:]).max() < 0.05


@pytest.mark.parametrize("small", [False, True], ids=["plain", "through a small loudspeaker"])
def test_no_two_sounds_are_alike(small: bool) -> None:
    close = {(one, other): alike(one, other, small=small) for one, other in combinations(NAMES, 2)}
    assert {pair: likeness for pair, likeness in close.items() if likeness >= 0.75} == {}


@pytest.mark.parametrize("small", [False, True], ids=["plain", "through a small loudspeaker"])
def test_refusal_repeat_money_and_go_share_little(small: bool) -> None:
    groups = (ACCEPT, REPEAT, MONEY, REFUSAL)
    for here, there in combinations(groups, 2):
        for one in here:
            for other in there:
                assert alike(one, other, small=small) < 0.6, (one, other)


def rises(name: str) -> float:
    """How much stronger the higher half of the pitch is at the end than at the start, in octaves."""
    rate, samples = heard(name)

    def middle(part: Any) -> float:
        power = numpy.abs(numpy.fft.rfft(part)) ** 2
        pitches = numpy.fft.rfftfreq(len(part), 1 / rate)
        return float(pitches[power.argmax()])

    return float(numpy.log2(middle(samples[-len(samples) // 3 :]) / middle(samples[: len(samples) // 3])))


def strokes(name: str) -> int:
    """How many times it starts anew."""
    rate, samples = heard(name)
    length = round(0.01 * rate)
    loud = numpy.array([numpy.abs(samples[n : n + length]).max() for n in range(0, len(samples), length)])
    quiet, count = True, 0
    for level in loud / loud.max():
        if quiet and level > 0.5:
            quiet, count = False, count + 1
        elif level < 0.4:
            quiet = True
    return count


def test_each_sound_is_what_it_is_called() -> None:
    assert rises("go") > 0.4
    assert rises("later") < -0.3
    assert rises("money") < -0.2
    assert [strokes(name) for name in ("check", "used", "none-left", "no", "forged", "unreadable")] == [
        3, 2, 2, 1, 2, 1,
    ]  # fmt: skip


def test_money_lies_higher_than_later_and_refusals_lower_than_both() -> None:
    def pitch(name: str) -> float:
        rate, samples = heard(name)
        power = numpy.abs(numpy.fft.rfft(samples)) ** 2
        return float(numpy.fft.rfftfreq(len(samples), 1 / rate)[power.argmax()])

    assert pitch("money") > 2 * pitch("later")
    assert max(pitch("no"), pitch("forged"), pitch("unknown")) < 0.7 * pitch("later")
