"""The photo of a product: asked for in a dialog, and read on a lane as it would be kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import product_asks
from ui.at_desk import AtDesk
from ui.question import Question


class PhotoChoice(QObject):
    """`question` answers with the picture, or is refused."""

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self.native_dialogs = True  # tests choose in Qt's own dialog
        self.question = Question(at.background, self)
        self._folder = ""

    def choose(self, window: QWidget) -> None:
        """Ask which file."""
        dialog = QFileDialog(window, self.tr("Choose a photo"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures ({endings})").format(endings="*.jpg *.jpeg *.png *.webp"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self.native_dialogs)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, name: str) -> None:
        """Use this picture."""
        self._folder = str(Path(name).parent)
        self.question.ask(partial(product_asks.read_photo, Path(name)))
