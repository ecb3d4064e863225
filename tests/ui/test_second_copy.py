"""A second window on the same data says that the first is open, and goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from controllers.place import Place
from ui.program import Program
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label


def _started(qtbot: QtBot, folder: Path) -> Program:
    made = Program(Place(folder, practice=True), app.SCREENS)
    made.show()
    qtbot.waitUntil(lambda: made._door.done())
    return made


def test_the_second_window_says_why_it_closes_and_the_first_works_on(qtbot: QtBot, tmp_path: Path) -> None:
    first = _started(qtbot, tmp_path)
    assert first.is_open
    second = _started(qtbot, tmp_path)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in second.window.findChildren(Dialog)))
    dialog = next(d for d in second.window.findChildren(Dialog) if d.isVisible())
    words = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "open on this computer already" in words
    qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not second.window.isVisible())
    assert first.window.isVisible()
    first.window.close()
    third = _started(qtbot, tmp_path)
    assert third.is_open
    third.window.close()
