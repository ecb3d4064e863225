"""Of several windows one does the work by the clock, each says which; and none is held up by it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

import app
from controllers.background import Background, Lane
from controllers.desk import Desk
from controllers.lease import Holding
from controllers.place import Place
from controllers.watching import Watch
from controllers.work_list import Job
from tests.conftest import PATIENCE_MS
from ui.program import Program
from ui.wording.worker import worker_words
from ui.working import Working

NEVER = timedelta(days=1)


def works(program: Program) -> bool:
    working = program.fittings.clock.working
    return working is not None and working.is_ours


def test_a_window_that_is_closed_lets_go_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(Place(tmp_path, practice=True), app.SCREENS)
    program.show()
    qtbot.waitUntil(lambda: program.is_open and program.fittings.has("clock"))
    try:
        qtbot.waitUntil(lambda: works(program))
    finally:
        program.window.close()
    with closing(sqlite3.connect(tmp_path / "practice.sqlite")) as line:
        assert line.execute("select holder from leases where name = 'worker'").fetchone() == ("",)


@contextmanager
def at_work(desk: Desk, *jobs: Job) -> Iterator[tuple[Working, list[Holding | None]]]:
    """A window's own way to do the work, and what it told of whose it is."""
    background, owner, told = Background(), QObject(), list[Holding | None]()
    desk.listeners.append(background.announce)
    watch = Watch(desk)
    made = Working(background, desk, watch, owner, jobs)
    made.stands.connect(told.append)
    made.start()
    try:
        yield made, told
    finally:
        made.close()
        background.close()
        watch.close()


def test_one_of_two_works_and_both_say_who(qtbot: QtBot, desk: Desk, second_desk: Desk) -> None:
    turns: list[str] = []

    def job(at: Desk) -> None:
        turns.append(at.actor.counter)

    with at_work(desk, Job("does", NEVER, job)) as (one, first):
        qtbot.waitUntil(lambda: one.is_ours and bool(turns))
        with at_work(second_desk, Job("does", NEVER, job)) as (two, second):
            qtbot.waitUntil(lambda: bool(second))
            assert (one.is_ours, two.is_ours, turns) == (True, False, ["Desk"])
            assert worker_words(first[-1]) == "Worker: this desk"
            assert worker_words(second[-1]).startswith("Worker at Desk, ")
            one.close()
            qtbot.waitUntil(lambda: two.is_ours or not two.look())  # type: ignore[func-returns-value]
            qtbot.waitUntil(lambda: turns == ["Desk", "Second desk"])


def test_a_job_that_hangs_or_fails_holds_up_neither_the_others_nor_the_desk(
    qtbot: QtBot, a_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    hangs, well, wrote = threading.Event(), threading.Event(), threading.Event()

    def fail(_desk: Desk) -> None:
        raise LookupError("Anna Example")

    jobs = [Job("hangs", NEVER, lambda _: not hangs.wait(PATIENCE_MS / 1000)), Job("fails", NEVER, fail)]
    with at_work(a_desk, *jobs, Job("well", NEVER, lambda _: well.set())) as (one, _):
        qtbot.waitUntil(well.is_set)
        for lane in (Lane.DESK, Lane.READING, Lane.NETWORK):
            wrote.clear()
            one._background.run(lane, wrote.set)
            qtbot.waitUntil(wrote.is_set)
        hangs.set()
        qtbot.waitUntil(lambda: one.is_through)
    assert "fails: LookupError at worker.py:" in caplog.text
    assert "> test_working.py:" in caplog.text
    assert "Anna" not in caplog.text


def test_a_change_brings_the_turn_at_once(qtbot: QtBot, a_desk: Desk) -> None:
    turns: list[Desk] = []
    with at_work(a_desk, Job("sends", NEVER, turns.append, frozenset(("letters",)))) as (one, _):
        qtbot.waitUntil(lambda: len(turns) == 1)
        one._background.announce(frozenset(("letters",)))
        qtbot.waitUntil(lambda: len(turns) == 2)


@pytest.mark.parametrize(
    ("holding", "words"),
    [
        (None, "Worker: nobody"),
        (Holding(), "Worker: nobody"),
        (Holding("Palace gate", True, 2.2), "Worker: this desk"),
        (Holding("Palace gate", False, 2.2), "Worker at Palace gate, 2 s ago"),
    ],
)
def test_the_key_bar_says_who_works(holding: Holding | None, words: str) -> None:
    assert worker_words(holding) == words
