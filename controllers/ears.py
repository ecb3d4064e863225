"""Hears without a window that others changed the database, and that this program itself has news.

A file is asked four times a second. A shared PostgreSQL calls by itself; it is asked all the same now and then,
for a line that was cut or a pooler that hands nothing on.
"""

from __future__ import annotations

import select
import socket
from collections import deque
from contextlib import suppress
from time import monotonic

from controllers.desk import Desk
from controllers.watching import NOTHING, Line, Watch
from models.refusals import CannotDo

FILE_S, SERVER_S, POOLER_S = 0.25, 5.0, 1.0
LINE_AGAIN_S = 15.0


class Bell:
    """Wakes who waits, from any thread and from a signal."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)

    def fileno(self) -> int:
        """What becomes readable when it rings."""
        return self._here.fileno()

    def ring(self) -> None:
        """Somebody is to wake up; one that rings already, or was put away, need not."""
        with suppress(OSError):
            self._there.send(b".")

    def wait(self, seconds: float, line: Line | None = None) -> bool:
        """Until it rings, the line has something to tell, or the time is over; whether the line has."""
        on: list[Bell | Line] = [self] if line is None else [self, line]
        readable, _, _ = select.select(on, [], [], max(0.0, seconds))
        if self in readable:
            with suppress(BlockingIOError):
                self._here.recv(4096)
        return line is not None and line in readable

    def close(self) -> None:
        """Rings no more."""
        self._here.close()
        self._there.close()


class Ears:
    """What changed, told to who waits. Made, asked and closed on one thread; only `tell` may come from others."""

    def __init__(self, desk: Desk, watch: Watch, bell: Bell) -> None:
        self._desk, self._watch, self._bell = desk, watch, bell
        self._own: deque[frozenset[str]] = deque()
        self._line: Line | None = None
        self._line_at = self._look_at = 0.0
        desk.listeners.append(self.tell)

    def tell(self, changed: frozenset[str]) -> None:
        """This program changed something itself."""
        self._own.append(changed)
        self._bell.ring()

    def wait(self, seconds: float) -> frozenset[str]:
        """The kinds of things that changed, as soon as any did. Raises CannotDo where the database is away."""
        self._open_line()
        calls = self._bell.wait(min(seconds, self._look_at - monotonic()), self._line)
        heard: set[str] = set()
        if calls and self._line is not None:
            heard |= self._heard(self._line)
        if monotonic() >= self._look_at:
            self._look_at = monotonic() + self._every_s
            heard |= self._watch.look()
        while self._own:
            heard |= self._own.popleft()
        return frozenset(heard)

    def close(self) -> None:
        """Listens no more."""
        self._desk.listeners.remove(self.tell)
        self._hang_up()

    @property
    def _every_s(self) -> float:
        if self._desk.database.is_sqlite:
            return FILE_S
        return SERVER_S if self._line is not None and self._line.is_proven else POOLER_S

    def _open_line(self) -> None:
        if self._desk.database.is_sqlite or self._line is not None or monotonic() < self._line_at:
            return
        self._line_at = monotonic() + LINE_AGAIN_S
        self._line = Line(self._desk)
        self._line.prove()

    def _heard(self, line: Line) -> frozenset[str]:
        try:
            return line.hear()
        except CannotDo:
            self._hang_up()
            self._line_at = monotonic() + 1
            return NOTHING

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
