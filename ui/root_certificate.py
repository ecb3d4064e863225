"""By whose word a server's certificate is believed: the system's, or that of a file the person chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui import fonts
from ui.widgets.button import Button
from ui.widgets.label import Label

CERTIFICATES = "*.crt *.pem *.cer"


class RootCertificate(QWidget):
    """`file` is '' for the authorities of the system; `changed` when another was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = ""
        self.words = Label("", 13, 400, "ink2", wrap=True)
        self.choose, self.forget = Button("", icon="file"), Button("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.forget)
        row.addWidget(self.choose)
        self.choose.clicked.connect(self._ask)
        self.forget.clicked.connect(lambda: self.set_file(""))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.words.setText(
            self.tr("The server proves itself by the root certificate {file}.").format(
                file=Path(self.file).name
            )
            if self.file
            else self.tr("The server proves itself by an authority this computer trusts.")
        )
        self.choose.set_text(self.tr("Root certificate…"))
        self.forget.set_text(self.tr("Without it"))
        self.forget.setAccessibleName(self.tr("Go on without the root certificate that was chosen"))
        self.forget.setVisible(bool(self.file))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def set_file(self, file: str) -> None:
        """This one from now on; '' for the system's."""
        held = self.forget.hasFocus()
        self.file = file
        self.retranslate()
        if held:
            self.choose.setFocus()
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the root certificate"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Certificates ({endings})").format(endings=CERTIFICATES),
                self.tr("All files ({endings})").format(endings="*"),
            ]
        )
        dialog.fileSelected.connect(self.set_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
