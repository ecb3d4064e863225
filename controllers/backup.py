"""Copies the whole database into one file while the desk works, and brings such a file back.

A backup is always a SQLite file with the same tables, keys included, whichever database the desk
works on; it opens as a desk of its own.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from controllers.desk import Desk
from controllers.rights import needs
from models.base import Base
from models.bulk import pour
from models.database import REVISION, Database, migrate_on, sqlite_url
from models.refusals import CannotDo
from models.rights import Right
from models.search.keeping import rebuild
from models.tables import SearchText

_CHUNK = 1000


@needs(Right.BACKUP)
def backup(file: Path, *, desk: Desk) -> None:
    """Writes a consistent copy; an older file of that name is only replaced by a finished one."""
    half = file.with_name(file.name + ".part")
    live = desk.database.url.database if desk.database.is_sqlite else None
    if live and file.exists() and file.samefile(live):
        raise CannotDo("backup-onto-itself", file=file.name)
    half.unlink(missing_ok=True)
    try:
        if desk.database.is_sqlite:
            _copy_sqlite(Path(desk.database.url.database or ""), half)
        else:
            _copy_tables(desk.database, half)
        os.replace(half, file)
    except (OSError, sqlite3.Error) as error:
        raise CannotDo("file-not-writable", file=file.name, why=str(error)) from error
    finally:
        half.unlink(missing_ok=True)
    with desk.work() as work:
        work.record("backup", "backup")


def restore(file: Path, url: str, *, replace: bool = False) -> None:
    """Brings a backup back into the database at `url`.

    Raises CannotDo("backup-not-ours"), ("database-newer") or, without `replace`, ("already-there").
    """
    kind = _check(file)
    database = Database(url)
    try:
        _same_kind(database, kind)
        if database.is_sqlite:
            _restore_sqlite(file, database, replace)
        else:
            _restore_tables(file, database, replace)
    finally:
        database.close()


def _same_kind(database: Database, kind: str) -> None:
    """Practice data never takes the place of real data, nor the other way round."""
    if not database.exists() or not database.revision():
        return
    with database.reading() as look:
        here = look.execute(text("select value from about where name = 'kind'")).scalar()
    database.close()  # the file is about to be written by somebody else
    if here and here != kind:
        raise CannotDo("other-kind", here=here, kind=kind)


def _check(file: Path) -> str:
    """The kind of data in a backup that is whole; a damaged one is refused before anything is touched."""
    if not file.is_file():
        raise CannotDo("file-not-readable", file=file.name, why="there is no such file")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as look:
            revision = look.execute("select version_num from alembic_version").fetchone()
            kind = look.execute("select value from about where name = 'kind'").fetchone()
            whole = look.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
            whole = whole and look.execute("pragma foreign_key_check").fetchone() is None
    except sqlite3.Error as error:
        raise CannotDo("backup-not-ours", file=file.name) from error
    if revision is None or kind is None or not whole:
        raise CannotDo("backup-damaged" if revision and kind else "backup-not-ours", file=file.name)
    if revision[0] > REVISION:
        raise CannotDo("database-newer")
    return str(kind[0])


def _copy_sqlite(source: Path, target: Path, *, alone: bool = True) -> None:
    """SQLite's own online backup: consistent, while others write. A copy that stands `alone` is one single file."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        if alone:
            there.execute("pragma journal_mode=delete")


def _copy_tables(source: Database, target: Path) -> None:
    """Every table of another database, from one snapshot of it."""
    copy = Database(sqlite_url(target))
    copy.migrate()
    try:
        with source.engine.connect() as look:
            look = look.execution_options(isolation_level="REPEATABLE READ")
            with copy.transaction() as there:
                _pour(look, there)
        with copy.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("pragma journal_mode=delete")
    finally:
        copy.close()


def _pour(look: Connection, there: Connection) -> None:
    """Every table but what is found by, which each kind of database keeps in its own way."""
    kinds: dict[Any, type[Base]] = {kind.local_table: kind.class_ for kind in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        if table is SearchText.__table__:
            continue
        rows = look.execution_options(yield_per=_CHUNK).execute(select(table))
        for chunk in rows.mappings().partitions(_CHUNK):
            pour(there, kinds[table], [dict(row) for row in chunk])
    rebuild(there)


def _restore_sqlite(file: Path, database: Database, replace: bool) -> None:
    target = Path(database.url.database or "")
    if target.exists() and not replace:
        raise CannotDo("already-there", file=target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".restoring")
    half.unlink(missing_ok=True)
    try:
        _copy_sqlite(file, half)
        trial = Database(sqlite_url(half))
        trial.migrate()
        trial.close()
        _copy_sqlite(half, target, alone=False)
    finally:
        for ending in ("", "-wal", "-shm"):
            half.with_name(half.name + ending).unlink(missing_ok=True)


def _restore_tables(file: Path, database: Database, replace: bool) -> None:
    if database.revision() and not replace:
        raise CannotDo("already-there", file=database.where)
    source = Database(sqlite_url(file))
    try:
        with source.reading() as look, database.transaction() as there:  # all of it, or what was there before
            Base.metadata.drop_all(there)
            there.execute(text("drop function if exists journal_is_final() cascade"))
            there.execute(text("drop table if exists alembic_version"))
            migrate_on(there)
            _pour(look, there)
            _set_rolls(there)
    finally:
        source.close()


def _set_rolls(there: Connection) -> None:
    """Numbers that PostgreSQL counts itself go on after the highest that came."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            highest = f"(select coalesce(max({column.name}), 0) + 1 from {table.name})"
            there.execute(text(f"select setval({name}, {highest}, false) where {name} is not null"))
