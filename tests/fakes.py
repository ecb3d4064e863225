"""Stand-ins for what a test cannot ask of the real world; each has a name and remembers what it was told.

They stand only at the edges: the clock, the camera and the loudspeaker, and later the mail carrier.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal

from controllers.scanning.sources import Opened
from controllers.spooling import Sent
from models.papers import Paper
from models.prints import Fate
from models.refusals import CannotDo
from ui.monitors import Monitor


class StillClock:
    """A clock on the wall that stands until somebody moves its hands; `shown` is every time it has shown."""

    def __init__(self, at: datetime) -> None:
        self.shown = [at.astimezone(UTC)]

    def __call__(self) -> datetime:
        return self.shown[-1]

    def set(self, at: datetime) -> None:
        """Moves the hands to a time."""
        self.shown.append(at.astimezone(UTC))

    def forward(self, **span: float) -> None:
        """Moves the hands on: `forward(minutes=5)`."""
        self.set(self() + timedelta(**span))


class FakeCamera:
    """A camera that shows what is held before it, gives a picture whenever it is asked, and can be pulled out.

    `given` counts its pictures, `opened` every try to open it and what came of it.
    """

    def __init__(self, shows: Any, name: str = "Example Cam", every_s: float = 0.004) -> None:
        self.shows, self.name, self._every_s = shows, name, every_s
        self.plugged_in = True
        self.taken = False
        self.is_open = False
        self.given = 0
        self.opened: list[Opened] = []

    def open(self) -> Opened:
        """Opens it, where it is plugged in and nobody else has it."""
        taken = self.taken or self.is_open
        came = Opened.MISSING if not self.plugged_in else Opened.TAKEN if taken else Opened.SEES
        self.opened.append(came)
        self.is_open = self.is_open or came is Opened.SEES
        return came

    def read(self) -> Any | None:
        """What it shows now."""
        assert self.is_open, "read without being open"
        time.sleep(self._every_s)
        if not self.plugged_in:
            return None
        self.given += 1
        return self.shows(self.given) if callable(self.shows) else self.shows

    def close(self) -> None:
        """Lets go."""
        self.is_open = False


class FakeLoudspeaker(QObject):
    """A loudspeaker that remembers in `played` what it was to play and how loud; it can be pulled out."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_there: bool | None = None
        self.name = "Example Speaker"
        self.played: list[tuple[str, int]] = []

    def look(self) -> None:
        """Found at once."""
        self.plug(True)

    def plug(self, there: bool) -> None:
        """Plugs it in, or pulls it out."""
        self.is_there = there
        self.changed.emit()

    def play(self, word: str, volume: int) -> None:
        """Plays nothing, and remembers it; silence is not remembered."""
        if self.is_there and volume:
            self.played.append((word, volume))


class FakeScreens(QObject):
    """The screens of a computer by name, plugged in and pulled out by a test; `desk` says where the desk stands."""

    changed = Signal()

    def __init__(self, **places: QRect) -> None:
        super().__init__()
        self._places = places
        self.desk = next(iter(places))
        self.followed: list[object] = []

    def all(self) -> tuple[Monitor, ...]:
        """Where each one lies."""
        return tuple(Monitor(name, name, place) for name, place in self._places.items())

    def of(self, _window: object) -> str:
        """Where the desk stands."""
        return self.desk

    def follow(self, window: object) -> None:
        """Whose moves are heard of."""
        self.followed.append(window)

    def drag_to(self, name: str) -> None:
        """The desk's window is dragged there."""
        self.desk = name
        self.changed.emit()

    def plug(self, name: str, place: QRect | None) -> None:
        """In, or with None out."""
        self._places.pop(name, None)
        if place is not None:
            self._places[name] = place
        self.changed.emit()


class FakePrinters:
    """The printers of a system: what each printed, and what goes wrong with it.

    `trouble` is raised by every print, `waits` leaves papers in the queue until they are withdrawn.
    """

    def __init__(self, *names: str) -> None:
        self.known = names
        self.printed: list[Paperwork] = []
        self.queue: dict[str, Paperwork] = {}
        self.trouble: CannotDo | None = None
        self.waits = False

    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return self.known

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        """Prints it at once, or keeps it."""
        if self.trouble is not None:
            raise self.trouble
        work = Paperwork(pdf, printer, paper, title)
        if not self.waits:
            self.printed.append(work)
            return Sent()
        job = f"{printer}-{len(self.queue) + 1}"
        self.queue[job] = work
        return Sent(job, Fate.WAITS)

    def follow(self, sent: Sent, printer: str) -> Sent:
        """Without any patience."""
        return sent

    def became(self, job: str, printer: str) -> Sent | None:
        """What is not in the queue any more came out."""
        return Sent(job, Fate.WAITS if job in self.queue else Fate.OUT)

    def withdraw(self, job: str, printer: str) -> Fate:
        """Takes it out of the queue, where it is still there."""
        return Fate.OUT if self.queue.pop(job, None) is None else Fate.NOT


@dataclass(frozen=True)
class Paperwork:
    """What a printer was given."""

    pdf: bytes
    printer: str
    paper: Paper
    title: str
