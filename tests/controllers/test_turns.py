"""Whose turn it is: the longest wait first, a failure holds nobody up, and a change brings its job at once."""

from __future__ import annotations

from datetime import timedelta

from controllers.turns import IN_A_ROW, PAUSES_S, Turns
from controllers.work_list import Job


def a_job(word: str, *wakes: str, every: float = 10.0) -> Job:
    return Job(word, timedelta(seconds=every), lambda _desk: None, frozenset(wakes))


ONE, TWO = a_job("one", "letters"), a_job("two", every=4)


def all_due(turns: Turns, now: float) -> list[str]:
    due = []
    while (job := turns.begin_next(now)) is not None:
        due.append(job.word)
    return due


def test_everybody_has_a_turn_at_the_start_and_then_each_in_its_own_time() -> None:
    turns = Turns((ONE, TWO), 0.0)
    assert all_due(turns, 0.0) == ["one", "two"]
    turns.end(ONE, 1.0, more=False)
    turns.end(TWO, 1.0, more=False)
    assert turns.wait_s(1.0) == 4.0
    assert (all_due(turns, 4.9), all_due(turns, 5.0), turns.wait_s(5.0)) == ([], ["two"], 6.0)


def test_who_is_at_work_is_not_given_a_second_turn() -> None:
    turns = Turns((ONE,), 0.0)
    assert all_due(turns, 0.0) == ["one"]
    turns.wake(frozenset(("letters",)), 1.0)
    assert (all_due(turns, 100.0), turns.running) == ([], 1)
    turns.end(ONE, 100.0, more=False)
    assert all_due(turns, 100.0) == ["one"], "it was woken while it was at work"


def test_who_finds_more_comes_again_behind_the_others() -> None:
    turns = Turns((ONE, TWO), 0.0)
    turns.begin_next(0.0)
    turns.end(ONE, 0.5, more=True)
    assert all_due(turns, 1.0) == ["two", "one"]


def test_a_change_brings_the_turn_of_those_it_wakes() -> None:
    turns = Turns((ONE, TWO), 0.0)
    for word in all_due(turns, 0.0):
        turns.end(ONE if word == "one" else TWO, 0.0, more=False)
    assert not turns.wake(frozenset(("holidays",)), 1.0)
    assert turns.wake(frozenset(("letters", "scans")), 1.0)
    assert all_due(turns, 1.0) == ["one"]


def test_who_fails_waits_longer_and_longer_and_holds_nobody_up() -> None:
    turns, now = Turns((ONE, TWO), 0.0), 0.0
    first = []
    for pause in (*PAUSES_S, PAUSES_S[-1]):
        assert "one" in all_due(turns, now)
        first.append(turns.fail(ONE, now))
        turns.end(TWO, now, more=False)
        assert not turns.wake(frozenset(("letters",)), now), "a change does not hammer what is broken"
        assert all_due(turns, now + pause - 0.1) == ["two"] * (pause > 4.1)
        if pause <= 4.1:
            turns.begin_next(now + 4)
        now += pause
    assert first == [True] + [False] * len(PAUSES_S)


def test_a_success_forgets_the_failures() -> None:
    turns = Turns((ONE,), 0.0)
    turns.begin_next(0.0)
    turns.fail(ONE, 0.0)
    turns.begin_next(5.0)
    turns.end(ONE, 5.0, more=False)
    turns.begin_next(15.0)
    assert turns.fail(ONE, 15.0)
    assert turns.wait_s(15.0) == PAUSES_S[0]


def test_who_knows_that_there_is_nothing_for_a_while_is_not_asked_before() -> None:
    turns = Turns((ONE,), 0.0)
    turns.begin_next(0.0)
    turns.end(ONE, 1.0, more=False, rest_s=2.5)
    assert turns.wait_s(1.0) == 2.5
    assert turns.wake(frozenset(("letters",)), 1.5)
    assert turns.wait_s(1.5) == 0


def test_nobody_rests_longer_than_its_own_pace() -> None:
    turns = Turns((TWO,), 0.0)
    turns.begin_next(0.0)
    turns.end(TWO, 0.0, more=False, rest_s=3_600)
    assert turns.wait_s(0.0) == 4


def test_who_finds_something_without_end_comes_once_a_second() -> None:
    turns, now, times = Turns((ONE,), 0.0), 0.0, 0
    while now < 10:
        now += turns.wait_s(now)
        assert turns.begin_next(now) is ONE
        turns.end(ONE, now, more=True)
        times += 1
    assert times <= IN_A_ROW + 12

    turns.begin_next(now + 1)
    turns.end(ONE, now + 1, more=False)
    turns.wake(frozenset(("letters",)), now + 2)
    turns.begin_next(now + 2)
    turns.end(ONE, now + 2, more=True)
    assert turns.wait_s(now + 2) == 0, "it had nothing to do once: it may come at once again"
