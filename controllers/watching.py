"""Hears that somebody else changed the database: another window, the command line, another counter.

On a SQLite file one connection, kept for nothing else, is asked whether the file has changed: 10 µs.
On PostgreSQL a line of its own listens to what every desk says after its commits (`Work.tell_others`).
Both only say "ask again"; what was changed, and that it was not we ourselves, is read from the ends of
the counters' chains in the journal. A line that was cut, or a pooler that hands no news on, is made up
for in the same way.
"""

from __future__ import annotations

import logging
import threading
import weakref
from time import sleep
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from controllers.desk import Desk
from models.moved_away import refusal_of
from models.refusals import CannotDo
from models.watching import EVERYTHING, UNWRITTEN, kinds_of

NOTHING: frozenset[str] = frozenset()
_HEADS = text("select id, journal_seq from counters")
_ENTRIES = text(
    "select distinct subject, action from journal where counter_id = :counter and seq between :first and :last"
)
_TELL = text("select pg_notify('counterfoil', :words)")
_TRIES, _TRY_AGAIN_S = 200, 0.005
_MANY = 200  # entries at once from which it is not worth while to look at each

log = logging.getLogger(__name__)


class Watch:
    """Looks whether others have changed something since the last look. One look at a time, on any lane.

    Made before the first screen asks, so that nothing falls between the two.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file = File(str(desk.database.url.database)) if desk.database.is_sqlite else None
        self._version = self.file.version() if self.file else 0
        try:
            with desk.reading() as look:
                self._heads = _heads(look)
        except CannotDo:
            self._heads = {}  # a server that is away: everything is news when it is back

    def look(self) -> frozenset[str]:
        """The kinds of things that others have changed since the last look.

        Raises CannotDo("database-unreachable") where the database does not answer.
        """
        if self.file is not None:
            version = self.file.version()
            if version == self._version:
                return NOTHING
            self._version = version
        try:
            with self._desk.reading() as look:
                return self._read(look)
        except SQLAlchemyError as error:
            raise CannotDo("database-unreachable", where=self._desk.database.where) from error

    def close(self) -> None:
        """Looks no more."""
        if self.file is not None:
            self.file.close()

    def _read(self, look: Connection) -> frozenset[str]:
        before, now = self._heads, _heads(look)
        if before == now:
            return UNWRITTEN if self.file is not None else NOTHING
        changed: set[str] = set()
        for counter, last in now.items():
            first = before.get(counter, 0) + 1
            if last < first - 1:
                changed |= EVERYTHING  # the database was put back to an earlier day
            for start, end in self._desk.own.others(counter, first, last):
                changed |= _changed(look, counter, start, end)
        self._heads = now
        return frozenset(changed)


class File:
    """One connection to a SQLite file, kept for asking whether any other connection has changed it.

    What is written over it is no news to this program, which else would look around after every beat of its own.
    """

    def __init__(self, file: str) -> None:
        import sqlite3

        self._driver = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
        self._busy, self._wrong = sqlite3.OperationalError, sqlite3.DatabaseError
        self._where = file
        self._lock = threading.Lock()
        self._open = True
        self._last = 0

    def version(self) -> int:
        """The file's number; it is another after every change."""
        with self._lock:
            if self._open:
                try:
                    self._last = int(self._driver.execute("pragma data_version").fetchone()[0])
                except self._busy as error:  # somebody holds the file for a moment: the next look tells
                    log.debug("the file did not tell its version: %s", error)
            return self._last

    def write(self, statement: str, facts: dict[str, Any]) -> None:
        """One statement, kept at once. Raises CannotDo("database-busy") where others write all the time."""
        for _ in range(_TRIES):
            with self._lock:
                if not self._open:
                    return
                try:
                    self._driver.execute(statement, facts)
                    return
                except self._wrong as error:
                    if not str(error.sqlite_errorname).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                        no = refusal_of(error) or CannotDo("database-unreachable", where=self._where)
                        raise no from error
            sleep(_TRY_AGAIN_S)
        raise CannotDo("database-busy")

    def close(self) -> None:
        """Leaves the file alone."""
        with self._lock:
            self._open = False
            self._driver.close()


class Line:
    """The line on which PostgreSQL passes on what other desks say. Belongs to whoever waits for `fileno`."""

    def __init__(self, desk: Desk) -> None:
        """Opens it, on a lane. Raises CannotDo("database-unreachable")."""
        import psycopg

        self._desk = desk
        self._broken = (psycopg.Error, SQLAlchemyError)
        self.is_proven = False
        try:
            pooled = desk.database.engine.raw_connection()
            driver: Any = pooled.driver_connection
            pooled.detach()
            driver.rollback()
            driver.autocommit = True
            if not driver.is_pooled:  # a pooler would keep the calls to itself; then `prove` is not heard
                driver.execute("listen counterfoil")
        except self._broken as error:
            raise self._cut from error
        self._driver = driver
        self._hang_up = weakref.finalize(self, driver.close)  # also where nobody is left to take the line

    def fileno(self) -> int:
        """What becomes readable when there is something to hear."""
        return int(self._driver.fileno())

    def hear(self) -> frozenset[str]:
        """The kinds others have changed; never waits. Raises CannotDo when the line was cut."""
        changed: set[str] = set()
        try:
            for note in self._driver.notifies(timeout=0):
                who, _, kinds = note.payload.partition(" ")
                if who != self._desk.own.name:
                    changed.update(kinds.split())
                elif not kinds:
                    self.is_proven = True
        except self._broken as error:
            raise self._cut from error
        return frozenset(changed)

    def prove(self) -> None:
        """Says something to ourselves by another way, on a lane: `is_proven` when it is heard on this line.

        A pooler that lends its connections for one transaction each takes LISTEN, and hands nothing on.
        """
        self.is_proven = False
        try:
            with self._desk.database.transaction() as connection:
                connection.execute(_TELL, {"words": self._desk.own.name})
        except self._broken as error:
            raise self._cut from error

    def close(self) -> None:
        """Hangs up."""
        self._hang_up()

    @property
    def _cut(self) -> CannotDo:
        return CannotDo("database-unreachable", where=self._desk.database.where)


def _heads(look: Connection) -> dict[int, int]:
    return {int(counter): int(seq) for counter, seq in look.execute(_HEADS)}


def _changed(look: Connection, counter: int, first: int, last: int) -> frozenset[str]:
    if last - first >= _MANY:
        return EVERYTHING
    asked = look.execute(_ENTRIES, {"counter": counter, "first": first, "last": last})
    return frozenset().union(*(kinds_of(subject, action) for subject, action in asked))
