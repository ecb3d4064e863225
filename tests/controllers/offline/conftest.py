"""A counter with a replica of its own, whose line to the server can be made to say nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica, _make_empty
from models.database import Database, sqlite_url
from tests.conftest import PATIENCE_MS
from tests.fakes import StillClock


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A replica that nobody has filled, to copy."""
    file = tmp_path_factory.mktemp("empty") / "replica.sqlite"
    _make_empty(file).close()
    return file


@pytest.fixture(autouse=True)
def quickly_made(empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a replica need not be made anew for every test."""

    def copied(file: Path) -> Database:
        shutil.copy(empty_file, file)
        return Database(sqlite_url(file))

    monkeypatch.setattr("controllers.offline.replica._make_empty", copied)


@pytest.fixture
def replica(tmp_path: Path, clock: StillClock) -> Iterator[Replica]:
    """This counter's file."""
    made = Replica(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def counter(desk: Desk) -> Iterator[Desk]:
    """The same desk with a line of its own to the server; `desk` sees what is there whatever happens to that."""
    line = Database(desk.database.url)
    yield Desk(line, desk.actor, desk.practice, desk.clock)
    line.close()


@pytest.fixture
def door(counter: Desk, replica: Replica) -> Iterator[Door]:
    """The gate of this counter."""
    made = Door(counter, replica, deadline_s=PATIENCE_MS / 1000)
    yield made
    made.close()
