"""What a desk is fitted with: what people do, the gate, scanners, sounds, the guests' screen.

Each is made when it is first needed, so that the window stands before any of it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from controllers.background import Background
    from controllers.place import Place
    from ui.afloat import Afloat
    from ui.asking import DeskDoor
    from ui.at_desk import AtDesk
    from ui.at_gate import AtGate
    from ui.by_the_clock import ByTheClock
    from ui.deeds import Deeds
    from ui.guest_screen import GuestScreen
    from ui.left_prints import LeftPrints
    from ui.link import Link
    from ui.main_window import MainWindow
    from ui.people import People
    from ui.scanners import Scanners
    from ui.sounds import Sounds
    from ui.tray import Tray


class Fittings(QObject):
    """Made once for a window; `has` tells whether one of them was needed yet."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        desk: DeskDoor,
        now: Callable[[], datetime],
        place: Place,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._background, self._desk, self._now = window, background, desk, now
        self._place = place
        self.afloat: Afloat | None = None

    def has(self, word: str) -> bool:
        """Whether this was made already."""
        return word in self.__dict__

    def close(self) -> None:
        """Let go of what is outside this window: scanners, and the guests' screen."""
        if self.has("clock"):
            self.clock.close()
        if self.has("tray"):
            self.tray.close()
        if self.has("link"):
            self.link.close()
        if self.has("people"):
            self.people.close()
        if self.has("scanners"):
            self.scanners.close()
        if self.has("guests"):
            self.guests.close()

    @cached_property
    def deeds(self) -> Deeds:
        """What people do, made when the first screen is built."""
        from ui.deeds import Deeds

        made = Deeds(self._background, self._desk, self._now, self)
        made.host = self._window.overlay_host
        return made

    @cached_property
    def at(self) -> AtDesk:
        """What every screen is given."""
        from ui.at_desk import AtDesk

        return AtDesk(
            self._background,
            self._desk,
            self.deeds,
            self._now,
            lambda: self.gate,
            lambda: self.scanners,
            lambda: self.sounds,
            lambda: self._place,
        )

    @cached_property
    def clock(self) -> ByTheClock:
        """What does the work by the clock where nobody else does, from the moment the desk is open."""
        from ui.by_the_clock import ByTheClock

        made = ByTheClock(self._background, self._desk, self)
        made.done.connect(self.deeds.tell)
        made.stands.connect(lambda standing: self._window.show_standing("worker", standing))
        return made

    @cached_property
    def left_prints(self) -> LeftPrints:
        """What asks for papers of which nobody knows yet whether they came out."""
        from ui.left_prints import LeftPrints

        return LeftPrints(self.at, self)

    @cached_property
    def gate(self) -> AtGate:
        """What judges scans and shows the answers over whatever is on screen."""
        from ui.at_gate import AtGate

        made = AtGate(self.at, self)
        made.guard = self.people.lets_scan
        made.takes_itself = self._is_of_screen
        made.shown.connect(self.people.look_alive)
        made.navigate.connect(lambda word, what: self._window.go(word, **what))
        made.shown.connect(self.sounds.tell)
        made.queued.connect(self.sounds.tell_queued)
        made.shown.connect(self.guests.show_verdict)
        made.gone.connect(self.guests.end_verdict)
        if self.afloat is not None:
            made.waits.connect(self.afloat.expect)
        made.book.changed.connect(lambda: self.guests.see_scans(made.book.lines))
        return made

    def _is_of_screen(self, text: str) -> bool:
        screen = self._window.screen_in_front
        return screen is not None and screen.takes_scan(text)

    @cached_property
    def people(self) -> People:
        """Who works at this window, from the moment the desk is open."""
        from ui.people import People

        return People(self._background, self._desk, self._window)

    @cached_property
    def link(self) -> Link:
        """What brings a reservation to the front that somebody asks for from outside the window."""
        from ui.link import Link

        return Link(self.at, self._window, self.people, self)

    @cached_property
    def tray(self) -> Tray:
        """What rings when something happened, in the system's tray."""
        from ui.tray import Tray

        return Tray(self.at, self._window, self.people, self.link, self)

    @cached_property
    def sounds(self) -> Sounds:
        """What is heard at this counter: verdicts, and new orders."""
        from ui.sounds import Sounds

        return Sounds(self.at, parent=self)

    @cached_property
    def guests(self) -> GuestScreen:
        """What guests read on a screen of their own, where this counter has one."""
        from ui.guest_screen import GuestScreen

        return GuestScreen(self.at, lambda: self._window, practice=self._desk().practice, parent=self)

    @cached_property
    def scanners(self) -> Scanners:
        """What hears the handheld scanners, from the moment the desk is open."""
        from ui.scanners import Scanners

        made = Scanners(self)
        made.scanned.connect(lambda scan: self.gate.take(scan))
        made.stands.connect(lambda: self._window.show_standing("scanner", made.standing))
        made.follow(self._background, self._desk)
        return made
