"""The settings' page of the camera: whether it watches at check-in, which one, and what it sees and reads right now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from controllers.scanning import Scan
from controllers.scanning.watch import State
from models.counter_settings import CounterSettings
from ui import asking, fonts
from ui.asking import DeskDoor
from ui.camera_picture import CameraPicture
from ui.camera_words import state_words
from ui.checkin_camera import GateCamera
from ui.question import Question
from ui.scanner_words import shortened
from ui.settings_kept import Kept
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow

_HEIGHT = 300
_FILM, _FOLDER = "film", "folder"
FILMS = ("*.avi", "*.mp4", "*.mkv", "*.mov", "*.webm")


class CameraPage(QWidget):
    """Changes are kept at once. The camera watches while the page is seen; what it reads is told and not scanned."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._names: Sequence[str] = ()
        self._practice = False
        self.camera = GateCamera(kept.at, kept, self)
        self._find = Question(kept.at.background, self)
        self._card = Card(padding=20)
        self.watches = Segmented("", "", name="")
        self.which = FilterButton("", "")
        self._watch_row, self._which_row = SettingRow(self.watches), SettingRow(self.which)
        self._place = QStackedWidget()
        self.view, self.why = CameraPicture(turns=False), Label("", 14, 500, "ink2", wrap=True)
        self._nothing = QWidget()
        self.read = Label("", 13, 600, wrap=True)
        self._build()
        self.retranslate()
        self._connect()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("Camera at check-in"))
        self.watches.set_words(self.tr("On"), self.tr("Off"))
        self.watches.set_name(self.tr("Watch at check-in"))
        self._watch_row.say(
            self.tr("Watch at check-in"),
            self.tr("Only while check-in is in front; nothing is kept of what it sees. F8 at check-in."),
        )
        self._which_row.say(self.tr("Which camera"), self.tr("Known by its name, wherever it is plugged in."))
        self.read.setText(self.tr("Hold a voucher before it to try it out: nobody is let in here."))
        self._show(self._kept.settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._find.ask(partial(_choices, self._kept.at.desk))
        self.camera.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.camera.watch(False)

    # what is kept

    def _show(self, settings: CounterSettings) -> None:
        with QSignalBlocker(self.watches):  # shown, not chosen
            self.watches.choose(0 if settings.camera_on else 1)
        path = Path(settings.camera)
        first = self.tr("the first there is")
        self.which.show_value(
            (path.name if path.is_absolute() else settings.camera) or first, name=self.tr("Camera")
        )
        known = [*self._names]
        if settings.camera and settings.camera not in known:
            known.append(settings.camera)
        choices: list[tuple[str, object]] = [(first, "")]
        choices += [(Path(name).name if Path(name).is_absolute() else name, name) for name in known]
        if self._practice:
            choices += [(self.tr("A film…"), (_FILM,)), (self.tr("A folder of pictures…"), (_FOLDER,))]
        self.which.set_choices(choices)

    def _know(self, told: tuple[Sequence[str], bool]) -> None:
        self._names, self._practice = told
        self._show(self._kept.settings)

    def _choose(self, value: object) -> None:
        if isinstance(value, str):
            self._kept.change(camera=value, camera_on=True)
            return
        film = value == (_FILM,)
        title = self.tr("Choose a film") if film else self.tr("Choose a folder of pictures")
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if film else QFileDialog.FileMode.Directory)
        if film:
            dialog.setNameFilter(self.tr("Films ({endings})").format(endings=" ".join(FILMS)))
        dialog.fileSelected.connect(lambda path: self._kept.change(camera=path, camera_on=True))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # what it sees

    def _show_standing(self) -> None:
        standing = self.camera.standing
        self.why.setText(state_words(standing))
        self.view.show_standing(standing, "")
        if standing.state is not State.SEES:
            self._place.setCurrentWidget(self._nothing)

    def _show_picture(self) -> None:
        picture = self.camera.picture
        if picture is not None:
            self.view.show_picture(picture)
            self._place.setCurrentWidget(self.view)

    def _tell(self, scan: Scan) -> None:
        words = self.tr("Read, and it is a code of ours: {text}")
        if not self.camera.is_proven(scan.text):
            words = self.tr("Read, and it is no code of ours: {text}")
        self.read.setText(words.format(text=shortened(scan.text)))

    # building

    def _build(self) -> None:
        self._place.addWidget(self._nothing)
        self._place.addWidget(self.view)
        nothing = QVBoxLayout(self._nothing)
        nothing.setSpacing(fonts.px(10))
        nothing.addStretch(1)
        nothing.addWidget(Shape("camera", 56), 0, Qt.AlignmentFlag.AlignHCenter)
        nothing.addWidget(self.why)
        nothing.addStretch(1)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.setFixedHeight(fonts.px(_HEIGHT))
        for row in (self._watch_row, self._which_row, self._place, self.read):
            self._card.add(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)

    def _connect(self) -> None:
        self._find.answered.connect(self._know)
        self._kept.told.connect(self._show)
        self.watches.chosen.connect(lambda at: self._kept.change(camera_on=at == 0))
        self.which.chosen.connect(self._choose)
        self.view.width_wanted.connect(self.camera.set_preview_width)
        self.camera.changed.connect(self._show_standing)
        self.camera.pictured.connect(self._show_picture)
        self.camera.scanned.connect(self._tell)
        self._show_standing()


def _choices(desk: DeskDoor) -> tuple[Sequence[str], bool]:
    """The cameras there are; and on a practice desk a film may play instead."""
    return asking.cameras(), desk().practice
