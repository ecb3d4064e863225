"""Brings a backup back into a database, and tries beforehand whether it could be brought back."""

from __future__ import annotations

import logging
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from controllers.backup import folder_of, newest_copy, passphrase_of, plan_of
from controllers.copying import copy_sqlite, counts_of, room, write
from controllers.desk import Desk
from controllers.journal import chains
from controllers.pouring import empty, pour_all, set_rolls
from controllers.rights import needs
from controllers.sealed import is_sealed, unseal
from models.database import REVISION, Database, migrate_on, sqlite_url
from models.faults import fault_words
from models.recovery import Trial
from models.refusals import CannotDo
from models.rights import Right
from models.search.keeping import rebuild
from models.tables import BackupRow, Counter, RestoreTrial, SearchText

log = logging.getLogger(__name__)
_B: Table = BackupRow.__table__  # type: ignore[assignment]
_T: Table = RestoreTrial.__table__  # type: ignore[assignment]


def restore(file: Path, url: str, *, replace: bool = False, passphrase: str = "") -> None:
    """Brings a backup back into the database at `url`.

    Raises CannotDo("backup-not-ours"), ("database-newer"), ("passphrase-wrong") or, without `replace`,
    ("already-there").
    """
    database = Database(url)
    beside = Path(database.url.database or "").parent if database.is_sqlite else Path(tempfile.gettempdir())
    try:
        with _readable(file, passphrase, beside) as plain:
            _same_kind(database, _check(plain, file.name))
            if database.is_sqlite:
                _restore_sqlite(plain, database, replace)
            else:
                _restore_tables(plain, database, replace)
    finally:
        database.close()


@needs(Right.BACKUP)
def rehearse_restore(*, desk: Desk, passphrase: str = "") -> Trial:
    """Opens the newest copy beside the data, migrates it and checks it; what came of it is kept and told.

    Raises CannotDo("no-backup") where there is none. Whatever is wrong with the copy itself is in the answer.
    """
    with desk.reading() as look:
        plan = plan_of(look)
    file = newest_copy(folder_of(plan, desk.home))
    if file is None:
        raise CannotDo("no-backup", folder=str(folder_of(plan, desk.home)))
    began = time.monotonic()
    found: dict[str, Any] = {}
    problem, facts = "", {}
    try:
        passphrase = passphrase or passphrase_of(desk.home)
        with room(desk.home) as place, _readable(file, passphrase, place) as plain:
            found = _tried(plain, file.name, place)
            _compare(found, desk, file.name)
    except CannotDo as no:
        problem, facts = no.code, {name: str(value) for name, value in no.facts.items()}
    found |= {"facts": facts, "seconds": round(time.monotonic() - began, 1)}
    return _keep(desk, file.name, problem, found)


@needs(Right.OWN)
def last_trial(look: Connection, desk: Desk) -> Trial | None:
    """The last rehearsal of bringing a copy back."""
    asked = select(_T, Counter.name.label("counter")).join(Counter, Counter.id == _T.c.counter_id)
    row = look.execute(asked.order_by(_T.c.at.desc(), _T.c.id.desc()).limit(1)).first()
    return None if row is None else _trial(row.at, row.counter, row.file, row.problem, row.found)


def unlock(file: Path, out: Path, passphrase: str) -> None:
    """Writes what a sealed file holds into a readable one, for PostgreSQL's own tools."""
    if out.exists():
        raise CannotDo("already-there", file=out.name)
    write(unseal(file, passphrase), out)


@contextmanager
def _readable(file: Path, passphrase: str, beside: Path) -> Iterator[Path]:
    """The file itself, or what was sealed in it, in a room of its own."""
    if not file.is_file():
        raise CannotDo("file-not-readable", file=file.name, why="there is no such file")
    if not is_sealed(file):
        yield file
        return
    if not passphrase:
        raise CannotDo("passphrase-missing", file=file.name)
    with room(beside) as place:
        plain = place / "copy.sqlite"
        write(unseal(file, passphrase), plain)
        yield plain


def _check(file: Path, name: str) -> str:
    """The kind of data in a backup that is whole; a damaged one is refused before anything is touched."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as look:
            revision = look.execute("select version_num from alembic_version").fetchone()
            kind = look.execute("select value from about where name = 'kind'").fetchone()
            whole = look.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
            whole = whole and look.execute("pragma foreign_key_check").fetchone() is None
    except sqlite3.Error as error:
        raise CannotDo("backup-not-ours", file=name) from error
    if revision is None or kind is None or not whole:
        raise CannotDo("backup-damaged" if revision and kind else "backup-not-ours", file=name)
    if revision[0] > REVISION:
        raise CannotDo("database-newer")
    return str(kind[0])


def _tried(plain: Path, name: str, place: Path) -> dict[str, Any]:
    """What was found in a copy that was opened and migrated. Raises CannotDo for one that does not hold together."""
    _check(plain, name)
    trial = place / "trial.sqlite"
    copy_sqlite(plain, trial)
    database = Database(sqlite_url(trial))
    try:
        revision = _brought_up_to_date(database, name)
        with database.reading() as look:
            walked = chains(look)
            counts = counts_of(look)
    finally:
        database.close()
    broken = next((one for one in walked if one.broken_at is not None), None)
    if broken is not None:
        raise CannotDo("chain-broken", counter=broken.counter, seq=broken.broken_at)
    return {"counts": counts, "entries": sum(one.entries for one in walked), "from_revision": revision}


def _brought_up_to_date(copy: Database, name: str) -> str:
    """Migrates a copy; the version it came from. Raises CannotDo("copy-not-migrated") for whatever is in the way."""
    before = copy.revision()
    try:
        copy.migrate()
    except CannotDo:
        raise
    except Exception as error:  # whatever a migration stumbles over
        log.error("a copy of version %s cannot be migrated\n%s", before, fault_words(error))
        raise CannotDo("copy-not-migrated", file=name, before=before, after=REVISION) from error
    return before


def _compare(found: dict[str, Any], desk: Desk, name: str) -> None:
    """Nothing may be missing of what was there when the copy was made."""
    with desk.reading() as look:
        asked = select(_B.c.counts).where(_B.c.file == name, _B.c.problem == "").order_by(_B.c.id.desc())
        told = look.execute(asked.limit(1)).scalar()
    for what, count in (told or {}).items():
        if found["counts"].get(what) != count:
            raise CannotDo("counts-differ", what=what, found=found["counts"].get(what), told=count)


def _keep(desk: Desk, file: str, problem: str, found: dict[str, Any]) -> Trial:
    with desk.work() as work:
        row = {"at": work.now, "counter_id": desk.actor.counter_id, "staff_id": work.staff_id}
        work.connection.execute(insert(_T), {**row, "file": file, "problem": problem, "found": found})
        work.record("backup", "rehearse-restore", file=file, problem=problem)
        work.changed.add("backups")
        return _trial(work.now, desk.actor.counter, file, problem, found)


def _trial(at: Any, counter: str, file: str, problem: str, found: dict[str, Any]) -> Trial:
    return Trial(
        at,
        counter,
        file,
        problem,
        dict(found.get("facts", {})),
        dict(found.get("counts", {})),
        int(found.get("entries", 0)),
        str(found.get("from_revision", "")),
        float(found.get("seconds", 0)),
    )


def _same_kind(database: Database, kind: str) -> None:
    """Practice data never takes the place of real data, nor the other way round."""
    if not database.exists() or not database.revision():
        return
    with database.reading() as look:
        here = look.execute(text("select value from about where name = 'kind'")).scalar()
    database.close()  # the file is about to be written by somebody else
    if here and here != kind:
        raise CannotDo("other-kind", here=here, kind=kind)


def _restore_sqlite(file: Path, database: Database, replace: bool) -> None:
    target = Path(database.url.database or "")
    if target.exists() and not replace:
        raise CannotDo("already-there", file=target.name)
    with room(target.parent) as place:
        half = place / "restoring.sqlite"
        copy_sqlite(file, half)
        trial = Database(sqlite_url(half))
        _brought_up_to_date(trial, file.name)
        with trial.transaction() as there:
            if there.execute(select(SearchText.reservation_id).limit(1)).first() is None:
                rebuild(there)  # one that was poured out of an older server comes without it
        trial.close()
        copy_sqlite(half, target, alone=False)


def _restore_tables(file: Path, database: Database, replace: bool) -> None:
    if database.revision() and not replace:
        raise CannotDo("already-there", file=database.where)
    source = Database(sqlite_url(file))
    try:
        with (
            database.within(None),
            source.reading() as look,
            database.transaction() as there,
        ):  # all of it, or nothing
            empty(there)
            migrate_on(there)
            pour_all(look, there)
            set_rolls(there)
    finally:
        source.close()
