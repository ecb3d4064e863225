"""Keeps the window answering: work leaves the UI thread here and comes back here.

Lanes: `desk` does every write, one at a time, in the order people acted; `reading` (2) asks the
database; `network` (4) talks to the outside. Nothing else starts a thread except the camera. An
answer whose asker is gone is dropped. What goes wrong comes back to `failed`, or to whoever listens
for trouble; it is never swallowed.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class Lane(StrEnum):
    """Where work runs."""

    DESK = "desk"
    READING = "reading"
    NETWORK = "network"


_WIDTHS = {Lane.DESK: 1, Lane.READING: 2, Lane.NETWORK: 4}


class Background(QObject):
    """The lanes of one program. Make it on the UI thread; `run` may be called only there."""

    changed = Signal(frozenset)
    """These kinds of things changed; each screen decides whether to ask again."""

    trouble = Signal(object)
    """Something went wrong that nobody answers for: a bug of ours."""

    _back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane, pool in self._pools.items():
            pool.setMaxThreadCount(_WIDTHS[lane])
            pool.setExpiryTimeout(-1)
        self._closed = False
        self._back.connect(self._deliver)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Does `work` on a lane, then calls `done` with its result (or `failed` with its error) on the UI thread."""
        if not self._closed:
            self._pools[lane].start(_Task(work, _held(done), _held(failed), self._back))

    def announce(self, changed: frozenset[str]) -> None:
        """Says what changed; may be called from any lane."""
        self.changed.emit(changed)

    def idle(self) -> bool:
        """Whether no lane has anything to do."""
        return all(pool.activeThreadCount() == 0 for pool in self._pools.values())

    def close(self) -> None:
        """Takes no more work, lets the writes finish and forgets the rest."""
        self._closed = True
        for lane in (Lane.READING, Lane.NETWORK):
            self._pools[lane].clear()
        for lane in (Lane.DESK, Lane.READING, Lane.NETWORK):
            self._pools[lane].waitForDone(10_000)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if self._closed:
            return
        if outcome.error is None:
            asker = outcome.done()
            if asker is not None:
                asker(outcome.result)
            return
        asker = outcome.failed()
        if asker is not None:
            asker(outcome.error)
        elif outcome.failed is _nobody:
            self.trouble.emit(outcome.error)


class _Outcome:
    __slots__ = ("done", "error", "failed", "result")

    def __init__(self, done: Any, failed: Any, result: object, error: Exception | None) -> None:
        self.done = done
        self.failed = failed
        self.result = result
        self.error = error


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object], done: Any, failed: Any, back: Any) -> None:
        super().__init__()
        self._work, self._done, self._failed, self._back = work, done, failed, back

    def run(self) -> None:
        result: object = None
        error: Exception | None = None
        try:
            result = self._work()
        except Exception as caught:  # carried back to whoever asked, or told as trouble
            error = caught
        try:
            self._back.emit(_Outcome(self._done, self._failed, result, error))
        except RuntimeError:  # the program has closed meanwhile
            return


def _nobody() -> None:
    return None


def _held(asker: Callable[..., object] | None) -> Callable[[], Callable[..., object] | None]:
    """How to reach an asker later without keeping its window alive; a method of a dead widget is nobody."""
    if asker is None:
        return _nobody
    owner = getattr(asker, "__self__", None)
    if owner is None or not hasattr(owner, "__dict__"):
        return lambda: asker
    method = weakref.WeakMethod(asker)

    def reach() -> Callable[..., object] | None:
        found = method()
        asker_of = getattr(found, "__self__", None)
        return None if isinstance(asker_of, QObject) and not isValid(asker_of) else found

    return reach
