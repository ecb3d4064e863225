"""Asks the server, and does not wait for ever: after its time the asking is cut off and somebody else answers.

A call to a server that is frozen, or at the other end of a pulled cable, comes back after minutes. So it runs on a
thread of its own; when the time is over the sockets under it are shut, it ends with an error of the driver's, and
nobody hears it. What it had asked may still happen on the server: whoever asks gives it an id by which that is known.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from models.database import Database
from models.refusals import CannotDo

T = TypeVar("T")
log = logging.getLogger(__name__)

GIVEN_UP = "server, given up"
"""What a thread is called that nobody waits for any more."""

_AWAY = frozenset(("ReadOnlySqlTransaction", "OperationalError", "InterfaceError"))
"""The driver's words for a server that is not there, is going, or may not write: it has been stepped down."""


class NoAnswer(Exception):
    """The server did not answer in its time, or cannot be reached."""


class Asking:
    """One thread on which the server of one database is asked; another one after each that had to be cut off."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sockets = _Sockets(database)
        self._asks: SimpleQueue[_Call | None] | None = None
        self._worker: threading.Thread | None = None

    def ask(self, call: Callable[[], T], seconds: float) -> T:
        """The answer of `call`. Raises NoAnswer after so many seconds, or where the server is away."""
        told = _Call(call)
        if self._asks is None:
            self._asks = SimpleQueue()
            self._worker = threading.Thread(target=_serve, args=(self._asks,), name="server", daemon=True)
            self._worker.start()
        self._asks.put(told)
        if not told.over.wait(seconds):
            self._cut()
            raise NoAnswer("too late")
        if told.error is not None:
            if is_away(told.error):
                raise NoAnswer(type(told.error).__name__) from told.error
            raise told.error
        return told.answer  # type: ignore[no-any-return]

    def close(self) -> None:
        """Asks no more."""
        if self._asks is not None:
            self._asks.put(None)
            self._asks = None

    def _cut(self) -> None:
        """Lets the thread end by itself, soon: its sockets are shut, and it is told that there is nothing more."""
        self.close()
        if self._worker is not None:
            self._worker.name = GIVEN_UP
            self._sockets.shut_but_for_others(self._worker.ident)


def is_away(error: BaseException) -> bool:
    """Whether an error says that the server is not there; everything else is its answer."""
    if isinstance(error, CannotDo):
        return error.code == "database-unreachable"
    if isinstance(error, PoolIsEmpty):
        return True
    if isinstance(error, DBAPIError):
        kinds = {kind.__name__ for kind in type(error.orig).__mro__}
        return error.connection_invalidated or bool(kinds & _AWAY)
    return isinstance(error, (SQLAlchemyError, OSError)) and "connection" in str(error).lower()


class _Call:
    """One thing asked, and what came of it."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self.over = threading.Event()
        self.answer: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.answer = self._call()
        except BaseException as error:
            self.error = error
        self.over.set()


def _serve(asks: SimpleQueue[_Call | None]) -> None:
    while (call := asks.get()) is not None:
        call.run()


class _Sockets:
    """The sockets of a database's connections, and which thread uses which. A SQLite file has none."""

    def __init__(self, database: Database) -> None:
        self._open: dict[int, Any] = {}
        self._used_by: dict[int, int] = {}
        self._lock = threading.Lock()
        if not database.is_sqlite:
            event.listen(database.engine, "connect", self._connected)
            event.listen(database.engine, "checkout", self._taken)
            event.listen(database.engine, "checkin", self._given_back)
            event.listen(database.engine, "close", self._gone)

    def shut_but_for_others(self, thread: int | None) -> None:
        """Shuts what this thread uses, and what nobody does: a pool that asks before it lends may hang there, too."""
        with self._lock:
            drivers = [one for key, one in self._open.items() if self._used_by.get(key, thread) == thread]
        for driver in drivers:
            _shut(driver)

    def _connected(self, driver: Any, _record: object) -> None:
        with self._lock:
            self._open[id(driver)] = driver

    def _taken(self, driver: Any, _record: object, _proxy: object) -> None:
        with self._lock:
            self._used_by[id(driver)] = threading.get_ident()

    def _given_back(self, driver: Any, _record: object) -> None:
        with self._lock:
            self._used_by.pop(id(driver), None)

    def _gone(self, driver: Any, _record: object) -> None:
        with self._lock:
            self._open.pop(id(driver), None)
            self._used_by.pop(id(driver), None)


def _shut(driver: Any) -> None:
    """Ends both ways of a connection without asking the other end; the driver sees it as a line that was cut."""
    try:
        line = socket.socket(fileno=driver.fileno())
    except Exception as error:  # each driver has its own word for a connection that is closed already
        log.debug("nothing to shut: %s", type(error).__name__)
        return
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        log.debug("the line was cut before: %s", error)
    finally:
        line.detach()  # the socket stays the driver's, who closes it
