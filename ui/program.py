"""The running desk: one application, one window, the lanes, and the door behind which the database opens.

Nothing here is heavy: the window is painted first, then the database is loaded on a lane, and
whatever a screen has asked meanwhile is answered when the door opens.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui import fonts, language, theme
from ui.after_crash import AfterCrash
from ui.main_window import MainWindow
from ui.screens import plan
from ui.widgets.key_bar import Standing

if TYPE_CHECKING:
    from concurrent.futures import Future

    from controllers.background import Background
    from controllers.desk import Desk
    from controllers.only_copy import OnlyCopy
    from controllers.place import Place
    from controllers.watching import Watch
    from models.refusals import CannotDo
    from ui.at_desk import AtDesk
    from ui.fittings import Fittings
    from ui.in_step import InStep
    from ui.screen import Screen

FIRST = "today"
COUNTER = "Desk"
AGAIN_MS = 30_000
RINGS, RING_MS = 40, 250
FIRST_MS, SOON_MS, LATER_MS = 1_000, 50, 2_000
"""What is no part of the first numbers waits until they have been painted, though never for long; what only rings,
greets or tidies up waits for everything on the first screen. Nothing of it is quicker for being begun earlier."""


class Program(QObject):
    """Opens the window at a place. `screens` build each screen from what it is given; `link` is shown first."""

    def __init__(
        self, place: Place, screens: Mapping[str, Callable[[AtDesk], Screen]], link: str = ""
    ) -> None:
        self.app = _application()
        super().__init__()
        self.place, self._link = place, link
        builders = {word: partial(self._build, build) for word, build in screens.items()}
        self.window = MainWindow(plan(builders), now=self._local_now)
        self._timer, self._soon = QTimer(self), QTimer(self)
        self._hook_before = sys.excepthook
        self._watch: Watch | None = None
        self._only_copy: OnlyCopy | None = None
        self._after_crash = AfterCrash()
        self._no_replica: CannotDo | None = None
        self._tries = 0

    @cached_property
    def _door(self) -> Future[Desk]:
        from concurrent.futures import Future

        return Future()

    @cached_property
    def background(self) -> Background:
        """The lanes, made when the first work is given to them."""
        from controllers.background import Background

        return Background(self)

    @cached_property
    def fittings(self) -> Fittings:
        """What this desk is fitted with, each made when it is first needed."""
        from ui.fittings import Fittings

        return Fittings(self.window, self.background, self.desk, self.now, self.place, self)

    @cached_property
    def _in_step(self) -> InStep:
        """What the screens are told, here and from elsewhere."""
        from ui.in_step import InStep

        return InStep(self.window, self.fittings, lambda: self.is_open, self)

    def _build(self, build: Callable[[AtDesk], Screen]) -> Screen:
        return build(self.fittings.at)

    def run(self) -> int:
        """Shows the window and stays until it is closed; the exit code."""
        self.show()
        return self.app.exec()

    def show(self) -> None:
        """Shows the frame; what it holds is made when it has been painted.

        The content says so: it covers the window, which is then never painted itself.
        """
        self.window.set_practice(self.place.practice)
        self.window.overlay_host.installEventFilter(self)
        self.window.fit_screen()
        self.window.show()

    def desk(self) -> Desk:
        """The desk; waits on a lane until it is open."""
        return self._door.result()

    @property
    def is_open(self) -> bool:
        """Whether the door to the desk is open."""
        door = self.__dict__.get("_door")  # nobody is let in by a door that was given up
        return door is not None and door.done() and not door.cancelled() and door.exception() is None

    def is_quiet(self) -> bool:
        """Whether nothing is being asked or done."""
        return self.background.idle()

    def now(self) -> datetime:
        """The time at the desk; the real one while it is still being opened."""
        if self.is_open:
            return self._door.result().now()
        return datetime.now(UTC)

    def _local_now(self) -> datetime:
        """The operator's clock, for the frame, which stands before anybody knows the operator's zone."""
        return self.now().astimezone(self._in_step.zone if self._is_furnished else None)

    @property
    def _is_furnished(self) -> bool:
        return "_in_step" in self.__dict__

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Everything heavy waits for the first paint of the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._furnish)
        return super().eventFilter(watched, event)

    # opening

    def _furnish(self) -> None:
        self._connect()
        if self.place.is_new:
            from ui.first_start import FirstStart

            FirstStart(self.background, self.window, self.place, self.desk, self._open, self).ask()
        else:
            self._open()

    def _open(self) -> None:
        from controllers.background import Lane

        self.background.run(Lane.DESK, self._open_door, self._be_ready, self._say_closed)
        self.window.go(FIRST)

    def _open_door(self) -> Desk:
        """On the desk's lane: imports and opens the database, then lets everybody through."""
        from controllers.afloat import open_afloat

        try:
            self._only_copy = self.place.claim()
            self._after_crash.begin(self.place.folder)
            desk, self._no_replica = open_afloat(self.place, self.place.counter or COUNTER)
        except BaseException as error:
            self._door.set_exception(error)
            raise
        from controllers.watching import Watch

        desk.listeners.append(self.background.announce)
        self._watch = Watch(desk)
        self._door.set_result(desk)
        return desk

    def _be_ready(self, desk: Desk) -> None:
        self.window.set_practice(desk.practice)
        self._in_step.stay_afloat(self._no_replica)
        self.window.show_standing("counter", Standing(desk.actor.counter, "counter"))
        self.fittings.people.begin(desk.actor)
        self._timer.start(AGAIN_MS)
        if self._link:
            self.fittings.link.follow(self._link)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._listen)
        self._soon.start(FIRST_MS)
        front = self.window.screen_in_front
        if front is not None:  # its title tells the day as soon as it has its numbers
            front.retitled.connect(self._listen_soon, Qt.ConnectionType.SingleShotConnection)
        QTimer.singleShot(LATER_MS, self._greet)

    def _listen_soon(self) -> None:
        if self._soon.isActive():
            self._soon.start(SOON_MS)

    def _listen(self) -> None:
        """From now on scanners are heard, links, other counters and the clock; the first numbers are there."""
        _ = self.fittings.scanners
        self.fittings.link.listen(self.place)
        self._timer.timeout.connect(self.fittings.clock.look)
        self._in_step.look_around()
        if self._watch is not None:
            self._in_step.start(self._watch)

    def _greet(self) -> None:
        """From now on orders are heard and guests greeted, last scans and papers are known, the first scan is quick."""
        from controllers.background import Lane
        from ui import asking

        fittings = self.fittings
        _ = fittings.sounds, fittings.guests, fittings.gate, fittings.tray
        fittings.left_prints.look()
        if self._watch is not None:
            fittings.clock.start(self._watch)
        self._timer.timeout.connect(fittings.left_prints.look)
        self._after_crash.tell(fittings.at, self.window.overlay_host, fittings.people)
        self.background.run(Lane.READING, partial(asking.get_ready_for_scans, self.desk))

    def _say_closed(self, error: Exception) -> None:
        """The database could not be opened: the reason, and the way to choose again."""
        from models.refusals import CannotDo
        from ui.wording.refusals import refusal

        if isinstance(error, CannotDo) and error.code == "running-already":
            if self._link and self._tries < RINGS:
                self._ring(error)
                return
            from ui.trouble import send_away

            send_away(error, self.window)
        elif isinstance(error, CannotDo):
            from ui.first_start import SHUT_OUT, JoinAgain

            self.window.show_offline(self.tr("The desk cannot be opened"), refusal(error))
            if error.code in SHUT_OUT and self.place.shared:
                JoinAgain(self.background, self.window, self.place, self).ask(error)
        else:
            self._show_bug(error)

    def _ring(self, error: Exception) -> None:
        """Another window opened at the same time, and shows the link as soon as it hears us."""
        from ui.doorbell import ring

        self._tries += 1
        if ring(self.place, self._link):
            self.window.close()
        else:
            QTimer.singleShot(RING_MS, partial(self._say_closed, error))

    # listening

    def _connect(self) -> None:
        from ui import actions

        self._timer.timeout.connect(self._in_step.look_around)
        self.background.trouble.connect(self._show_bug)
        self.fittings.deeds.voucher_wanted.connect(self._show_voucher)
        self.window.find_typed.connect(self._start_search)
        self.window.take_back.connect(self.fittings.deeds.take_back_last)
        self.window.closing.connect(self._close)
        actions.make("undo", self.window, self._undo)
        actions.make("repair-scanner", self.window, self._try_scanner)
        self._hook_before, sys.excepthook = sys.excepthook, self._hook

    def _start_search(self, text: str) -> None:
        """The first letter in the search box makes what answers it; from then on it hears by itself."""
        from ui.search import Search

        self.window.find_typed.disconnect(self._start_search)
        Search(self.fittings.at, self.window).type(text)

    def _undo(self) -> None:
        """Ctrl+Z, on every screen: what was done last at this window; a screen that names it need not be asked."""
        take_back = getattr(self.window.screen_in_front, "take_back", self.fittings.gate.take_back)
        take_back()

    def _try_scanner(self) -> None:
        """F9: what the scanner sends, with the keyboard where even a slow one is noticed."""
        self.window.go("settings", section="scanner")
        area = getattr(getattr(self.window.screen_in_front, "page", None), "area", None)
        if area is not None:
            area.setFocus()

    def _show_voucher(self, reservation_id: int) -> None:
        from ui.voucher import VoucherDialog

        VoucherDialog(self.fittings.at, reservation_id, self.window.overlay_host).open()

    # trouble

    def _hook(self, kind: Any, error: Any, trace: Any) -> None:
        from models.faults import tell_fault

        tell_fault(kind, error, trace)
        self._show_bug(error)

    def _show_bug(self, error: BaseException) -> None:
        from ui.trouble import show_trouble

        show_trouble(error, self.window.overlay_host)

    def _close(self) -> None:
        self._timer.stop()
        self._soon.stop()
        if self._is_furnished:
            self.fittings.close()
        sys.excepthook = self._hook_before
        if self._watch is not None:
            self._in_step.close()
            self._watch.close()
        self.background.close()
        if self._watch is not None:
            self._in_step.let_go()
        if self.is_open:
            self._door.result().database.close()
        elif not self._door.done():
            self._door.cancel()
        self._after_crash.end()
        if self._only_copy is not None:
            self._only_copy.let_go()


def _application() -> QApplication:
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Counterfoil")
    fonts.load()
    language.apply(app)
    theme.apply(app, theme.Theme.SYSTEM)
    return app
