"""Does the first of many wishes at once and the last one later, and leaves out those between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Throttle(QObject):
    """Typing quickly asks at the first letter, then every `wait_ms` for what stands there."""

    def __init__(self, wait_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._later: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait_ms)
        self._timer.timeout.connect(self._do_later)

    @property
    def waits(self) -> bool:
        """Whether something is still to be done."""
        return self._later is not None

    def do(self, work: Callable[[], object]) -> None:
        """Now if nothing was done just now, else in a moment; the newest wish counts."""
        if self._timer.isActive():
            self._later = work
        else:
            self._timer.start()
            work()

    def now(self) -> None:
        """What waits is done at once."""
        self._timer.stop()
        self._do_later()

    def forget(self) -> None:
        """What waits is not wanted any more."""
        self._timer.stop()
        self._later = None

    def _do_later(self) -> None:
        work, self._later = self._later, None
        if work is not None:
            self._timer.start()
            work()
