"""Takes pictures that are dropped on a place, whatever is shown there, and says while some are held over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")


class PictureDrop(QObject):
    """`dropped` brings the files, `held` whether pictures are held over the place now."""

    dropped = Signal(list)
    held = Signal(bool)

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.held.emit(False)
        elif kind == QEvent.Type.DragEnter and isinstance(event, QDropEvent):
            self._take(event, over=True)
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            found = self._take(event, over=False)
            if found:
                self.dropped.emit(found)
        else:
            return False
        return True

    def _take(self, event: QDropEvent, *, over: bool) -> list[Path]:
        """What of it is a picture; where nothing is, somebody else may want it."""
        urls = event.mimeData().urls()
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        pictures = [file for file in files if file.suffix.lower() in PICTURES]
        event.setAccepted(bool(pictures))
        if pictures:
            event.acceptProposedAction()
        self.held.emit(over and bool(pictures))
        return pictures
