"""A counter with a replica of its own, whose line to the server can be made to say nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine

from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica, _make_empty
from models import database
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


@pytest.fixture(autouse=True)
def questions_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is asked the same questions: how they are written is found out once for all of them."""
    make = database._sqlite

    def made_alike(url: URL) -> Engine:
        made = make(url)
        made.dialect = made.pool._dialect = _ALIKE.setdefault("dialect", made.dialect)
        made._compiled_cache = _ALIKE.setdefault("questions", made._compiled_cache)
        return made

    monkeypatch.setattr(database, "_sqlite", made_alike)


_ALIKE: dict[str, Any] = {}


@pytest.fixture
def replica(tmp_path: Path, clock: StillClock) -> Iterator[Replica]:
    """This counter's file."""
    made = Replica(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def lines() -> Iterator[dict[URL, Database]]:
    """One line to each server: an engine remembers how it wrote each question, and to make another is slow."""
    made: dict[URL, Database] = {}
    yield made
    for line in made.values():
        line.close()


@pytest.fixture
def counter(desk: Desk, lines: dict[URL, Database]) -> Iterator[Desk]:
    """The same desk with a line of its own to the server; `desk` sees what is there whatever happens to that."""
    line = lines.setdefault(desk.database.url, Database(desk.database.url))
    yield Desk(line, desk.actor, desk.practice, desk.clock)
    line.set_away(None)
    line.engine.dispose()  # not closed: the next test asks on it


@pytest.fixture
def door(counter: Desk, replica: Replica) -> Iterator[Door]:
    """The gate of this counter."""
    made = Door(counter, replica, deadline_s=PATIENCE_MS / 1000)
    yield made
    made.close()
