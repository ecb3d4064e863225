"""A key answers what is on screen only if a person can have seen it, and was not in the middle of a word."""

from __future__ import annotations

import pytest

from controllers.scanning.key_flow import KeyFlow
from controllers.scanning.keys import CLOCK, Key

U, ENTER, LEFT, SHIFT = 22, 28, 105, 42


class Person:
    """Presses keys by the keyboard's own clock; the program's is some hours ahead of it."""

    def __init__(self, stamp: int = 50_000) -> None:
        self.stamp, self.late = stamp, 0
        self.flow = KeyFlow(lambda: self.stamp + 9_000_000 + self.late)

    def writes(self, letters: int, gap: int, code: int = U) -> None:
        for _ in range(letters):
            self.stamp += gap
            key = Key(self.stamp % CLOCK, code, True)
            self.flow.heard(key)
            self.flow.wrote(key)

    def answers(self, after: int, *, writes: bool = True) -> bool:
        """Whether a key so long after the last thing is heard."""
        self.stamp += after
        self.flow.heard(Key(self.stamp % CLOCK, U, True))
        return self.flow.answers(self.stamp % CLOCK, writes=writes)


@pytest.mark.parametrize("gap", [60, 150, 390])
def test_the_next_letters_of_a_word_answer_nothing_and_a_letter_after_a_pause_does(gap: int) -> None:
    person = Person()
    person.writes(5, gap)
    person.flow.shown()
    assert [person.answers(gap) for _ in range(6)] == [False] * 6
    assert person.answers(1_100)


def test_enter_at_the_end_of_a_word_answers_nothing_and_enter_again_does() -> None:
    person = Person()
    person.writes(4, 120)
    person.flow.shown()
    assert not person.answers(200, writes=False)
    assert person.answers(300, writes=False)


def test_who_was_not_writing_is_heard_as_soon_as_they_can_have_seen_it() -> None:
    person = Person()
    person.writes(8, 100)
    person.writes(1, 100, ENTER)  # the number is typed: what follows is an answer
    person.flow.shown()
    assert person.answers(160)
    for key in (LEFT, ENTER):
        person.flow.gone()
        person.writes(1, 500, key)
        person.flow.shown()
        assert person.answers(200)


def test_a_key_that_was_pressed_before_the_verdict_was_seen_is_none_of_its_keys() -> None:
    person = Person()
    person.writes(1, 100, LEFT)
    pressed = person.stamp + 30
    person.stamp += 40
    person.flow.shown()
    person.stamp += 60  # the program was busy, and sees the key only now
    assert not person.flow.answers(pressed, writes=False)
    assert not person.answers(0)
    assert person.answers(450)


def test_a_key_of_a_busy_program_is_judged_by_when_it_was_pressed() -> None:
    person = Person()
    person.writes(1, 100, LEFT)
    person.flow.shown()
    pressed = person.stamp + 200
    person.late = 3_000
    assert person.flow.answers(pressed, writes=True)


def test_keys_on_a_verdict_are_no_word_for_the_next_one() -> None:
    person = Person()
    person.flow.shown()
    assert person.answers(300)
    person.writes(1, 0)  # the same key, as the watch tells of it
    person.flow.shown()
    assert person.answers(200)


def test_what_no_keyboard_has_pressed_is_always_heard() -> None:
    person = Person()
    person.writes(3, 100)
    person.flow.shown()
    assert person.flow.answers(0, writes=True)


def test_the_clock_of_keys_may_start_anew() -> None:
    person = Person(CLOCK - 150)
    person.writes(2, 100)
    person.flow.shown()
    assert not person.answers(100)
    assert person.answers(1_100)


def test_shift_and_a_scanners_keys_are_no_writing() -> None:
    person = Person()
    for _ in range(26):
        person.stamp += 2
        person.flow.heard(Key(person.stamp, U, True))  # taken for a scanner's: nobody wrote it
    person.writes(1, 10, SHIFT)
    person.flow.shown()
    assert person.answers(160)
