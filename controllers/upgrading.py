"""Brings the data of an older Counterfoil up to date, after a copy was made; what fails leaves them as they were."""

from __future__ import annotations

import logging
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, insert, select

from models.database import REVISION, Database, migrate_on, sqlite_url
from models.faults import fault_words
from models.refusals import CannotDo
from models.tables import SearchText

log = logging.getLogger(__name__)
_CHUNK = 1000


def bring_up_to_date(database: Database, folder: Path | None = None) -> None:
    """Makes, or migrates, the tables; `folder` is where the copy of a shared database goes.

    Raises CannotDo("database-newer"), ("upgrade-without-backup") or ("upgrade-failed").
    """
    revision = database.revision() if database.exists() else ""
    if not revision or revision >= REVISION:
        database.migrate()
        return
    try:
        copy = _copy(database, revision, folder)
    except CannotDo as no:
        raise CannotDo("upgrade-without-backup", why=no.sentence) from no
    try:
        database.migrate()
    except CannotDo:
        raise
    except Exception as error:  # whatever a migration stumbles over: its transaction was taken back
        log.error("the migration from %s failed\n%s", revision, fault_words(error))
        raise CannotDo("upgrade-failed", before=revision, after=REVISION, copy=str(copy)) from error


def _copy(database: Database, revision: str, folder: Path | None) -> Path:
    """A copy that the former program opens: beside a file, or in this computer's folder for a server.

    What makes it is loaded here: data are older than the program once in a season, and opened every day.
    """
    from controllers.copying import copy_database, half_file
    from controllers.server_dump import dumped, find_program

    if database.is_sqlite:
        live = Path(database.url.database or "")
        copy = live.with_name(f"{live.stem}.before-{revision}{live.suffix}")
        _finished(copy, lambda half: copy_database(database, half))
        return copy
    place = folder or Path(tempfile.gettempdir())
    name = f"{database.url.database}.before-{revision}"
    place.mkdir(parents=True, exist_ok=True)
    try:
        program = find_program(database)
        with half_file(place / f"{name}.dump") as out:
            for piece in dumped(program, database):
                out.write(piece)
        return place / f"{name}.dump"
    except CannotDo as no:
        log.info("no dump before the upgrade: %s", no.code)
    copy = place / f"{name}.sqlite"
    _finished(copy, lambda half: _pour_as_it_is(database, half, revision))
    return copy


def _finished(copy: Path, make: Any) -> None:
    half = copy.with_name(copy.name + ".part")
    try:
        half.unlink(missing_ok=True)
        half.touch(0o600)
        make(half)
        os.replace(half, copy)
    except OSError as error:
        raise CannotDo(
            "folder-not-usable", file=str(copy.parent), why=error.strerror or str(error)
        ) from error
    finally:
        half.unlink(missing_ok=True)


def _pour_as_it_is(source: Database, target: Path, revision: str) -> None:
    """Every table as that revision has it; the models of today do not know it any more."""
    copy = Database(sqlite_url(target))
    try:
        with copy.transaction() as there:
            migrate_on(there, revision)
        with source.within(None), source.reading() as look, copy.transaction() as there:
            theirs, ours = MetaData(), MetaData()
            theirs.reflect(look)
            ours.reflect(there)
            for table in ours.sorted_tables:
                if table.name in theirs.tables and table.name not in (
                    "alembic_version",
                    SearchText.__tablename__,
                ):
                    rows = look.execution_options(yield_per=_CHUNK).execute(select(theirs.tables[table.name]))
                    for chunk in rows.mappings().partitions(_CHUNK):
                        there.execute(insert(table), [_plain(row) for row in chunk])
        with copy.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("pragma journal_mode=delete")
    finally:
        copy.close()


def _plain(row: Any) -> dict[str, Any]:
    """SQLite keeps instants without their zone, in UTC."""
    return {
        name: value.astimezone(UTC).replace(tzinfo=None)
        if isinstance(value, datetime) and value.tzinfo
        else value
        for name, value in row.items()
    }
