"""Turns the screen that faces the guests into a greeting, and back into nothing when there is no such screen.

It follows the gate: a welcome for half a minute, one moment while the desk has something to settle, and else where
to hold the code and what leaves next. The screen is known by its name and number, so it may be pulled out and come
back; it is never the one on which the desk itself stands, also when the desk is dragged there, and it never takes the
keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from models.counter_settings import CounterSettings
from ui.at_desk import AtDesk
from ui.checkin_today import TodayWatch
from ui.guest_card import GuestCard
from ui.guest_face import GuestFace, Mood, guest_face, idle_face
from ui.monitors import Monitors
from ui.pulse import pulse
from ui.settings_kept import Kept
from ui.widgets.practice_frame import PracticeFrame
from ui.wording.dates import clock
from ui.wording.orders import local

if TYPE_CHECKING:
    from ui.checkin_lines import ScanLine
    from ui.verdicts import Judged

STAYS_S = 30
CONCERNS = frozenset({"departures", "products", "reservations"})


class GuestWindow(PracticeFrame):
    """The window on that screen: no frame, never the keyboard, nothing to press."""

    def __init__(self, face: GuestFace) -> None:
        self.card = GuestCard(face)
        super().__init__(self.card)
        kind = Qt.WindowType
        self.setWindowFlags(kind.Window | kind.FramelessWindowHint | kind.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setWindowTitle(self.tr("Screen for guests"))
        self.place = QRect()

    def cover(self, place: QRect) -> None:
        """Lie over this whole screen. Not by showFullScreen: that would take the keyboard from the desk."""
        if self.isVisible() and self.place == place:
            return
        self.place = place
        self.hide()
        self.setGeometry(place)
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()


class GuestScreen(QObject):
    """Give it what the gate shows with `show_verdict`, `end_verdict` when it is gone, and `see_scans` what was undone.

    `changed` when the window came or went: `words` say how it stands.
    """

    changed = Signal()

    def __init__(
        self,
        at: AtDesk,
        desk_window: Callable[[], QWidget],
        *,
        practice: bool = False,
        screens: Monitors | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._at, self._desk_window, self._practice = at, desk_window, practice
        self.screens = screens or Monitors(self)
        self._kept, self._watch = Kept(at, self), TodayWatch(at, self)
        self._left, self._waits = 0, False
        self._greeted: frozenset[str] = frozenset()
        self.window: GuestWindow | None = None
        self._kept.told.connect(self._settle)
        self._watch.told.connect(self._show_idle)
        self.screens.changed.connect(self._place)
        at.background.changed.connect(self._hear)
        at.background.changed_elsewhere.connect(self._hear)
        self._kept.ask()

    @property
    def face(self) -> GuestFace | None:
        """What can be read there now."""
        return self.window.card.face if self.window is not None else None

    # what the gate shows

    def show_verdict(self, judged: Judged) -> None:
        """Somebody stands in front of it."""
        if self.window is None:
            return
        self._left, self._waits = STAYS_S, judged.waits
        self._greeted = frozenset(one.scan_id for one in (judged.answer, *judged.together))
        self.window.card.show_face(guest_face(judged))

    def end_verdict(self) -> None:
        """The desk has settled it: a welcome stays for its half minute, the next one need not wait for a moment."""
        self._waits = False
        if self.window is not None and self.window.card.face.mood is Mood.MOMENT:
            self._be_idle()

    def see_scans(self, lines: Iterable[ScanLine]) -> None:
        """Who is out again is not welcomed any longer."""
        if self._left and any(line.undone and line.scan_id in self._greeted for line in lines):
            self._be_idle()

    # the window

    def _settle(self, _settings: CounterSettings) -> None:
        self._place()

    def _place(self) -> None:
        """On the chosen screen, if it is there and free."""
        chosen, desk = self._kept.settings.guest_screen, self._desk_window()
        self.screens.follow(desk)
        place = next((one.place for one in self.screens.all() if chosen and one.key == chosen), None)
        if place is None or self.screens.of(desk) == chosen:
            self._take_away()
            return
        if self.window is None:
            self.window = GuestWindow(self._idle())
            self.window.set_practice(self._practice)
            pulse().join(self._beat)
            self._watch.start()
            self._watch.ask()
        self.window.cover(place)
        self._show_clock()
        self.changed.emit()

    def close(self) -> None:
        """No more greetings."""
        self._kept.told.disconnect(self._settle)
        self.screens.changed.disconnect(self._place)
        self._take_away()

    def _take_away(self) -> None:
        if self.window is None:
            return
        pulse().leave(self._beat)
        self._watch.stop()
        self.window.close()
        self.window.deleteLater()
        self.window = None
        self.changed.emit()

    # the time

    def _beat(self) -> None:
        self._show_clock()
        if self._left and not self._waits:
            self._left -= 1
            if not self._left:
                self._be_idle()

    def _show_clock(self) -> None:
        if self.window is not None:
            zone = self._watch.today.zone if self._watch.today is not None else ""
            now = self._at.now()
            self.window.card.show_clock(clock(local(now, zone) if zone else now.astimezone()))

    def _be_idle(self) -> None:
        self._left, self._waits = 0, False
        self._show_idle()

    def _show_idle(self) -> None:
        if self.window is not None and not self._left:
            self.window.card.show_face(self._idle())

    def _idle(self) -> GuestFace:
        return idle_face(self._watch.departures, self._at.now())

    def _hear(self, changed: frozenset[str]) -> None:
        if "settings" in changed:
            self._kept.ask()
        if changed & CONCERNS and self.window is not None:
            self._watch.ask()
