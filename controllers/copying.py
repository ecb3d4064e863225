"""Copies a whole database into one file of its own, in a room nobody else may enter, and takes such a file apart again.

The copy is always a SQLite file with the same tables, keys included, whichever database the desk works on.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, func, select

from controllers.pouring import pour_all
from models.database import Database, sqlite_url
from models.refusals import CannotDo
from models.tables import JournalEntry, Payment, Reservation, ScanRow, Ticket

COUNTED = {
    "reservations": Reservation.__table__,
    "tickets": Ticket.__table__,
    "scans": ScanRow.__table__,
    "payments": Payment.__table__,
    "journal": JournalEntry.__table__,
}
"""What is counted in a copy, and again when it is tried."""

_ROOM = "counterfoil-room-"
_ABANDONED_S = 6 * 3600
_PIECE = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_OURS = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def room(folder: Path) -> Iterator[Path]:
    """A folder for what must lie readable for a moment: only its owner enters, and it goes whatever happens.

    What a program that was ended left behind goes with the next one.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, f"{_ROOM}*")
        made = Path(tempfile.mkdtemp(prefix=_ROOM, dir=folder))
    except OSError as error:
        raise refusal_of(error, folder) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def half_file(file: Path) -> Iterator[BinaryIO]:
    """Writes a file that is there when it is finished and safe on the disk, and otherwise not at all."""
    half = file.with_name(file.name + ".part")
    try:
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, file)
    except OSError as error:
        raise refusal_of(error, file) from error
    finally:
        with _whatever_happens():
            half.unlink(missing_ok=True)


def pieces(file: Path) -> Iterator[bytes]:
    """A file, some of it at a time."""
    with file.open("rb") as look:
        while piece := look.read(_PIECE):
            yield piece


def write(told: Iterable[bytes], file: Path) -> None:
    """Writes what comes in pieces into a new file of ours."""
    with half_file(file) as out:
        for piece in told:
            out.write(piece)


def copy_database(source: Database, target: Path) -> None:
    """A consistent copy, while others write."""
    try:
        target.touch(0o600)
        if source.is_sqlite:
            copy_sqlite(Path(source.url.database or ""), target)
        else:
            _copy_tables(source, target)
    except (OSError, sqlite3.Error) as error:
        raise refusal_of(error, target) from error


def copy_sqlite(source: Path, target: Path, *, alone: bool = True) -> None:
    """SQLite's own online backup: consistent, while others write. A copy that stands `alone` is one single file."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        if alone:
            there.execute("pragma journal_mode=delete")


def counts_of(look: Connection) -> dict[str, int]:
    """How many rows of each kind there are."""
    return {
        name: int(look.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in COUNTED.items()
    }


def refusal_of(error: OSError | sqlite3.Error, file: Path) -> CannotDo:
    """What a disk says, as a sentence."""
    if isinstance(error, sqlite3.Error):
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        if full:
            return CannotDo("disk-full", where=str(file.parent))
        return CannotDo("file-not-writable", file=file.name, why=str(error))
    if error.errno in _FULL:
        return CannotDo("disk-full", where=str(file.parent))
    if error.errno in _NOT_OURS:
        return CannotDo("folder-read-only", where=str(file.parent))
    return CannotDo("file-not-writable", file=file.name, why=error.strerror or str(error))


def _copy_tables(source: Database, target: Path) -> None:
    """Every table of another database, from one snapshot of it."""
    copy = Database(sqlite_url(target))
    copy.migrate()
    try:
        with source.within(None), source.reading() as look, copy.transaction() as there:
            pour_all(look, there)
        with copy.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("pragma journal_mode=delete")
    finally:
        copy.close()


def sweep_halves(folder: Path) -> None:
    """Takes away what programs that were ended left half written among the copies."""
    _sweep(folder, "counterfoil-*.sealed.part")


def _sweep(folder: Path, pattern: str) -> None:
    until = time.time() - _ABANDONED_S
    for left in folder.glob(pattern):
        with _whatever_happens():
            if left.stat().st_mtime < until:
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()


@contextmanager
def _whatever_happens() -> Iterator[None]:
    """Tidying up never gets in the way of what somebody wanted."""
    try:
        yield
    except OSError:
        return
