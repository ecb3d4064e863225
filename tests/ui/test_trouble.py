"""A fault of ours is told in one dialog, however often it comes, and the words of all of them can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.trouble import show_trouble
from ui.widgets.dialog import Dialog


def test_faults_that_come_one_after_the_other_are_put_away_at_once(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(900, 700)
    qtbot.addWidget(host)
    host.show()
    dialog = show_trouble(ValueError(), host)
    for error in (ValueError(), KeyError(), ValueError()):
        assert show_trouble(error, host) is dialog
    assert host.findChildren(Dialog) == [dialog]
    qtbot.keyClick(dialog, Qt.Key.Key_C)
    copied = QGuiApplication.clipboard().text()
    assert (copied.count("ValueError"), copied.count("KeyError")) == (1, 1)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert show_trouble(ValueError(), host) is not dialog
