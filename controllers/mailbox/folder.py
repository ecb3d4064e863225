"""Watches a folder into which somebody, or some program, drops the files of channels.

A file is read once it has stood still; then it moves to `done` beside it, or to `not-read`, and a person is asked.
Nothing is read twice: what is in a file is known by its digest. Orders of files that come one by one ring once, when
no other file is on its way any more.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Table, insert, select

from controllers.channels.documents import LARGEST
from controllers.desk import Desk
from controllers.gathered_news import tell_gathered
from controllers.imports import import_file
from controllers.mailbox.sorting import FOLDER, MOST_RAW
from controllers.rights import needs
from models.counter_settings import settings_of
from models.database import Database
from models.faults import fault_words
from models.refusals import CannotDo
from models.rights import Right
from models.tables import ArrivedMail, Counter
from models.unreachable import cannot_be_asked

log = logging.getLogger(__name__)

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]
DONE, NOT_READ = "done", "not-read"
_HALF_WRITTEN = (".part", ".partial", ".tmp", ".crdownload", ".download", "~")
_MOST_AT_ONCE = 20
Stamp = tuple[int, int]
_SEEN: WeakKeyDictionary[Database, dict[str, Stamp]] = WeakKeyDictionary()
"""How each file stood when it was last looked at."""
_STAYS: WeakKeyDictionary[Database, dict[str, Stamp]] = WeakKeyDictionary()
"""What has been dealt with and lies there all the same, since it cannot be moved."""
_UNTOLD: WeakKeyDictionary[Database, datetime] = WeakKeyDictionary()
"""Since when orders wait to be told together with those of the files behind them."""
_TOLD_WITHIN = timedelta(seconds=20)
"""A folder into which something is written all the time keeps nobody from hearing of an order for longer."""


@needs(Right.FILES)
def look_into_folders(*, desk: Desk) -> bool:
    """Takes in what has stood still since the last look; whether there was anything."""
    folders = _folders(desk)
    if not folders:
        return False
    if desk.database not in _SEEN:
        _UNTOLD[desk.database] = desk.now()  # what whoever looked before could not tell any more
    before = _SEEN.get(desk.database, {})
    now = {str(file): stamp for folder in folders for file, stamp in _files(folder)}
    stays = {file: stamp for file, stamp in _STAYS.get(desk.database, {}).items() if now.get(file) == stamp}
    _SEEN[desk.database], _STAYS[desk.database] = now, stays
    still = [file for file, stamp in now.items() if before.get(file) == stamp and file not in stays]
    waiting, taken = len(now) - len(stays), 0
    try:
        for file in still:
            data = _read(file) if taken < _MOST_AT_ONCE else None
            if data is None:
                continue
            taken += 1
            _UNTOLD.setdefault(desk.database, desk.now())
            if not _take(Path(file), data, desk):
                stays[file] = now[file]
    finally:
        _tell(desk, more=waiting > taken)
    return bool(taken)


def _tell(desk: Desk, *, more: bool) -> None:
    """Rings for the orders of the files, unless `more` of them are on their way and nobody has waited for long."""
    since = _UNTOLD.get(desk.database)
    if since is None or (more and desk.now() < since + _TOLD_WITHIN):
        return
    tell_gathered(desk=desk.by_the_clock())
    _UNTOLD.pop(desk.database, None)


def _folders(desk: Desk) -> list[Path]:
    """The folder of this counter; where it has none, those of other counters that are found on this computer."""
    with desk.reading() as look:
        rows = look.execute(select(_C.c.id, _C.c.settings).where(_C.c.ended_at.is_(None))).all()
    told = {row.id: settings_of(row.settings).watched_folder for row in rows}
    own = told.get(desk.actor.counter_id)
    paths = {Path(each) for each in ([own] if own else told.values()) if each}
    return sorted(path for path in paths if path.is_absolute() and path.is_dir())


def _files(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """The files that lie there, and how they stand; neither hidden ones nor links, nor what is plainly half written."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        log.warning("a watched folder cannot be read: %s", type(error).__name__)
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower().endswith(_HALF_WRITTEN):
            continue
        with suppress(OSError):
            if entry.is_file(follow_symlinks=False):
                stands = entry.stat(follow_symlinks=False)
                yield Path(entry.path), (stands.st_size, stands.st_mtime_ns)


def _read(file: str) -> bytes | None:
    """What is in a file; None where somebody took it away, or still holds it."""
    try:
        with open(file, "rb") as look:
            return look.read(LARGEST + 1)
    except OSError:
        return None


def _take(file: Path, data: bytes, desk: Desk) -> bool:
    """Takes a file in and puts it away; whether it is away."""
    digest = hashlib.sha256(data).hexdigest()
    with desk.reading() as asked:
        known = asked.execute(select(_A.c.became).where(_A.c.digest == digest)).scalar()
    if known is not None:
        return _move(file, NOT_READ if known == "unread" else DONE)
    # Any bytes may name a file, and no database keeps them all.
    name = file.name.encode("utf-8", "replace").decode("utf-8")
    try:
        why = _import(name, data, desk)
    except CannotDo as no:
        if cannot_be_asked(no):
            raise
        why = f"file:{no.code}"
    except Exception as error:  # one file must not stop those behind it
        log.warning("a file was not read: %s", fault_words(error))
        why = "file:file-not-readable"
    _remember(name, data, digest, why, desk)
    return _move(file, NOT_READ if why else DONE)


def _import(name: str, data: bytes, desk: Desk) -> str:
    """Takes the orders of a file; why a person must look, '' where all was taken."""
    account = import_file(name, data, desk=desk, gathers_news=True)
    return f"order:{account.refused[0].code}" if account.refused else ""


def _remember(name: str, data: bytes, digest: str, why: str, desk: Desk) -> None:
    with desk.work(by_clock=True) as work:
        told = {"source": FOLDER, "digest": digest, "at": work.now, "became": "unread" if why else "order"}
        told |= {"why": why[:80], "subject": name[:500] if why else ""}
        told |= {"raw": data[:MOST_RAW] if why else None}
        work.connection.execute(insert(_A), told)
        work.changed.add("mails")


def _move(file: Path, where: str) -> bool:
    """Beside it, never over another of the same name; whether it could be. What stays is known by its digest."""
    with suppress(OSError):
        folder = file.parent / where
        folder.mkdir(exist_ok=True)
        free = next(
            folder / (file.name if not n else f"{file.stem} ({n}){file.suffix}")
            for n in range(10_000)
            if not (folder / (file.name if not n else f"{file.stem} ({n}){file.suffix}")).exists()
        )
        file.rename(free)
        return True
    return False
