"""The closed days of a year as a list: its month, its day, its name, and whose day it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from models.frozen import frozen
from models.holidays import OfficeDay
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.text import paint_text
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import day_word, long_day, month_word

translate = QCoreApplication.translate

COLUMNS = (
    Column("month", QT_TRANSLATE_NOOP("columns", "Month"), 136, inset=12),
    Column("day", QT_TRANSLATE_NOOP("columns", "Day"), 116),
    Column("name", QT_TRANSLATE_NOOP("columns", "Name"), stretch=True),
    Column("kind", QT_TRANSLATE_NOOP("columns", "Closed because"), 190),
)


@frozen
class HolidayRow:
    """One day of the list; the first of its month carries the month's heading."""

    of: OfficeDay
    heads_month: bool


NARROW = 640
"""Below this width the names need the room that words and long months take."""


class HolidayList(Board):
    """The year, a row a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = RowModel(COLUMNS, lambda row: row.of.day, row_words)
        super().__init__(self.model_, _Rows(), name="", row_height=40, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def show_days(self, days: Iterable[OfficeDay]) -> None:
        """Other days; the cursor stays on its day."""
        rows, month = [], 0
        for one in days:
            rows.append(HolidayRow(one, one.day.month != month))
            month = one.day.month
        self.model_.show_rows(rows)

    def go_to_day(self, day: date) -> None:
        """The cursor on this day, or on the next one after it."""
        days = [self.model_.row(at).of.day for at in range(self.model_.rowCount())]
        self.go_to(next((at for at, one in enumerate(days) if one >= day), len(days) - 1))
        self.scroll_to_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < fonts.px(NARROW)
        self.set_column_width("month", 120 if narrow else 136)
        self.set_column_width("day", 100 if narrow else 116)
        self.set_column_width("kind", 40 if narrow else 190)
        super().resizeEvent(event)

    @property
    def chosen(self) -> OfficeDay | None:
        """The day under the cursor."""
        row = self.row
        return row.of if isinstance(row, HolidayRow) else None


def kind_words(day: OfficeDay) -> str:
    """Why the office is closed, or that it is not."""
    if day.worked:
        return translate("holidays", "we work that day")
    return translate("holidays", "public holiday") if day.public else translate("holidays", "our own")


def row_words(row: HolidayRow, key: str) -> str:
    """A cell in words."""
    if key == "month":
        return month_word(row.of.day)
    if key == "day":
        return long_day(row.of.day)
    return name_words(row.of) if key == "name" else kind_words(row.of)


def name_words(day: OfficeDay) -> str:
    """The name of a day; an own one may have none."""
    return day.name or translate("holidays", "Closed")


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        day: OfficeDay = row.of
        quiet = day.worked
        if key == "month":
            if row.heads_month:
                paint_text(painter, rect, month_word(day.day), colours.ink, 15, 600)
        elif key == "day":
            paint_text(painter, rect, day_word(day.day), colours.ink3 if quiet else colours.ink, 13, 600)
        elif key == "name":
            paint_text(painter, rect, name_words(day), colours.ink3 if quiet else colours.ink, 13, 400)
        else:
            self._kind(painter, rect, day, colours)

    @staticmethod
    def _kind(painter: QPainter, rect: QRectF, day: OfficeDay, colours: theme.Colours) -> None:
        side = fonts.px(16)
        place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
        shape = "counter" if day.worked else "globe" if day.public else "person"
        paint_shape(painter, place, shape, "good" if day.worked else "", colours)
        if rect.width() < fonts.px(80):
            return  # the shape alone; its words are in the tooltip, and in the button above
        ink = colours.families["good"].text if day.worked else colours.ink2
        paint_text(painter, rect.adjusted(fonts.px(24), 0, 0, 0), kind_words(day), ink, 13, 400)
