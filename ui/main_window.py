"""The window: a frame with the rail, the top bar, the key bar, and one screen at a time.

It knows where one can go and nothing of what is there. Screens are built when first visited; what
changed while a screen was not in front is told to it when it comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui import actions
from ui.screen import KeyHint, Screen, hint
from ui.screens import ScreenPlan, not_open
from ui.widgets.key_bar import KeyBar, Standing
from ui.widgets.offline_band import OfflineBand
from ui.widgets.practice_frame import PracticeFrame
from ui.widgets.rail import Rail
from ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from ui.widgets.toast import Toast

WIDE_FROM = 1600
"""From this width on the rail has room for words beside its icons."""


def _local_now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class MainWindow(QMainWindow):
    """Tells what people want of the frame; `app.py` connects it to the use cases."""

    find_typed = Signal(str)
    find_entered = Signal(str)
    navigated = Signal(str)
    take_back = Signal()
    person_pressed = Signal()
    lock_pressed = Signal()
    closing = Signal()

    def __init__(
        self,
        plans: tuple[ScreenPlan, ...],
        *,
        now: Callable[[], dt.datetime] = _local_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plans = {plan.word: plan for plan in plans}
        self._offered = self._plans
        self.is_shut = False
        """While nobody is signed in no screen asks; whoever comes is told that everything may have changed."""
        self._screens: dict[str, Screen] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self._stale_quietly: dict[str, frozenset[str]] = {}
        self._word = ""
        self._trail: list[str] = []
        self._before_search: QWidget | None = None
        self._focus: dict[str, QWidget] = {}
        self._rail = Rail(plans)
        self._bar = TopBar(now)
        self._band, self._away = OfflineBand(), False
        self._stack = QStackedWidget()
        self._keys = KeyBar()
        self._build()
        self._connect()
        self._make_actions()
        self.retranslate()

    @property
    def word(self) -> str:
        """The word of the screen in front."""
        return self._word

    @property
    def screen_in_front(self) -> Screen | None:
        """The screen in front."""
        return self._screens.get(self._word)

    @property
    def overlay_host(self) -> QWidget:
        """What dialogs and verdicts lie over: everything inside the practice stripes."""
        return self._frame.content

    @property
    def lock_host(self) -> QWidget:
        """What the question who works here lies over: above everything that lies over the screens."""
        return self._frame

    @property
    def words(self) -> tuple[str, ...]:
        """The words of all screens."""
        return tuple(self._plans)

    @property
    def search_field(self) -> QWidget:
        """The search box, for the list of finds to stand under."""
        return self._bar.search

    # going about

    def go(self, word: str, **what: Any) -> None:
        """Bring a screen to the front, built if it was never visited, and tell it what to open.

        Whoever may not go there is told who may.
        """
        if word not in self._offered:
            if word in self._plans and not self.is_shut:
                self._say_not_open(word)
            return
        front = self.screen_in_front
        if front is not None and self._word != word and not front.may_leave(partial(self.go, word, **what)):
            return
        if self._word and self._word != word:
            self._trail.append(self._word)
            self._keep_focus()
        self._bring(word, what)

    def _say_not_open(self, word: str) -> None:
        from ui.wording.refusals import refusal

        self.toast(refusal(not_open(word)))

    def _bring(self, word: str, what: dict[str, Any]) -> None:
        screen = self._screen(word)
        self._word = word
        self._stack.setCurrentWidget(screen)
        self._rail.light(self._plans[word].rail)
        self._show_title()
        self._catch_up(word, screen)
        screen.opened(**what)
        screen.setFocus()
        self.navigated.emit(word)

    def back(self) -> None:
        """To the screen before this one, as it was left; without one, to the first in the rail.

        The same row is there, and the keyboard is where it was.
        """
        front = self.screen_in_front
        word = self._trail[-1] if self._trail else self._first
        if word != self._word and (front is None or front.may_leave(self.back)):
            left = front.leaves() if front else {}
            del self._trail[-1:]
            self._word = ""  # going back leaves no trail
            self.go(word, **left)
            kept = self._focus.pop(word, None)
            if kept is not None and isValid(kept) and kept.isVisible() and kept.isEnabled():
                kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, words: Collection[str]) -> bool:
        """Let people go to these screens and to no others; whether the one in front may stay there.

        One that may not is left as it is, with all that was typed there, and the first of those that are offered
        comes to the front.
        """
        self._offered = {word: self._plans[word] for word in self._plans if word in words}
        self._rail.offer(self._offered)
        self._trail = [word for word in self._trail if word in self._offered]
        stays = self._word in self._offered or not self._word
        if not stays and self._offered:
            self._bring(self._first, {})
        self._show_title()
        return stays

    def offers(self, word: str) -> bool:
        """Whether people are let go to a screen."""
        return word in self._offered

    def hide_personal(self) -> None:
        """Whoever worked here has left: no screen shows what only they had opened."""
        for screen in self._screens.values():
            screen.hide_personal()

    @property
    def _first(self) -> str:
        return next(iter(self._offered or self._plans))

    def _keep_focus(self) -> None:
        """Who has the keyboard on the screen that is being left."""
        focus, screen = QApplication.focusWidget(), self.screen_in_front
        if focus is not None and screen is not None and screen.isAncestorOf(focus):
            self._focus[self._word] = focus

    def step_back(self) -> None:
        """Esc that nobody else wanted: first to where the screen's keys work, then back to where one came from."""
        before = QApplication.focusWidget()
        if self.screen_in_front is not None:
            self.screen_in_front.setFocus()
        if QApplication.focusWidget() is before:
            self.back()

    def refresh(self, changed: frozenset[str]) -> None:
        """Tell the screen in front what changed; the others learn it when they come back."""
        if self.is_shut:
            return
        for word, screen in self._screens.items():
            if word == self._word:
                screen.refresh(changed)
            else:
                self._stale[word] = self._stale.get(word, frozenset()) | changed

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        """The same for what was changed elsewhere: nothing moves under the cursor."""
        if self.is_shut:
            return
        for word, screen in self._screens.items():
            if word == self._word:
                screen.refresh_quietly(changed)
            else:
                self._stale_quietly[word] = self._stale_quietly.get(word, frozenset()) | changed

    def focus_search(self) -> None:
        """Put the cursor into the empty search box; on check-in its own field is the box."""
        if self._bar.search.isVisible():
            if not self._bar.search.isAncestorOf(QApplication.focusWidget() or self):
                self._before_search = QApplication.focusWidget()
            self.empty_search()
            self._bar.search.setFocus()
        elif self.screen_in_front is not None:
            self.screen_in_front.setFocus()

    def empty_search(self) -> None:
        """Nothing stands in the search box any more."""
        self._bar.search.set_text("")

    def show_all_keys(self) -> None:
        """F1: every key of this screen and of the window."""
        from ui.widgets.keys_page import show_keys

        screen = self.screen_in_front
        keys = self._usable(screen.keys() if screen else ())
        show_keys(
            self.overlay_host, screen.title() if screen else "", keys, self._usable(self._window_keys())
        )

    # what the frame shows

    def set_badge(self, word: str, count: int) -> None:
        """How many things wait at a place in the rail."""
        self._rail.set_badge(word, count)

    def show_letters(self, count: int, seconds: int) -> None:
        """Letters that leave in so many seconds and can be taken back."""
        self._bar.show_letters(count, seconds)

    def show_person(self, initials: str, name: str) -> None:
        """Who works here."""
        self._bar.person.show_person(initials, name)

    def show_standing(self, what: str, standing: Standing | None) -> None:
        """How 'sync', 'worker', 'scanner' or 'counter' stands, in the key bar."""
        self._keys.show_standing(what, standing)

    def show_offline(self, head: str, text: str, *, away: bool = True) -> None:
        """The band under the top bar: the server does not answer, or (not `away`) something else about it is said."""
        from ui.widgets.notice import Notice

        self._band.say(head, text)
        self._away = away
        for notice in self._stack.findChildren(Notice):
            notice.give_way(self.told_above, away=self.tells_away)

    @property
    def told_above(self) -> str:
        """What the band says over every screen, '' while there is none."""
        return "" if self._band.isHidden() else self._band.accessibleName()

    @property
    def tells_away(self) -> bool:
        """Whether the band is there, and says that the server does not answer."""
        return bool(self.told_above) and self._away

    def show_online(self) -> None:
        """The server answers again."""
        self._band.clear()

    def set_practice(self, practice: bool) -> None:
        """Stripes round everything while practising."""
        self._frame.set_practice(practice)

    def toast(self, text: str, *, take_back: bool = False, seconds: int = 8) -> Toast:
        """A short word about what was just done."""
        from ui.widgets.toast import Toast

        return Toast(text, self.overlay_host, take_back=take_back, seconds=seconds)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.setWindowTitle(self.tr("Counterfoil"))
        self._rail.retranslate()
        self._bar.retranslate()
        for action in self._actions:
            actions.retranslate(action)
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE_FROM
        self._rail.set_wide(wide)
        self._bar.set_wide(wide)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.screen_in_front is not None:
            self.screen_in_front.setFocus()  # else the search box takes it and blinks over the guest list

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.screen_in_front is not None and not self.screen_in_front.may_leave(self.close):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def fit_screen(self) -> None:
        """As large as it is drawn for, or the whole of a smaller screen. Left alone, Qt takes two thirds of it."""
        room, wanted = self.screen().availableSize(), self.sizeHint()
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized) or room != room.expandedTo(self.minimumSize()):
            return
        self.resize(wanted.boundedTo(room))
        if room != room.expandedTo(wanted + QSize(1, 1)):  # no room for a frame round it
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def _build(self) -> None:
        inside = QWidget()
        row = QHBoxLayout(inside)
        column = QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        for widget in (self._bar, self._band):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self._keys)
        self._frame = PracticeFrame(inside)
        self.setCentralWidget(self._frame)
        self.setMinimumSize(1024, 640)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.go)
        self._bar.typed.connect(self.find_typed)
        self._bar.entered.connect(self.find_entered)
        self._bar.left.connect(self._leave_search)
        self._bar.take_back.connect(self.take_back)
        self._bar.person_pressed.connect(self.person_pressed)

    def _leave_search(self) -> None:
        """The keyboard goes back to where it was."""
        before, self._before_search = self._before_search, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        elif self.screen_in_front is not None:
            self.screen_in_front.setFocus()

    def _make_actions(self) -> None:
        self._actions = [
            actions.make(f"go-{word}", self, partial(self.go, word))
            for word in self._plans
            if f"go-{word}" in actions.ACTIONS
        ]
        self._actions += [
            actions.make("find", self, self.focus_search),
            actions.make("all-keys", self, self.show_all_keys),
            actions.make("change-person", self, self.person_pressed.emit),
            actions.make("lock", self, self.lock_pressed.emit),
            actions.make("quit", self, self.close),
        ]

    def _usable(self, keys: Iterable[KeyHint]) -> tuple[KeyHint, ...]:
        """Those that do not lead where nobody here is let go."""
        return tuple(one for one in keys if not one.leads or self.offers(one.leads))

    def _window_keys(self) -> tuple[KeyHint, ...]:
        reached = [f"go-{word}" for word in self._offered if f"go-{word}" in actions.ACTIONS]
        places = tuple(hint(action, actions.text(action)) for action in reached)
        return (
            *places,
            hint("find"),
            hint("undo"),
            hint("back"),
            hint("repair-scanner"),
            hint("open-notice"),
            hint("change-person"),
            hint("lock"),
            hint("all-keys"),
            hint("quit"),
        )

    def _screen(self, word: str) -> Screen:
        screen = self._screens.get(word)
        if screen is None:
            screen = self._screens[word] = self._plans[word].build()
            screen.retitled.connect(self._show_title)
            screen.navigate.connect(lambda to, what: self.go(to, **what))
            screen.back_wanted.connect(self.back)
            self._stack.addWidget(screen)
        return screen

    def _catch_up(self, word: str, screen: Screen) -> None:
        """What changed while the screen was not in front, here and elsewhere."""
        changed = self._stale.pop(word, frozenset())
        elsewhere = self._stale_quietly.pop(word, frozenset())
        if changed:
            screen.refresh(changed | elsewhere)
        elif elsewhere:
            screen.refresh_quietly(elsewhere)

    def _show_title(self) -> None:
        screen = self.screen_in_front
        if screen is not None:
            if not screen.accessibleName():
                screen.setAccessibleName(screen.title())
            search = not screen.has_own_search and self.offers("reservations")
            self._bar.show_title(screen.title(), screen.subtitle(), search=search)
            self._keys.show_keys(self._usable((*screen.keys(), hint("all-keys"))))
