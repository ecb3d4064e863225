"""The settings of a counter are read as far as they can be believed, and never keep a desk from opening."""

from __future__ import annotations

from typing import Any

import pytest

from models.counter_settings import CounterSettings, settings_of


def test_what_was_kept_is_read_again() -> None:
    chosen = CounterSettings(look_first=True, volume=30, scanner_layout="de", scanner_gap_ms=45)
    assert settings_of(chosen.as_kept()) == chosen


@pytest.mark.parametrize(
    "kept",
    [
        *(None, [], "x", {}),
        *({"volume": "loud"}, {"volume": 400}, {"look_first": 1}),
        *({"scanner_layout": "xx"}, {"scanner_gap_ms": 5}, {"scanner_gap_ms": 500}, {"scanner_port": None}),
    ],
)
def test_what_cannot_be_believed_is_the_usual(kept: Any) -> None:
    assert settings_of(kept) == CounterSettings()


def test_a_setting_of_a_newer_program_is_passed_over() -> None:
    assert settings_of({"volume": 10, "colour": "mauve"}) == CounterSettings(volume=10)


@pytest.mark.parametrize(("rhythm", "swing"), [(40, 8), (90, 0), (90, 40), (250, 10), (True, 8)])
def test_a_rhythm_that_cannot_be_a_slow_scanners_is_none(rhythm: object, swing: int) -> None:
    believed = settings_of({"scanner_rhythm_ms": rhythm, "scanner_swing_ms": swing, "volume": 10})
    assert (believed.scanner_rhythm_ms, believed.scanner_swing_ms, believed.volume) == (0, 0, 10)


def test_a_rhythm_that_was_learned_is_kept() -> None:
    kept = settings_of({"scanner_rhythm_ms": 90, "scanner_swing_ms": 12})
    assert (kept.scanner_rhythm_ms, kept.scanner_swing_ms) == (90, 12)
