"""Makes the sounds of the counter heard, through whatever loudspeaker the computer has just now.

Qt's sound is loaded when it is first needed, away from the window's own thread, since looking for a loudspeaker
can take a moment. A computer without one is an ordinary computer: it is told in words, and nothing is played.
A loudspeaker that is plugged in or pulled out later is noticed.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    QUrl,
    Signal,
    qFormatLogMessage,
    qInstallMessageHandler,
)

from controllers.background import Background, Lane

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
_LOG = logging.getLogger(__name__)
_OF_SOUND = ("qt.multimedia", "PulseAudio", "PipeWire", "pw_", "pa_", "QSoundEffect", "ALSA")
_handling = threading.Lock()


class Loudspeaker(QObject):
    """`changed` when one is there or is not there any more. `is_there` is None until somebody has looked."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._asked = False
        self.is_there: bool | None = None
        self.name = ""
        self._devices: QMediaDevices | None = None
        self._effects: dict[str, QSoundEffect] = {}

    def look(self) -> None:
        """Load what plays, and see whether there is a loudspeaker; the first time only."""
        if not self._asked:
            self._asked = True
            self._background.run(Lane.READING, _load, self._loaded, self._not_loaded)

    def play(self, word: str, volume: int) -> None:
        """One of `resources/sounds`, as loud as so many percent; nothing where there is no loudspeaker."""
        if not self.is_there or volume <= 0:
            return
        from PySide6.QtMultimedia import QtAudio

        effect = self._effects[word]
        scale = QtAudio.VolumeScale
        loud = QtAudio.convertVolume(volume / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        effect.setVolume(loud)
        effect.play()

    def _loaded(self, _nothing: object) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        with _in_the_log():
            self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._see)
        self._see()

    def _not_loaded(self, error: Exception) -> None:
        """A system without the libraries that Qt's sound stands on."""
        _LOG.info("no sound on this computer: %s", error)
        self.is_there = False
        self.changed.emit()

    def _see(self) -> None:
        """Which loudspeaker it is now; every sound is read in, so that none comes late."""
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        with _in_the_log():
            device = QMediaDevices.defaultAudioOutput()
            for effect in self._effects.values():
                effect.deleteLater()
            self._effects = {}
            self.is_there, self.name = not device.isNull(), device.description()
            if self.is_there:
                for file in sorted(FOLDER.glob("*.wav")):
                    effect = self._effects[file.stem] = QSoundEffect(device, self)
                    effect.setSource(QUrl.fromLocalFile(str(file)))
        self.changed.emit()


def _load() -> None:
    """On a lane: both the library and the first look at the devices take their time."""
    with _in_the_log():
        from PySide6.QtMultimedia import QMediaDevices

        QMediaDevices.audioOutputs()


@contextmanager
def _in_the_log() -> Iterator[None]:
    """What Qt's sound has to complain of goes into the log; everything else goes where it always goes."""
    before: Callable[[QtMsgType, QMessageLogContext, str], None] | None = None

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text.startswith(_OF_SOUND) or (context.category or "").startswith(_OF_SOUND):
            _LOG.info("%s", text)
        elif before is not None:
            before(kind, context, text)
        else:
            print(qFormatLogMessage(kind, context, text), file=sys.stderr)

    with _handling:
        before = qInstallMessageHandler(hear)
        try:
            yield
        finally:
            qInstallMessageHandler(before)
