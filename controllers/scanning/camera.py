"""A camera at the counter: pictures for the screen, codes for the gate, and how well it sees.

It lives on the window's thread and looks through a `Watch`, whose threads do the work. Signals carry nothing but
"look"; what there is to see is asked for, so a window that is late misses pictures and is never behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from controllers.scanning.reading import Found, Turns
from controllers.scanning.sources import Source
from controllers.scanning.watch import PATIENCE_S, Standing, State, Watch


class Camera(QObject):
    """Made on the UI thread. `pictured` and `changed` say "look": at `picture`, at `standing`. `scanned` brings a Scan.

    `proven` tells whether a text's check digits hold; it and `look` are called in the camera's own threads.
    """

    pictured = Signal()
    changed = Signal()
    scanned = Signal(object)
    trouble = Signal(object)
    """Something went wrong that is a bug of ours."""

    _news = Signal()

    def __init__(
        self,
        proven: Callable[[str], bool],
        parent: QObject | None = None,
        *,
        look: Callable[[Any], list[Found]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._proven, self._look = proven, look
        self._standing = Standing()
        self._watch: Watch | None = None
        self._ended: Watch | None = None
        self._preview_width = 960
        self._news.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def standing(self) -> Standing:
        """How it is doing."""
        return self._standing

    @property
    def picture(self) -> QImage | None:
        """The newest picture, mirrored; None before the first, and while there is nothing to see."""
        return self._watch.picture if self._watch is not None else None

    def set_preview_width(self, dots: int) -> None:
        """How wide the pictures for the screen shall be; codes are looked for in the whole."""
        self._preview_width = dots
        if self._watch is not None:
            self._watch.preview_width = dots

    def start(self, source: Source) -> None:
        """Look through this source, whatever was looked through before."""
        self.stop()
        self._watch = Watch(source, self._proven, self._look or Turns().look, self.wake)
        self._watch.preview_width = self._preview_width
        self._show(Standing(State.STARTING, source.name))
        self._watch.start()

    def stop(self) -> None:
        """Look no more; does not wait for the device."""
        if self._watch is not None:
            self._watch.end()
            self._ended, self._watch = self._watch, None
            self._show(Standing())

    def close(self) -> None:
        """Look no more, and wait a moment until the device is let go."""
        self.stop()
        if self._ended is not None:
            self._ended.join(PATIENCE_S)

    def wake(self) -> None:
        """There is something to see; called from the camera's threads."""
        try:
            self._news.emit()
        except RuntimeError:  # the window has closed meanwhile
            return

    @Slot()
    def _tell(self) -> None:
        watch = self._watch
        if watch is None:
            return
        news = watch.take_news()
        if watch.standing != self._standing:
            self._show(watch.standing)
        if news.pictured:
            self.pictured.emit()
        for scan in news.scans:
            self.scanned.emit(scan)
        if news.error is not None:
            self.trouble.emit(news.error)

    def _show(self, standing: Standing) -> None:
        if standing != self._standing:
            self._standing = standing
            self.changed.emit()
