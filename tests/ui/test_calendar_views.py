"""Month, week and day show the same days; filters narrow all three; a typed day is jumped to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from controllers import holidays, reservations
from controllers.desk import Desk
from models.reservations import Status
from tests.builders import DAY, a_product, a_reservation
from tests.ui.calendar_desk import (
    calendar,
    cell_says,
    choose,
    month,
    open_day,
    panel,
    rows,
    settle,
    week,
)
from tests.ui.desk_window import DeskWindow
from ui.calendar_month import MonthModel
from ui.calendar_rows import Group, Item
from ui.calendar_week import WeekModel
from ui.day_typed import day_meant

TODAY = dt.date(2027, 1, 15)


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    a_product(a_desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def slot_says(here: DeskWindow) -> str:
    """The chosen departure of the week, as a screen reader is told."""
    return str(week(here).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


# --- week -----------------------------------------------------------------------------------------


def test_w_shows_the_week_of_the_chosen_day_and_m_the_month_again(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_W)
    settle(here)
    assert "1 to 7 Feb 2027" in here.said()
    assert week(here).hasFocus()
    assert week(here).line is not None
    assert week(here).line.starts == "14:00"  # type: ignore[union-attr]
    here.press(Qt.Key.Key_M)
    assert month(here).hasFocus()
    assert month(here).day == DAY
    settle(here)


def test_in_the_week_arrows_walk_over_departures_and_days(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_W)
    here.press(Qt.Key.Key_Down)
    assert "Monday 1 February, 19:00 Echo Walk" in slot_says(here)
    here.press(Qt.Key.Key_Right)
    assert "Tuesday 2 February, 19:00 Echo Walk" in slot_says(here)
    here.press(Qt.Key.Key_Left)
    here.press(Qt.Key.Key_Left)  # over the Monday into the week before
    assert "25 to 31 Jan 2027" in here.said()
    assert "Sunday 31 January, 19:00" in slot_says(here)
    here.press(Qt.Key.Key_PageDown)
    assert "Sunday 7 February, 19:00" in slot_says(here)
    here.press(Qt.Key.Key_Home)
    assert "Sunday 7 February, 14:00" in slot_says(here)
    settle(here)


def test_enter_in_the_week_goes_into_that_departure(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, product="Echo Walk", option="Night")
    open_day(here)
    here.press(Qt.Key.Key_W)
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert panel(here).hasFocus()
    assert panel(here).row.line.product == "Echo Walk"
    here.press(Qt.Key.Key_Escape)
    assert week(here).hasFocus()


def test_the_week_tells_seats_who_waits_and_what_is_over(here: DeskWindow) -> None:
    over = a_reservation(here.desk, party=10)
    reservations.confirm(over, desk=here.desk, overbook="a second guide comes")
    a_reservation(here.desk, party=2)
    open_day(here)
    here.press(Qt.Key.Key_W)
    settle(here)
    assert "14:00 Tea House Walk, Afternoon: 10/8, 2 over, 2 wait to be confirmed" in slot_says(here)
    assert not here.window.grab().isNull()


def test_a_day_on_which_the_office_is_closed_says_why(here: DeskWindow) -> None:
    holidays.close_day(DAY, "Boat in dock", desk=here.desk)
    open_day(here)
    assert "Boat in dock" in cell_says(here)
    here.press(Qt.Key.Key_W)
    settle(here)
    heading = week(here).model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert "Boat in dock" in heading
    assert not here.window.grab().isNull()


# --- day ------------------------------------------------------------------------------------------


def test_d_shows_the_day_alone_with_everybody_under_their_departure(here: DeskWindow) -> None:
    made = [a_reservation(here.desk, Status.CONFIRMED, party=1) for _ in range(7)]
    open_day(here)
    here.press(Qt.Key.Key_D)
    settle(here)
    assert "Monday 1 February 2027" in here.said()
    assert panel(here).hasFocus()
    assert not month(here).isVisible()
    assert [row.row.id for row in rows(here) if isinstance(row, Item)] == made  # nobody is left out
    here.press(Qt.Key.Key_Right)
    settle(here)
    assert "Tuesday 2 February 2027" in here.said()
    here.press(Qt.Key.Key_PageUp)
    settle(here)
    assert "Monday 1 February 2027" in here.said()
    assert not here.window.grab().isNull()


def test_escape_leaves_the_day_for_the_sheet_it_was_entered_from(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_W)
    here.press(Qt.Key.Key_D)
    here.press(Qt.Key.Key_Escape)
    assert week(here).hasFocus()
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "today"
    settle(here)


def test_enter_on_a_departure_opens_and_shuts_it(here: DeskWindow) -> None:
    for _ in range(7):
        a_reservation(here.desk, Status.CONFIRMED, party=1)
    open_day(here)
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_Home)
    here.press(Qt.Key.Key_Return)
    assert len([row for row in rows(here) if isinstance(row, Item)]) == 7
    assert isinstance(panel(here).row, Group)
    here.press(Qt.Key.Key_Return)
    assert len([row for row in rows(here) if isinstance(row, Item)]) == 4


# --- filters --------------------------------------------------------------------------------------


def test_a_channel_narrows_the_month_and_the_day_and_its_cross_clears_it(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=3)
    a_reservation(here.desk, Status.CONFIRMED, party=2, sold_by="kkday")
    open_day(here)
    bar = calendar(here)._bar
    choose(bar.channel, "KKday")
    settle(here)
    assert "2 guests" in cell_says(here)
    assert "Echo Walk" not in cell_says(here)
    assert [row.row.channel for row in rows(here) if isinstance(row, Item)] == ["kkday"]
    assert bar.channel.accessibleName() == "Channel: KKday"
    bar.channel.cleared.emit()
    settle(here)
    assert "5 guests" in cell_says(here)


def test_a_status_narrows_to_those_days_and_rows(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=3)
    waits = a_reservation(here.desk, party=2)
    open_day(here)
    choose(calendar(here)._bar.status, "Unconfirmed")
    settle(here)
    assert "0 guests, 2 wait to be confirmed" in cell_says(here)
    assert [row.row.id for row in rows(here) if isinstance(row, Item)] == [waits]
    assert not here.window.grab().isNull()


def test_a_guide_narrows_to_their_departures(here: DeskWindow) -> None:
    from controllers import departures, viewing

    echo = viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines[1]
    assert echo.key is not None
    departures.set_guide(echo.key, "Mina Muster", desk=here.desk)
    open_day(here)
    choose(calendar(here)._bar.guide, "Mina Muster")
    settle(here)
    assert "Echo Walk" in cell_says(here)
    assert "Tea House Walk" not in cell_says(here)


# --- jumping --------------------------------------------------------------------------------------


def test_ctrl_g_jumps_to_a_typed_day(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    here.type("5.3.")
    assert "Friday 5 March 2027" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.dialog is None
    assert month(here).day == dt.date(2027, 3, 5)
    settle(here)


def test_what_is_no_day_cannot_be_jumped_to(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    here.type("31.2.")
    assert "That is no day" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.dialog is not None
    here.press(Qt.Key.Key_Escape)
    assert month(here).day == DAY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-05", dt.date(2027, 3, 5)),
        ("20270305", dt.date(2027, 3, 5)),
        ("2027. 3. 5", None),
        ("5.3.", dt.date(2027, 3, 5)),
        ("5.3.2028", dt.date(2028, 3, 5)),
        ("20.12.", dt.date(2026, 12, 20)),  # not long ago
        ("20.10.", dt.date(2027, 10, 20)),  # long ago, so the next one
        ("3/5", dt.date(2027, 3, 5)),
        ("5 mar", dt.date(2027, 3, 5)),
        ("March 5", dt.date(2027, 3, 5)),
        ("mar", dt.date(2027, 3, 1)),
        ("5 march 2028", dt.date(2028, 3, 5)),
        ("20", dt.date(2027, 1, 20)),
        ("3", dt.date(2027, 2, 3)),
        ("+7", dt.date(2027, 1, 22)),
        ("-1", dt.date(2027, 1, 14)),
        ("+2w", dt.date(2027, 1, 29)),
        ("+1m", dt.date(2027, 2, 15)),
        ("fri", TODAY),
        ("Thursday", dt.date(2027, 1, 21)),
        ("tomorrow", dt.date(2027, 1, 16)),
        ("29.2.", dt.date(2028, 2, 29)),
        ("", None),
        ("31.6.", None),
        ("t", None),
        ("ju", None),
        ("soon", None),
        ("+9999999", None),
    ],
)
def test_a_day_is_understood_the_way_it_is_typed(qapp: object, typed: str, meant: dt.date | None) -> None:
    assert day_meant(typed, TODAY) == meant


# --- models ---------------------------------------------------------------------------------------


def test_every_model_of_the_calendar_keeps_qts_rules(here: DeskWindow, qtmodeltester: ModelTester) -> None:
    for _ in range(6):
        a_reservation(here.desk, Status.CONFIRMED, party=1)
    a_reservation(here.desk, Status.CONFIRMED, product="Somebody else's tour")
    open_day(here)
    for model in (MonthModel(), WeekModel(), month(here).model(), week(here).model(), panel(here).model()):
        qtmodeltester.check(model)
