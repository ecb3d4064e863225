"""The work without a window: done in turns beside what hangs and what fails, at once when something changes."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import app
from controllers import reservations
from controllers.desk import Desk, open_desk
from controllers.ears import Ears
from controllers.lease import Holding, WorkLease
from controllers.place import Place
from controllers.watching import Watch
from controllers.work_list import Job
from controllers.worker import News, Worker
from models.moved_away import seal
from models.refusals import CannotDo
from tests.builders import a_product, a_reservation
from tests.conftest import PATIENCE_MS

NEVER = timedelta(days=1)


class AtWork:
    """A worker on a thread of its own, and the lines it said."""

    def __init__(self, place: Place, *jobs: Job) -> None:
        self.lines: list[str] = []
        self.worker = Worker(place, self.lines.append, jobs)
        self._thread = threading.Thread(target=self.worker.run)
        self._thread.start()

    def end(self) -> None:
        self.worker.stop()
        self._thread.join(PATIENCE_MS / 1000)
        assert not self._thread.is_alive()


def test_a_folder_that_cannot_be_used_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(folder: Path, **_how: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert app.main(["--data", str(tmp_path / "data"), "work"]) == app.REFUSED
    assert "folder-not-usable" in capsys.readouterr().err


def test_after_a_fault_of_ours_a_service_may_start_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    person = "Anna" + " Example"

    def fail(_self: Worker) -> None:
        raise LookupError(f"no '{person}'")

    monkeypatch.setattr(app, "_end_by_signal", lambda _stop: None)
    monkeypatch.setattr(Worker, "_open", fail)
    assert app.main(["--data", str(tmp_path), "work"]) == app.FAULT
    told = capsys.readouterr().err
    assert "LookupError" in told
    assert "Anna" not in told


@pytest.fixture
def at_work(desk: Desk, tmp_path: Path) -> Iterator[Callable[..., AtWork]]:
    """Starts a worker with some jobs at the desk's database."""
    made: list[AtWork] = []

    def start(*jobs: Job) -> AtWork:
        address = desk.database.url.render_as_string(hide_password=False)
        made.append(AtWork(Place(tmp_path, practice=True, told_database=address), *jobs))
        return made[-1]

    yield start
    for one in made:
        one.end()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_what_fails_and_what_hangs_stop_nobody(at_work: Callable[..., AtWork]) -> None:
    done, hangs = threading.Event(), threading.Event()

    def fail(_desk: Desk) -> None:
        raise LookupError("Anna Example")

    def refuse(_desk: Desk) -> None:
        raise CannotDo("database-busy")

    jobs = [Job("hangs", NEVER, lambda _desk: not hangs.wait(PATIENCE_MS / 1000))]
    jobs += [Job("fails", NEVER, fail), Job("refused", NEVER, refuse)]
    one = at_work(*jobs, Job("well", NEVER, lambda _desk: done.set()))
    assert done.wait(PATIENCE_MS / 1000)
    hangs.set()
    one.end()
    said = "; ".join(one.lines)
    assert "fails failed (LookupError)" in said
    assert "refused failed (database-busy)" in said
    assert "Anna" not in said


def test_a_job_acts_as_the_clock_at_the_counter_of_the_worker(at_work: Callable[..., AtWork]) -> None:
    seen: list[Desk] = []
    at_work(Job("looks", NEVER, seen.append))
    wait_until(lambda: bool(seen))
    assert (seen[0].actor.counter, seen[0].actor.role, seen[0].actor.staff_id) == ("Worker", "program", 0)


def test_a_change_at_a_desk_brings_the_turn_at_once(at_work: Callable[..., AtWork], desk: Desk) -> None:
    turns: list[Desk] = []
    a_product(desk)
    order = a_reservation(desk)
    at_work(Job("sends", NEVER, turns.append, frozenset(("letters",))))
    wait_until(lambda: len(turns) == 1)
    reservations.confirm(order, desk=desk)
    wait_until(lambda: len(turns) == 2)


def test_what_one_job_changes_wakes_another(at_work: Callable[..., AtWork], desk: Desk) -> None:
    a_product(desk)
    order, turns = a_reservation(desk), list[Desk]()

    def confirm(at: Desk) -> bool:
        wait_until(lambda: bool(turns))
        reservations.confirm(order, desk=at)
        return False

    at_work(Job("confirms", NEVER, confirm), Job("sends", NEVER, turns.append, frozenset(("letters",))))
    wait_until(lambda: len(turns) >= 2)


def test_a_worker_stands_by_while_a_desk_works_and_follows_it_at_once(
    at_work: Callable[..., AtWork], desk: Desk
) -> None:
    done = threading.Event()
    watch = Watch(desk)
    lease = WorkLease(desk, watch)
    assert lease.keep().is_ours
    one = at_work(Job("works", NEVER, lambda _desk: done.set()))
    wait_until(lambda: bool(one.lines))
    assert one.lines == ["stands by: Desk does the work"]
    assert not done.is_set()
    lease.let_go()
    assert done.wait(PATIENCE_MS / 1000)
    one.end()
    assert lease.keep().is_ours, "a worker that ends lets go"
    watch.close()


def test_more_to_do_is_done_until_nothing_is_left(at_work: Callable[..., AtWork]) -> None:
    left = [1, 2, 3]
    at_work(Job("counts", NEVER, lambda _desk: bool(left and left.pop())))
    wait_until(lambda: not left)


def test_it_says_one_line_a_minute_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    now, lines = [100.0], list[str]()
    monkeypatch.setattr("controllers.worker.monotonic", lambda: now[0])
    news = News(lines.append)
    news.note("does the work")
    news.tell()
    for _ in range(50):
        now[0] += 1
        news.count("letters")
        news.tell()
    assert lines == ["does the work"]
    now[0] += 10
    news.tell()
    assert lines == ["does the work", "letters 50 times"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_whose_data_moved_away_ends_it_with_the_reason(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path, practice=True, told_database=desk.database.url.render_as_string())
    lines, no = list[str](), list[CannotDo]()
    monkeypatch.setattr("controllers.lease.RENEW_S", 0.2)
    worker = Worker(place, lines.append, ())

    def run() -> None:
        try:
            worker.run()
        except CannotDo as refused:
            no.append(refused)

    thread = threading.Thread(target=run)
    thread.start()
    wait_until(lambda: bool(lines))
    with desk.database.transaction() as connection:
        seal(connection, "postgresql://desk@server.example/counterfoil")
    thread.join(PATIENCE_MS / 1000)
    assert [one.code for one in no] == ["moved-away"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_was_under_way_before_a_move_does_not_end_the_same_job_afterwards(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = [open_desk(f"sqlite:///{tmp_path / 'new.sqlite'}"), desk]
    refused, looks, begun = threading.Event(), list[float](), list[int]()

    def wait(ears: Ears, seconds: float, ask: Callable[..., frozenset[str]] = Ears.wait) -> frozenset[str]:
        looks.append(seconds)
        return ask(ears, min(seconds, 0.01))

    def keep(lease: WorkLease, ask: Callable[..., Holding] = WorkLease.keep) -> Holding:
        try:
            return ask(lease)
        except CannotDo:
            refused.set()
            raise

    def work(at: Desk) -> bool:
        begun.append(len(looks))
        if len(begun) == 1:
            with desk.database.transaction() as connection:
                seal(connection, "postgresql://desk@server.example/counterfoil")
            return not refused.wait(PATIENCE_MS / 1000)
        wait_until(lambda: len(looks) > begun[1] + 3)
        worker.stop()
        return False

    monkeypatch.setattr("controllers.lease.RENEW_S", 0.05)
    monkeypatch.setattr(WorkLease, "keep", keep)
    monkeypatch.setattr(Ears, "wait", wait)
    place = SimpleNamespace(open=lambda _counter: desks.pop())
    worker = Worker(place, lambda _line: None, (Job("works", timedelta(milliseconds=1), work),))  # type: ignore[arg-type]
    worker.run()
    assert len(begun) == 2, "begun before the move, and once after it"
