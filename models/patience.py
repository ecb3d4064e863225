"""Waits for a PostgreSQL server only so long, and lets go at once when somebody says that it is away.

A server that was frozen, or whose cable was cut, says nothing any more: neither the network nor psycopg ever
ends such a wait. Here it ends when the server has been silent for too long, when the time somebody set for the
whole of a task is over, or when another thread knows better. A connection that was let go is closed: nobody
can know what would still come over it.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import TupleRow

if TYPE_CHECKING:
    from psycopg.abc import PQGen

SILENCE_S = 30.0
"""So long one question may be without any word from the server; who scans or types sets less."""

LOOK_UP_S = 0.05
"""How often a wait looks up whether it is still worth while."""


_WHO_ANSWERS = "select pg_backend_pid(), current_setting('transaction_read_only') = 'off'"


class Silent(psycopg.OperationalError):
    """The server did not answer in time. Whether it did what was asked is not known."""


class Patience:
    """How long the threads of one program wait for one server."""

    def __init__(self) -> None:
        self.silence_s = SILENCE_S
        self.is_closed = False
        """The database was closed: no connection is kept for whoever comes next."""
        self._told = threading.local()
        self._times_given_up = 0

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """Everything this thread asks inside takes no longer than this all together; None waits for ever."""
        before = self._until
        self._told.until = None if seconds is None else monotonic() + seconds
        try:
            yield
        finally:
            self._told.until = before

    def give_up(self) -> None:
        """Nobody waits any longer for what was asked before now; called from any thread."""
        self._times_given_up += 1

    def watch(self) -> Callable[[bool], None]:
        """Begins a wait; to be called whenever it wakes, with whether the server said something. Raises Silent.

        What has come is taken, however late; nothing new is asked after the time is over.
        """
        began, until, heard_at = self._times_given_up, self._until, monotonic()
        if until is not None and until != _UNTOLD and heard_at > until:
            raise Silent("no time was left to ask")

        def look(heard: bool) -> None:
            nonlocal heard_at
            now = monotonic()
            if heard:
                heard_at = now
                return
            silent = heard_at + self.silence_s
            last = silent if until == _UNTOLD else until and min(until, silent)
            if began != self._times_given_up or (last is not None and now > last):
                raise Silent("the server did not answer in time")

        return look

    def connect(self, connecting: Callable[[], PatientConnection]) -> PatientConnection:
        """Waits for a new connection no longer than for anything else. Raises Silent, or what stood in its way.

        Looking up a name, and greeting one server after another, end by themselves only after seconds each, and
        nothing can end them before: so they go on where nobody waits for them, and what comes too late is closed.
        """
        look, attempt = self.watch(), _Attempt(connecting)
        try:
            while not attempt.over.wait(LOOK_UP_S):
                look(False)
        except Silent:
            attempt.let_go()
            raise
        return attempt.result()

    @property
    def _until(self) -> float | None:
        found: float | None = getattr(self._told, "until", _UNTOLD)
        return found


_UNTOLD = -1.0
"""Nobody set a time: only the silence of the server counts."""


class _Attempt:
    """A connection that is being made on a thread of its own; `over` when there is one, or none will come."""

    def __init__(self, connecting: Callable[[], PatientConnection]) -> None:
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._made: PatientConnection | None = None
        self._error: BaseException | None = None
        self._is_wanted = True
        threading.Thread(target=self._run, args=(connecting,), name="connecting", daemon=True).start()

    def let_go(self) -> None:
        """Nobody waits for it any more."""
        with self._lock:
            self._is_wanted = False
            if self._made is not None:
                self._made.close()

    def result(self) -> PatientConnection:
        """What came of it, once it is over."""
        if self._made is None:
            assert self._error is not None
            raise self._error
        return self._made

    def _run(self, connecting: Callable[[], PatientConnection]) -> None:
        try:
            made = connecting()
            with self._lock:
                self._made = made
                if not self._is_wanted:
                    made.close()
        except BaseException as error:  # carried to whoever waits
            self._error = error
        finally:
            self.over.set()


class PatientConnection(psycopg.Connection[TupleRow]):
    """A connection that waits as its program's `Patience` says."""

    patience: Patience
    is_pooled = False
    """Whether a pooler stands between, which lends another of its connections for every transaction."""

    def find_out_who_answers(self) -> bool:
        """Whether the server takes writes; and its process's number is asked for: a pooler has told one of its own.

        What was prepared on one connection is not there on the next one lent, so that through a pooler nothing is.
        """
        self.autocommit = True
        found = self.execute(_WHO_ANSWERS).fetchone()
        self.autocommit = False
        pid, takes_writes = found or (None, False)
        self.is_pooled = pid != self.info.backend_pid
        if self.is_pooled:
            self.prepare_threshold = None
        return bool(takes_writes)

    def wait(self, gen: PQGen[Any], interval: float = LOOK_UP_S, timeout: float | None = None) -> Any:
        """Goes through what is asked of the server. Raises Silent, and then the connection is closed."""
        if timeout is not None:  # whoever listens for news says how long
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(_watched(gen, self.patience.watch()), LOOK_UP_S)
        except Silent:
            self.close()
            raise

    def is_cut(self) -> bool:
        """Whether the server hung up on an idle connection. Asks nobody: an idle one has nothing to read."""
        try:
            poll = select.poll() if hasattr(select, "poll") else None
            if poll is None:  # Windows
                return bool(select.select([self.fileno()], [], [], 0)[0])
            poll.register(self.fileno(), select.POLLIN)
            return bool(poll.poll(0))
        except (psycopg.Error, OSError, ValueError):
            return True


def _watched(gen: PQGen[Any], look: Callable[[bool], None]) -> Generator[Any, Any, Any]:
    """The same, with a look at the time whenever it wakes."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            look(bool(ready))
            wanted = gen.send(ready)
    except StopIteration as over:
        return over.value
