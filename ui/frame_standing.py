"""Shows in the frame of the window how this counter stands: the band under the top bar, and words in the key bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.refusals import CannotDo
from ui.widgets.key_bar import Standing
from ui.wording import afloat as words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.offline.handing import Handed
    from ui.afloat import Afloat
    from ui.deeds import Deeds
    from ui.main_window import MainWindow

AGES_MS = 30_000


class FrameStanding(QObject):
    """Follows an `Afloat`, and words it anew every half minute, since what is told has an age."""

    def __init__(
        self,
        window: MainWindow,
        afloat: Afloat,
        deeds: Deeds,
        now: Callable[[], datetime],
        zone: Callable[[], tzinfo | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._afloat, self._deeds = window, afloat, deeds
        self._now, self._zone = now, zone
        afloat.changed.connect(self.look)
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_MS)
        self._ages.timeout.connect(self.look)
        self._ages.start()
        afloat.came_back.connect(self._tell)

    def look(self) -> None:
        """As it stands now."""
        stands, zone, now = self._afloat.standing, self._zone(), self._now()
        if stands.is_offline:
            head, text = words.band_words(stands, zone, now)
            self._window.show_offline(head, self._trouble(stands.trouble) or text)
        else:
            self._window.show_online()
        icon, family = ("offline", "stop") if stands.is_offline else ("synced", "good")
        self._window.show_standing("sync", Standing(words.bar_words(stands, zone, now), icon, family))

    def _trouble(self, code: str) -> str:
        """What keeps scans from being handed over, '' for nothing but the server's absence."""
        return refusal(CannotDo(code, where=self._afloat.where)) if code else ""

    def _tell(self, handed: Handed) -> None:
        self._deeds.tell(words.handed_words(handed.taken + handed.known, handed.conflicts))


def show_without_replica(window: MainWindow, desk: Desk, no: CannotDo | None) -> None:
    """A file of one's own is always there; a shared database may be there without a replica beside it."""
    text = (
        window.tr("Local file")
        if desk.database.is_sqlite
        else window.tr("Shared database, without a copy here")
    )
    window.show_standing("sync", Standing(text, "synced", "good" if no is None else "act"))
    if no is not None:
        head = window.tr("Check-in would not go on without the shared database")
        window.show_offline(head, refusal(no), away=False)
