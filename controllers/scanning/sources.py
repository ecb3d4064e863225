"""Where a camera's pictures come from: a device on this computer, a film, or a folder of pictures.

Every source is opened, read until it has nothing more to give, and closed; it may be opened again. `read` waits
for the next picture, as a device does: a film and a folder play in real time, and what comes too late is left out.
A source lives in the camera's thread alone.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from controllers.scanning.cameras import Found, cameras
from controllers.scanning.reading import opencv

WIDTH, HEIGHT = 1280, 720
A_SECOND = 30
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")


class Opened(enum.StrEnum):
    """What came of opening a source."""

    SEES = "sees"
    MISSING = "missing"
    """Nothing of that name is there."""
    TAKEN = "taken"
    """It is there and gives no picture: another program has it, or the system forbids it."""


class Source(Protocol):
    """One that can be looked through."""

    @property
    def name(self) -> str:
        """What people call it."""

    def open(self) -> Opened:
        """Be ready to read; may be tried again and again."""

    def read(self) -> Any | None:
        """The next picture (OpenCV's BGR or grey), or None when it is gone or over."""

    def close(self) -> None:
        """Let go of it."""


class Device:
    """A camera by its name; '' takes the first there is. The name outlives a change of socket, a number does not."""

    def __init__(self, name: str = "", find: Callable[[], list[Found]] = cameras) -> None:
        self._wanted, self._find = name, find
        self._found: Found | None = None
        self._capture: Any = None

    @property
    def name(self) -> str:
        return self._found.name if self._found is not None else self._wanted

    def open(self) -> Opened:
        there = [one for one in self._find() if self._wanted in ("", one.name)]
        if not there:
            return Opened.MISSING
        self._found = there[0]
        self._capture = _capture_of(self._found)
        return Opened.SEES if self._capture.isOpened() else Opened.TAKEN

    def read(self) -> Any | None:
        given, picture = self._capture.read()
        return picture if given else None

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
        self._capture = None


class Film:
    """A film that plays in real time, again and again unless it shall be shown once."""

    def __init__(self, file: Path, *, once: bool = False) -> None:
        self._file, self._once = file, once
        self._capture: Any = None
        self._pace = Pace(A_SECOND)

    @property
    def name(self) -> str:
        return self._file.name

    def open(self) -> Opened:
        if not self._file.is_file():
            return Opened.MISSING
        cv2 = opencv()
        self._capture = cv2.VideoCapture(str(self._file))
        if not self._capture.isOpened():
            return Opened.TAKEN
        self._pace = Pace(self._capture.get(cv2.CAP_PROP_FPS) or A_SECOND)
        return Opened.SEES

    def read(self) -> Any | None:
        for _late in range(self._pace.wait()):
            self._capture.grab()
        given, picture = self._capture.read()
        if not given and not self._once:
            self._capture.set(opencv().CAP_PROP_POS_FRAMES, 0)
            given, picture = self._capture.read()
        return picture if given else None

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
        self._capture = None


class Pictures:
    """A folder of pictures in the order of their names, so many a second, again and again unless once."""

    def __init__(self, folder: Path, *, a_second: float = A_SECOND, once: bool = False) -> None:
        self._folder, self._a_second, self._once = folder, a_second, once
        self._files: list[Path] = []
        self._at = 0
        self._pace = Pace(a_second)

    @property
    def name(self) -> str:
        return self._folder.name

    def open(self) -> Opened:
        if not self._folder.is_dir():
            return Opened.MISSING
        self._files = sorted(file for file in self._folder.iterdir() if file.suffix.lower() in PICTURES)
        self._at, self._pace = 0, Pace(self._a_second)
        return Opened.SEES if self._files else Opened.TAKEN

    def read(self) -> Any | None:
        import numpy

        cv2 = opencv()
        self._at += self._pace.wait()
        if self._once and self._at >= len(self._files):
            return None
        file = self._files[self._at % len(self._files)]
        self._at += 1
        try:
            return cv2.imdecode(numpy.fromfile(file, numpy.uint8), cv2.IMREAD_COLOR)
        except (OSError, cv2.error):  # taken away meanwhile, or empty: as good as a camera that is gone
            return None

    def close(self) -> None:
        self._files = []


class Pace:
    """So many a second: waits until the next is due, and tells how many are due already and shall be left out."""

    def __init__(
        self,
        a_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._every = 1 / a_second
        self._clock, self._sleep = clock, sleep
        self._due: float | None = None

    def wait(self) -> int:
        """Until the next one is due."""
        now = self._clock()
        if self._due is None:
            self._due = now
        late = max(0, int((now - self._due) / self._every))
        self._due += late * self._every
        if self._due > now:
            self._sleep(self._due - now)
        self._due += self._every
        return late


def source_of(chosen: str) -> Source:
    """What the settings name: a film or a folder by its path, else a device by its name ('' the first)."""
    path = Path(chosen) if chosen else None
    if path is not None and path.is_absolute():
        return Pictures(path) if path.is_dir() else Film(path)
    return Device(chosen)


def _capture_of(found: Found) -> Any:
    """A device that gives pictures large enough for small codes, the newest only."""
    cv2 = opencv()
    capture = cv2.VideoCapture(found.index, found.backend)
    if capture.isOpened():
        # Packed pictures first: unpacked, a USB 2 camera gives ten a second of this size.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
        capture.set(cv2.CAP_PROP_FPS, A_SECOND)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture
