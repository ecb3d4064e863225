"""What a lane has the UI thread do: in steps between events, and never waited for by a program that closes."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui.question import Question


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_steps_are_done_by_the_ui_thread_with_events_between_them(
    background: Background, qtbot: QtBot
) -> None:
    done: list[str] = []

    def steps() -> Generator[None, None, None]:
        for name in ("first", "second", "third"):
            assert threading.current_thread() is threading.main_thread()
            done.append(name)
            QTimer.singleShot(0, lambda: done.append("event"))
            yield

    background.run(Lane.NETWORK, lambda: background.in_steps(steps()), lambda _none: done.append("over"))
    qtbot.waitUntil(lambda: "over" in done)
    assert done == ["first", "event", "second", "event", "third", "event", "over"]


def test_what_a_step_raises_is_raised_where_it_was_wanted(background: Background, qtbot: QtBot) -> None:
    told: list[Exception] = []

    def steps() -> Generator[None, None, None]:
        yield
        raise CannotDo("printer-silent", printer="Till")

    background.run(Lane.NETWORK, lambda: background.in_steps(steps()), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert [getattr(no, "code", no) for no in told] == ["printer-silent"]


def test_a_fault_in_an_older_question_does_not_answer_the_newer_one(
    background: Background, qtbot: QtBot
) -> None:
    told: list[Exception] = []
    background.trouble.connect(told.append)
    question, gate = Question(background, background), threading.Event()
    failed: list[str] = []
    question.failed.connect(lambda: failed.append("fault"))
    question.ask(lambda: 1 // 0)
    question.ask(lambda: gate.wait(30))
    qtbot.waitUntil(lambda: bool(told))
    assert question.is_open
    with qtbot.waitSignal(question.answered):
        gate.set()
    assert not question.is_open
    assert failed == []
    with qtbot.waitSignal(question.failed):
        question.ask(lambda: 1 // 0)
    assert not question.is_open


def test_two_lanes_are_served_one_after_the_other(background: Background, qtbot: QtBot) -> None:
    done: list[str] = []

    def steps(name: str) -> Generator[None, None, None]:
        for _ in range(3):
            done.append(name)
            yield

    for name in ("a", "b"):
        background.run(Lane.NETWORK, lambda name=name: background.in_steps(steps(name)))
    qtbot.waitUntil(background.idle)
    assert sorted(done) == ["a", "a", "a", "b", "b", "b"]
    assert done in (["a"] * 3 + ["b"] * 3, ["b"] * 3 + ["a"] * 3)


def test_a_closing_program_lets_go_of_the_lane_and_of_what_the_steps_held(
    background: Background, qtbot: QtBot
) -> None:
    told: list[str] = []

    def steps() -> Generator[None, None, None]:
        try:
            while True:
                told.append("step")
                yield
        finally:
            told.append("put away")

    def work() -> None:
        try:
            background.in_steps(steps())
        except CannotDo as no:
            told.append(no.code)

    background.run(Lane.NETWORK, work)
    qtbot.waitUntil(lambda: "step" in told)
    background.close()
    qtbot.waitUntil(lambda: "closing" in told)
    assert "put away" in told
