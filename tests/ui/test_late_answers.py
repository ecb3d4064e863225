"""A screen shows what was asked last: late answers change nothing, keys act on what they seem to, notes stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from controllers import reservations, viewing
from controllers.background import Lane
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, reservation
from tests.ui.a_today import a_chore
from tests.ui.a_today import opened as open_today
from tests.ui.at_a_desk import at_a_desk
from tests.ui.calendar_desk import calendar, open_day, settle
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from tests.ui.test_watching import _watching
from ui import asking
from ui.cancel import CancelDialog
from ui.confirm import ConfirmDialog
from ui.hold import HoldDialog
from ui.pages_dialog import as_file_name
from ui.reservations import Reservations

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def notes(desk: Desk, made: int) -> list[str]:
    found = viewing.see_details(made, desk=desk)
    return [one.body for one in found.messages if one.direction == "note"]


def page(here: DeskWindow) -> Any:
    return here.window.screen_in_front


def busy(*_told: object, **_more: object) -> None:
    raise CannotDo("database-busy")


# --- the page of a reservation ----------------------------------------------------------------------


def test_a_note_kept_with_two_quick_presses_is_kept_once(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_E)
    here.type("calls back at five")
    with held(here.background):
        for _ in range(2):
            here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Return, CTRL)
    here.quiet()
    assert notes(here.desk, made) == ["calls back at five"]


def test_what_is_written_while_a_note_is_kept_stays(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_E)
    here.type("calls back at five")
    with held(here.background):
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Return, CTRL)
        here.type(" or six")
    here.quiet()
    assert page(here)._left.notes._area.text() == "calls back at five or six"
    here.press(Qt.Key.Key_Return, CTRL)
    assert notes(here.desk, made)[-1] == "calls back at five or six"


def test_a_note_that_was_begun_is_there_again_when_one_comes_back(here: DeskWindow) -> None:
    made = [a_reservation(here.desk), a_reservation(here.desk)]
    here.go("details", reservation=made[0], among=made, at=0)
    here.press(Qt.Key.Key_E)
    here.type("half a note")
    here.press(Qt.Key.Key_Escape)
    here.press(Qt.Key.Key_J)
    assert page(here)._left.notes._area.text() == ""
    here.press(Qt.Key.Key_K)
    assert page(here)._left.notes._area.text() == "half a note"


def test_a_note_that_is_refused_after_one_has_walked_on_is_told_and_not_lost(
    here: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [a_reservation(here.desk), a_reservation(here.desk)]
    here.go("details", reservation=made[0], among=made, at=0)
    monkeypatch.setattr(asking, "add_note", busy)
    here.press(Qt.Key.Key_E)
    here.type("calls back at five")
    with held(here.background):
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Return, CTRL)
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Escape)
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_J)
        here.qtbot.waitUntil(lambda: page(here)._found is not None)
    here.quiet()
    assert "Another counter has been writing" in here.toast
    here.press(Qt.Key.Key_K)
    assert page(here)._left.notes._area.text() == "calls back at five"


def test_a_number_that_is_found_late_does_not_replace_what_was_opened_since(here: DeskWindow) -> None:
    first, second = a_reservation(here.desk), a_reservation(here.desk)
    with held(here.background, Lane.READING):
        here.window.go("details", reservation=f"CF-{first}")
        here.window.go("details", reservation=second)
    here.quiet()
    assert page(here).accessibleName() == f"CF-{second}"


def test_a_page_that_cannot_be_read_again_stays(here: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_reservation(here.desk)
    here.go("details", reservation=made)
    monkeypatch.setattr(asking, "details", busy)
    here.press(Qt.Key.Key_F5)
    assert "Another counter has been writing" in here.toast
    assert page(here)._pages.currentWidget() is page(here)._scroll


def test_view_information_pressed_twice_is_one_line_of_the_journal(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    here.go("details", reservation=made)
    with held(here.background):
        for _ in range(2):
            here.qtbot.keyClick(here.keyboard, Qt.Key.Key_V)
    here.quiet()
    history = viewing.see_details(made, desk=here.desk).history
    assert [line.action for line in history].count("view") == 1


def test_a_key_that_does_nothing_now_says_why(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.REDEEMED)
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_X)
    assert "never cancelled" in here.toast
    masked = a_reservation(here.desk, sold_by="kkday")
    here.go("details", reservation=masked)
    here.press(Qt.Key.Key_V)
    assert here.toast == "Hidden until the reservation has been confirmed"


# --- the list ---------------------------------------------------------------------------------------


def ticked(here: DeskWindow, count: int) -> list[int]:
    """The list with so many ticked, and the cursor on the last row."""
    made = [a_reservation(here.desk) for _ in range(3)]
    here.go("reservations", text="")
    for _ in range(count):
        here.press(Qt.Key.Key_Space)
        here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_End)
    return made


def test_hold_says_that_it_is_for_one_when_several_are_ticked(here: DeskWindow) -> None:
    made = ticked(here, 2)
    here.press(Qt.Key.Key_H)
    assert here.dialog is None
    assert here.toast == (
        "Hold is for one order at a time, because each has its own reason. "
        "2 are ticked: Esc takes the ticks away."
    )
    assert {reservation(here.desk, one).status for one in made} == {Status.UNCONFIRMED}


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_H, HoldDialog), (Qt.Key.Key_X, CancelDialog)])
def test_with_one_ticked_hold_and_cancel_are_about_that_one(
    here: DeskWindow, key: Qt.Key, kind: type[HoldDialog | CancelDialog]
) -> None:
    ticked(here, 1)
    screen = page(here)
    assert isinstance(screen, Reservations)
    (wanted,) = screen.table.model_.ticked
    assert screen.row is not None
    assert screen.row.id != wanted
    here.press(key)
    assert isinstance(here.dialog, kind)
    assert here.dialog.row.id == wanted
    here.press(Qt.Key.Key_Escape)


def test_the_bar_never_tells_of_other_ticks_than_there_are(here: DeskWindow) -> None:
    ticked(here, 2)
    bulk, bar = page(here).bulk, page(here).bulk_bar
    here.qtbot.waitUntil(lambda: not bulk.is_looking)
    bulk._soon.setInterval(60_000)  # the next question is not asked before this test is over
    with held(here.background, Lane.READING):
        bulk._look()
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Space)
    here.quiet()
    assert bar.words.startswith("3 selected")
    assert bar.confirm.text() == "Confirm 3"
    bulk._soon.stop()


def test_a_list_is_offered_under_a_name_that_a_file_can_have() -> None:
    assert as_file_name("Boats / June.csv") == "Boats - June.csv"
    assert as_file_name("2027-02-01.pdf") == "2027-02-01.pdf"


# --- the dashboard ----------------------------------------------------------------------------------


def test_cancel_among_the_chores_is_about_the_chore(qtbot: QtBot, a_desk: Desk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    chore = a_chore(a_desk)
    with at_a_desk(a_desk) as at:
        screen = open_today(qtbot, at)
        screen.cards.chores.setFocus()
        qtbot.keyClick(screen.cards.chores, Qt.Key.Key_X)
        asked: Any = at.deeds
        assert asked.asked == [("cancel", chore)]


def test_ticking_off_one_chore_leaves_the_cursor_at_its_place(qtbot: QtBot, a_desk: Desk) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, sold_by="kkday") for _ in range(3)]
    for one in made:
        reservations.confirm(one, desk=a_desk)
    with at_a_desk(a_desk) as at:
        screen = open_today(qtbot, at)
        chores = screen.cards.chores
        chores.setFocus()
        chores.go_to(1)
        reservations.tick_off(chores.row.reservation, desk=a_desk)
        screen.ask()
        qtbot.waitUntil(lambda: chores.model_.rowCount() == 2)
        assert chores.currentIndex().row() == 1


# --- the calendar -----------------------------------------------------------------------------------


def test_a_month_read_ahead_before_a_change_is_not_shown_after_it(here: DeskWindow) -> None:
    open_day(here)
    screen = calendar(here)
    screen._months._kept.clear()
    with held(here.background, Lane.READING):
        screen._read_ahead()
        screen._months.outdate()  # as a change does
    settle(here)
    assert screen._months._kept == {}


# --- the program --------------------------------------------------------------------------------------


def test_after_the_window_is_closed_nobody_asks_the_file_again(qtbot: QtBot, a_desk: Desk) -> None:
    with _watching(a_desk) as ears:
        qtbot.waitUntil(ears.background.idle)
        ears.watching.close()
        ears.watching._saw(frozenset({"reservations"}))
        ears.watching._lose()
        timers: list[QObject] = [ears.watching._tell, ears.watching._again]
        assert not any(timer.isActive() for timer in timers)  # type: ignore[attr-defined]


def test_a_question_is_about_one_order_even_if_it_is_asked_twice(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    with held(here.background, Lane.READING):
        here.deeds.confirm(made)
        here.deeds.confirm(made)
    here.quiet()
    assert len([one for one in here.window.findChildren(ConfirmDialog) if one.isVisible()]) == 1
    here.press(Qt.Key.Key_Escape)
