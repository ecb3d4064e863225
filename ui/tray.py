"""Rings at the counter when something happened: a sound, a message of the system's tray, and how many orders wait.

Where the system has no tray the window itself says it. Pressed, either leads to the reservation. What is told to
whom, and when it is quiet, is each person's own choice; here it can be silenced for an hour. A notice never names a
traveler.
"""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from shiboken6 import isValid

from ui import actions, asking, theme
from ui.paint.tray_mark import tray_mark
from ui.question import Question
from ui.widgets.toast import Toast
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controllers.notices import TrayNotice
    from controllers.tray import Looked, TrayNews
    from models.refusals import CannotDo
    from ui.at_desk import AtDesk
    from ui.link import Link
    from ui.main_window import MainWindow
    from ui.people import People

CONCERNS = frozenset(("notices", "reservations", "messages", "letters", "refunds", "incidents"))
HUSH_S = 3_600
SHOWN_MS, SHOWN_S = 15_000, 30
AGAIN_MS = 30_000
"""A tray that comes later (the desktop was slower) is found so soon."""


class Tray(QObject):
    """From when it is made it listens; `close` when the window goes."""

    def __init__(
        self, at: AtDesk, window: MainWindow, people: People, link: Link, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._at, self._window, self._people, self._link = at, window, people, link
        self._looked: Looked | None = None
        self._is_for_another = False  # what is being asked now, by whoever worked here before
        self._waiting = 0
        self._hushed_until = 0.0
        self._newest: int | None = None  # the reservation the last notice was about
        self._icon: QSystemTrayIcon | None = None
        self._toast: Toast | None = None
        self._menu = QMenu(window)
        self._look = Question(at.background, self)
        self._look.answered.connect(self._tell)
        self._look.refused.connect(self._leave)
        self._wants_look = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._find_tray)
        self._again.start()
        self._make_menu()
        self._find_tray()
        people.came.connect(self._begin)
        at.background.changed.connect(self._hear)
        at.background.changed_elsewhere.connect(self._hear)
        self._opens = actions.make("open-notice", window, self.open_newest)
        self._ask()

    @property
    def is_in_tray(self) -> bool:
        """Whether the system has a tray; else the window says what there is to say."""
        return self._icon is not None

    @property
    def is_hushed(self) -> bool:
        """Whether it was silenced for an hour."""
        return monotonic() < self._hushed_until

    def show_waiting(self, count: int) -> None:
        """How many orders wait for us."""
        if count != self._waiting:
            self._waiting = count
            self._paint()

    def hush(self, hushed: bool) -> None:
        """Nothing rings for an hour; what happens is counted all the same, and found on the dashboard."""
        self._hushed_until = monotonic() + HUSH_S if hushed else 0.0
        self._at.sounds().hush(HUSH_S if hushed else 0)
        self._do_not_disturb.setChecked(hushed)
        self._paint()

    def open_newest(self) -> None:
        """What the last notice was about; without one the window."""
        if self._newest is None:
            self._link.come_to_front()
        else:
            self._link.show_reservation(self._newest)
        self._newest = None
        if self._toast is not None and isValid(self._toast) and self._toast.isVisible():
            self._toast.leave()

    def close(self) -> None:
        """No more."""
        self._again.stop()
        if self._icon is not None:
            self._icon.hide()

    # what happened

    def _begin(self, _actor: object) -> None:
        """Somebody else works here: they are told what happens from now on."""
        self._looked, self._is_for_another = None, self._look.is_open
        self._ask()

    def _hear(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def _ask(self) -> None:
        if self._people.is_locked:
            return
        self._wants_look = self._look.is_open
        if not self._wants_look:
            self._look.ask(partial(asking.tray_news, self._at.desk, self._looked))

    def _tell(self, news: TrayNews) -> None:
        if self._is_for_another:
            self._is_for_another = False
            self._ask()
            return
        self._looked = news.looked
        if news.notices:
            self._newest = next((n.reservation_id for n in reversed(news.notices) if n.number), None)
            if not self.is_hushed:
                self._say(news.notices)
        self._ask_once_more()

    def _leave(self, _no: CannotDo) -> None:
        """A database that is away is told elsewhere, and what was noted is still there afterwards."""
        self._is_for_another = False
        self._ask_once_more()

    def _ask_once_more(self) -> None:
        if self._wants_look:
            self._ask()

    def _say(self, notices: Sequence[TrayNotice]) -> None:
        loud = [one for one in notices if not one.silent]
        if not loud:
            return
        self._at.sounds().tell_notice()
        if len(loud) == 1:
            title, text = loud[0].title, loud[0].text
        else:
            title = counted(len(loud), self.tr("1 notice"), self.tr("{count} notices"))
            text = "\n".join(one.title for one in loud[-4:])
        if self._icon is not None:
            self._icon.showMessage(title, text, tray_mark(0, self._colours), SHOWN_MS)
        else:
            self._say_in_window(title, text)

    def _say_in_window(self, title: str, text: str) -> None:
        """The same at the foot of the window, which stays a little longer."""
        if self._toast is not None and isValid(self._toast) and self._toast.isVisible():
            self._toast.leave()
        words = " · ".join((title, *text.splitlines()[:2]))
        opens = self.tr("Open") if self._newest is not None else ""
        self._toast = Toast(words, self._window.overlay_host, opens=opens, seconds=SHOWN_S)
        self._toast.opened.connect(self.open_newest)

    # the tray

    def _find_tray(self) -> None:
        if self._icon is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._pressed)
        self._icon.messageClicked.connect(self.open_newest)
        self._paint()
        self._icon.show()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        why = QSystemTrayIcon.ActivationReason
        if reason in (why.Trigger, why.DoubleClick, why.MiddleClick):
            self.open_newest()

    def _make_menu(self) -> None:
        opens = self._menu.addAction(self.tr("Open Counterfoil"))
        opens.triggered.connect(self._link.come_to_front)
        self._do_not_disturb = self._menu.addAction(self.tr("Do not disturb for an hour"))
        self._do_not_disturb.setCheckable(True)
        self._do_not_disturb.triggered.connect(self.hush)
        self._menu.addSeparator()
        leaves = self._menu.addAction(self.tr("Quit"))
        leaves.triggered.connect(self._window.close)
        self._menu.aboutToShow.connect(lambda: self._do_not_disturb.setChecked(self.is_hushed))

    def _paint(self) -> None:
        if self._icon is None:
            return
        words = counted(self._waiting, self.tr("1 order waits"), self.tr("{count} orders wait"))
        if self.is_hushed:
            words = self.tr("{words}, do not disturb").format(words=words)
        self._icon.setIcon(tray_mark(self._waiting, self._colours, muted=self.is_hushed))
        self._icon.setToolTip(f"{self.tr('Counterfoil')}: {words}")

    @property
    def _colours(self) -> theme.Colours:
        return theme.of(QGuiApplication.palette())
