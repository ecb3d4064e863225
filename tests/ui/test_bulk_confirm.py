"""Several orders confirmed together from the list: looked at before, done at once, taken back with one key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from tests.builders import a_product, a_reservation, departure, letters, reservation
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui.bulk_confirm import BulkConfirmDialog
from ui.reservation_views import UPCOMING
from ui.reservations import Reservations
from ui.widgets.overlay import stands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def the_list(here: DeskWindow, view: str = UPCOMING) -> Reservations:
    here.go("reservations")
    screen = here.window.screen_in_front
    assert isinstance(screen, Reservations)
    screen.bar.tabs.choose([view.key for view in screen.showing.views].index(view))
    here.qtbot.waitUntil(lambda: screen.is_settled)
    screen.setFocus()
    return screen


def ask(here: DeskWindow, screen: Reservations, *, by_mouse: bool = False) -> BulkConfirmDialog:
    here.press(Qt.Key.Key_A, CTRL)
    here.qtbot.waitUntil(lambda: not screen.bulk.is_looking)
    if by_mouse:
        here.click("Confirm 2")
    else:
        here.press(Qt.Key.Key_C)
    assert isinstance(here.dialog, BulkConfirmDialog)
    return here.dialog


def statuses(here: DeskWindow, made: list[int]) -> list[Status]:
    return [reservation(here.desk, one).status for one in made]


def test_several_are_confirmed_together_and_taken_back_together(here: DeskWindow) -> None:
    a_product(here.desk)
    a_reservation(here.desk, Status.CONFIRMED, party=1)
    made = [a_reservation(here.desk, party=heads, email="anna@example.com") for heads in (2, 3)]
    screen = the_list(here)
    here.qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        here.press(key)
    here.qtbot.waitUntil(lambda: not screen.bulk.is_looking)
    assert screen.bulk_bar.words == "2 selected 5 travelers, 1 departure."
    here.press(Qt.Key.Key_C)
    said = here.said(here.dialog)
    assert "Confirm 2 orders together?\n5 travelers, 1 departure." in said
    assert "Mon 1 Feb 14:00, Tea House Walk, Afternoon. 2 orders, 1 → 6 of 8. 2 seats left" in said
    assert "2 voucher letters leave 60 seconds later." in said
    here.press(Qt.Key.Key_Return)
    assert statuses(here, made) == [Status.CONFIRMED, Status.CONFIRMED]
    assert here.toast == "Confirmed 2, their letters wait"
    here.deeds.take_back_last()
    here.quiet()
    assert statuses(here, made) == [Status.UNCONFIRMED, Status.UNCONFIRMED]
    assert here.toast == "Taken back: 2 wait for confirmation again, no letter leaves"
    assert departure(here.desk, made[0]).seats_taken == 1
    assert [letters(here.desk, one) for one in made] == [[("confirmation", "DROPPED")]] * 2


@pytest.mark.parametrize("by_mouse", [False, True])
@pytest.mark.parametrize("view", ["needs", UPCOMING])
def test_the_keyboard_is_with_the_rows_afterwards_or_with_the_screen_where_none_are_left(
    here: DeskWindow, view: str, by_mouse: bool
) -> None:
    a_product(here.desk)
    for _ in range(2):
        a_reservation(here.desk, email="anna@example.com")
    screen = the_list(here, view)
    dialog = ask(here, screen, by_mouse=by_mouse)
    here.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: screen.is_settled and not screen.bulk.is_looking)
    assert not stands(dialog)
    assert here.keyboard is (screen.table if view == UPCOMING else screen)
    if view == "needs":
        here.press(Qt.Key.Key_Escape)  # from an empty list, too, Esc leads back
        assert here.window.word == "today"


def test_the_keyboard_is_with_the_rows_after_the_bar_has_claimed_or_asked(here: DeskWindow) -> None:
    a_product(here.desk)
    a_reservation(here.desk)
    screen = the_list(here)
    here.press(Qt.Key.Key_A, CTRL)
    for button in (screen.bulk_bar.claim, screen.bulk_bar.export, screen.bulk_bar.cancel):
        here.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        here.quiet()
        if here.dialog is not None:
            here.press(Qt.Key.Key_Escape)
        assert here.keyboard is screen.table


def test_who_finds_no_seat_is_told_before_and_left_as_it_is(here: DeskWindow) -> None:
    a_product(here.desk, capacity=4)
    made = [a_reservation(here.desk, party=heads) for heads in (3, 2, 1)]
    dialog = ask(here, the_list(here))
    assert here.notices() == f"1 stays as it is CF-{made[1]}: Mon 1 Feb is short of seats by 2."
    assert dialog.confirms == 2
    here.press(Qt.Key.Key_Return)
    assert statuses(here, made) == [Status.CONFIRMED, Status.UNCONFIRMED, Status.CONFIRMED]


def test_where_none_can_be_confirmed_only_leaving_is_left(here: DeskWindow) -> None:
    a_product(here.desk)
    a_reservation(here.desk, Status.CONFIRMED)
    screen = the_list(here)
    here.press(Qt.Key.Key_A, CTRL)
    here.qtbot.waitUntil(lambda: not screen.bulk.is_looking)
    assert not screen.bulk_bar.confirm.isEnabled()
    here.press(Qt.Key.Key_C)
    assert "None of these can be confirmed" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.dialog is None


def test_what_somebody_changed_meanwhile_is_told_afterwards(here: DeskWindow) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk) for _ in range(3)]
    ask(here, the_list(here))
    reservations.hold(made[1], desk=here.desk, reason="the passport number")
    here.press(Qt.Key.Key_Return)
    assert statuses(here, made) == [Status.CONFIRMED, Status.PENDING, Status.CONFIRMED]
    assert here.toast.startswith(f"Confirmed 2, left 1: CF-{made[1]} was changed")


def test_after_a_minute_there_is_nothing_left_to_take_back(here: DeskWindow, clock: StillClock) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk, email="anna@example.com") for _ in range(2)]
    ask(here, the_list(here))
    here.press(Qt.Key.Key_Return)
    clock.forward(seconds=61)
    here.deeds.take_back_last()
    here.quiet()
    assert statuses(here, made) == [Status.CONFIRMED, Status.CONFIRMED]


def test_leaving_the_question_changes_nothing(here: DeskWindow) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk) for _ in range(2)]
    ask(here, the_list(here))
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None
    assert statuses(here, made) == [Status.UNCONFIRMED] * 2


def test_channels_are_ticked_off_together(here: DeskWindow) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday") for _ in range(2)]
    screen = the_list(here)
    here.press(Qt.Key.Key_A, CTRL)
    here.qtbot.waitUntil(lambda: screen.bulk_bar.tick_off.isVisible())
    here.press(Qt.Key.Key_D)
    assert [reservation(here.desk, one).to_do for one in made] == ["", ""]
    assert here.toast == "Ticked off: 2 are done at their channels"


def test_many_departures_fit_into_a_low_window(here: DeskWindow) -> None:
    a_product(here.desk)
    for day in range(1, 25):
        a_reservation(here.desk, date=f"2027-02-{day:02}")
    dialog = ask(here, the_list(here))
    assert dialog._panel.height() < here.window.height()
    assert dialog._confirm.isVisible()
