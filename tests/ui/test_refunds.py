"""The screen of refunds: what is due, late, failed and done, marked by one key each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from controllers import giving_back, reservations
from controllers.desk import Desk
from models.payments import MoneyState
from models.refunds import Tab
from tests.builders import a_product, kkday_row, taken
from tests.controllers.test_giving_back import a_refund
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from tests.ui.test_trips import said_rows
from ui.history_words import history_words
from ui.refund_dialogs import RefundDoneDialog, RefundFailedDialog
from ui.refunds import Refunds
from ui.today import Today


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk, {"refunds": Refunds, "today": Today})
    yield made
    made.close()


def the_screen(here: DeskWindow, **what: object) -> Refunds:
    here.window.go("refunds", **what)
    here.quiet()
    screen = here.window.screen_in_front
    assert isinstance(screen, Refunds)
    return screen


def test_what_is_due_stands_with_whose_it_is_how_much_and_until_when(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    screen = the_screen(here)
    (words,) = said_rows(screen.board)
    assert "Anna Sample" in words
    assert one.number in words
    assert "Due, " in words
    assert words.endswith("₩75,000")
    assert "Full refund of what was paid" in here.said(screen.panel)
    assert screen.subtitle() == "1 to give back"


def test_d_asks_how_it_went_back_and_marks_it(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    screen = the_screen(here)
    here.press(Qt.Key.Key_D)
    assert isinstance(here.dialog, RefundDoneDialog)
    here.type("SLIP 42")
    here.press(Qt.Key.Key_Return)
    assert said_rows(screen.board) == []
    kept = giving_back.see_refund(one.id, desk=here.desk)
    assert (kept.state, kept.reference, kept.method) == (MoneyState.DONE, "SLIP 42", "card")
    assert here.toast == f"₩75,000 of {one.number} given back"
    assert here.dialog is None


def test_f_says_why_it_failed_and_a_makes_it_due_again(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    screen = the_screen(here)
    here.press(Qt.Key.Key_F)
    assert isinstance(here.dialog, RefundFailedDialog)
    here.type("The card has expired")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said_rows(screen.board) == []
    screen = the_screen(here, tab="failed")
    assert "Did not go back, The card has expired" in said_rows(screen.board)[0]
    here.press(Qt.Key.Key_A)
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.DUE
    assert "due again" in here.toast


def test_the_channels_money_is_only_shown(here: DeskWindow) -> None:
    (one,) = taken(here.desk, kkday_row())
    reservations.cancel(one, desk=here.desk, reason="Full.")
    screen = the_screen(here, tab="theirs")
    (words,) = said_rows(screen.board)
    assert "KKday pays it back" in words
    assert "Sample" not in words
    assert "KKday holds this money and pays it back" in here.said(screen.panel)
    assert screen.panel.steps == {}
    here.press(Qt.Key.Key_D)
    assert here.dialog is None


def test_somebody_quicker_is_told_in_the_dialog_and_nothing_is_overwritten(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    the_screen(here)
    here.press(Qt.Key.Key_D)
    giving_back.mark_failed(one.id, desk=here.desk, why="The bank sent it back.")
    here.press(Qt.Key.Key_Return)
    assert isinstance(here.dialog, RefundDoneDialog)
    assert "changed by somebody else" in here.notices()
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.FAILED
    here.press(Qt.Key.Key_Return)
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.DONE


def test_cash_without_a_counted_drawer_is_refused_in_the_dialog(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    the_screen(here)
    here.press(Qt.Key.Key_D)
    dialog = here.dialog
    assert isinstance(dialog, RefundDoneDialog)
    dialog._method.choose(2)
    here.press(Qt.Key.Key_Return)
    assert here.dialog is dialog
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.DUE


def test_what_was_marked_stands_in_words_in_the_history(here: DeskWindow) -> None:
    from controllers.viewing import see_details

    one = a_refund(here.desk)
    giving_back.mark_failed(one.id, desk=here.desk, why="The card has expired")
    giving_back.due_again(one.id, desk=here.desk)
    giving_back.mark_done(one.id, desk=here.desk, method="card")
    lines = see_details(one.reservation_id, desk=here.desk).history[:3]
    assert [history_words(line).head for line in lines] == [
        "Owner gave ₩75,000 back",
        "Owner made the refund of ₩75,000 due again",
        "Owner marked that ₩75,000 did not go back",
    ]


def test_the_list_is_a_good_model(here: DeskWindow) -> None:
    screen = the_screen(here)
    tester = QAbstractItemModelTester(
        screen.board.model_, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    a_refund(here.desk)
    the_screen(here)
    a_refund(here.desk)
    the_screen(here)
    assert tester.model() is screen.board.model_


def test_where_something_is_late_nobody_is_told_that_nothing_is_due(
    here: DeskWindow, clock: StillClock
) -> None:
    a_refund(here.desk)
    clock.forward(days=20)
    screen = the_screen(here)
    assert screen.tab is Tab.OVERDUE
    assert len(said_rows(screen.board)) == 1
    screen = the_screen(here, tab="due")
    assert screen.tab is Tab.DUE
    assert "Nothing else is to be given back" in here.said()


def test_a_part_without_rows_is_good_news(here: DeskWindow, clock: StillClock) -> None:
    a_refund(here.desk)
    screen = the_screen(here, tab=Tab.FAILED.value)
    assert "No refund is stuck" in here.said(screen)
    clock.forward(days=10)
    screen = the_screen(here, tab=Tab.OVERDUE.value)
    assert "days late" in said_rows(screen.board)[0]
