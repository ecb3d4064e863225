"""A handheld scanner and a person at the keyboard, for tests: real key events with places and time stamps.

Where there is no X server the events are handed to the window as Qt gets them from the system.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from models import keyboards

ENDS = {"Enter": (keyboards.ENTER, Qt.Key.Key_Return), "Tab": (keyboards.TAB, Qt.Key.Key_Tab)}
SHIFT = min(keyboards.SHIFTS)


class Handheld:
    """Presses keys on the window of `widget`. Its clock only moves when keys are pressed."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self.at_ms = 5_000

    def read(
        self, text: str, *, end: str = "Enter", gap_ms: int = 2, layout: str = "us", after_ms: int = 1_000
    ) -> None:
        """A scanner, set to a country's keyboard, sends a code."""
        self.at_ms += after_ms
        for code, shift in keyboards.typed(text, layout):
            self.stroke(code, shift, gap_ms)
        if end:
            self.end(end, gap_ms)

    def types(self, text: str, *, gap_ms: int = 110) -> None:
        """A person writes."""
        for code, shift in keyboards.typed(text):
            self.stroke(code, shift, gap_ms)

    def stroke(self, code: int, shift: bool = False, gap_ms: int = 110) -> None:
        """One key, with Shift where needed."""
        sign = keyboards.written([(code, shift)])
        key = Qt.Key(ord(sign.upper())) if sign else Qt.Key.Key_unknown
        if shift:
            self._key(True, SHIFT, Qt.Key.Key_Shift, "", shift)
        self._key(True, code, key, sign, shift)
        self._key(False, code, key, sign, shift)
        if shift:
            self._key(False, SHIFT, Qt.Key.Key_Shift, "", False)
        self.at_ms += gap_ms

    def end(self, end: str, gap_ms: int = 110) -> None:
        """Enter or Tab."""
        code, key = ENDS[end]
        for down in (True, False):
            self._key(down, code, key, "\r" if end == "Enter" else "\t", False)
        self.at_ms += gap_ms

    def press(self, key: Qt.Key, code: int, modifiers: Qt.KeyboardModifier, text: str = "") -> None:
        """Any other key."""
        for down in (True, False):
            self._key(down, code, key, text, False, modifiers)

    def _key(
        self,
        down: bool,
        code: int,
        key: Qt.Key,
        text: str,
        shift: bool,
        more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        modifiers = more | (Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)
        kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
        event = QKeyEvent(kind, key, modifiers, code + 8, 0, 0, text)
        event.setTimestamp(self.at_ms)
        QCoreApplication.sendEvent(self._window, event)

    @property
    def _window(self) -> QWindow:
        window = self._widget.window().windowHandle()
        assert window is not None
        return window
