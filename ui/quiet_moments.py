"""Uses the moments in which nobody waits: what scans and deeds have left in the file's log is written back then."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from controllers.background import Background
from ui import asking
from ui.asking import DeskDoor
from ui.question import Question

QUIET_MS = 1_500
"""So long after the last change nobody stands there; guests come slower than that, and a row of scans faster."""


class QuietMoments(QObject):
    """Waits for the end of what is being done here. A file that is away is told elsewhere."""

    def __init__(self, background: Background, desk: DeskDoor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._desk = background, desk
        self._work = Question(background, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._use)
        background.changed.connect(self._wait)

    def _wait(self, _changed: frozenset[str]) -> None:
        self._timer.start()

    def _use(self) -> None:
        if self._background.idle():
            self._work.ask(partial(asking.write_back, self._desk))
        else:
            self._timer.start()
