"""Gives every test a desk of its own: a fresh database, a clock that stands still, and nobody on the line.

`desk` stands on SQLite and on PostgreSQL in turn, `a_desk` on SQLite alone (for screens and journeys, to which
the database makes no difference). Both databases are made once and wiped for every test; a test that needs one to
itself copies the template (`fresh_sqlite`, `fresh_postgresql`). The PostgreSQL server is the tests' own: started
when the first test needs it, in a folder of its own, and ended by its own number.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import MultiSignalBlocker, SignalBlocker
from sqlalchemy import make_url

from controllers.background import sweep
from controllers.desk import Desk, open_desk
from models import database
from models.base import Base
from models.database import Database, sqlite_url
from models.patience import Patience
from tests.fakes import StillClock
from tests.postgresql import FORGETFUL, SERVERS, TEMPLATE, Server, make_data, newest_programs, running

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anybody makes an application

NOW = datetime(2027, 1, 15, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Friday morning at the desk; every test starts here."""

PATIENCE_MS = 30_000
"""So long a test waits for what must come: whoever has to share the machine is slow, not wrong."""

LOOKS_MS = (1, 1, 2, 2, 4, 4)
"""So soon a test looks again for what comes at once mostly; afterwards every 10 ms."""

LONGEST = (
    "test_walk.py",
    "test_fields.py",
    "test_tour.py",
    "test_killed_move.py",
    "test_killed.py",
    "test_life.py",
)
"""Files whose tests take the longest; they go first, or all would wait for one of them at the end."""

A_FEW = 4  # databases are kept for so many tests, and no longer

# The suite tries the same cases every time; the soak tries others every time.
settings.register_profile(
    "suite",
    derandomize=True,
    max_examples=50,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")


gc.disable()
"""As at the desk: a search for garbage while Qt takes a window apart may wait for ever (`Sweeper` says why)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, else in their order."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Between two tests is the time to search."""
    yield
    sweep()


# --- what a test may not do ---------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, or leaves anything in, the data folder or the keyring of whoever runs it."""
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith(("COUNTERFOIL", "PG"))]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def nobody_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails; this machine itself may be asked."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("localhost", "127.0.0.1", "::1"):
            raise AssertionError(f"a test reached for {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_here_only)


@pytest.fixture(autouse=True)
def no_camera_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test looks through the camera of whoever runs it."""
    monkeypatch.setattr("controllers.scanning.cameras.plugged_in", list)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A thread that outlives its test is somebody else's strange failure; dummies belong to Qt."""
    before = set(threading.enumerate())
    yield
    started = [t for t in threading.enumerate() if t not in before]
    ours = [t for t in started if not isinstance(t, threading._DummyThread)]  # no other way to tell
    for thread in ours:
        thread.join(timeout=PATIENCE_MS / 1000)
    assert [thread.name for thread in ours if thread.is_alive()] == []


# --- the window ---------------------------------------------------------------------------------


class PatientBot(QtBot):
    """Waits as long as PATIENCE_MS for a state; what is there already is not waited for."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        for pause in LOOKS_MS:
            if _is_so(callback):
                return
            self.wait(pause)
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **how: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(
        self, signals: Sequence[object], *, timeout: int = PATIENCE_MS, **how: Any
    ) -> MultiSignalBlocker:
        return super().waitSignals(signals, timeout=timeout, **how)


def _is_so(state: Callable[[], bool | None]) -> bool:
    """As pytest-qt reads it: true, or nothing to complain about."""
    try:
        return state() in (None, True)
    except AssertionError:
        return False


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Presses keys and waits for what comes of it."""
    return PatientBot(request)


# --- the databases ------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def pragmas() -> Iterator[tuple[str, ...]]:
    """Those the program opens a file with. Here nobody waits for the disk: what is thrown away need not last."""
    told = database._PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", (*told, "synchronous=OFF"))
        yield told


@pytest.fixture(scope="session", autouse=True)
def new_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The migrations make the first empty file of a run; every later one is a copy of it.

    Copies, replicas and first starts each make a file, and to go through every migration for it takes longer than
    what most of their tests are about. What has rows in it is migrated as ever.
    """
    migrate, alone, bare = Database.migrate, threading.Lock(), tmp_path_factory.mktemp("bare") / "bare.sqlite"

    def migrate_or_copy(self: Database) -> None:
        with alone, suppress(OSError):  # of several who make the same file one comes first
            file = Path(self.url.database or "")
            if self.is_sqlite and not (file.exists() and file.stat().st_size):
                if not bare.exists():
                    first = Database(sqlite_url(bare))
                    migrate(first)
                    first.close()
                file.touch(0o600)
                file.write_bytes(bare.read_bytes())
        migrate(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "migrate", migrate_or_copy)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The running server, with a furnished practice database to copy."""
    programs = newest_programs()
    if programs is None:
        pytest.skip(
            f"PostgreSQL's server programs are not here ({SERVERS}); the set-up's test command installs them"
        )
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-postgresql-"))
    try:
        make_data(programs, folder)
        with running(programs, folder, FORGETFUL) as server:
            server.tell(f"create database {TEMPLATE}")
            _furnish(server.url(TEMPLATE))
            yield server
    finally:
        shutil.rmtree(folder)


def _furnish(url: str) -> None:
    open_desk(url, practice=True).database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished practice file to copy."""
    file = tmp_path_factory.mktemp("template") / "counterfoil.sqlite"
    _furnish(sqlite_url(file))
    return file


_numbers = count(1)


@pytest.fixture(scope="session")
def fresh_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes a fresh practice file and tells its address."""
    folder = tmp_path_factory.mktemp("sqlite")

    def make() -> str:
        file = folder / f"{next(_numbers)}.sqlite"
        shutil.copyfile(sqlite_template, file)
        return sqlite_url(file)

    return make


@pytest.fixture(scope="session")
def fresh_postgresql(postgresql: Server) -> Callable[[], str]:
    """Makes a fresh practice database on the server and tells its address."""
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{next(_numbers)}")
        postgresql.copy(made[-1])
        if len(made) > A_FEW:
            postgresql.tell(f"drop database {made.pop(0)} with (force)")  # each takes some megabytes
        return postgresql.url(made[-1])

    return make


class Slate:
    """One database that is wiped clean for every test.

    An engine remembers how it wrote each question; to make another for every test would double their time. So
    desks on one address share an engine here, and take connections of their own from it. `keep` remembers the rows
    of this moment and tells how they are laid down again.
    """

    def __init__(self, url: str, wipe: Callable[[], None], keep: Callable[[], Callable[[], None]]) -> None:
        self.address = url
        self.database = self._first = Database(url)
        self._wipe, self._keep = wipe, keep
        self._kept: dict[str, Callable[[], None]] = {}

    def wipe(self) -> None:
        """As if nobody had ever been here: no route rests from a test before, and nobody closed it or is in a hurry."""
        self._wipe()
        self.database = copy(self._first)
        if (patience := self.database._patience) is not None:
            vars(patience).update(vars(Patience()))

    def at(self, url: str) -> Database:
        """The database at an address: this one, or another."""
        return self.database if make_url(url) == self.database.url else Database(url)

    def furnish(self, word: str, make: Callable[[], object]) -> None:
        """What `make` does to the clean database: done once for a word, and laid down again for the tests after."""
        if word in self._kept:
            self._kept[word]()
        else:
            make()
            self._kept[word] = self._keep()


@pytest.fixture(scope="session")
def sqlite_slate(fresh_sqlite: Callable[[], str], sqlite_template: Path) -> Iterator[Slate]:
    """A file that becomes the template again."""

    def become(kept: Path) -> None:
        slate.database.close()  # the file's journal goes with its last connection
        shutil.copyfile(kept, str(slate.database.url.database))

    def keep() -> Callable[[], None]:
        slate.database.close()
        kept = sqlite_template.with_name(f"{next(_numbers)}.sqlite")
        shutil.copyfile(str(slate.database.url.database), kept)
        return partial(become, kept)

    slate = Slate(fresh_sqlite(), partial(become, sqlite_template), keep)
    yield slate
    slate.database.close()


@pytest.fixture(scope="session")
def postgresql_slate(postgresql: Server) -> Iterator[Slate]:
    """A database whose rows become those of the template again."""
    postgresql.copy("slate")
    with psycopg.connect(postgresql.url("slate"), autocommit=True) as line:
        line.execute("set session_replication_role = replica")  # no trigger guards the journal, no key asks
        slate = Slate(postgresql.url("slate"), _kept_by(line), partial(_kept_by, line))
        yield slate
        slate.database.close()


def _kept_by(line: psycopg.Connection[tuple[Any, ...]]) -> Callable[[], None]:
    """Keeps the rows of every table, and lays them down again by a function: the server then plans that once."""
    kept = f"kept_{next(_numbers)}"
    names = [table.name for table in Base.metadata.sorted_tables]
    line.execute(
        f"create schema {kept}; " + "; ".join(f"create table {kept}.{n} as table {n}" for n in names)
    )
    some = [n for n in names if line.execute(f"select 1 from {kept}.{n} limit 1").fetchone()]
    steps = [
        *(f"delete from {n}" for n in names),
        *(f"insert into {n} select * from {kept}.{n}" for n in some),
    ]
    line.execute(
        f"create function {kept}.again() returns void language plpgsql as $$ begin {'; '.join(steps)}; end $$"
    )
    return lambda: line.execute(f"select {kept}.again()") and None


DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
"""Both databases, as parameters: a test that takes `desk` runs on each."""


@pytest.fixture
def slate(kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Slate:
    """A clean database of a kind."""
    found: Slate = request.getfixturevalue(f"{kind}_slate")
    found.wipe()
    monkeypatch.setattr("controllers.desk.Database", found.at)
    return found


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test stands on: each in turn."""
    return str(request.param)


# --- the desks ----------------------------------------------------------------------------------


@pytest.fixture
def clock() -> StillClock:
    """The practice clock of every desk of this test."""
    return StillClock(NOW)


@pytest.fixture
def desk(slate: Slate, clock: StillClock) -> Iterator[Desk]:
    """A desk on practice data, on SQLite and on PostgreSQL in turn; `clock` sets its time."""
    yield _open(slate, clock, "Desk")
    assert _all_given_back(slate.database), "a transaction was left open"


def _all_given_back(used: Database) -> bool:
    """Whether nobody holds a connection, once the lanes that a closing program does not wait for are through."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while used.engine.pool.checkedout():  # type: ignore[attr-defined]
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture
def second_desk(desk: Desk, slate: Slate, clock: StillClock) -> Desk:
    """Another counter on the same database."""
    return _open(slate, clock, "Second desk")


@pytest.fixture
def a_desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, clock: StillClock) -> Desk:
    """A desk on practice data in a SQLite file, where it makes no difference which database it is."""
    slate: Slate = request.getfixturevalue("sqlite_slate")
    slate.wipe()
    monkeypatch.setattr("controllers.desk.Database", slate.at)
    return _open(slate, clock, "Desk")


@pytest.fixture
def a_second_desk(a_desk: Desk, sqlite_slate: Slate, clock: StillClock) -> Desk:
    """Another counter on the same file."""
    return _open(sqlite_slate, clock, "Second desk")


def _open(slate: Slate, clock: StillClock, counter: str) -> Desk:
    return open_desk(slate.address, practice=True, clock=clock, counter=counter)
