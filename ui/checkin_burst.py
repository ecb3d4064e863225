"""Tells a scanner from a person while a verdict has the keyboard: a scan must never press a key of it.

A scanner is a burst of letters and digits that ends with Enter, Tab or silence; it becomes the next scan.
A single letter is a person's: it is passed on, a few hundredths of a second later.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

GAP_MS = 70
"""Nobody types two letters so close together; the scanners we know leave 0 to 30 ms."""
LEAST = 4
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class Burst(QObject):
    """Watches one widget (`watch`). `scanned` brings what was typed in a burst."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._watched: QObject | None = None
        self._passing = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(GAP_MS)
        self._silence.timeout.connect(self._silent)

    def watch(self, widget: QObject) -> None:
        """Look at the keys that reach this widget."""
        self._watched = widget
        widget.installEventFilter(self)

    def take(self) -> str:
        """What was begun and not ended; the widget is going away."""
        text = "".join(event.text() for event in self._held) if len(self._held) > 1 else ""
        self._forget()
        self._watched = None
        return text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or self._passing or watched is not self._watched:
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() in _ENDS:
            return self._end()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and event.text() and event.text().isprintable() and not event.isAutoRepeat():
            self._held.append(event.clone())
            self._silence.start()
            return True
        return False

    def _end(self) -> bool:
        """Enter: the end of a scan, or a key of its own."""
        if len(self._held) > 1:
            self._tell()
            return True
        self._pass_on()
        return False

    def _silent(self) -> None:
        if len(self._held) > 1:
            self._tell()
        else:
            self._pass_on()

    def _tell(self) -> None:
        text = "".join(event.text() for event in self._held)
        self._forget()
        if len(text) >= LEAST:
            self.scanned.emit(text)

    def _pass_on(self) -> None:
        held, watched = self._held, self._watched
        self._forget()
        if watched is not None:
            self._passing = True
            for event in held:
                QCoreApplication.sendEvent(watched, event)
            self._passing = False

    def _forget(self) -> None:
        self._silence.stop()
        self._held = []
