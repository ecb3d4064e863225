"""The running program hears a scanner on every screen, says that it is ready, and shows with F9 what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from controllers.place import Place
from controllers.scanning.diagnosis import TEST_CODE
from controllers.viewing import see_details, ticket_code
from models.reservations import Status
from tests.builders import DEPARTS, a_product, a_reservation, tickets
from tests.fakes import StillClock
from tests.ui.handheld import Handheld
from ui.program import Program
from ui.settings_scanner import ScannerPage
from ui.widgets.key_bar import KeyBar
from ui.widgets.notice import Notice

PATIENCE_MS = 60_000


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    place = Place(tmp_path, practice=True)
    desk = place.open("Desk")
    a_product(desk)
    a_reservation(desk)
    desk.database.close()
    made = Program(place, app.SCREENS)
    made.show()
    qtbot.waitUntil(lambda: made.is_open and made.window.word == "today", timeout=PATIENCE_MS)
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.fittings.has("scanners") and made.is_quiet(), timeout=PATIENCE_MS)
    yield made
    made.window.close()


def test_a_scan_is_answered_over_the_screen_in_front_and_the_key_bar_says_ready(
    qtbot: QtBot, program: Program
) -> None:
    desk = program.desk()
    ticket = tickets(desk, 10001)
    code = ticket_code(ticket[0].number, ticket[0].key_version, desk=desk) if ticket else "CF-10001"
    Handheld(program.window).read(code)
    qtbot.waitUntil(lambda: program.fittings.gate.judged is not None, timeout=PATIENCE_MS)
    assert program.fittings.gate.judged.answer.source == "wedge"
    assert program.window.word == "today"
    bar = program.window.findChild(KeyBar)
    assert "Scanner ready" in bar.accessibleName()


def test_f9_shows_what_the_scanner_sends_with_the_keyboard_in_the_right_place(
    qtbot: QtBot, program: Program
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_F9)
    page = program.window.screen_in_front.page
    assert isinstance(page, ScannerPage)
    qtbot.waitUntil(page.area.hasFocus)
    Handheld(program.window).read(TEST_CODE)
    qtbot.waitUntil(lambda: page.sent[0][1].text() == TEST_CODE)
    qtbot.waitUntil(lambda: notices(page) == ["This scanner is set up right"])
    assert program.fittings.gate.judged is None


def test_ctrl_z_takes_the_last_scan_back_on_any_screen(qtbot: QtBot, program: Program) -> None:
    desk = program.desk()
    one = a_reservation(desk, Status.CONFIRMED)
    desk.clock = StillClock(DEPARTS - timedelta(minutes=10))
    Handheld(program.window).read(f"CF-{one}")
    qtbot.waitUntil(
        lambda: program.fittings.gate.judged is not None and program.fittings.gate.judged.let_in,
        timeout=PATIENCE_MS,
    )
    qtbot.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.fittings.gate.judged is None and program.is_quiet())
    assert program.window.word == "today"
    qtbot.keyClick(
        QApplication.focusWidget() or program.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: program.fittings.gate.book.lines[0].undone, timeout=PATIENCE_MS)
    qtbot.waitUntil(program.is_quiet)
    assert see_details(one, desk=desk).row.arrived == 0


def notices(page: ScannerPage) -> list[str]:
    return [one.accessibleName() for one in page.findChildren(Notice) if one.isVisible()]


def test_what_judges_the_first_scan_is_at_hand_soon_after_the_start(qtbot: QtBot, program: Program) -> None:
    desk = program.desk()
    qtbot.waitUntil(lambda: {"code_secrets", "zone"} <= vars(desk).keys(), timeout=PATIENCE_MS)
