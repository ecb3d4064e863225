"""A code before a camera is one scan however long it is held up, and a misread one is none."""

from __future__ import annotations

from models.sightings import Sightings


def told(*sights: tuple[float, str, bool]) -> list[tuple[float, str]]:
    """Which of these sights (second, text, proven) were scans."""
    seen = Sightings()
    return [(at, text) for at, text, proven in sights if seen.see(text, at=at, proven=proven)]


def test_a_code_whose_check_digits_hold_counts_at_once() -> None:
    assert told((0.0, "OURS", True)) == [(0.0, "OURS")]


def test_another_text_counts_when_it_was_read_twice() -> None:
    assert told((0.0, "THEIRS", False), (0.1, "THEIRS", False)) == [(0.1, "THEIRS")]


def test_what_was_read_once_only_never_counts() -> None:
    assert told((0.0, "MISREAD", False), (0.1, "THEIRS", False), (0.2, "THEIRS", False)) == [(0.2, "THEIRS")]


def test_two_sights_far_apart_are_not_two_of_one() -> None:
    assert told((0.0, "MISREAD", False), (3.0, "MISREAD", False)) == []
    assert told((0.0, "A", False), (3.0, "A", False), (3.1, "A", False)) == [(3.1, "A")]


def test_a_code_that_is_held_up_for_a_minute_is_one_scan() -> None:
    minute = [(n * 0.5, "OURS", True) for n in range(120)]

    assert told(*minute) == [(0.0, "OURS")]


def test_a_code_that_comes_back_after_a_while_is_a_new_scan() -> None:
    assert told((0.0, "OURS", True), (4.9, "OURS", True), (10.0, "OURS", True)) == [
        (0.0, "OURS"),
        (10.0, "OURS"),
    ]


def test_two_codes_in_view_are_two_scans() -> None:
    assert told((0.0, "ONE", True), (0.0, "TWO", True), (0.1, "ONE", True)) == [(0.0, "ONE"), (0.0, "TWO")]


def test_a_day_at_the_gate_is_not_kept() -> None:
    seen = Sightings()
    for n in range(5000):
        seen.see(f"CODE {n}", at=float(n), proven=True)

    assert len(seen._sights) < 10
