"""After a crash the next start says what was going on, that nothing half done is there, and where the details are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from controllers import diary
from controllers.diary import Diary
from controllers.place import Place
from tests.staff import OWNERS_PASSWORD, cheapest_hashes, with_owner  # noqa: F401
from ui import program as program_
from ui.program import Program
from ui.sign_in import SignIn
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label


def broken_off(folder: Path, *, details: str = "") -> None:
    """As a program leaves it that was killed while somebody was let in."""
    folder.mkdir(exist_ok=True)
    killed = Diary(folder)
    killed.begin("checkin.scan", "let people in")
    killed.details.write(details)
    killed.details.close()


def started(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(program_, "LATER_MS", 0)
    Place(folder, practice=True).open("Desk").database.close()
    made = Program(Place(folder, practice=True), app.SCREENS)
    made.show()
    qtbot.waitUntil(lambda: made.is_open)
    return made


def told(program: Program) -> tuple[Dialog, str] | None:
    shown = [one for one in program.window.findChildren(Dialog) if one.isVisible()]
    return (shown[0], " ".join(label.text() for label in shown[0].findChildren(Label))) if shown else None


def said(program: Program, words: str) -> bool:
    found = told(program)
    return found is not None and words in found[1]


def test_the_next_start_says_what_was_going_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(tmp_path, details="Fatal Python error: an example")
    program = started(qtbot, tmp_path, monkeypatch)
    qtbot.waitUntil(lambda: told(program) is not None)
    dialog, words = told(program)  # type: ignore[misc]
    assert "Under way just then: let people in" in words
    assert "anything else is not there at all" in words
    assert "crash-before.txt" in words
    qtbot.keyClick(dialog, Qt.Key.Key_C)
    assert "checkin.scan" in QGuiApplication.clipboard().text()
    assert "Fatal Python error: an example" in QGuiApplication.clipboard().text()
    qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(program) is None)
    program.window.close()
    assert diary.current is None
    again = started(qtbot, tmp_path, monkeypatch)
    qtbot.waitUntil(again.is_quiet)
    assert told(again) is None
    again.window.close()


def test_where_people_sign_in_whoever_does_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = with_owner(Place(tmp_path, practice=True).open("Desk"))
    desk.database.close()
    broken_off(tmp_path)
    program = started(qtbot, tmp_path, monkeypatch)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in program.window.findChildren(SignIn)))
    try:
        qtbot.waitUntil(program.is_quiet)
        (asked,) = program.window.findChildren(SignIn)
        assert told(program) is None
        asked.name.set_text("Owner")
        asked.secret.setFocus()
        qtbot.keyClicks(QApplication.focusWidget(), OWNERS_PASSWORD)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: said(program, "Under way just then: let people in"))
    finally:
        program.window.close()


def test_a_journal_that_does_not_agree_is_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Place(tmp_path, practice=True).open("Desk")
    with desk.work() as work:
        work.record("desk", "try")
    desk.database.close()
    with closing(sqlite3.connect(tmp_path / "practice.sqlite")) as line, line:
        line.execute("update counters set journal_seq = journal_seq + 1 where name = 'Desk'")
    broken_off(tmp_path)
    program = started(qtbot, tmp_path, monkeypatch)
    qtbot.waitUntil(lambda: told(program) is not None)
    assert "does not agree from entry 2 on" in told(program)[1]  # type: ignore[index]
    program.window.close()


def test_a_folder_that_takes_no_notes_keeps_no_desk_closed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> Diary:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(diary, "Diary", refuse)
    program = started(qtbot, tmp_path, monkeypatch)
    assert diary.current is None
    program.window.close()
