"""What others do meanwhile: rows above the cursor wait, the page says who it was, an open question looks again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk, open_desk
from models.reservations import Status
from models.watching import EVERYTHING
from tests.builders import DAY, a_product, a_reservation, reservation
from tests.ui.desk_window import DeskWindow
from ui.widgets.quiet_rows import in_place


@pytest.fixture
def at(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk, capacity=40)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


@pytest.fixture
def other(a_desk: Desk) -> Desk:
    """Another counter, at which somebody else works."""
    return open_desk(str(a_desk.database.url), practice=True, clock=a_desk.clock, counter="Desk 2")


def _hear(at: DeskWindow) -> None:
    at.background.announce_elsewhere(EVERYTHING)
    at.quiet()


@pytest.mark.parametrize(
    ("shown", "new", "kept", "held"),
    [
        ("abcd", "abcd", "abcd", 0),
        ("abcd", "xabcd", "abcd", 1),
        ("abcd", "bcd", "abcd", 1),
        ("abcd", "abd", "abd", 0),
        ("abcd", "abcxd", "abcxd", 0),
        ("abcd", "xyabc", "abc", 2),
        ("abcd", "bcda", "abcd", 1),
        ("abcd", "cd", "cd", 0),
        ("", "ab", "ab", 0),
    ],
)
def test_rows_above_the_cursor_wait(shown: str, new: str, kept: str, held: int) -> None:
    assert in_place(list(shown), list(new), "b", str) == (list(kept), held)


def test_in_the_calendars_day_the_order_under_the_cursor_stays_where_it_is(
    at: DeskWindow, other: Desk
) -> None:
    orders = [a_reservation(at.desk) for _ in range(3)]
    at.go("calendar", day=DAY)
    at.press(Qt.Key.Key_Return)
    calendar = at.window.screen_in_front
    panel = calendar._panel
    at.qtbot.waitUntil(lambda: not calendar._settle.isActive())  # a day is asked for when nobody turns pages
    at.quiet()
    panel.go_to(orders[1])
    place = panel.table.visualRect(panel.table.currentIndex()).top()

    reservations.confirm(orders[0], desk=other)
    _hear(at)

    assert panel.reservation_id == orders[1]
    assert panel.table.visualRect(panel.table.currentIndex()).top() == place
    assert "F5 shows" in panel._text.text()
    at.press(Qt.Key.Key_F5)
    assert "F5 shows" not in panel._text.text()


def test_the_page_says_who_changed_it_and_where(at: DeskWindow, other: Desk) -> None:
    order = a_reservation(at.desk)
    at.go("details", reservation=order)
    at.desk.clock.forward(seconds=5)
    reservations.hold(order, desk=other, reason="the passport number")
    _hear(at)
    assert "Desk 2" in at.toast
    assert "Pending" in at.said()


def test_what_happens_elsewhere_to_another_order_is_not_said(at: DeskWindow, other: Desk) -> None:
    order, else_order = a_reservation(at.desk), a_reservation(at.desk)
    at.go("details", reservation=order)
    reservations.confirm(else_order, desk=other)
    _hear(at)
    assert at.toast == ""


def test_an_open_question_shows_the_seats_others_took(at: DeskWindow, other: Desk) -> None:
    order, rival = a_reservation(at.desk), a_reservation(at.desk, party=5)
    at.go("details", reservation=order)
    at.press(Qt.Key.Key_C)
    assert "0 to 2" in at.said(at.dialog) or "0 → 2" in at.said(at.dialog)

    reservations.confirm(rival, desk=other)
    _hear(at)

    assert "5 to 7" in at.said(at.dialog) or "5 → 7" in at.said(at.dialog)
    assert "changed by somebody else" not in at.notices()


def test_an_open_question_says_that_its_order_was_changed(at: DeskWindow, other: Desk) -> None:
    order = a_reservation(at.desk)
    at.go("details", reservation=order)
    at.press(Qt.Key.Key_C)
    reservations.hold(order, desk=other, reason="the passport number")
    _hear(at)
    assert "changed by somebody else" in at.notices()
    at.press(Qt.Key.Key_Return)
    assert reservation(at.desk, order).status == Status.CONFIRMED


def test_a_question_that_has_lost_its_reason_stays_and_can_only_be_left(at: DeskWindow, other: Desk) -> None:
    order = a_reservation(at.desk)
    at.go("details", reservation=order)
    at.press(Qt.Key.Key_C)
    reservations.confirm(order, desk=other)
    _hear(at)
    assert at.dialog is not None
    assert "confirmed" in at.notices()
    told = reservation(at.desk, order).version
    at.press(Qt.Key.Key_Return)
    assert at.dialog is None
    assert reservation(at.desk, order).version == told
