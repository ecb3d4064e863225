"""Moves the desk's data from a file on this computer to a shared PostgreSQL server.

Everything is poured in one transaction of the server, while the file is held so that nobody writes into it. Before
that transaction ends, rows and checksums of every table and every chain of the journal are compared. Only then the
file is sealed and the place switches. Whatever stops it before takes the server's half away by itself, and the desk
goes on with the file.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import URL, Connection, Table, bindparam, func, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from controllers import journal
from controllers.backup import backup
from controllers.desk import DIGEST_KEY, Desk
from controllers.pouring import Rows, chunks, empty, pour_all, poured_tables, set_rolls
from controllers.rights import needs
from models import address as addresses
from models.database import REVISION, Database, migrate_on
from models.faults import fault_words
from models.frozen import frozen
from models.moved_away import MOVED_TO, seal, unseal
from models.refusals import CannotDo
from models.relocating import Tally
from models.rights import Right
from models.tables import Counter, JournalEntry, Key

if TYPE_CHECKING:
    from controllers.place import Place

log = logging.getLogger(__name__)

_GONE = ("database-broke-off", "database-silent", "database-unreachable", "server-starting")
_ABOUT_SERVER = text(
    "select current_setting('server_version_num')::int / 10000 as version, "
    "current_setting('server_encoding') as encoding, pg_is_in_recovery() as copies, current_schema() as place, "
    "coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_make"
)


class Step(StrEnum):
    """Where the move is."""

    TRYING = "trying"
    BACKUP = "backup"
    POURING = "pouring"
    SEARCH = "search"
    COMPARING = "comparing"
    CHAINS = "chains"
    SWITCHING = "switching"


@dataclass(slots=True)
class Progress:
    """How far the move is; written on a lane, read on the UI thread, which may `stop` it until it switches."""

    step: Step = Step.TRYING
    table: str = ""
    done: int = 0
    of: int = 0
    is_stopped: bool = False
    heard: Callable[[str, str], None] | None = None
    """Is told each new step and table, on the lane."""

    def stop(self) -> None:
        """Somebody thinks better of it."""
        self.is_stopped = True

    def tell(self, step: Step, table: str = "", more: int = 0) -> None:
        """So far it has come. Raises CannotDo("move-stopped") where it was stopped."""
        if self.is_stopped:
            raise CannotDo("move-stopped")
        if step is not self.step:
            self.done = 0
        if self.heard is not None and (step, table) != (self.step, self.table):
            self.heard(step.value, table)
        self.step, self.table, self.done = step, table, self.done + more


@frozen
class Compared:
    """One table, found the same on both sides."""

    table: str
    rows: int
    checksum: str


@frozen
class Moved:
    """What came of it: where the data are, what was compared, and the copy that was made before."""

    where: str
    tables: tuple[Compared, ...]
    chains: int
    backup: Path

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(one.rows for one in self.tables)


@needs(Right.DATABASE)
def try_server(address: str, *, desk: Desk, password: str = "", root: str = "") -> str:
    """Whether the desk could move there; the server in words. Raises CannotDo with what is in the way.

    `root` is the file of the root certificate the server proves itself by, '' for the system's.
    """
    target = Database(_wanted(address, password, root))
    try:
        _may_leave(desk)
        with target.reading() as look:
            return f"PostgreSQL {_look_over(look, desk)}"
    finally:
        target.close()


@needs(Right.DATABASE)
def move_to(
    address: str,
    *,
    desk: Desk,
    place: Place,
    password: str = "",
    root: str = "",
    progress: Progress | None = None,
) -> Moved:
    """Moves everything there; `place` is switched last. Raises CannotDo, and then nothing has changed."""
    told = progress or Progress()
    told.tell(Step.TRYING)
    if place.told_database or place.practice or desk.practice:
        raise CannotDo("move-of-another")
    _may_leave(desk)
    url = _wanted(address, password, root)
    target = Database(url)
    try:
        with target.reading() as look:
            _look_over(look, desk)
        told.tell(Step.BACKUP)
        copy = _copied(desk, place)
        compared, count = _moved_or_not(desk, target, place, url, told)
        moved = Moved(addresses.where(url), compared, count, copy)
        _record(desk, target, moved)
    finally:
        target.close()
    desk.database.set_away(CannotDo("moved-away", where=moved.where))
    desk.database.close()
    put_aside(Path(desk.database.url.database or ""))
    return moved


def put_aside(file: Path) -> Path:
    """A sealed file under a name that says where its data went; any other is left alone.

    While a program still has it open it keeps its name, and the next start tries again.
    """
    where = _sealed_to(file)
    if not where or any(file.with_name(file.name + ending).exists() for ending in ("-wal", "-shm")):
        return file
    host = addresses.hosts(addresses.parse(where))[0][0] or "this-computer"
    name = "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in host)
    aside = file.with_name(f"{file.name}.moved-to-{name}")
    try:
        if not aside.exists():
            return file.rename(aside)
    except OSError as error:
        log.warning("the old file keeps its name: %s", error.strerror)
    return file


def _sealed_to(file: Path) -> str:
    if not file.is_file():
        return ""
    try:
        with closing(sqlite3.connect(file)) as look:
            found = look.execute("select value from about where name = ?", (MOVED_TO,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def _may_leave(desk: Desk) -> None:
    if not desk.database.is_sqlite:
        raise CannotDo("on-server-already", where=desk.database.where)


def _wanted(address: str, password: str, root: str) -> URL:
    url = addresses.parse(address)
    if url.get_backend_name() != "postgresql":
        raise CannotDo("address-wrong")
    return addresses.with_password(addresses.with_root(url, root), password)


# --- the server ----------------------------------------------------------------------------------


def _look_over(look: Connection, desk: Desk) -> int:
    """The server's version, where everything is as it has to be."""
    facts = look.execute(_ABOUT_SERVER).one()
    where = addresses.where(look.engine.url)
    if facts.encoding != "UTF8":
        raise CannotDo("server-not-utf8", where=where, encoding=facts.encoding)
    if facts.copies:
        raise CannotDo("database-read-only", where=where)
    if not facts.may_make:
        raise CannotDo("login-may-not", where=where, user=look.engine.url.username or "")
    _is_free(look, desk, where)
    return int(facts.version)


def _is_free(look: Connection, desk: Desk, where: str) -> None:
    """Empty, furnished by a first look, or the whole of this desk from a move that was cut off at its very end."""
    names = set(inspect(look).get_table_names())
    if not names:
        return
    if "alembic_version" not in names or "about" not in names:
        raise CannotDo("server-not-empty", where=where)
    revision = look.execute(text("select version_num from alembic_version")).scalar()
    if revision is not None and str(revision) > REVISION:
        raise CannotDo("database-newer")
    if not _was_used(look):
        return
    if str(revision) != REVISION or _key(look) != desk.digest_secret:
        raise CannotDo("server-has-data", where=where)


def _was_used(look: Connection) -> bool:
    return look.execute(select(JournalEntry.seq).limit(1)).first() is not None


def _key(look: Connection) -> bytes:
    return bytes(look.execute(select(Key.secret).where(Key.version == DIGEST_KEY)).scalar() or b"")


# --- pouring and comparing -----------------------------------------------------------------------


def _moved_or_not(
    desk: Desk, target: Database, place: Place, url: URL, told: Progress
) -> tuple[tuple[Compared, ...], int]:
    """A server that goes away in the middle keeps nothing of what it was told: that is known here, and said."""
    try:
        return _moved(desk, target, place, url, told)
    except CannotDo as no:
        if no.code in _GONE:
            raise CannotDo("move-cut-off", where=addresses.where(url)) from no
        raise


def _moved(
    desk: Desk, target: Database, place: Place, url: URL, told: Progress
) -> tuple[tuple[Compared, ...], int]:
    """Pours and compares; then the server keeps it, the file is sealed, and the place is another one.

    In this order, so that a power cut leaves a desk that opens: with its file, or with the server where the file
    says so.
    """
    place.keep_password(addresses.password_in(url))
    is_there = is_sealed = False
    try:
        with desk.database.transaction() as look, target.within(None):
            told.of = _count_rows(look)
            with target.transaction() as there:
                found = _poured(look, there, desk, told)
            is_there = True
            seal(look, addresses.as_text(addresses.without_password(url)))
        is_sealed = True
        place.choose_database(addresses.as_text(url), counter=place.counter)
    except BaseException:
        if is_sealed:
            with desk.database.transaction() as connection:
                unseal(connection)
        if is_there:
            _take_away(target)
        place.keep_password("")
        raise
    return found


def _poured(
    look: Connection, there: Connection, desk: Desk, told: Progress
) -> tuple[tuple[Compared, ...], int]:
    """What was compared, and how many chains are whole. What a move that was cut off left there is poured anew.

    But never what somebody has worked with there since: that is compared, and found to differ.
    """
    if inspect(there).get_table_names() and _was_used(there) and not _knows_all_of(look, there):
        ours = _tallied(look, lambda table, rows: told.tell(Step.POURING, table.name, len(rows)))
    else:
        empty(there)
        migrate_on(there)
        ours = _pour(look, there, told)
        set_rolls(there)
    theirs = _tallied(there, lambda table, rows: told.tell(Step.COMPARING, table.name, len(rows)))
    compared = _compared(ours, theirs)
    told.tell(Step.CHAINS)
    count = _whole_chains(there)
    told.tell(Step.SWITCHING)
    return compared, count


def _knows_all_of(look: Connection, there: Connection) -> bool:
    """Whether everything that was ever done there is in this desk's journal too: each chain's end is found in it."""
    heads = there.execute(select(Counter.id, Counter.journal_seq, Counter.journal_hash))
    here = select(JournalEntry.hash).where(
        JournalEntry.counter_id == bindparam("counter"), JournalEntry.seq == bindparam("seq")
    )
    return all(
        look.execute(here, {"counter": counter, "seq": seq}).scalar() == head
        for counter, seq, head in heads
        if seq
    )


def _pour(look: Connection, there: Connection, told: Progress) -> dict[str, Tally]:
    tallies = {table.name: Tally() for table in poured_tables()}

    def saw(table: Table, rows: Rows) -> None:
        tallies[table.name].add(row.values() for row in rows)
        told.tell(Step.POURING, table.name, len(rows))

    try:
        pour_all(look, there, saw, lambda: told.tell(Step.SEARCH))
    except (DataError, IntegrityError, UnicodeError) as error:
        raise CannotDo("row-not-taken", table=told.table) from error
    except psycopg.Error as error:
        raise _no_from_driver(error, there, told.table) from error
    return tallies


def _no_from_driver(error: psycopg.Error, there: Connection, table: str) -> CannotDo:
    """COPY speaks without the library between. What a row holds is not told, for it may be personal."""
    state = error.sqlstate or ""
    if isinstance(error, psycopg.DataError | psycopg.IntegrityError):
        return CannotDo("row-not-taken", table=table)
    code = "server-disk-full" if state.startswith("53") else "database-broke-off"
    return CannotDo(code, where=addresses.where(there.engine.url))


def _tallied(look: Connection, saw: Callable[[Table, Rows], None]) -> dict[str, Tally]:
    tallies = {}
    for table in poured_tables():
        tally = tallies[table.name] = Tally()
        for rows in chunks(look, table):
            tally.add(row.values() for row in rows)
            saw(table, rows)
    return tallies


def _compared(ours: dict[str, Tally], theirs: dict[str, Tally]) -> tuple[Compared, ...]:
    for name, tally in ours.items():
        if tally != theirs[name]:
            raise CannotDo("move-differs", table=name, here=tally.rows, there=theirs[name].rows)
    return tuple(Compared(name, tally.rows, tally.checksum) for name, tally in ours.items())


def _whole_chains(there: Connection) -> int:
    found = journal.chains(there)
    for chain in found:
        if chain.broken_at is not None:
            raise CannotDo("chain-broken", counter=chain.counter, seq=chain.broken_at)
    return len(found)


def _count_rows(look: Connection) -> int:
    tables = poured_tables()
    return sum(int(look.execute(select(func.count()).select_from(one)).scalar_one()) for one in tables)


# --- before and after ----------------------------------------------------------------------------


def _copied(desk: Desk, place: Place) -> Path:
    at = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    file = place.folder / f"counterfoil-before-the-move-{at}.sqlite"
    backup(file, desk=desk)
    return file


def _record(desk: Desk, target: Database, moved: Moved) -> None:
    """In the journal that goes on there. The move has happened by now, whatever becomes of this line."""
    there = Desk(target, desk.actor, desk.practice, desk.clock)
    try:
        with there.work() as work:
            work.record(
                "database", "move", rows=moved.rows, tables=len(moved.tables), backup=moved.backup.name
            )
        target.gather_statistics()
    except (CannotDo, SQLAlchemyError) as error:
        log.error("the move is not in the journal\n%s", fault_words(error))


def _take_away(target: Database) -> None:
    with target.within(None), target.transaction() as there:
        empty(there)
