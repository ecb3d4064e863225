"""The one clock all countdowns follow: it beats once a second while anybody listens.

One timer for all, so that two countdowns on a screen change in the same instant.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal


class Pulse(QObject):
    """Beats every second; stops by itself when the last listener is gone."""

    beat = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("pulse")
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._pass_on)

    def join(self, listener: Callable[[], None]) -> None:
        """Call `listener`, a method of a QObject, every second until it leaves or its owner is gone."""
        self.beat.connect(listener)
        if not self._timer.isActive():
            self._timer.start()

    def leave(self, listener: Callable[[], None]) -> None:
        """Call it no more."""
        self.beat.disconnect(listener)
        self._stop_when_alone()

    def _pass_on(self) -> None:
        self.beat.emit()
        self._stop_when_alone()

    def _stop_when_alone(self) -> None:
        if self.receivers("2beat()") == 0:
            self._timer.stop()


def pulse() -> Pulse:
    """The program's pulse."""
    app = QCoreApplication.instance()
    assert app is not None, "the pulse beats inside a running program"
    found = app.findChild(Pulse, "pulse")
    return found if isinstance(found, Pulse) else Pulse(app)
