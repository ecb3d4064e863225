"""Opens the desk's database, SQLite or PostgreSQL, and hands out transactions.

Writers on SQLite say BEGIN IMMEDIATE and try again every few milliseconds themselves: SQLite's own
waiting sleeps up to a tenth of a second at a time. Readers never wait. A transaction is opened and
closed inside one task and never handed to a widget or to another thread.
"""

from __future__ import annotations

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, DisconnectionError, OperationalError

from models import address
from models.refusals import CannotDo

if TYPE_CHECKING:
    from sqlalchemy import URL

    from models.patience import Patience

log = logging.getLogger(__name__)

PATIENCE_S = 10.0
REVISION = "0021"
"""The newest migration; a database that is not there is migrated when it is opened."""

OLDEST_SERVER = 13
"""Of PostgreSQL: what is older has not all that our statements say."""

_ONE_LOOK = text("set transaction isolation level repeatable read read only")
_CALL_OUT = "select pg_notify('counterfoil', %s)"
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7201)")
_COLLIDED = ("DeadlockDetected", "SerializationFailure", "LockNotAvailable")
"""PostgreSQL's words for two transactions that stood in each other's way; nothing was changed."""

_OVERTAKEN = ("ForeignKeyViolation", "UniqueViolation")
"""Its words for what a rule had seen, and another transaction deleted or made since."""

_NOT_NOW = ("ReadOnlySqlTransaction", "AdminShutdown", "CrashShutdown", "CannotConnectNow")
"""Its words for a server that is being stopped or started, or has become another one's copy."""

_LINE = {
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,
}
"""So soon the network itself finds out that nobody is at the other end. `Patience` ends what it cannot see."""
_TROUBLES = {
    "SQLITE_FULL": "disk-full",
    "SQLITE_READONLY": "file-read-only",
    "SQLITE_CANTOPEN": "file-not-opened",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_NOTADB": "database-not-ours",
    "SQLITE_IOERR": "disk-trouble",
    "58030": "disk-trouble",
    "XX001": "database-damaged",
    "XX002": "database-damaged",
}
"""How SQLite's names and PostgreSQL's states of what no program can help begin, and what is said then."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10",
    "cache_size=-32000",
    "wal_autocheckpoint=4000",  # pages; it falls into somebody's commit, so `write_back` comes before it
)


class Database:
    """One database the desk works on. Raises CannotDo("database-unreachable") where it cannot be opened."""

    def __init__(self, url: str | URL) -> None:
        self.url = address.parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._patience: Patience | None = None
        self._away: CannotDo | None = None
        self.on_silence: Callable[[], None] | None = None
        """Called, on whatever thread, when a server did not answer somebody."""
        self._told = threading.local()
        if self.is_sqlite:
            self.engine = _sqlite(self.url)
        else:
            from models.patience import Patience

            self._patience = Patience()
            self.engine = _postgresql(self.url, self._patience)

    # a server that does not answer

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """What this thread asks a server inside takes no longer all together; None waits as long as it takes."""
        if self._patience is None:
            yield
            return
        with self._patience.within(seconds):
            yield

    def set_away(self, no: CannotDo | None) -> None:
        """The server is known to be away: whoever waits for it is let go, and whoever asks hears this at once.

        None: it is there again. Called from any thread.
        """
        self._away = no
        if no is not None and self._patience is not None:
            self._patience.give_up()

    def hurry(self, seconds: float) -> None:
        """The program is being closed: from now on a silent server is waited for no longer than this."""
        if self._patience is not None:
            self._patience.silence_s = seconds

    @contextmanager
    def asking_all_the_same(self) -> Iterator[None]:
        """For who looks whether the server is back: this thread asks though it is known to be away."""
        self._told.all_the_same = True
        try:
            yield
        finally:
            self._told.all_the_same = False

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction: commits at the end, rolls back on any exception."""
        try:
            with self._connected() as connection, connection.begin():
                self._say(connection, "BEGIN IMMEDIATE")
                yield connection
        except Exception as error:
            if _word(error) in _COLLIDED:
                raise CannotDo("database-busy") from error
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the database, for reading only."""
        with self._connected() as connection, connection.begin() as look:
            self._say(connection, "BEGIN")
            if not self.is_sqlite:
                connection.execute(_ONE_LOOK)
            yield connection
            look.rollback()

    def call_out(self, words: str) -> None:
        """Says something to everybody who listens to this server; a file has nobody to tell.

        Not within the transaction it tells of: PostgreSQL ends those that call out one after another, each with its
        wait for the disk and for the replica, and all counters would stand in one queue. What was kept stays kept
        where nobody could be told: whoever listens looks by itself now and then.
        """
        if self.is_sqlite:
            return
        try:
            with self._connected() as connection:
                driver: Any = connection.connection.driver_connection
                try:
                    driver.autocommit = True
                    driver.execute(_CALL_OUT, (words,))
                    driver.autocommit = False
                except BaseException:
                    connection.invalidate()  # nobody may work on one that keeps every statement by itself
                    raise
        except Exception as error:  # the driver's own words, which are not loaded where there is only a file
            if not isinstance(error, CannotDo) and not hasattr(error, "sqlstate"):
                raise
            log.info("nobody was told of a change: %s", type(error).__name__)

    def _say(self, connection: Connection, begin: str) -> None:
        """Begins on SQLite ourselves; not by an engine's event, which would slow every statement down."""
        if self.is_sqlite:
            driver: Any = connection.connection.driver_connection
            _patiently(lambda: driver.execute(begin))

    def revision(self) -> str:
        """The migration the database is at, '' for an empty one."""
        with self._connected() as connection:
            try:
                return str(connection.execute(text("select version_num from alembic_version")).scalar() or "")
            except Exception as error:  # the table is not there: each driver has its own word for it
                if _is_unreachable(error):
                    raise
                return ""

    def migrate(self) -> None:
        """Brings the tables to the newest migration. A new file is read by nobody but who made it."""
        if not self.exists():
            with suppress(OSError):  # SQLite finds words for what is in the way
                Path(self.url.database or "").touch(0o600)
        found = self.revision()
        if found == REVISION:
            return
        if found > REVISION:
            raise CannotDo("database-newer")
        with (
            self.within(None),
            self._connected() as connection,
            self._keys_asleep(connection),
            connection.begin(),
        ):
            self._say(connection, "BEGIN IMMEDIATE")
            if not self.is_sqlite:
                connection.execute(_ONE_AT_A_TIME)
            if not found:
                self._must_be_free(connection)
            migrate_on(connection)
            if self.is_sqlite and connection.execute(text("pragma foreign_key_check")).first():
                raise CannotDo("database-not-ours", where=self.where)

    def _must_be_free(self, connection: Connection) -> None:
        """Nobody's tables are put between those of something else; ours may have come while we waited."""
        names = inspect(connection).get_table_names()
        if names and "alembic_version" not in names:
            raise CannotDo("database-not-ours" if self.is_sqlite else "server-not-empty", where=self.where)

    @contextmanager
    def _keys_asleep(self, connection: Connection) -> Iterator[None]:
        """SQLite changes a table by making it anew: meanwhile nobody may miss the old one's rows."""
        driver: Any = connection.connection.driver_connection
        if self.is_sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            if self.is_sqlite:
                driver.execute("PRAGMA foreign_keys=ON")

    def gather_statistics(self) -> None:
        """Lets the database count what its indexes hold, so that it chooses well; worth it after many rows."""
        with self.within(None), self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.execute(text("analyze"))

    def write_back(self) -> None:
        """Moves what was committed out of SQLite's log into the file, as far as nobody is in the way.

        It is safe before and after. Left alone, SQLite does it in the middle of some commit, for which somebody waits.
        """
        if self.is_sqlite:
            with self._connected() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def exists(self) -> bool:
        """Whether there is a database at all; looking does not make one."""
        return not self.is_sqlite or Path(self.url.database or "").exists()

    def close(self) -> None:
        """Gives every connection back. Who still works, or asks once more, works on and leaves none open behind."""
        if self._patience is not None:
            self._patience.is_closed = True
        self.engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        away = self._away
        if away is not None and not getattr(self._told, "all_the_same", False):
            raise CannotDo(away.code, **away.facts)
        try:
            connection = self.engine.connect()
        except OperationalError as error:
            self._tell_silence()
            code = _what_the_disk_says(error)
            raise (CannotDo(code, where=self.where) if code else self._not_let_in(error)) from error
        except DatabaseError as error:
            ours = CannotDo(_what_the_disk_says(error) or "database-not-ours", where=self.where)
            raise (ours if self.is_sqlite else self._not_let_in(error)) from error
        try:
            with connection:
                yield connection
        except Exception as error:
            if _is_no_text(error):
                raise CannotDo("text-not-kept") from error
            if not self.is_sqlite and _is_away(error):
                self._tell_silence()
                raise self._broken(error) from error
            code = _what_the_disk_says(error)
            no = CannotDo(code, where=self.where) if code else self._not_done(error)
            if no is not None:
                raise no from error
            raise

    def _tell_silence(self) -> None:
        if self.on_silence is not None:
            self.on_silence()

    def _broken(self, error: Exception) -> CannotDo:
        """In the middle of a task: what was asked for last may have been done or not."""
        silent = _word(error) == "Silent"
        return CannotDo("database-silent" if silent else "database-broke-off", where=self.where)

    def _not_done(self, error: Exception) -> CannotDo | None:
        if self.is_sqlite:
            from models.moved_away import refusal_of

            return refusal_of(error)
        from models.unreachable import why_not_done

        return why_not_done(error, self.url)

    def _not_let_in(self, error: Exception) -> CannotDo:
        if self.is_sqlite:
            return CannotDo("database-unreachable", where=self.where)
        from models.unreachable import why_not_let_in

        return why_not_let_in(error, self.url)

    @property
    def where(self) -> str:
        """The database in words, without a password."""
        return self.url.database or "" if self.is_sqlite else address.where(self.url)


def migrate_on(connection: Connection, to: str = "head") -> None:
    """Brings the tables to the newest migration (or to another), inside a transaction that is under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def is_overtaken(error: BaseException) -> bool:
    """Whether another counter was quicker. SQLite lets one write at a time: there it is a bug of ours."""
    return _word(error) in _OVERTAKEN


def _word(error: BaseException) -> str:
    """The driver's own word for an error; where many rows are poured in, it comes without SQLAlchemy's."""
    return type(getattr(error, "orig", error)).__name__


def _is_no_text(error: BaseException) -> bool:
    """Whether a text held what no database keeps: a zero among its letters, or half of one."""
    driver = getattr(error, "orig", error)
    return isinstance(driver, UnicodeEncodeError) or (_word(error) == "DataError" and "NUL" in str(driver))


def _what_the_disk_says(error: BaseException) -> str:
    """The code of a refusal where nobody did anything wrong but the disk or the server's; '' for everything else."""
    driver = getattr(error, "orig", error)
    told = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or ""
    return next((code for begin, code in _TROUBLES.items() if told.startswith(begin)), "")


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 0.01}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _record: object) -> None:
        driver.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            _patiently(lambda pragma=pragma: driver.execute(f"PRAGMA {pragma}"))

    return engine


def _patiently(work: Any) -> None:
    """Runs `work`, trying again every 1 to 4 ms while another writer is at it."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            work()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > until:
                raise CannotDo("database-busy") from error
            time.sleep(random.uniform(0.001, 0.004))


def _postgresql(url: URL, patience: Patience) -> Engine:
    """A connection is not tried out before each use, which would cost a round trip: one that was cut shows it."""
    from models.nodes import Nodes

    nodes = Nodes(patience)
    told = {name: value for name, value in _LINE.items() if name not in url.query}
    engine = create_engine(address.completed(url), connect_args=told, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, words: list[Any], told: dict[str, Any]) -> Any:
        made = patience.connect(lambda: nodes.connect(words, told))
        try:
            _is_new_enough(made)
        except BaseException:
            made.close()
            raise
        return made

    @event.listens_for(engine, "checkin")
    def let_go(driver: Any, _record: object) -> None:
        if driver is not None and patience.is_closed:
            driver.close()

    @event.listens_for(engine, "checkout")
    def look(driver: Any, _record: object, _proxy: object) -> None:
        if driver.is_cut():
            raise DisconnectionError("the server has hung up")

    return engine


def _is_new_enough(line: Any) -> None:
    """Before anything is asked of it: a statement that an old server does not know would be told as a bug of ours."""
    version = line.info.server_version // 10_000
    if version < OLDEST_SERVER:
        raise CannotDo("server-too-old", version=version, oldest=OLDEST_SERVER)


def _is_away(error: BaseException) -> bool:
    """Whether the connection to a server broke, or the server is one that takes no work at present."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return _word(error) in _NOT_NOW


def _is_unreachable(error: Exception) -> bool:
    return isinstance(error, (OperationalError, CannotDo)) and "no such table" not in str(error)
