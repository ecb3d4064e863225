"""Takes keys from Qt's windows where the system does not show them earlier (Wayland, macOS, no screen at all).

A key arrives at the window before any widget has it, but before that Qt asks whether it is a shortcut. That is
answered with "not now" for every key that may be a scanner's; a key that is sent to the window again is looked up
as a shortcut then. Input methods are asked before the window there, so nothing is lost by giving back here.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from controllers.scanning.key_watch import KeyWatch
from controllers.scanning.keys import Key
from models import keyboards

_X_TO_BOARD = 8
"""On Linux a scan code is the board's number and 8."""
_ENDS = {
    Qt.Key.Key_Return: keyboards.ENTER,
    Qt.Key.Key_Enter: keyboards.KEYPAD_ENTER,
    Qt.Key.Key_Tab: keyboards.TAB,
    Qt.Key.Key_Shift: min(keyboards.SHIFTS),
}
_ASIDE = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_BY_NAME = sys.platform == "darwin"
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})


class QtKeys(QObject):
    """Follows the window and the object that have the focus."""

    def __init__(self, watch: KeyWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._followed: dict[str, QObject] = {}
        self._giving = False

    def install(self) -> None:
        """From now on."""
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow_window)
            app.focusObjectChanged.connect(self._follow_object)
            self._follow_window(app.focusWindow())
            self._follow_object(app.focusObject())

    def remove(self) -> None:
        """No more."""
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._follow_window)
            app.focusObjectChanged.disconnect(self._follow_object)
        self._follow_window(None)
        self._follow_object(None)

    def give_back(self, keys: tuple[Key, ...]) -> None:
        """To whoever has the keyboard now."""
        self._giving = True
        for key in keys:
            window, event = key.raw
            if key.turned:
                event = _space(key)
            if isValid(window):
                QCoreApplication.sendEvent(window, event)
            self._watch.came_back(lambda due, key=key: due is key)  # type: ignore[misc]
        self._giving = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._giving or not isinstance(event, QKeyEvent) or not (_BY_NAME or event.nativeScanCode()):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            key = key_of(event)
            if not (key.writes or key.ends) or key.repeat:
                return False
            event.accept()
            return True
        if event.type() not in _KEYS or not isinstance(watched, QWindow):
            return False
        return self._watch.take(key_of(event, watched))

    def _follow_window(self, window: QObject | None) -> None:
        self._follow("window", window)

    def _follow_object(self, focus: QObject | None) -> None:
        self._follow("object", None if isinstance(focus, QWindow) else focus)

    def _follow(self, what: str, followed: QObject | None) -> None:
        before = self._followed.pop(what, None)
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if followed is not None:
            self._followed[what] = followed
            followed.installEventFilter(self)


def key_of(event: QKeyEvent, window: QObject | None = None) -> Key:
    """The key of an event, with what gives it back."""
    modifiers = event.modifiers()
    return Key(
        event.timestamp() & 0xFFFFFFFF,
        _place_of(event),
        event.type() is not QEvent.Type.KeyRelease,
        bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        not modifiers & _ASIDE,
        event.isAutoRepeat(),
        (window, event.clone()) if window is not None else None,
    )


def _space(key: Key) -> QKeyEvent:
    kind = QEvent.Type.KeyPress if key.pressed else QEvent.Type.KeyRelease
    place = keyboards.SPACE + _X_TO_BOARD
    made = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, place, 0, 0, " ")
    made.setTimestamp(key.time_ms)
    return made


def _place_of(event: QKeyEvent) -> int:
    """The place on the board; macOS numbers its keys differently, so there it is the key by its name."""
    if not _BY_NAME:
        return event.nativeScanCode() - _X_TO_BOARD
    end = _ENDS.get(Qt.Key(event.key()))
    if end is not None:
        return end
    return keyboards.strokes_of("us").get(chr(event.key() % 0x110000).lower(), (0, False))[0]
