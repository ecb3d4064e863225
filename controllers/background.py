"""Keeps the window answering: work leaves the UI thread here and comes back here.

Lanes: `desk` does every write, one at a time, in the order people acted; `reading` (2) asks the
database; `network` (4) talks to the outside; `paper` (4) draws pages and waits for printers, which
may be slow; `lifeline` (1) asks whether a shared database answers, and hands over to it; `clock` (4) does
what leaves the house and what the time decides, where a server may hang for long. Nothing else
starts a thread except the camera and the serial line. An answer whose asker is gone is dropped. What
goes wrong comes back to `failed`, or to whoever listens for trouble; it is never
swallowed. A lane makes and destroys nothing of Qt's: what needs Qt is done by the UI thread in steps
(`in_steps`), while the lane waits.
"""

from __future__ import annotations

import gc
import weakref
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from models.refusals import CannotDo

T = TypeVar("T")

_LOOK_UP_S = 0.2
"""How often a lane that waits for the UI thread looks whether the program closes."""


class Lane(StrEnum):
    """Where work runs."""

    DESK = "desk"
    READING = "reading"
    NETWORK = "network"
    PAPER = "paper"
    LIFELINE = "lifeline"
    CLOCK = "clock"


_WIDTHS = {Lane.DESK: 1, Lane.READING: 2, Lane.NETWORK: 4, Lane.PAPER: 4, Lane.LIFELINE: 3, Lane.CLOCK: 4}


class Background(QObject):
    """The lanes of one program. Make it on the UI thread; `run` may be called only there."""

    changed = Signal(frozenset)
    """These kinds of things changed; each screen decides whether to ask again."""

    changed_elsewhere = Signal(frozenset)
    """The same, but somebody else did it: what is shown follows without moving under anybody's hand."""

    trouble = Signal(object)
    """Something went wrong that nobody answers for: a bug of ours."""

    _arrived = Signal()
    _heard = Signal()
    _wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(width, thread_name_prefix=lane.value) for lane, width in _WIDTHS.items()
        }
        # Results cross to the UI thread in queues of ours; the signals carry nothing but "look".
        self._outcomes: deque[_Outcome] = deque()
        self._news: deque[frozenset[str]] = deque()
        self._errands: deque[_Errand] = deque()
        self._open = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._wanted.connect(self._step, Qt.ConnectionType.QueuedConnection)
        self._sweeper = Sweeper(self)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Does `work` on a lane, then calls `done` with its result (or `failed` with its error) on the UI thread."""
        if self._closed:
            return
        asked = lane is not Lane.CLOCK  # nobody waits for what the clock does
        self._open += asked
        self._lanes[lane].submit(self._do, work, _held(done), _held(failed), asked)

    def announce(self, changed: frozenset[str]) -> None:
        """Says what changed; may be called from any lane."""
        self._news.append(changed)
        self._emit(self._heard)

    def announce_elsewhere(self, changed: frozenset[str]) -> None:
        """Says what was changed at another counter or by another program; on the UI thread."""
        if changed and not self._closed:
            self.changed_elsewhere.emit(changed)

    def in_steps(self, steps: Generator[None, None, None]) -> None:
        """Called on a lane other than the desk's: the UI thread goes through them, one between two events.

        Returns after the last one. A step should take less than a frame. Raises what a step raises, and
        CannotDo("closing") when the program closes meanwhile.
        """
        errand = _Errand(steps)
        self._errands.append(errand)
        self._emit(self._wanted)
        while not errand.over.wait(_LOOK_UP_S):
            if self._closed:
                raise CannotDo("closing")
        if errand.error is not None:
            raise errand.error

    def idle(self) -> bool:
        """Whether everything that was asked has been answered; the clock asks nothing."""
        return self._open == 0

    def close(self) -> None:
        """Takes no more work, lets the writes finish and forgets the rest; a printer is asked at the next start."""
        self._closed = True
        for lane in (Lane.LIFELINE, Lane.READING, Lane.NETWORK, Lane.PAPER, Lane.CLOCK, Lane.DESK):
            outside = lane in (Lane.NETWORK, Lane.PAPER, Lane.CLOCK)
            self._lanes[lane].shutdown(wait=not outside, cancel_futures=lane is not Lane.DESK)
        while self._errands:
            self._errands.popleft().steps.close()
        self._sweeper.stop()

    def _do(self, work: Callable[[], object], done: Any, failed: Any, asked: bool) -> None:
        """On a lane: the work, and its result into the queue."""
        try:
            outcome = _Outcome(done, failed, work(), None, asked)
        except Exception as error:  # carried back to whoever asked, or told as trouble
            outcome = _Outcome(done, failed, None, error, asked)
        self._outcomes.append(outcome)
        self._emit(self._arrived)

    def _emit(self, signal: Any) -> None:
        try:
            signal.emit()
        except RuntimeError:  # the program has closed meanwhile
            return

    @Slot()
    def _tell(self) -> None:
        while self._news and not self._closed:
            self.changed.emit(self._news.popleft())

    @Slot()
    def _step(self) -> None:
        """The next step of the errand that came first."""
        if self._closed or not self._errands:
            return
        errand = self._errands[0]
        try:
            next(errand.steps)
        except Exception as error:  # carried to the lane that waits
            errand.error = None if isinstance(error, StopIteration) else error
            self._errands.popleft()
            errand.over.set()
        if self._errands:
            QTimer.singleShot(0, self._step)

    @Slot()
    def _deliver(self) -> None:
        while self._outcomes and not self._closed:
            outcome = self._outcomes.popleft()
            self._open -= outcome.asked
            self._hand_over(outcome)

    def _hand_over(self, outcome: _Outcome) -> None:
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


class Sweeper(QObject):
    """Lets Python's search for garbage run on the UI thread only, and between two events.

    A lane that happens to search would destroy the widgets of closed dialogs from the wrong thread, and Qt
    aborts. A search that begins while Qt takes an object apart may wait for ever: Qt asks Python something with
    a lock held, and what the search destroys wants the same lock. So nothing searches by itself any more, not
    after the desk is closed either, while its windows are taken apart. What is alive when the desk stands is
    left out of every search, the first one too: looking through all that a start has made would hold the window
    up for longer than a frame.
    """

    EVERY_MS = 2_000

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(gc.freeze, Qt.ConnectionType.SingleShotConnection)
        self._timer.timeout.connect(sweep)
        self._timer.start(self.EVERY_MS)

    def stop(self) -> None:
        """The desk is closed."""
        self._timer.stop()
        gc.unfreeze()


def sweep() -> None:
    """Search the youngest objects, the older ones when enough have come together."""
    young, middle, old = gc.get_count()
    limits = gc.get_threshold()
    if old > limits[2]:
        gc.collect(2)
    elif middle > limits[1]:
        gc.collect(1)
    elif young > limits[0]:
        gc.collect(0)


class _Errand:
    """What the UI thread does for a lane, and whether it is over."""

    __slots__ = ("error", "over", "steps")

    def __init__(self, steps: Generator[None, None, None]) -> None:
        self.steps = steps
        self.over = Event()
        self.error: Exception | None = None


class _Outcome:
    __slots__ = ("asked", "done", "error", "failed", "result")

    def __init__(self, done: Any, failed: Any, result: object, error: Exception | None, asked: bool) -> None:
        self.asked = asked
        self.done = done
        self.failed = failed
        self.result = result
        self.error = error


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
