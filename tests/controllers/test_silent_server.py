"""A server that says nothing holds nobody for ever: deadlines, letting go, and lines that were cut unnoticed."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest
from sqlalchemy import Connection, text

from models.database import Database
from models.patience import Patience, PatientConnection, Silent
from models.refusals import CannotDo
from tests.conftest import PATIENCE_MS
from tests.postgresql import Server

pytestmark = pytest.mark.postgres
ONE = text("select 1")
FAR_TOO_LONG = text("select pg_sleep(600)")
AWAY = CannotDo("offline", since="14:02")


@pytest.fixture
def shared(fresh_postgresql: Callable[[], str]) -> Iterator[Database]:
    made = Database(fresh_postgresql())
    yield made
    made.set_away(None)
    made.close()


@contextmanager
def _frozen(connection: Connection) -> Iterator[None]:
    """What answers at the other end of a connection does not run any more."""
    process = int(connection.execute(text("select pg_backend_pid()")).scalar_one())
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def _refusal(work: Callable[[], object]) -> str:
    with pytest.raises(CannotDo) as no:
        work()
    return no.value.code


def _ask(database: Database, question: object = ONE) -> object:
    with database.transaction() as connection:
        return connection.execute(question).scalar()  # type: ignore[call-overload]


def _ask_frozen(database: Database, seconds: float | None = None) -> None:
    def ask() -> None:
        with database.transaction() as connection, _frozen(connection):
            connection.execute(ONE)

    if seconds is None:
        ask()
    else:
        with database.within(seconds):
            ask()


def test_a_frozen_server_holds_a_task_no_longer_than_its_time(shared: Database) -> None:
    _ask(shared)  # the line is there
    began = monotonic()
    assert _refusal(lambda: _ask_frozen(shared, 0.3)) == "database-silent"
    assert monotonic() - began >= 0.3
    assert _ask(shared) == 1


def test_who_set_no_time_waits_until_the_server_was_silent_for_too_long(shared: Database) -> None:
    _ask(shared)  # the line is there
    shared.hurry(0.2)
    assert _refusal(lambda: _ask_frozen(shared)) == "database-silent"


def test_a_task_may_be_given_all_the_time_it_takes(shared: Database) -> None:
    shared.hurry(0.1)
    with shared.within(None):
        assert _ask(shared, text("select 1 from pg_sleep(0.4)")) == 1


def test_nothing_new_is_asked_when_the_time_is_over(shared: Database) -> None:
    patience = Patience()
    with patience.within(-1), pytest.raises(Silent):
        patience.watch()

    def too_late() -> None:
        with shared.transaction() as connection, shared.within(-1):
            connection.execute(ONE)

    assert _refusal(too_late) == "database-silent"


def test_what_has_come_is_taken_however_late(monkeypatch: pytest.MonkeyPatch) -> None:
    patience = Patience()
    with patience.within(60):
        look = patience.watch()
    monkeypatch.setattr("models.patience.monotonic", lambda: monotonic() + 90)
    look(True)
    with pytest.raises(Silent):
        look(False)


def test_whoever_waits_is_let_go_when_the_server_is_known_to_be_away(shared: Database) -> None:
    began, heard = threading.Event(), []

    def wait() -> None:
        with shared.transaction() as connection:
            began.set()
            connection.execute(FAR_TOO_LONG)

    waiter = threading.Thread(target=lambda: heard.append(_refusal(wait)))
    waiter.start()
    began.wait(PATIENCE_MS / 1000)
    while waiter.is_alive():  # its question may not be on its way yet
        shared.set_away(AWAY)
        waiter.join(0.05)
    assert heard == ["database-silent"]


def test_while_it_is_away_everybody_hears_so_but_who_looks_whether_it_is_back(shared: Database) -> None:
    shared.set_away(AWAY)
    assert _refusal(lambda: _ask(shared)) == "offline"
    with shared.asking_all_the_same():
        assert _ask(shared) == 1
    assert _refusal(lambda: _ask(shared)) == "offline"
    shared.set_away(None)
    assert _ask(shared) == 1


def test_a_line_that_was_cut_while_nobody_spoke_is_replaced_unnoticed(
    shared: Database, postgresql: Server
) -> None:
    with shared.transaction() as connection:
        before = connection.execute(text("select pg_backend_pid()")).scalar_one()
    postgresql.tell(f"select pg_terminate_backend({before}, 30000)")
    with shared.transaction() as connection:
        assert connection.execute(text("select pg_backend_pid()")).scalar_one() != before


def test_a_line_that_is_in_use_while_the_database_is_closed_is_closed_afterwards(shared: Database) -> None:
    with shared.transaction() as connection:
        line = connection.connection.driver_connection
        shared.close()
        assert connection.execute(ONE).scalar() == 1
    assert isinstance(line, PatientConnection)
    assert line.closed


def test_who_asks_a_database_that_is_closed_already_leaves_no_line_open(
    shared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[PatientConnection] = []
    asked = PatientConnection.find_out_who_answers
    monkeypatch.setattr(
        PatientConnection, "find_out_who_answers", lambda line: (opened.append(line), asked(line))[1]
    )
    shared.close()
    assert _ask(shared) == 1
    assert [line.closed for line in opened] == [True]


def test_a_line_that_is_cut_in_the_middle_says_so_and_keeps_nothing(
    shared: Database, postgresql: Server
) -> None:
    def cut() -> None:
        with shared.transaction() as connection:
            connection.execute(text("create table half_done (id int)"))
            process = connection.execute(text("select pg_backend_pid()")).scalar_one()
            postgresql.tell(f"select pg_terminate_backend({process}, 30000)")
            connection.execute(ONE)

    assert _refusal(cut) == "database-broke-off"
    assert _ask(shared, text("select to_regclass('half_done')")) is None


def test_who_must_call_anew_several_servers_that_stand_still_waits_no_longer_than_its_time() -> None:
    with ExitStack() as calls:
        still = [calls.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        where = ",".join(f"127.0.0.1:{one.getsockname()[1]}" for one in still)
        shared = Database(f"postgresql://counterfoil@{where}/x")
        with shared.within(0.1):
            assert _refusal(lambda: _ask(shared)) == "database-unreachable"
        assert "connecting" in {
            thread.name for thread in threading.enumerate()
        }  # it still waits; nobody else does
        shared.close()


def test_who_calls_a_server_is_let_go_when_it_is_known_to_be_away_and_a_late_line_is_closed() -> None:
    patience, called, answers, heard = Patience(), threading.Event(), threading.Event(), []

    class Line:
        closed = threading.Event()

        def close(self) -> None:
            self.closed.set()

    def connecting() -> PatientConnection:
        called.set()
        answers.wait(PATIENCE_MS / 1000)
        return Line()  # type: ignore[return-value]

    def call() -> None:
        with pytest.raises(Silent):
            patience.connect(connecting)
        heard.append("let go")

    waiter = threading.Thread(target=call)
    waiter.start()
    assert called.wait(PATIENCE_MS / 1000)
    patience.give_up()
    waiter.join(PATIENCE_MS / 1000)
    assert heard == ["let go"]
    answers.set()
    assert Line.closed.wait(PATIENCE_MS / 1000)


def test_a_program_that_is_being_closed_waits_no_longer_for_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    patience = Patience()
    patience.silence_s = 2.0
    with patience.within(20):
        look = patience.watch()
    monkeypatch.setattr("models.patience.monotonic", lambda: monotonic() + 3)
    with pytest.raises(Silent):
        look(False)
