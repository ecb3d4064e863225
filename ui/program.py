"""The running desk: one application, one window, the lanes, and the door behind which the database opens.

Nothing here is heavy: the window is painted first, then the database is loaded on a lane, and
whatever a screen has asked meanwhile is answered when the door opens.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui import fonts, language, theme
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
    from models.around import Around
    from ui.at_desk import AtDesk
    from ui.at_gate import AtGate
    from ui.by_the_clock import ByTheClock
    from ui.deeds import Deeds
    from ui.guest_screen import GuestScreen
    from ui.left_prints import LeftPrints
    from ui.question import Question
    from ui.scanners import Scanners
    from ui.screen import Screen
    from ui.sounds import Sounds
    from ui.watching import Watching
    from ui.widgets.overlay import Overlay

FIRST = "today"
COUNTER = "Desk"
AGAIN_MS = 30_000
LATER_MS = 2_000
"""Loudspeaker, second screen and old prints have time until everything is shown here."""


class Program(QObject):
    """Opens the window at a place. `screens` build each screen from what it is given."""

    def __init__(self, place: Place, screens: Mapping[str, Callable[[AtDesk], Screen]]) -> None:
        self.app = _application()
        super().__init__()
        self.place = place
        builders = {word: partial(self._build, build) for word, build in screens.items()}
        self._zone: tzinfo | None = None
        self.window = MainWindow(plan(builders), now=lambda: self.now().astimezone(self._zone))
        self._timer = QTimer(self)
        self._hook_before = sys.excepthook
        self._welcome: Overlay | None = None
        self._watch: Watch | None = None
        self._watching: Watching | None = None
        self._only_copy: OnlyCopy | None = None

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
    def _around(self) -> Question:
        """Asked so often that the answers may come in another order; a database that is away is told elsewhere."""
        from ui.question import Question

        made = Question(self.background, self)
        made.answered.connect(self._show_around)
        return made

    @cached_property
    def _clock(self) -> ByTheClock:
        """What lets orders lapse and closes trips in time, from the moment the desk is open."""
        from ui.by_the_clock import ByTheClock

        made = ByTheClock(self.background, self.desk, self)
        made.done.connect(self.deeds.tell)
        self._timer.timeout.connect(made.look)
        return made

    @cached_property
    def _left_prints(self) -> LeftPrints:
        """What asks for papers of which nobody knows yet whether they came out."""
        from ui.left_prints import LeftPrints

        made = LeftPrints(self.at, self)
        self._timer.timeout.connect(made.look)
        return made

    @cached_property
    def deeds(self) -> Deeds:
        """What people do, made when the first screen is built."""
        from ui.deeds import Deeds

        made = Deeds(self.background, self.desk, self.now, self)
        made.host = self.window.overlay_host
        return made

    @cached_property
    def at(self) -> AtDesk:
        """What every screen is given."""
        from ui.at_desk import AtDesk

        return AtDesk(
            self.background,
            self.desk,
            self.deeds,
            self.now,
            lambda: self.gate,
            lambda: self.scanners,
            lambda: self.sounds,
        )

    @cached_property
    def gate(self) -> AtGate:
        """What judges scans and shows the answers over whatever is on screen, made when it is first needed."""
        from ui.at_gate import AtGate

        made = AtGate(self.at, self)
        made.navigate.connect(lambda word, what: self.window.go(word, **what))
        made.shown.connect(self.sounds.tell)
        made.queued.connect(self.sounds.tell_queued)
        made.shown.connect(self.guests.show_verdict)
        made.gone.connect(self.guests.end_verdict)
        made.book.changed.connect(lambda: self.guests.see_scans(made.book.lines))
        return made

    @cached_property
    def sounds(self) -> Sounds:
        """What is heard at this counter: verdicts, and new orders."""
        from ui.sounds import Sounds

        return Sounds(self.at, parent=self)

    @cached_property
    def guests(self) -> GuestScreen:
        """What guests read on a screen of their own, where this counter has one."""
        from ui.guest_screen import GuestScreen

        return GuestScreen(self.at, lambda: self.window, practice=self.desk().practice, parent=self)

    @cached_property
    def scanners(self) -> Scanners:
        """What hears the handheld scanners, from the moment the desk is open."""
        from ui.scanners import Scanners

        made = Scanners(self)
        made.scanned.connect(lambda scan: self.gate.take(scan))
        made.stands.connect(lambda: self.window.show_standing("scanner", made.standing))
        made.follow(self.background, self.desk)
        return made

    def _build(self, build: Callable[[AtDesk], Screen]) -> Screen:
        return build(self.at)

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
        self.window.show()

    def desk(self) -> Desk:
        """The desk; waits on a lane until it is open."""
        return self._door.result()

    @property
    def is_open(self) -> bool:
        """Whether the door to the desk is open."""
        return "_door" in self.__dict__ and self._door.done() and self._door.exception() is None

    def is_quiet(self) -> bool:
        """Whether nothing is being asked or done."""
        return self.background.idle()

    def now(self) -> datetime:
        """The time at the desk; the real one while it is still being opened."""
        if self.is_open:
            return self._door.result().now()
        return datetime.now(UTC)

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
            self._show_welcome()
        else:
            self._open()

    def _open(self) -> None:
        from controllers.background import Lane

        self.background.run(Lane.DESK, self._open_door, self._be_ready, self._say_closed)
        self.window.go(FIRST)

    def _open_door(self) -> Desk:
        """On the desk's lane: imports and opens the database, then lets everybody through."""
        try:
            self._only_copy = self.place.claim()
            desk = self.place.open(COUNTER)
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
        self._show_in_step()
        self.window.show_standing("counter", Standing(desk.actor.counter, "counter"))
        self.window.show_person(desk.actor.staff[:1], desk.actor.staff)
        self._timer.start(AGAIN_MS)
        _ = self._clock
        _ = self.scanners  # from now on they are heard
        QTimer.singleShot(200, self._look_around)
        QTimer.singleShot(200, self._start_watching)
        QTimer.singleShot(LATER_MS, self._greet)

    def _greet(self) -> None:
        """From now on orders are heard and guests greeted, last scans and papers are known, the first scan is quick."""
        from controllers.background import Lane
        from ui import asking

        _ = self.sounds, self.guests, self.gate
        self._left_prints.look()
        self.background.run(Lane.READING, partial(asking.get_ready_for_scans, self.desk))

    def _start_watching(self) -> None:
        """Listens to other programs and counters, and for quiet moments, once the first numbers are shown."""
        from ui.quiet_moments import QuietMoments
        from ui.watching import Watching

        if self.desk().database.is_sqlite:
            QuietMoments(self.background, self.desk, self)
        if self._watch is not None:
            self._watching = Watching(self.background, self.desk(), self._watch, self)
            self._watching.lost.connect(self._show_out_of_step)
            self._watching.found.connect(self._show_in_step)
            self._watching.start()

    def _show_in_step(self) -> None:
        local = self.desk().database.is_sqlite
        words = self.tr("Local file") if local else self.tr("Shared database")
        self.window.show_standing("sync", Standing(words, "synced", "good"))

    def _show_out_of_step(self) -> None:
        words = self.tr("The shared database does not answer")
        self.window.show_standing("sync", Standing(words, "offline", "stop"))

    def _say_closed(self, error: Exception) -> None:
        """The database could not be opened: the reason, and the way to choose again."""
        from models.refusals import CannotDo
        from ui.wording.refusals import refusal

        if isinstance(error, CannotDo) and error.code == "running-already":
            from ui.trouble import send_away

            send_away(error, self.window)
        elif isinstance(error, CannotDo):
            self.window.show_offline(self.tr("The desk cannot be opened"), refusal(error))
        else:
            self._show_bug(error)

    # first start

    def _show_welcome(self) -> None:
        from ui.welcome import Welcome

        self._welcome = Welcome(self.background, self.window.overlay_host)
        self._welcome.chosen.connect(self._choose)
        self._welcome.open()

    def _choose(self, kind: str, address: str) -> None:
        fill = kind == "practice"
        if fill:
            self.place.choose_practice()
        else:
            self.place.choose_database(address)
        self.window.set_practice(self.place.practice)
        if self._welcome is not None:
            self._welcome.leave()
            self._welcome = None
        self._open()
        if fill:
            from controllers.background import Lane
            from ui import asking

            self.background.run(Lane.DESK, partial(asking.fill_practice, self.desk))

    # listening

    def _connect(self) -> None:
        from ui import actions

        self._timer.timeout.connect(self._look_around)
        self.background.changed.connect(self._hear)
        self.background.changed_elsewhere.connect(self._hear_elsewhere)
        self.background.trouble.connect(self._show_bug)
        self.deeds.done.connect(self._look_around)
        self.deeds.voucher_wanted.connect(self._show_voucher)
        self.window.find_typed.connect(self._start_search)
        self.window.take_back.connect(self.deeds.take_back_last)
        self.window.closing.connect(self._close)
        actions.make("undo", self.window, self._undo)
        actions.make("repair-scanner", self.window, self._try_scanner)
        self._hook_before, sys.excepthook = sys.excepthook, self._hook
        faulthandler.enable()

    def _hear(self, changed: frozenset[str]) -> None:
        """Tell the screens; while somebody waits for a verdict, when it is there."""
        if "gate" in self.__dict__:
            self.gate.when_answered(partial(self._tell, changed))
        else:
            self._tell(changed)

    def _tell(self, changed: frozenset[str]) -> None:
        self.window.refresh(changed)
        self._look_around()

    def _hear_elsewhere(self, changed: frozenset[str]) -> None:
        self.window.refresh_quietly(changed)
        self.deeds.look_again()
        self._look_around()

    def _look_around(self, *_: object) -> None:
        """What the frame itself shows: how many wait, and the letters that can still be taken back."""
        from ui import asking

        if self.is_open:
            self._around.ask(partial(asking.around, self.desk))

    def _show_around(self, told: Around) -> None:
        self._zone = ZoneInfo(told.zone)
        if "sounds" in self.__dict__:
            self.sounds.tell_around(told)
        self.window.set_badge("reservations", told.waiting)
        left = (told.next_letter_at - self.now()).total_seconds() if told.next_letter_at else 0
        self.window.show_letters(told.letters_leaving, max(0, int(left)))

    def _start_search(self, text: str) -> None:
        """The first letter in the search box makes what answers it; from then on it hears by itself."""
        from ui.search import Search

        self.window.find_typed.disconnect(self._start_search)
        Search(self.at, self.window).type(text)

    def _undo(self) -> None:
        """Ctrl+Z, on every screen: what was done last at this window; a screen that names it need not be asked."""
        take_back = getattr(self.window.screen_in_front, "take_back", self.gate.take_back)
        take_back()

    def _try_scanner(self) -> None:
        """F9: what the scanner sends, with the keyboard where even a slow one is noticed."""
        self.window.go("settings", section="scanner")
        area = getattr(getattr(self.window.screen_in_front, "page", None), "area", None)
        if area is not None:
            area.setFocus()

    def _show_voucher(self, reservation_id: int) -> None:
        from ui.voucher import VoucherDialog

        VoucherDialog(self.at, reservation_id, self.window.overlay_host).open()

    # trouble

    def _hook(self, kind: Any, error: Any, trace: Any) -> None:
        sys.__excepthook__(kind, error, trace)
        self._show_bug(error)

    def _show_bug(self, error: BaseException) -> None:
        from ui.trouble import show_trouble

        show_trouble(error, self.window.overlay_host)

    def _close(self) -> None:
        self._timer.stop()
        if "scanners" in self.__dict__:
            self.scanners.close()
        if "guests" in self.__dict__:
            self.guests.close()
        sys.excepthook = self._hook_before
        if self._watching is not None:
            self._watching.close()
        elif self._watch is not None:
            self._watch.close()
        self.background.close()
        if self.is_open:
            self._door.result().database.close()
        elif not self._door.done():
            self._door.cancel()
        if self._only_copy is not None:
            self._only_copy.let_go()


def _application() -> QApplication:
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Counterfoil")
    app.setStyle("Fusion")
    fonts.load()
    language.apply(app)
    theme.apply(app, theme.Theme.SYSTEM)
    return app
