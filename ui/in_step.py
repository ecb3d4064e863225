"""Keeps the window in step with what is done here and at other counters, and says so where it cannot."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, tzinfo

    from controllers.watching import Watch
    from models.around import Around
    from models.refusals import CannotDo
    from ui.afloat import Afloat
    from ui.fittings import Fittings
    from ui.main_window import MainWindow
    from ui.meanwhile import Meanwhile, Open
    from ui.question import Question
    from ui.watching import Watching


class InStep(QObject):
    """Tells the screens what changed, and the frame how many wait. `zone` is the operator's, once it is known."""

    def __init__(
        self, window: MainWindow, fittings: Fittings, is_open: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.zone: tzinfo | None = None
        self._window, self._fittings, self._is_open = window, fittings, is_open
        self._watch: Watch | None = None
        self._watching: Watching | None = None
        self.afloat: Afloat | None = None
        """What keeps check-in going while a shared database does not answer; a file of one's own needs none."""
        background = fittings.at.background
        background.changed.connect(self._hear)
        background.changed_elsewhere.connect(self._hear_elsewhere)
        fittings.deeds.done.connect(self.look_around)

    @cached_property
    def _around(self) -> Question:
        """Asked so often that the answers may come in another order; a database that is away is told elsewhere."""
        from ui.question import Question

        made = Question(self._fittings.at.background, self)
        made.answered.connect(self._show_around)
        return made

    @cached_property
    def _meanwhile(self) -> Meanwhile:
        """What says in open questions what others do to the same thing."""
        from ui.meanwhile import Meanwhile

        at = self._fittings.at
        return Meanwhile(at.background, at.desk, lambda: self._window.overlay_host, self, self._pages)

    def _pages(self) -> list[Open]:
        from ui.meanwhile import page_in_front

        return page_in_front(self._window.screen_in_front, self._fittings.deeds.tell_for_long)

    # others

    def start(self, watch: Watch) -> None:
        """Listens to other programs and counters, and for quiet moments, once the first numbers are shown."""
        from ui.quiet_moments import QuietMoments
        from ui.watching import Watching

        at = self._fittings.at
        if at.desk().database.is_sqlite:
            QuietMoments(at.background, at.desk, self)
        self._watching = Watching(at.background, at.desk(), watch, self)
        if self.afloat is not None:
            self._watching.lost.connect(self.afloat.look)
        self._watching.start()
        self._meanwhile.start()
        self._fittings.people.came.connect(
            self._meanwhile.look
        )  # before, nobody might look how far others were

    def stay_afloat(self, no_replica: CannotDo | None) -> None:
        """From now on the window says how it stands towards a shared database, and check-in goes on without it."""
        from ui import asking
        from ui.frame_standing import FrameStanding, show_without_replica
        from ui.question import Question

        at = self._fittings.at
        desk = at.desk()
        if desk.scans is None:
            show_without_replica(self._window, desk, no_replica)
            return
        from ui.afloat import Afloat

        made = self.afloat = self._fittings.afloat = Afloat(at.background, desk, desk.scans, self)
        standing = FrameStanding(self._window, made, at.deeds, at.now, lambda: self.zone, self)
        made.came_back.connect(self._come_back)
        made.start()
        where = Question(at.background, self)
        where.answered.connect(self._take_here)
        where.answered.connect(lambda _: standing.look())
        where.ask(partial(asking.here, at.desk))

    def _take_here(self, here: tuple[date, str]) -> None:
        """A program that starts without the server tells the operator's time, too: its copy knows the zone."""
        from zoneinfo import ZoneInfo

        self.zone = self.zone or ZoneInfo(here[1])

    def _come_back(self) -> None:
        """The shared database answers again: everything is asked anew."""
        from models.watching import EVERYTHING

        if self._watching is not None:
            self._watching.ring()
        self._fittings.at.background.announce_elsewhere(EVERYTHING)

    def close(self) -> None:
        """Listens no more."""
        if self.afloat is not None:
            self.afloat.close()
        if self._watching is not None:
            self._watching.close()
            self._watching = None

    def let_go(self) -> None:
        """Nothing works on the lanes any more."""
        if self.afloat is not None:
            self.afloat.let_go()

    # what changed

    def _hear(self, changed: frozenset[str]) -> None:
        """Tell the screens; while somebody waits for a verdict, when it is there."""
        if self._fittings.has("gate"):
            self._fittings.gate.when_answered(partial(self._tell, changed))
        else:
            self._tell(changed)

    def _tell(self, changed: frozenset[str]) -> None:
        self._window.refresh(changed)
        self.look_around()

    def _hear_elsewhere(self, changed: frozenset[str]) -> None:
        self._window.refresh_quietly(changed)
        self._fittings.deeds.look_again()
        self._meanwhile.look()
        self.look_around()

    # the frame

    def look_around(self, *_: object) -> None:
        """What the frame itself shows: how many wait, and the letters that can still be taken back."""
        from ui import asking

        if self._is_open():
            self._around.ask(partial(asking.around, self._fittings.at.desk))

    def _show_around(self, told: Around) -> None:
        from zoneinfo import ZoneInfo

        self.zone = ZoneInfo(told.zone)
        if self._fittings.has("sounds"):
            self._fittings.sounds.tell_around(told)
        self._window.set_badge("reservations", told.waiting)
        if self._fittings.has("tray"):
            self._fittings.tray.show_waiting(told.waiting)
        self._window.set_badge("messages", told.talks)
        now = self._fittings.at.now()
        left = (told.next_letter_at - now).total_seconds() if told.next_letter_at else 0
        self._window.show_letters(told.letters_leaving, max(0, int(left)))
