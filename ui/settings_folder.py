"""The settings' card of the watched folder: files of channels that are dropped there are taken in by themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from models.counter_settings import CounterSettings
from ui import fonts
from ui.settings_kept import Kept
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Label


class FolderCard(Card):
    """It is this computer's, and kept at once."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.words = Label("", 13, 600, wrap=True)
        self.choose, self.forget = Button("", icon="file"), Button("")
        self.native_dialogs = True  # tests choose in Qt's own dialog
        row = QHBoxLayout()
        row.setSpacing(fonts.px(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(self._about)
        self.add(row)
        self.choose.clicked.connect(self._ask)
        self.forget.clicked.connect(lambda: kept.change(watched_folder=""))
        kept.told.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Watched folder"), self.tr("of this computer"))
        self._about.setText(
            self.tr(
                "Order lists and saved mails that are dropped there are taken in once they are whole, and moved to "
                "“done” beside it. What cannot be read goes to “not-read”, and waits under Import."
            )
        )
        self.choose.set_text(self.tr("Choose folder…"))
        self.forget.set_text(self.tr("Watch none"))
        self._show(self._kept.settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self, settings: CounterSettings) -> None:
        folder = settings.watched_folder
        self.words.setText(folder or self.tr("No folder is watched"))
        self.forget.setVisible(bool(folder))

    def _ask(self) -> None:
        before = self._kept.settings.watched_folder
        dialog = QFileDialog(self.window(), self.tr("Choose the folder to watch"), before or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self.native_dialogs)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._kept.change(watched_folder=path))
        dialog.open()
