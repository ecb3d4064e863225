"""`app.py work` as a process: ended by a signal, patient with its database, and never two of them at one letter."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from controllers.carriers.keeping import SMTP, keep_carrier, see_carrier
from controllers.desk import Desk
from controllers.sending import SENDER_GONE
from models.outbox import LetterState
from models.reservations import Status
from models.tables import Lease, OutboxRow
from tests.builders import a_product, a_reservation, an_operator
from tests.conftest import PATIENCE_MS
from tests.controllers.test_sending import a_letter
from tests.peers.smtp import Post, post_office
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


class Workers:
    """Processes of `app.py work` at one database."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.made: list[subprocess.Popen[str]] = []

    def start(self, *options: str, database: str = "") -> subprocess.Popen[str]:
        address = database or self.database
        words = [
            sys.executable,
            str(ROOT / "app.py"),
            "--data",
            str(self.folder),
            "--practice",
            "--db",
            address,
        ]
        env = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        made = subprocess.Popen(
            [*words, *options, "work"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.made.append(made)
        return made

    def close(self) -> None:
        for one in self.made:
            if one.poll() is None:
                one.kill()
                one.wait()
            assert one.stdout is not None
            one.stdout.close()


@pytest.fixture
def workers(desk: Desk, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path, desk.database.url.render_as_string(hide_password=False))
    yield made
    made.close()


def until(is_so: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def ended(worker: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, list[str]]:
    """Its exit code after a signal, and every line it said."""
    worker.send_signal(number)
    said, _ = worker.communicate(timeout=PATIENCE_MS / 1000)
    return worker.returncode, said.splitlines()


def holder(desk: Desk) -> Any:
    with desk.reading() as look:
        return look.execute(select(Lease.holder, Lease.until)).first()


def holds(desk: Desk) -> bool:
    row = holder(desk)
    return row is not None and bool(row.holder)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_signal_ends_it_cleanly_and_lets_go_of_the_work(desk: Desk, workers: Workers) -> None:
    one = workers.start()
    until(lambda: holds(desk))
    code, said = ended(one)
    assert (code, holds(desk)) == (0, False)
    assert said[0].startswith("does the work")
    assert len(said) <= 2
    assert "Traceback" not in "".join(said)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_does_not_pass_by_itself_is_told_and_ends_it(
    desk: Desk, workers: Workers, tmp_path: Path
) -> None:
    (tmp_path / "other.sqlite").write_bytes(b"no database at all, and long enough to be read as one" * 40)
    one = workers.start(database=f"sqlite:///{tmp_path / 'other.sqlite'}")
    said, _ = one.communicate(timeout=PATIENCE_MS / 1000)
    assert (one.returncode, "[database-" in said, "Traceback" in said) == (1, True, False)


def test_two_at_once_and_one_of_them_killed_send_no_letter_twice(desk: Desk, workers: Workers) -> None:
    post = Post(behaves=lambda _stage, _to: (time.sleep(0.01), "")[1])
    with post_office(post):
        letters = some_letters(desk, post, 12)
        first = workers.start()
        until(lambda: holds(desk))
        second = workers.start()
        until(lambda: len(post.taken) >= 4)
        first.kill()
        first.wait()
        left(desk)
        until(lambda: settled(desk) == len(letters))
        code, _ = ended(second)
    assert code == 0
    assert len(set(post.ids)) == len(post.ids), "a letter arrived twice"
    with desk.reading() as look:
        asked = select(OutboxRow.message_id, OutboxRow.state).where(OutboxRow.state != LetterState.DROPPED)
        states = dict(look.execute(asked).all())  # type: ignore[arg-type]
    doubtful = {one for one, state in states.items() if state is not LetterState.SENT}
    assert len(doubtful) <= 1, "only what was on its way when it was killed may be in doubt"
    assert set(post.ids) >= set(states) - doubtful


def some_letters(desk: Desk, post: Post, count: int) -> list[int]:
    """Letters that are due, of a desk whose mail server is the test's. The workers' clock is the real one."""
    desk.clock = None
    keep_carrier(SMTP, post.settings().told(), desk=desk, seen=see_carrier(SMTP, desk=desk).version)
    an_operator(desk, name="Example Tours", contact="desk@example.com")
    a_product(desk)
    orders = [a_reservation(desk, Status.UNCONFIRMED, email="kim@example.org") for _ in range(4)]
    with desk.work() as work:
        work.connection.execute(update(OutboxRow).values(state=LetterState.DROPPED))
    return [
        a_letter(desk, orders[number % 4], f"letter {number}", message_id=f"<{number}@example.com>")
        for number in range(count)
    ]


def settled(desk: Desk) -> int:
    with desk.reading() as look:
        done = OutboxRow.state.in_((LetterState.SENT, LetterState.UNCERTAIN))
        return int(look.execute(select(func.count()).select_from(OutboxRow).where(done)).scalar_one())


def left(desk: Desk) -> None:
    """As if some minutes had gone by: the lease of who was killed has run out, and what it held is in doubt."""
    with desk.database.transaction() as connection:
        until_ = connection.execute(select(Lease.until)).scalar_one()
        connection.execute(update(Lease).values(until=until_ - timedelta(seconds=31)))
        on_its_way = update(OutboxRow).where(OutboxRow.state == LetterState.LEAVING)
        connection.execute(on_its_way.values(claimed_at=datetime.now(UTC) - 2 * SENDER_GONE))
    desk.database.call_out(f"{desk.own.name} worker")  # so that nobody here waits for the next look


@pytest.mark.parametrize("kind", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_it_starts_before_its_server_and_waits_kindly(desk: Desk, workers: Workers) -> None:
    url = desk.database.url
    number = free_port()
    away = url.set(host="127.0.0.1", port=number).render_as_string(hide_password=False)
    one = workers.start(database=away)
    assert one.stdout is not None
    assert "waits for the database (database-unreachable)" in one.stdout.readline()
    with Wire(number, str(url.query.get("host", url.host)), url.port or 5432):
        until(lambda: holds(desk))
        code, said = ended(one)
    assert (code, "Traceback" in "".join(said)) == (0, False)


class Wire:
    """From a port of this machine to the tests' server, from now on."""

    def __init__(self, port: int, host: str, there: int) -> None:
        self._here = socket.create_server(("127.0.0.1", port))
        self._to = (host, there)
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Wire:
        self._run(self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._here, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join()

    def _run(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work))
        self._threads[-1].start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._here.accept()
                if self._to[0].startswith("/"):
                    far = socket.socket(socket.AF_UNIX)
                    far.connect(f"{self._to[0]}/.s.PGSQL.{self._to[1]}")
                else:
                    far = socket.create_connection(self._to)
                self._ends += [near, far]
                self._run(lambda near=near, far=far: _pass_on(near, far))  # type: ignore[misc]
                self._run(lambda near=near, far=far: _pass_on(far, near))  # type: ignore[misc]


def _pass_on(source: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)
