"""The replica: a SQLite file at the counter with what check-in needs when the server does not answer.

It is made whole in a file beside it, whose content then takes its place in one transaction; afterwards it follows the
heads of the counters' chains, which tell what changed. Scans made in it wait until the server has them. As long as one
waits, nothing is ever put in its place, and nothing of the server's is written over what was done here.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, and_, func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from controllers.desk import Actor, Desk, open_desk, read_digest_secret
from controllers.offline import copying
from models.bulk import pour
from models.database import REVISION, Database, sqlite_url
from models.frozen import frozen
from models.journal import keyed_digest
from models.refusals import CannotDo
from models.tables import About, Counter, HandedOver, Operator, ScanRow
from models.watching import kinds_of

log = logging.getLogger(__name__)

FILE = "replica.sqlite"
_S: Table = ScanRow.__table__  # type: ignore[assignment]
_H: Table = HandedOver.__table__  # type: ignore[assignment]
_WAITS = or_(_H.c.scan_id.is_(None), and_(_S.c.undone_at.is_not(None), _H.c.undone.is_(False)))
_FROM = _S.outerjoin(_H, _H.c.scan_id == _S.c.id)
_WAITING = select(_S).select_from(_FROM).where(_WAITS).order_by(_S.c.at, _S.c.id)
_HOW_MANY = select(func.count()).select_from(_FROM).where(_WAITS)
_HEADS = text("select id, journal_seq from counters")
_ENTRIES = text(
    "select distinct subject, action from journal where counter_id = :counter and seq > :after and seq <= :last"
)
_MANY = 500  # changed reservations from which the whole is made anew
_NOTED_EVERY = timedelta(seconds=30)
_KEPT_ASIDE = timedelta(days=30)
"""So long a file that was set aside is kept: there are travelers in it."""
_CATALOGUE = frozenset(("counter", "staff", "redeem-group"))
"""Subjects of the journal after which the tables that are copied whole are copied again."""
_TOLD_EACH = frozenset(("import", "scan"))
"""Subjects whose reservations each have an entry of their own."""


@frozen
class Age:
    """How big a replica is, when it last heard of the server, and what is in it."""

    size: int
    synced_at: datetime | None
    reservations: int
    waiting: int


class Replica:
    """One counter's replica. Its lock keeps a scan and a change of the file from meeting."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        """Opens the file where there is one, or sets a damaged one aside.

        Raises CannotDo("replica-damaged") and CannotDo("replica-newer") where it cannot be used and holds scans
        that the server does not have.
        """
        self.file = folder / FILE
        self.clock = clock
        self.turn = threading.RLock()
        self.set_aside: Path | None = None
        self._heard_at: datetime | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._forget_old_asides()
        self._look_at_file()
        self.database = self._open()

    # --- what it is -------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        """Whether it has been filled, so that somebody can check in on it."""
        return self.synced_at is not None

    @property
    def synced_at(self) -> datetime | None:
        """When it was last as the server is, None for never."""
        if self._heard_at is None:
            kept = self.told("replica-synced-at")
            self._heard_at = datetime.fromisoformat(kept) if kept else None
        return self._heard_at

    def told(self, name: str) -> str:
        """What the replica keeps about itself, '' for nothing."""
        if not self.file.exists():
            return ""
        with self.database.reading() as look:
            return str(look.execute(select(About.value).where(About.name == name)).scalar() or "")

    def note(self, **told: str) -> None:
        """Keeps something about it, where there is one: `offline_since="..."`."""
        if not self.file.exists():
            return
        with self.turn, self.database.transaction() as there:
            copying.note_about(there, **told)

    def age(self) -> Age:
        """Its size in bytes, how old it is, and how much is in it."""
        if not self.is_ready:
            return Age(0, None, 0, 0)
        with self.database.reading() as look:
            many = int(look.execute(text("select count(*) from reservations")).scalar_one())
        size = sum(p.stat().st_size for p in self._files() if p.exists())
        return Age(size, self.synced_at, many, self.count_waiting())

    def desk(self, counter: str, known: Actor | None = None) -> Desk:
        """A desk that stands on it, at a counter; who acts is known as on the server.

        `known` came in at the server since the replica heard of it last. Raises CannotDo("replica-empty") where it
        was never filled, or never heard of the counter: a number given out here might be another's there.
        """
        if not self.is_ready:
            raise CannotDo("replica-empty")
        if known is not None:
            self.make_known(known)
        with self.database.reading() as there:
            if there.execute(select(Counter.id).where(Counter.name == counter)).first() is None:
                raise CannotDo("replica-empty")
        opened = open_desk(sqlite_url(self.file), clock=self.clock, counter=counter)
        opened.database.close()
        return Desk(self.database, opened.actor, opened.practice, self.clock)

    def make_known(self, actor: Actor) -> None:
        """Somebody who came in at the server since the replica heard of it last."""
        with self.turn, self.database.transaction() as there:
            copying.make_known(there, actor)

    # --- what waits -------------------------------------------------------------------------------

    def count_waiting(self) -> int:
        """How many scans the server does not have yet, or does not know to be taken back."""
        if not self.file.exists():
            return 0
        with self.database.reading() as look:
            return int(look.execute(_HOW_MANY).scalar_one())

    def waiting(self, most: int = 0) -> Sequence[Any]:
        """Those scans in the order of their own times."""
        if not self.file.exists():
            return ()
        with self.database.reading() as look:
            return look.execute(_WAITING.limit(most) if most else _WAITING).all()

    def has_handed(self, scans: Sequence[Any]) -> None:
        """The server has these now, as they were when they were handed over."""
        rows = [
            {"scan_id": s.id, "at": datetime.now(UTC), "undone": s.undone_at is not None, "against": ""}
            for s in scans
        ]
        with self.turn, self.database.transaction() as there:
            there.execute(_H.delete().where(_H.c.scan_id.in_([row["scan_id"] for row in rows])))
            pour(there, HandedOver, rows)

    def prove(self, look: Connection, where: str) -> None:
        """Raises CannotDo("replica-of-another") where this was made from another database than the one looked at.

        What answers at an address may be another one since the program was started, so it is asked each time.
        """
        of = self.told("replica-of")
        if of and of != _identity(look):
            raise CannotDo("replica-of-another", where=where)

    # --- making and following ---------------------------------------------------------------------

    def follow(self, server: Desk) -> bool:
        """Brings it up to date with the server; whether it is now. While scans wait, it stays as it is.

        Raises CannotDo("replica-of-another") where scans wait for another database. What the server does not
        answer is raised as it comes.
        """
        with server.reading() as look:
            if self.count_waiting():
                self.prove(look, server.database.where)
                return False
            changes = self._changes(server, look)
            if changes is None:
                return self._fill(server, look)
            return self._put(server, look, *changes)

    def _changes(self, server: Desk, look: Connection) -> tuple[dict[int, int], set[int], bool] | None:
        """The heads now, the reservations that changed and whether the catalogue did; None for everything."""
        before = json.loads(self.told("replica-heads") or "null")
        same = self.told("replica-of") == _identity(look) and self.told("replica-revision") == REVISION
        if before is None or not same or self.told("replica-day") != _today(server, look).isoformat():
            return None
        now = _heads(look)
        numbers: set[int] = set()
        catalogue = len(now) != len(before)
        for counter, last in now.items():
            after = int(before.get(str(counter), 0))
            if last < after:
                return None  # the server was put back to an earlier day
            if last == after:
                continue
            for subject, action in look.execute(_ENTRIES, {"counter": counter, "after": after, "last": last}):
                word, _, number = subject.partition(":")
                if not kinds_of(subject, action) or word in _TOLD_EACH:
                    continue
                if word == "reservation":
                    numbers.add(int(number))
                elif word == "departure":
                    numbers.update(copying.of_departure(look, int(number)))
                elif word in _CATALOGUE:
                    catalogue = True
                else:
                    return None
        return (now, numbers, catalogue) if len(numbers) <= _MANY else None

    def _put(
        self, server: Desk, look: Connection, heads: dict[int, int], numbers: set[int], catalogue: bool
    ) -> bool:
        """Fetches what changed, and only then writes: a scan never waits for the server here."""
        held = copying.wanted(look, _today(server, look), sorted(numbers)) if numbers else []
        rows = copying.reservations(look, held) if held else {}
        if catalogue:
            rows |= copying.catalogue(look)
        if rows or numbers or not self._was_noted_lately(server.now()):
            with self.turn, self.database.transaction() as there:
                if there.execute(_HOW_MANY).scalar_one():
                    return False
                copying.replace(there, rows, numbers - set(held))
                copying.note_about(
                    there, replica_heads=json.dumps(heads), replica_synced_at=_now_text(server)
                )
        self._heard_at = server.now()
        return True

    def _was_noted_lately(self, now: datetime) -> bool:
        """Whether the disk need not be troubled only to say that nothing was new."""
        kept = self.told("replica-synced-at")
        return bool(kept) and abs(now - datetime.fromisoformat(kept)) < _NOTED_EVERY

    def _fill(self, server: Desk, look: Connection) -> bool:
        """Makes it whole in a file beside it, whose content then takes the place of what was there."""
        part = self.file.with_suffix(".part")
        _remove(part)
        made = _make_empty(part)
        try:
            with made.transaction() as there:
                _copy_all(server, look, there)
            with made.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("pragma wal_checkpoint(truncate)")
        finally:
            made.close()
        return self._take_place(part)

    def _take_place(self, part: Path) -> bool:
        """In one transaction of the file that is there: somebody may have it open, and go on working in it.

        A file that took another's name would leave them with one that nobody finds again, and what they keep in it.
        """
        with self.turn:
            if self.count_waiting():
                _remove(part)
                return False
            if self.file.exists():
                self._take_over(part)
                _remove(part)
            else:
                os.replace(part, self.file)
            self._heard_at = None
        return True

    def _take_over(self, part: Path) -> None:
        with closing(sqlite3.connect(part)) as new, self.database.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            new.backup(driver)
        self.database.write_back()

    def close(self) -> None:
        """Leaves the file alone."""
        self.database.close()

    # --- opening ----------------------------------------------------------------------------------

    def _files(self) -> list[Path]:
        return [self.file, *(self.file.with_name(self.file.name + end) for end in ("-wal", "-shm"))]

    @property
    def _marker(self) -> Path:
        return self.file.with_suffix(".waits")

    def mark_waiting(self, waits: bool) -> None:
        """A sign beside the file that scans wait in it: it can be read where the file cannot."""
        if waits and not self._marker.exists():
            self._marker.touch()
        elif not waits:
            self._marker.unlink(missing_ok=True)

    def _open(self) -> Database:
        database = Database(sqlite_url(self.file))
        if not self.file.exists():
            return database  # it is made when it can be filled
        try:
            database.migrate()
        except (CannotDo, SQLAlchemyError) as error:
            database.close()
            raise CannotDo("replica-damaged", file=str(self.file)) from error
        self.file.chmod(0o600)
        return database

    def _look_at_file(self) -> None:
        """Sets a file aside that cannot be used, unless scans wait in it."""
        if not self.file.exists():
            return
        revision, waits, whole = _read_file(self.file)
        waits = waits or (not whole and self._marker.exists())
        if whole and revision <= REVISION:
            return
        if waits:
            newer = whole and revision > REVISION
            raise CannotDo("replica-newer" if newer else "replica-damaged", file=str(self.file))
        self._put_aside()

    def _forget_old_asides(self) -> None:
        before = (datetime.now(UTC) - _KEPT_ASIDE).timestamp()
        for one in self.file.parent.glob("replica-aside-*"):
            if one.stat().st_mtime < before:
                one.unlink()

    def _put_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        self.set_aside = self.file.with_name(f"replica-aside-{stamp}.sqlite")
        for one in self._files():
            if one.exists():
                one.rename(self.set_aside.with_name(self.set_aside.name + one.name.removeprefix(FILE)))
        log.warning("a replica that could not be used was set aside as %s", self.set_aside.name)


def _read_file(file: Path) -> tuple[str, bool, bool]:
    """A file's revision, whether scans wait in it as far as that can be read, and whether it is whole."""
    revision, waits, whole = "", False, False
    try:
        with closing(sqlite3.connect(file, timeout=5)) as look:
            revision = str(look.execute("select version_num from alembic_version").fetchone()[0])
            waits = bool(look.execute(_COUNT_BY_HAND).fetchone()[0])
            whole = look.execute("pragma quick_check(1)").fetchone()[0] == "ok"
    except (sqlite3.Error, TypeError) as error:
        log.warning("the replica cannot be read: %s", type(error).__name__)
    return revision, waits, whole


_COUNT_BY_HAND = (
    "select count(*) from scans left join handed_over on handed_over.scan_id = scans.id "
    "where handed_over.scan_id is null or (scans.undone_at is not null and not handed_over.undone)"
)


def _make_empty(file: Path) -> Database:
    """A new file that only its owner reads, with all tables and nothing in them."""
    file.touch(0o600)
    made = Database(sqlite_url(file))
    made.migrate()
    return made


def _copy_all(server: Desk, look: Connection, there: Connection) -> None:
    today = _today(server, look)
    numbers = copying.wanted(look, today)
    copying.replace(there, copying.catalogue(look))
    copying.replace(there, copying.reservations(look, numbers))
    kind = look.execute(select(About.value).where(About.name == "kind")).scalar() or "real"
    copying.note_about(
        there,
        kind=str(kind),
        replica_of=_identity(look),
        replica_revision=REVISION,
        replica_day=today.isoformat(),
        replica_heads=json.dumps(_heads(look)),
        replica_synced_at=_now_text(server),
    )


def _identity(look: Connection) -> str:
    """What tells one database from another, wherever it has moved: its own secret, unreadable."""
    return keyed_digest(read_digest_secret(look), "replica")


def _today(server: Desk, look: Connection) -> Any:
    zone = str(look.execute(select(Operator.zone)).scalar_one())
    return server.now().astimezone(ZoneInfo(zone)).date()


def _heads(look: Connection) -> dict[int, int]:
    return {int(counter): int(seq) for counter, seq in look.execute(_HEADS)}


def _now_text(server: Desk) -> str:
    return server.now().astimezone(UTC).isoformat()


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
