"""Data of an older Counterfoil: copied first, then migrated; what fails leaves them as they were."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, select, text

from controllers import server_dump, upgrading
from controllers.desk import open_desk
from controllers.upgrading import bring_up_to_date
from models import database as database_
from models.database import REVISION, Database, migrate_on, sqlite_url
from models.refusals import CannotDo
from tests.conftest import DATABASES

OLD = "0009"


@pytest.fixture(params=DATABASES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Data as an older Counterfoil left them, on each database in turn."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "desk.sqlite")
    else:
        server = request.getfixturevalue("postgresql")
        server.tell("drop database if exists aged")
        server.tell("create database aged")
        url = server.url("aged")
    made = Database(url)
    with made.transaction() as there:
        migrate_on(there, OLD)
        there.execute(text("insert into about (name, value) values ('kind', 'practice')"))
        there.execute(text("insert into staff (name, role, active) values ('Mina Example', 'owner', true)"))
        there.execute(
            text("insert into channels (key, name, mark, collector) values ('t', 'Tea', 'T', 'us')")
        )
    yield made
    made.close()


def names_of_staff(database: Database) -> list[str]:
    with database.reading() as look:
        return list(look.execute(text("select name from staff")).scalars())


def the_copy(folder: Path) -> Path:
    (found,) = [file for file in folder.iterdir() if f".before-{OLD}" in file.name]
    return found


def test_a_copy_lies_there_before_the_data_are_migrated(old: Database, tmp_path: Path) -> None:
    bring_up_to_date(old, tmp_path)
    assert old.revision() == REVISION
    assert names_of_staff(old) == ["Mina Example"]
    copy = the_copy(tmp_path)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    if old.is_sqlite:
        assert Database(sqlite_url(copy)).revision() == OLD
        assert names_of_staff(Database(sqlite_url(copy))) == ["Mina Example"]
    else:
        assert copy.read_bytes().startswith(b"PGDMP")


def test_without_fitting_tools_a_shared_database_is_poured_as_it_is(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_dump, "_version", lambda _program: 0)
    bring_up_to_date(old, tmp_path)
    copy = Database(sqlite_url(the_copy(tmp_path)))
    assert (copy.revision(), names_of_staff(copy)) == (OLD, ["Mina Example"])
    copy.migrate()
    with copy.reading() as look:
        channels = Table("channels", MetaData(), autoload_with=look)
        assert [row.name for row in look.execute(select(channels))] == ["Tea"]
    copy.close()


def test_without_a_copy_nothing_is_migrated(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_args: Any) -> None:
        raise CannotDo("disk-full", where="here")

    monkeypatch.setattr(upgrading, "_copy", no_room)
    with pytest.raises(CannotDo) as no:
        bring_up_to_date(old, tmp_path)
    assert no.value.code == "upgrade-without-backup"
    assert "disk of here is full" in no.value.sentence
    assert old.revision() == OLD


def test_a_migration_that_fails_leaves_the_old_data_usable(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = database_.migrate_on

    def stumble(connection: Any, to: str = "head") -> None:
        real(connection, "0012")
        raise RuntimeError("stumbled")

    monkeypatch.setattr(database_, "migrate_on", stumble)
    with pytest.raises(CannotDo) as no:
        bring_up_to_date(old, tmp_path)
    assert no.value.code == "upgrade-failed"
    assert (old.revision(), names_of_staff(old)) == (OLD, ["Mina Example"])
    assert the_copy(tmp_path).name in no.value.sentence
    with old.reading() as look:
        assert "backups" not in tables_of(look).tables
    monkeypatch.setattr(database_, "migrate_on", real)
    bring_up_to_date(old, tmp_path)
    assert old.revision() == REVISION


def tables_of(look: Any) -> MetaData:
    found = MetaData()
    found.reflect(look)
    return found


def test_a_fresh_or_a_current_database_gets_no_copy(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "desk.sqlite")
    for _ in range(2):
        open_desk(url, practice=True).database.close()
    assert not [file for file in tmp_path.iterdir() if "before" in file.name]


def test_data_of_a_newer_counterfoil_are_left_alone(old: Database, tmp_path: Path) -> None:
    with old.transaction() as there:
        there.execute(text("update alembic_version set version_num = '9999'"))
    for attempt in (lambda: bring_up_to_date(old, tmp_path), old.migrate):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert no.value.code == "database-newer"
    assert old.revision() == "9999"
