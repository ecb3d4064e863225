"""Keeps a traveler's data on screen only as long as somebody looks: leaving the page or the desk hides them.

Nothing that is typed or clicked for three minutes counts as having left the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from models.details import Contact

HIDE_AFTER_MS = 3 * 60_000
_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)


class Reveal(QObject):
    """Holds what was revealed. `hidden` when nobody has touched anything for a while."""

    hidden = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._contact: Contact | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(HIDE_AFTER_MS)
        self._idle.timeout.connect(self._nobody_there)

    @property
    def contact(self) -> Contact | None:
        """The traveler's data while they may be seen."""
        return self._contact

    def keep(self, contact: Contact) -> None:
        """Somebody asked to see them."""
        if self._contact is None:
            self._app().installEventFilter(self)
        self._contact = contact
        self._idle.start()

    def forget(self) -> None:
        """Nobody sees them any more."""
        if self._contact is not None:
            self._app().removeEventFilter(self)
        self._contact = None
        self._idle.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._idle.start()
        return False

    def _nobody_there(self) -> None:
        self.forget()
        self.hidden.emit()

    @staticmethod
    def _app() -> QCoreApplication:
        app = QCoreApplication.instance()
        assert app is not None
        return app
