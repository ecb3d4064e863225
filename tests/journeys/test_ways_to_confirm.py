"""The ways in which a reservation is confirmed, each through the real windows and by the keyboard.

From the desk: the dashboard, the calendar, the list and the details. With the chat first: the traveler is written to
while nobody may see who it is, and is confirmed after it. The way by a notice's link is tried in `test_link`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from controllers import messages
from controllers.desk import Desk
from models.outbox import Letter
from models.reservations import Status
from tests.builders import a_product, kkday_row, letters, reservation, taken
from tests.ui.desk_window import DeskWindow
from ui.calendar import Calendar
from ui.confirm import ConfirmDialog
from ui.reservation_views import UPCOMING
from ui.reservations import Reservations

CTRL = Qt.KeyboardModifier.ControlModifier
SCREENS = ("today", "calendar", "reservations", "details", "messages", "letters")


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk, {word: app.SCREENS[word] for word in SCREENS})
    yield made
    made.close()


def from_dashboard(here: DeskWindow, _one: int) -> None:
    here.go("today")
    here.press(Qt.Key.Key_C)


def from_calendar(here: DeskWindow, _one: int) -> None:
    here.go("calendar", day=date(2027, 2, 1))
    assert isinstance(here.window.screen_in_front, Calendar)
    here.press(Qt.Key.Key_Return)
    here.press(Qt.Key.Key_C)


def from_list(here: DeskWindow, _one: int) -> None:
    here.go("reservations")
    screen = here.window.screen_in_front
    assert isinstance(screen, Reservations)
    screen.bar.tabs.choose([view.key for view in screen.showing.views].index(UPCOMING))
    here.qtbot.waitUntil(lambda: screen.is_settled)
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_C)


def from_details(here: DeskWindow, one: int) -> None:
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_C)


@pytest.mark.parametrize("way", [from_dashboard, from_calendar, from_list, from_details])
def test_an_order_is_confirmed_from_each_of_the_four_places(
    here: DeskWindow, way: Callable[[DeskWindow, int], None]
) -> None:
    (one,) = taken(here.desk, kkday_row())
    way(here, one)
    assert isinstance(here.dialog, ConfirmDialog)
    said = here.said(here.dialog)
    assert "SAMPLE" not in said
    assert "2" in said
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, one).status is Status.CONFIRMED
    assert [kind for kind, _ in letters(here.desk, one)] == [Letter.CONFIRMATION]
    assert here.toast == f"Confirmed CF-{one}; no letter leaves"


def test_with_the_chat_first_the_traveler_is_written_to_unseen_and_then_confirmed(here: DeskWindow) -> None:
    (one,) = taken(here.desk, kkday_row())
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_M)
    assert here.window.word == "messages"
    here.press(Qt.Key.Key_R)
    here.type("Is 14:00 early enough for you?")
    here.press(Qt.Key.Key_Return, CTRL)
    (said,) = [m for m in messages.see_room(one, desk=here.desk).said if m.direction == "out"]
    assert said.body == "Is 14:00 early enough for you?"
    assert "SAMPLE" not in here.said()
    screen = here.window.screen_in_front
    assert screen is not None
    screen.setFocus()
    here.press(Qt.Key.Key_O)
    assert here.window.word == "details"
    assert "Is 14:00 early enough for you?" in here.said()
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, one).status is Status.CONFIRMED
    assert [kind for kind, _ in letters(here.desk, one)] == [Letter.MESSAGE, Letter.CONFIRMATION]
    assert QApplication.focusWidget() is not None
