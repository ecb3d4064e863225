"""Hears every scanner of this counter, whatever is on screen, and hands on what was read.

Handheld scanners type like a keyboard or speak over a serial line; what any of them read is one `Scan`.
While the settings show what a scanner sends, its codes go there and not to the gate.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from controllers.scanning import Scan
from controllers.scanning.burst import Burst
from controllers.scanning.keys import Place
from controllers.scanning.watching import watch_keys


class Scanners(QObject):
    """`scanned` brings a `Scan`; `seen` brings what a keyboard scanner sent, key by key, as a `Burst`."""

    scanned = Signal(object)
    seen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._testers = 0
        self.watch, self._keys = watch_keys(place_of_focus, self)
        self.watch.scanned.connect(self._take_burst)

    def close(self) -> None:
        """The program ends."""
        self._keys.remove()
        self.watch.stop()

    def _take_burst(self, burst: Burst) -> None:
        self.seen.emit(burst)
        if not self._testers:
            self.scanned.emit(Scan(burst.text, "wedge"))


def place_of_focus() -> Place:
    """What has the keyboard: something that is written in, a password, or only keys."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is not QLineEdit.EchoMode.Normal:
            return Place.SECRET
        return Place.KEYS if widget.isReadOnly() else Place.TEXT
    if isinstance(widget, (QTextEdit, QPlainTextEdit, QAbstractSpinBox)):
        return Place.KEYS if widget.isReadOnly() else Place.TEXT
    return Place.KEYS
