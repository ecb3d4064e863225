"""The same reservation from the dashboard, the calendar, the list and its own page: one dialog, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from models.reservations import Status
from models.rows import Filter
from tests.builders import a_product, a_reservation, direct_row, reservation, taken
from tests.ui.desk_window import DeskWindow
from ui.calendar import Calendar
from ui.confirm import ConfirmDialog
from ui.reservations import Reservations
from ui.today import Today

DAY = date(2027, 2, 1)


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk, capacity=60)
    made = DeskWindow(qtbot, a_desk, {"today": Today, "reservations": Reservations})
    yield made
    made.close()


def the_list(here: DeskWindow) -> Reservations:
    """The list of all, with the keyboard, once its rows are there."""
    here.go("reservations", wanted=Filter(), title="Everybody")
    screen = here.window.screen_in_front
    assert isinstance(screen, Reservations)
    here.qtbot.waitUntil(lambda: screen.is_settled)
    screen.table.setFocus()
    return screen


def go_to_place(here: DeskWindow, place: str, one: int) -> None:
    """Onto the reservation, the way one comes to it at this place."""
    if place == "details":
        here.go("details", reservation=one)
    elif place == "reservations":
        table = the_list(here).table
        table.go_to(table.model_.place_of(one))
    elif place == "calendar":
        here.go("calendar", day=DAY)
        calendar = here.window.screen_in_front
        assert isinstance(calendar, Calendar)
        here.qtbot.waitUntil(lambda: one in calendar._panel.reservations)
        calendar._panel.setFocus()
        calendar._panel.go_to(one)
    else:
        here.go("today")
        assert isinstance(here.window.screen_in_front, Today)


@pytest.mark.parametrize("place", ["today", "calendar", "reservations", "details"])
def test_c_opens_the_same_dialog_everywhere_and_enter_confirms(here: DeskWindow, place: str) -> None:
    one = a_reservation(here.desk, sold_by="kkday", party=2)
    go_to_place(here, place, one)
    here.press(Qt.Key.Key_C)
    assert isinstance(here.dialog, ConfirmDialog)
    said = here.said(here.dialog)
    assert "Confirm 2 seats?" in said
    assert "Seats 0 to 2 of 60" in said
    assert "No voucher letter leaves: no e-mail address is known." in said
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, one).status is Status.CONFIRMED
    assert here.toast == f"Confirmed CF-{one}; no letter leaves"


def scrolled(screen: Reservations) -> tuple[Any, int]:
    """Which row is under the cursor, and how far one has scrolled."""
    table = screen.table
    return table.model_.identity_at(table.currentIndex().row()), table.verticalScrollBar().value()


def test_back_in_the_list_row_and_scroll_are_where_they_were(here: DeskWindow) -> None:
    ids = taken(here.desk, *(direct_row() for _ in range(60)))
    screen = the_list(here)
    screen.table.go_to(40)
    here.quiet()
    before = scrolled(screen)
    here.press(Qt.Key.Key_Return)
    assert here.window.word == "details"
    assert "41 of 60" in here.said()
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: screen.is_settled)
    assert (scrolled(screen), screen.table.hasFocus()) == (before, True)
    assert before[0] in ids


def test_back_in_the_list_is_exact_though_others_came_in_before_the_row(here: DeskWindow) -> None:
    taken(here.desk, *(direct_row() for _ in range(60)))
    screen = the_list(here)
    screen.table.go_to(40)
    here.quiet()
    before = scrolled(screen)[0]
    here.press(Qt.Key.Key_Return)
    taken(here.desk, *(direct_row(date="2027-01-20") for _ in range(5)))
    here.quiet()
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: screen.is_settled and len(screen.table.model_.ids) == 65)
    assert scrolled(screen)[0] == before
    at = screen.table.currentIndex()
    assert screen.table.viewport().rect().contains(screen.table.visualRect(at).center())


def test_having_walked_on_with_j_one_comes_back_to_the_one_that_was_shown_last(here: DeskWindow) -> None:
    taken(here.desk, *(direct_row() for _ in range(8)))
    screen = the_list(here)
    screen.table.go_to(2)
    here.press(Qt.Key.Key_Return)
    for _ in range(3):
        here.press(Qt.Key.Key_J)
    assert "6 of 8" in here.said()
    here.press(Qt.Key.Key_Escape)
    assert screen.table.currentIndex().row() == 5
    assert screen.table.hasFocus()


def on_the_dashboard(here: DeskWindow, at: int) -> Today:
    """The dashboard of four orders that wait, with the keyboard on one of them."""
    ids = [a_reservation(here.desk) for _ in range(4)]
    here.go("today")
    today = here.window.screen_in_front
    assert isinstance(today, Today)
    here.qtbot.waitUntil(lambda: today.cards.queue.model_.rowCount() == len(ids))
    today.cards.queue.setFocus()
    today.cards.queue.go_to(at)
    return today


def test_back_on_the_dashboard_the_cursor_is_on_the_same_order(here: DeskWindow) -> None:
    queue = on_the_dashboard(here, 2).cards.queue
    chosen = queue.row.row.id
    here.press(Qt.Key.Key_Return)
    assert f"CF-{chosen}" in here.said()
    assert "3 of 4" in here.said()
    here.press(Qt.Key.Key_Escape)
    assert queue.row.row.id == chosen
    assert queue.hasFocus()


def test_one_that_was_answered_meanwhile_makes_room_for_the_next(here: DeskWindow) -> None:
    queue = on_the_dashboard(here, 1).cards.queue
    here.press(Qt.Key.Key_Return)
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_Return)
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: queue.model_.rowCount() == 3)
    assert queue.currentIndex().row() == 1
