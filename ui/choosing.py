"""The system's own window for choosing where a file is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

ChooseFile = Callable[[QWidget, str, Callable[[str], None]], None]

_KINDS = {".csv": "CSV (*.csv)", ".xlsx": "Excel (*.xlsx)", ".pdf": "PDF (*.pdf)"}


def choose_file(parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
    """Ask where the file `name` shall lie; its ending says what kind it is. Nothing happens when it is left."""
    ending = Path(name).suffix
    dialog = QFileDialog(parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_KINDS[ending])
    dialog.setDefaultSuffix(ending.lstrip("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
