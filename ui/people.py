"""Knows who works at this window: lets people in and out, locks after a while, and follows what managers change.

Whoever acts is replaced on the lane that writes, so what was begun before is still the one person's and what comes
after is the other's. Screens, typed texts and dialogs stay where they are; only for somebody who may less than the
person before them what they may not see is closed.
"""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from controllers.background import Lane
from models.rights import Right, may
from models.watching import EVERYTHING
from ui import asking
from ui.question import Question
from ui.screens import is_open_to
from ui.sign_in import SignIn
from ui.widgets.overlay import Overlay, stands
from ui.wording.dates import day_and_time
from ui.wording.roles import role_word

if TYPE_CHECKING:
    from datetime import tzinfo

    from controllers.background import Background
    from controllers.desk import Actor
    from controllers.staff.signing_in import Here, SignedIn
    from models.counter_settings import CounterSettings
    from ui.main_window import MainWindow

_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)


_AS_ANOTHER = EVERYTHING | {"settings"}
"""What somebody else may see differently; while nobody was there, nothing of it could be asked."""


class People(QObject):
    """`came` brings who acts from now on. `is_locked` while nobody does."""

    came = Signal(object)

    def __init__(self, background: Background, desk: asking.DeskDoor, window: MainWindow) -> None:
        super().__init__(window)
        self._background, self._desk, self._window = background, desk, window
        self._zone: tzinfo = UTC
        self._now: Actor | None = None
        self._last: Actor | None = None
        self._asked: SignIn | None = None
        self._needs_signing_in = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._look = Question(background, self, lane=Lane.DESK)
        self._who = Question(background, self)
        self._leave = Question(background, self, lane=Lane.DESK)
        self._settings = Question(background, self)
        self._connect()

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in: nothing of the window may be seen or done."""
        return self._now is not None and not self._now.role

    def begin(self, actor: Actor) -> None:
        """The desk is open; `actor` is who acts at it, or nobody."""
        self._take(actor)
        if not actor.role:  # else nobody has a password here, and nobody may come by a PIN
            self._ask_for_somebody()

    def change_person(self) -> None:
        """One key, on any screen: somebody else works here now."""
        if self.is_locked or stands(self._asked):
            return
        if not self._needs_signing_in:
            self._window.go("settings", section="staff")
            return
        self._open(shut=False)
        self._look_who()

    def lock(self, why: str = "person") -> None:
        """Nobody works here any more, until somebody signs in. What is open stays, covered."""
        if self.is_locked or not self._needs_signing_in or self._now is None:
            return
        self._leave.ask(partial(asking.leave, self._desk, why))
        self._lose()

    def lets_scan(self) -> bool:
        """Whether a scan may be judged; where nobody is signed in it says that nobody was let in."""
        if self.is_locked and self._asked is not None:
            self._asked.say_scanned()
        return not self.is_locked

    def look_alive(self, *_: object) -> None:
        """Somebody does something here."""
        if self._idle.interval() and not self.is_locked:
            self._idle.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.look_alive()
        return False

    def close(self) -> None:
        """The window is closed."""
        self._idle.stop()
        self._app().removeEventFilter(self)

    # who is there

    def _take(self, actor: Actor) -> None:
        """From now on it is them."""
        before, self._now = self._now, actor
        self._window.is_shut = self.is_locked
        if not actor.role:
            return
        was = before if before is not None and before.role else self._last
        other = was is not None and was.staff_id != actor.staff_id
        if other or (before is not None and not before.role):
            self._window.hide_personal()
        if was is not None and not _may_as_much(was.role, actor.role):
            self._close_what_lies_over()
        self._last = actor
        self._window.offer([word for word in self._window.words if is_open_to(actor.role, word)])
        self._window.show_person(_initials(actor.staff), actor.staff)
        self._settings.ask(partial(asking.counter_settings, self._desk))
        self.came.emit(actor)

    def _let_in(self, actor: Actor, told: SignedIn) -> None:
        self._asked = None
        self._take(actor)
        self._background.announce(_AS_ANOTHER)
        words = self.tr("{name} works here now.").format(name=told.name)
        if told.last_at is not None:
            when = day_and_time(told.last_at.astimezone(self._zone))
            last = self.tr("Last signed in: {when}, {counter}.").format(when=when, counter=told.last_counter)
            words = f"{words} {last}"
        self._window.toast(words)

    def _lose(self) -> None:
        """Nobody is signed in any more."""
        from controllers.desk import nobody_at

        assert self._now is not None
        self._now = nobody_at(self._now.counter_id, self._now.counter)
        self._window.is_shut = True
        self._idle.stop()
        self._ask_for_somebody()  # first of all it is covered
        self._window.hide_personal()

    def _looked(self, actor: Actor) -> None:
        """What managers have changed about whoever is here."""
        if self._now is None or actor == self._now:
            return
        if actor.role:
            if self._now.role:  # nobody comes back by a look
                before = self._now.role
                self._take(actor)
                self._background.announce(_AS_ANOTHER)
                if actor.role != before:
                    words = self.tr("A manager has changed what you may do here: {role}.")
                    self._window.toast(words.format(role=role_word(actor.role)))
        elif self._now.role:
            self._lose()
            if self._asked is not None:
                self._asked.say_why(
                    self.tr("You were signed out."), self.tr("A manager has changed how you sign in.")
                )

    def _hear(self, changed: frozenset[str]) -> None:
        if "staff" in changed:
            self._look.ask(partial(asking.look_again, self._desk))
            self._look_who()
        if "settings" in changed:
            self._settings.ask(partial(asking.counter_settings, self._desk))

    def _look_who(self) -> None:
        self._who.ask(partial(asking.who_may_change, self._desk))

    def _show_who(self, told: tuple[bool, tuple[Here, ...], tzinfo]) -> None:
        self._needs_signing_in, here, self._zone = told
        self._watch_for_signs()
        if self._asked is not None and stands(self._asked) and not self._asked.rows:
            self._asked.show_people(here, self._zone)

    def _set_up(self, settings: CounterSettings) -> None:
        self._idle.setInterval(settings.idle_minutes * 60_000)
        self._watch_for_signs()

    # asking

    def _ask_for_somebody(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        if self._asked is not None and stands(self._asked):
            self._asked.leave()
        self._open(shut=True)
        self._look_who()

    def _open(self, *, shut: bool) -> None:
        window, at = self._window, self._now
        assert at is not None
        self._asked = SignIn(self._background, self._desk, window.lock_host, window.overlay_host, shut=shut)
        self._asked.let_in.connect(self._let_in)
        name = self._last.staff if shut and self._last is not None else ""
        self._asked.begin(at.counter, name)

    def _close_what_lies_over(self) -> None:
        """Whoever comes may less than whoever went: what only they could see goes."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for over in self._window.overlay_host.findChildren(Overlay, options=direct):
            over.leave()

    def _connect(self) -> None:
        self._idle.timeout.connect(lambda: self.lock("idle"))
        self._look.answered.connect(self._looked)
        self._who.answered.connect(self._show_who)
        self._settings.answered.connect(self._set_up)
        self._window.person_pressed.connect(self.change_person)
        self._window.lock_pressed.connect(self.lock)
        self._background.changed.connect(self._hear)
        self._background.changed_elsewhere.connect(self._hear)

    def _watch_for_signs(self) -> None:
        """Where the window locks itself: what watches the program is asked about everything that happens in it."""
        if self._needs_signing_in and self._idle.interval():
            self._app().installEventFilter(self)
            if not self._idle.isActive():
                self.look_alive()
        else:
            self._app().removeEventFilter(self)
            self._idle.stop()

    @staticmethod
    def _app() -> QCoreApplication:
        app = QCoreApplication.instance()
        assert app is not None
        return app


def _may_as_much(before: str, now: str) -> bool:
    return all(may(now, right) for right in Right if may(before, right))


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[:1] for word in (words[:1] + words[1:][-1:])).upper()
