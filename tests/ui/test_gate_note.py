"""A note for the gate, left on a reservation's page: written, changed, taken away, and refused when too long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from models.reservations import Status
from tests.builders import a_product, a_reservation, reservation
from tests.ui.desk_window import DeskWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def opened(here: DeskWindow) -> int:
    """The page of a confirmed reservation."""
    one = a_reservation(here.desk, Status.CONFIRMED)
    here.go("details", reservation=one)
    return one


def test_g_leaves_a_note_that_stands_on_the_page_from_then_on(here: DeskWindow) -> None:
    one = opened(here)
    here.press(Qt.Key.Key_G)
    assert not here.button("Leave it for the gate").isEnabled()
    here.type("Nut allergy")
    here.press(Qt.Key.Key_Return, CTRL)
    assert here.dialog is None
    assert reservation(here.desk, one).attention == "Nut allergy"
    said = here.said()
    assert "To be read at the gate" in said
    assert "Nut allergy" in said
    assert "Owner left a note for the gate" in said


def test_an_emptied_note_is_taken_away(here: DeskWindow) -> None:
    one = opened(here)
    here.press(Qt.Key.Key_G)
    here.type("Nut allergy")
    here.press(Qt.Key.Key_Return, CTRL)
    here.press(Qt.Key.Key_G)
    here.press(Qt.Key.Key_A, CTRL)
    here.press(Qt.Key.Key_Delete)
    assert here.button("Take the note away").isEnabled()
    here.press(Qt.Key.Key_Return, CTRL)
    assert reservation(here.desk, one).attention == ""
    assert "To be read at the gate" not in here.said()


def test_what_is_often_said_is_written_by_a_click(here: DeskWindow) -> None:
    one = opened(here)
    here.press(Qt.Key.Key_G)
    here.click("Allergy: tell the guide")
    here.press(Qt.Key.Key_Return, CTRL)
    assert reservation(here.desk, one).attention == "Allergy: tell the guide"


def test_a_note_too_long_for_the_gate_stays_in_the_dialog_with_the_reason(here: DeskWindow) -> None:
    one = opened(here)
    here.press(Qt.Key.Key_G)
    here.type("x" * 161)
    here.press(Qt.Key.Key_Return, CTRL)
    assert "161 letters are too many" in here.notices()
    assert reservation(here.desk, one).attention == ""
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None


def test_escape_leaves_no_note(here: DeskWindow) -> None:
    one = opened(here)
    here.press(Qt.Key.Key_G)
    here.type("half a note")
    here.press(Qt.Key.Key_Escape)
    assert reservation(here.desk, one).attention == ""
