"""The calendar in the real window, for its tests: where its parts are, and how to wait for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt

from tests.builders import DAY
from tests.ui.desk_window import DeskWindow
from ui.calendar import Calendar
from ui.calendar_day import DayTable
from ui.calendar_month import MonthModel, MonthView
from ui.calendar_week import WeekView
from ui.widgets.filter_button import FilterButton


def calendar(here: DeskWindow) -> Calendar:
    return here.window.findChild(Calendar)  # type: ignore[return-value]


def month(here: DeskWindow) -> MonthView:
    return here.window.findChild(MonthView)  # type: ignore[return-value]


def week(here: DeskWindow) -> WeekView:
    return here.window.findChild(WeekView)  # type: ignore[return-value]


def panel(here: DeskWindow) -> DayTable:
    return here.window.findChild(DayTable)  # type: ignore[return-value]


def rows(here: DeskWindow) -> list[Any]:
    """What the panel lists."""
    model = panel(here).model()
    return [model.index(at, 0).data(Qt.ItemDataRole.UserRole) for at in range(model.rowCount())]


def cell_says(here: DeskWindow, day: dt.date = DAY) -> str:
    """A day of the month, as a screen reader is told."""
    model = month(here).model()
    assert isinstance(model, MonthModel)
    return str(model.place(day).data(Qt.ItemDataRole.AccessibleTextRole))


def settle(here: DeskWindow) -> None:
    """Until the day that was walked to has been asked for and shown."""
    here.qtbot.waitUntil(lambda: not calendar(here)._settle.isActive())
    here.quiet()


def open_day(here: DeskWindow, day: dt.date = DAY) -> None:
    here.go("calendar", day=day)
    settle(here)


def into_the_day(here: DeskWindow, day: dt.date = DAY) -> None:
    """Into the panel, with the cursor on the first departure."""
    open_day(here, day)
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_Home)


def choose(button: FilterButton, word: str) -> None:
    """A choice of a filter's menu."""
    button.chosen.emit(dict(button._choices)[word])
