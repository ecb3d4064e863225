"""Knows the screens of this computer so that each is found again: by its name, its serial number, and its turn.

Two of one model have one name. Their serial numbers tell them apart; where a screen does not tell its own, they are
counted from the left. A window that is dragged to another screen is told like a screen that comes or goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from models.frozen import frozen


@frozen
class Monitor:
    """One screen: how it is kept in the settings, what people call it, and where it lies.

    `turn` counts those of one name from the left; 0 where there is no other.
    """

    key: str
    name: str
    place: QRect
    turn: int = 0


class Monitors(QObject):
    """`changed` when a screen comes, goes, becomes larger or smaller, or a followed window stands on another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followed: QWindow | None = None
        self._window: QWidget | None = None
        self._here = ""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._look_again)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._moved)

    def all(self) -> tuple[Monitor, ...]:
        """Those that can be found again: one without a name cannot."""
        screens = [screen for screen in QGuiApplication.screens() if screen.name()]
        return told_apart((one.name(), one.serialNumber(), one.geometry()) for one in screens)

    def of(self, window: QWidget) -> str:
        """The key of the screen a window stands on, by where its middle lies: Qt may still name another one."""
        screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
        here = (one.key for one in self.all() if one.name == screen.name() and one.place == screen.geometry())
        return next(here, "")

    def follow(self, window: QWidget) -> None:
        """Tell, too, when this window is dragged to another screen; one window at a time, once it is shown."""
        handle = window.windowHandle()
        if handle is None or handle is self._followed:
            return
        self._followed, self._window, self._here = handle, window, self.of(window)
        for signal in (handle.screenChanged, handle.xChanged, handle.yChanged):
            signal.connect(self._follow_it)

    def _follow_it(self, _where: object) -> None:
        if self._window is None or not isValid(self._window):
            return
        here = self.of(self._window)
        if here != self._here:
            self._here = here
            self.changed.emit()

    def _look_again(self, screen: QScreen) -> None:
        if screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._moved)
        self.changed.emit()

    def _moved(self, _what: object) -> None:
        self.changed.emit()


def told_apart(screens: Iterable[tuple[str, str, QRect]]) -> tuple[Monitor, ...]:
    """Screens by name, serial number and place, each with a key of its own that it keeps; from left to right."""
    from_left = sorted(screens, key=lambda screen: (screen[2].x(), screen[2].y()))
    known = [f"{name} ({serial})" if serial else name for name, serial, _ in from_left]
    often, models = Counter(known), Counter(name for name, _, _ in from_left)
    seen: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    found = []
    for base, (name, _, place) in zip(known, from_left, strict=True):
        seen[base] += 1
        turns[name] += 1
        key = f"{base} #{seen[base]}" if often[base] > 1 else base
        found.append(Monitor(key, name, place, turns[name] if models[name] > 1 else 0))
    return tuple(found)
