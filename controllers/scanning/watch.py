"""Looks through one source: an eye that keeps only the newest picture, and a reader that looks for codes in it.

Two threads. The eye reads the source as fast as it gives pictures; the reader takes the newest whenever it is done
with the one before. So neither the screen nor the codes are ever more than one picture behind, however slow either
is: what could not be looked at is left out. A source that is gone is tried again every second until it is back.

The threads are Python's and not Qt's, and nobody has to wait for them: one that hangs in a driver after a cable was
pulled out keeps nobody from closing the window. Those that do not hang are ended before Python ends.
"""

from __future__ import annotations

import atexit
import enum
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtGui import QImage

from controllers.scanning import Scan
from controllers.scanning.reading import Found, in_grey, opencv
from controllers.scanning.sources import Opened, Source
from models.frozen import frozen
from models.sightings import Sightings

SOURCE = "camera"
AGAIN_S = 1.0
PATIENCE_S = 2.0
"""How long closing waits for a device that does not answer."""
STILL_S = 3.0
"""A device that gave pictures and gives none for so long hangs: its last picture must not pass for what is there."""
_MEASURED_S = 2.0
_TOLD_EVERY_S = 0.5
_LONG_S = 60.0


class State(enum.StrEnum):
    """What the camera is doing."""

    OFF = "off"
    STARTING = "starting"
    SEES = "sees"
    MISSING = "missing"
    TAKEN = "taken"
    LOST = "lost"
    """It was there, and is gone: pulled out, or its film is over."""


@frozen
class Standing:
    """How the camera is doing. `light` is 0 to 255, None before the first picture."""

    state: State = State.OFF
    name: str = ""
    a_second: int = 0
    light: int | None = None


@frozen
class News:
    """What has come since somebody last looked."""

    pictured: bool
    scans: list[Scan]
    error: Exception | None


class Watch:
    """From `start` to `end`. It waits for those that were ended before: a device cannot be opened before it was let go.

    `wake` is called in its threads when there is news. `proven` tells whether a text's check digits hold.
    """

    def __init__(
        self,
        source: Source,
        proven: Callable[[str], bool],
        look: Callable[[Any], list[Found]],
        wake: Callable[[], None],
    ) -> None:
        self._source = source
        self._before: list[Watch] = []
        self._proven, self._look, self._wake = proven, look, wake
        self._light: int | None = None
        self.preview_width = 0
        self._over = threading.Event()
        self._newest = Newest()
        self._sightings = Sightings()
        self._lock = threading.Lock()
        self._pictured = False
        self._scans: list[Scan] = []
        self._error: Exception | None = None
        self.picture: QImage | None = None
        self.standing = Standing(State.STARTING, source.name)
        self._eye = threading.Thread(target=self._run, args=(self._watch,), name="camera", daemon=True)
        self._reader = threading.Thread(
            target=self._run, args=(self._read,), name="camera codes", daemon=True
        )

    # on the UI thread

    def start(self) -> None:
        """Open the source and look."""
        self._before = [one for one in _watching if one.is_over]
        _watching.add(self)
        self._eye.start()
        self._reader.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._newest.put(None)

    @property
    def is_over(self) -> bool:
        """Whether it was ended; its threads may still be on their way."""
        return self._over.is_set()

    def join(self, seconds: float) -> None:
        """Until both threads are over, or so long."""
        until = time.monotonic() + seconds
        for thread in (self._eye, self._reader):
            thread.join(max(0.0, until - time.monotonic()))

    def take_news(self) -> News:
        """What has come; from now on the next is news again."""
        with self._lock:
            news = News(self._pictured, self._scans, self._error)
            self._pictured, self._scans, self._error = False, [], None
        return news

    # in the eye's thread

    def _watch(self) -> None:
        for one in self._before:
            one.join(_LONG_S)
        self._before.clear()
        while not self._over.is_set():
            try:
                self._try_once()
            finally:
                self._source.close()
            self._over.wait(AGAIN_S)

    def _try_once(self) -> None:
        opened = self._source.open()
        if opened is Opened.SEES:
            self._look_through()
        elif self.standing.state is not State.LOST:
            self._stand(State(opened.value))

    def _look_through(self) -> None:
        pace = Rate()
        while not self._over.is_set():
            frame = self._source.read()
            if frame is None:
                break
            self._newest.put(frame)
            self.picture = shown(frame, self.preview_width)
            if pace.is_due(time.monotonic()) or self.standing.state is not State.SEES:
                self._stand(State.SEES, round(pace.a_second))
            self._say(pictured=True)
        self.picture = None
        self._stand(State.LOST)

    def _stand(self, state: State, a_second: int = 0) -> None:
        light = self._light if state is State.SEES else None
        self.standing = Standing(state, self._source.name, a_second, light)
        self._say()

    # in the reader's thread

    def _read(self) -> None:
        number = 0
        while not self._over.is_set():
            number, frame = self._newest.take(number, STILL_S)
            if frame is None:
                self._miss()
                continue
            grey = in_grey(frame)
            self._light = int(grey[::8, ::8].mean())
            scans = self._counted(self._look(grey), time.monotonic())
            if scans:
                self._say(scans=scans)

    def _miss(self) -> None:
        """No picture came for long. The eye says so itself when one comes again, or none ever will."""
        if self.standing.state is State.SEES and not self._over.is_set():
            self.picture = None
            self._stand(State.TAKEN)

    def _counted(self, found: list[Found], now: float) -> list[Scan]:
        """Those that are a scan."""
        return [
            Scan(text, SOURCE, symbology, datetime.now(UTC))
            for text, symbology in found
            if self._sightings.see(text, at=now, proven=self._proven(text))
        ]

    # in both

    def _say(
        self, *, pictured: bool = False, scans: list[Scan] | None = None, error: Exception | None = None
    ) -> None:
        """Wakes the window, unless it has been woken for a picture and did not come yet."""
        with self._lock:
            waits = self._pictured
            self._pictured = self._pictured or pictured
            self._scans += scans or []
            self._error = error or self._error
        if not waits or scans or error:
            self._wake()

    def _run(self, work: Callable[[], None]) -> None:
        """A thread: what goes wrong in it is told, never swallowed."""
        try:
            work()
        except Exception as error:  # carried to the window, which shows it
            self.end()  # the eye closes its source itself: a device that is read must not be closed beside it
            self.picture = None
            self.standing = Standing(State.LOST, self._source.name)
            self._say(error=error)


_watching: weakref.WeakSet[Watch] = weakref.WeakSet()


@atexit.register
def end_all() -> None:
    """A thread that comes back from a reader while Python is ending would take the whole program down with it."""
    for watch in list(_watching):
        watch.end()
    until = (
        time.monotonic() + PATIENCE_S
    )  # for all together: each that hangs would else keep the program open
    for watch in list(_watching):
        watch.join(max(0.0, until - time.monotonic()))


class Newest:
    """A place for one picture: a newer one takes the place of the one before."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._frame: Any = None
        self._number = 0

    def put(self, frame: Any | None) -> None:
        """This is the newest; None wakes whoever waits, to see that it is over."""
        with self._condition:
            self._frame = frame
            self._number += 1
            self._condition.notify_all()

    def take(self, after: int, seconds: float) -> tuple[int, Any]:
        """The newest picture and its number, waiting so long for one with a higher number; None when none came."""
        with self._condition:
            came = self._condition.wait_for(lambda: self._number > after, seconds)
            return (self._number, self._frame) if came else (after, None)


class Rate:
    """How many came in the last seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._told = 0.0
        self.a_second = 0.0

    def is_due(self, now: float) -> bool:
        """Counts one that comes now; whether it is time to tell again."""
        self._times.append(now)
        while now - self._times[0] > _MEASURED_S:
            self._times.popleft()
        span = now - self._times[0]
        self.a_second = (len(self._times) - 1) / span if span > 0 else 0.0
        if now - self._told < _TOLD_EVERY_S:
            return False
        self._told = now
        return True


def shown(frame: Any, width: int) -> QImage:
    """A picture as people want to see themselves: mirrored, and no larger than the place for it."""
    cv2 = opencv()
    height = max(1, round(frame.shape[0] * width / frame.shape[1]))
    if width < frame.shape[1]:
        frame = cv2.resize(frame, (width, height), interpolation=cv2.INTER_LINEAR)
    to = cv2.COLOR_GRAY2BGRA if frame.ndim == 2 else cv2.COLOR_BGR2BGRA
    dots = cv2.flip(cv2.cvtColor(frame, to), 1)
    size = (dots.shape[1], dots.shape[0], dots.strides[0])
    return QImage(dots.data, *size, QImage.Format.Format_RGB32).copy()
