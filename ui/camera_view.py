"""The middle of the check-in screen: what the camera sees, where to hold the code, and how well it sees.

Without a picture the calm panel stands here, says what to do, and takes a picture that is dropped or chosen; over
the camera's picture one can be dropped as well.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QStackedLayout, QWidget
from shiboken6 import isValid

from controllers.scanning.watch import State
from ui.camera_picture import CameraPicture
from ui.camera_words import state_words
from ui.checkin_camera import GateCamera
from ui.checkin_panel import DropPanel
from ui.picture_drop import PictureDrop


class CameraPanel(QWidget):
    """`dropped` brings pictures, `choose_pressed` asks for the window to choose one."""

    dropped = Signal(list)
    choose_pressed = Signal()

    def __init__(self, camera: GateCamera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self.calm, self.view = DropPanel(), CameraPicture()
        self._window: QWindow | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.calm)
        self._stack.addWidget(self.view)
        drop = PictureDrop(self)
        drop.dropped.connect(self.dropped)
        for part in (self.calm, self.view):
            drop.held.connect(part.light)
            part.camera_pressed.connect(camera.turn)
        self.calm.choose_pressed.connect(self.choose_pressed)
        self.view.width_wanted.connect(camera.set_preview_width)
        camera.changed.connect(self._show_standing)
        camera.pictured.connect(self._show_picture)
        self._show_standing()

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self.calm.retranslate()
        self._show_standing()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.window().windowHandle()
        if window is not None and window is not self._window:
            self._window = window
            window.visibilityChanged.connect(self._follow)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is filmed while another screen is in front."""
        super().hideEvent(event)
        self._camera.watch(False)

    def _follow(self, *_: object) -> None:
        window = self._window
        minimised = (
            window is not None and isValid(window) and window.visibility() is QWindow.Visibility.Minimized
        )
        self._camera.watch(self.isVisible() and not minimised)

    def _show_standing(self) -> None:
        standing = self._camera.standing
        self.calm.show_camera(state_words(standing), self._turn_words(), urgent=standing.state is State.LOST)
        self.view.show_standing(standing, self._turn_words())
        if standing.state is not State.SEES:
            self._stack.setCurrentWidget(self.calm)

    def _show_picture(self) -> None:
        picture = self._camera.picture
        if picture is not None and self._camera.standing.state is State.SEES:
            self.view.show_picture(picture)
            self._stack.setCurrentWidget(self.view)

    def _turn_words(self) -> str:
        if not self._camera.is_on:
            return self.tr("Camera on")
        return self.tr("Camera off") if self._camera.after is None else self.tr("Other camera")
