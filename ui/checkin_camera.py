"""Switches the camera of this counter on while check-in is in front, and off when it is not.

Which camera, and whether any, is a setting of the counter; F8 goes to the next one, and after the last to none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from controllers.scanning.camera import Camera
from controllers.scanning.sources import source_of
from controllers.scanning.watch import Standing
from models.counter_settings import CounterSettings
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.settings_kept import Kept


class GateCamera(QObject):
    """`changed` and `pictured` say "look" at `standing`, `picture` and `after`; `scanned` brings a `Scan`."""

    changed = Signal()
    pictured = Signal()
    scanned = Signal(object)

    def __init__(self, at: AtDesk, kept: Kept, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at, self._kept = at, kept
        self._wanted = False
        self._is_known = False  # whether the settings have been read
        self._chosen: str | None = None
        self._proven: Callable[[str], bool] | None = None
        self._names: tuple[str, ...] = ()
        self._turning = False
        self._camera = Camera(self.is_proven, self)
        self._proof, self._find = Question(at.background, self), Question(at.background, self)
        self._camera.changed.connect(self.changed)
        self._camera.pictured.connect(self.pictured)
        self._camera.scanned.connect(self.scanned)
        self._camera.trouble.connect(at.background.trouble)
        self._kept.told.connect(self._hear)
        self._proof.answered.connect(self._learn)
        self._find.answered.connect(self._found)

    @property
    def standing(self) -> Standing:
        """How it is doing."""
        return self._camera.standing

    @property
    def picture(self) -> QImage | None:
        """The newest picture, mirrored."""
        return self._camera.picture

    @property
    def is_on(self) -> bool:
        """Whether it shall watch while check-in is in front."""
        return self._kept.settings.camera_on

    @property
    def after(self) -> str | None:
        """Which camera F8 goes to; None where it ends watching."""
        name, on = after(self._names, self._at_camera, on=self.is_on)
        return name if on else None

    @property
    def _at_camera(self) -> str:
        return self._kept.settings.camera or self.standing.name

    def set_preview_width(self, dots: int) -> None:
        """How wide the pictures for the screen shall be."""
        self._camera.set_preview_width(dots)

    def is_proven(self, text: str) -> bool:
        """Whether the check digits of a text hold; also asked in the camera's thread."""
        return self._proven is not None and self._proven(text)

    def watch(self, wanted: bool) -> None:
        """Check-in came to the front, or went."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if wanted:
            self._kept.ask()
            if self._proven is None:
                self._proof.ask(partial(asking.proof, self.at.desk))
        else:
            self._is_known = False
        self._settle()

    def close(self) -> None:
        """Let go of the device, and wait for it a moment."""
        self._camera.close()

    def turn(self) -> None:
        """F8: the next camera, after the last one none, and then the first again."""
        self._turning = True
        self._find.ask(asking.cameras)

    def _hear(self, _settings: CounterSettings) -> None:
        self._is_known = True
        self._settle()
        self.changed.emit()

    def _learn(self, proven: Callable[[str], bool]) -> None:
        self._proven = proven
        self._settle()

    def _found(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        if self._turning:
            self._turning = False
            name, on = after(self._names, self._at_camera, on=self.is_on)
            self._kept.change(camera=name, camera_on=on)
        self.changed.emit()

    def _settle(self) -> None:
        """Puts it on, off, or to another one, as the settings and the screen want it."""
        settings = self._kept.settings
        ready = self._wanted and self._is_known and self._proven is not None
        chosen = settings.camera if ready and settings.camera_on else None
        if chosen == self._chosen:
            return
        self._chosen = chosen
        if chosen is None:
            self._camera.stop()
        else:
            self._camera.start(source_of(chosen))
            self._find.ask(asking.cameras)


def after(names: Sequence[str], at: str, *, on: bool) -> tuple[str, bool]:
    """Which camera comes next, and whether any: the one after `at`, after the last one none, then the first."""
    if not on:
        return (names[0] if names else "", True)
    if at not in names:  # a film, or one that was pulled out
        return (names[0], True) if names else (at, False)
    follow = names.index(at) + 1
    return (names[follow], True) if follow < len(names) else (at, False)
