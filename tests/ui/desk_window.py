"""A desk with a few reservations in the real window, for tests: press, type, and wait until all is quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from controllers.background import Background
from controllers.desk import Desk
from models.refusals import CannotDo
from tests.ui.gallery_windows import Sample
from ui.at_desk import AtDesk
from ui.calendar import Calendar
from ui.deeds import Deeds
from ui.details import DetailsScreen
from ui.main_window import MainWindow
from ui.meanwhile import Meanwhile, Open, page_in_front
from ui.reservations import Reservations
from ui.screen import Screen
from ui.screens import plan
from ui.search import Search
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.toast import Toast


class DeskWindow:
    """What a test does at the desk, and what it sees there."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, screens: Mapping[str, Callable[[AtDesk], Screen]] | None = None
    ) -> None:
        """`screens` are built instead of those that only stand in for the others here."""
        self.qtbot, self.desk = qtbot, desk
        self.door: Callable[[], Desk] = lambda: desk
        self.background = Background()
        desk.listeners.append(self.background.announce)
        self.deeds = Deeds(self.background, self.door, desk.now)
        self.at = AtDesk(self.background, self.door, self.deeds, desk.now)
        self.done: list[object] = []
        self.refused: list[CannotDo] = []
        self.trouble: list[Exception] = []
        self.deeds.done.connect(self.done.append)
        self.deeds.refused.connect(self.refused.append)
        self.background.trouble.connect(self.trouble.append)
        self.background.changed.connect(self._hear)
        self.background.changed_elsewhere.connect(self._hear_elsewhere)
        builders: dict[str, Callable[[], Screen]] = {
            "today": lambda: Sample("today"),
            "calendar": lambda: Calendar(self.at),
            "reservations": lambda: Reservations(self.at),
            "checkin": lambda: Sample("checkin"),
            "details": lambda: DetailsScreen(self.at),
        }
        builders |= {word: partial(build, self.at) for word, build in (screens or {}).items()}
        self.window = MainWindow(plan(builders), now=desk.now)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.deeds.host = self.window.overlay_host
        self.meanwhile = Meanwhile(
            self.background, self.door, lambda: self.deeds.host, self.window, self._pages
        )
        self.meanwhile.start()
        self.search = Search(self.at, self.window)
        self.window.go("today")
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def _pages(self) -> list[Open]:
        return page_in_front(self.window.screen_in_front, self.deeds.tell_for_long)

    def _hear(self, changed: frozenset[str]) -> None:
        self.window.refresh(changed)

    def _hear_elsewhere(self, changed: frozenset[str]) -> None:
        self.window.refresh_quietly(changed)
        self.deeds.look_again()
        self.meanwhile.look()

    @property
    def keyboard(self) -> QWidget:
        """Who has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def dialog(self) -> Dialog | None:
        """The question that is open."""
        found = [one for one in self.window.findChildren(Dialog) if one.isVisible()]
        return found[-1] if found else None

    @property
    def toast(self) -> str:
        """The short word at the foot, '' where there is none."""
        found = [one.accessibleName() for one in self.window.findChildren(Toast) if one.isVisible()]
        return found[-1] if found else ""

    def said(self, within: QWidget | None = None) -> str:
        """Every text in sight."""
        place = within or self.window
        labels = [one.text() for one in place.findChildren(Label) if one.isVisible()]
        names = [one.accessibleName() for one in place.findChildren(QWidget) if one.isVisible()]
        return "\n".join([*labels, *names])

    def notices(self) -> str:
        """What the notices of the open dialog say."""
        assert self.dialog is not None
        return "\n".join(one.accessibleName() for one in self.dialog.findChildren(Notice) if one.isVisible())

    def button(self, text: str) -> Button:
        """The button in sight whose word starts like this; the newest dialog's before the window's."""
        place: QWidget = self.dialog or self.window
        found = [b for b in place.findChildren(Button) if b.isVisible() and b.text().startswith(text)]
        assert found, [b.text() for b in place.findChildren(Button) if b.isVisible()]
        return found[-1]

    def go(self, word: str, **what: object) -> None:
        """To a screen, and wait until it shows what it shows."""
        self.window.go(word, **what)
        self.quiet()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and wait for what comes of it."""
        self.qtbot.keyClick(self.keyboard, key, modifier)
        self.quiet()

    def type(self, text: str) -> None:
        """A text, wherever the keyboard is."""
        self.qtbot.keyClicks(self.keyboard, text)
        QApplication.processEvents()

    def click(self, text: str) -> None:
        """A button, by mouse."""
        self.qtbot.mouseClick(self.button(text), Qt.MouseButton.LeftButton)
        self.quiet()

    def quiet(self) -> None:
        """Until every lane is idle and what it answered is shown."""
        for _ in range(3):
            QApplication.processEvents()
            self.qtbot.waitUntil(self.background.idle)
        QApplication.processEvents()

    def close(self) -> None:
        """No more work."""
        self.background.close()
        assert self.trouble == [], [repr(one) for one in self.trouble]
