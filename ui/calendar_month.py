"""A month as a sheet of days: which day is chosen, and how the arrow keys walk over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.calendar_cell import DayDelegate
from ui.calendar_names import Names
from ui.months import first_of, month_step, span
from ui.paint.text import paint_text
from ui.widgets.tip import plain
from ui.wording.dates import long_day, weekday

if TYPE_CHECKING:
    from models.calendar_facts import CalendarDay, CalendarLine
    from ui.calendar_look import MonthLook

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


@frozen
class Cell:
    """One day of the sheet. `facts` is None until the database has answered; with `some` not all are counted."""

    day: dt.date
    facts: CalendarDay | None
    in_month: bool
    past: bool
    today: bool
    some: bool = False
    note: str = ""  # why the office is closed


class MonthModel(QAbstractTableModel):
    """The days of one month's sheet, Monday first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = self.today = dt.date(2000, 1, 1)
        self._days: Mapping[dt.date, CalendarDay] = {}
        self.names: Names = {}
        self._some = False
        self._notes: dict[dt.date, str] = {}

    def show_month(self, month: dt.date, today: dt.date, found: MonthLook | None) -> None:
        """Another month, or newer facts about the same; without facts the days stand empty."""
        other = first_of(month) != self.month
        if other:
            self.beginResetModel()
        self.month, self.today = first_of(month), today
        self._days, self.names = (found.days, found.names) if found else ({}, {})
        self._some = found is not None and found.key[1].counts_some
        if other:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 6))

    def show_notes(self, notes: dict[dt.date, str]) -> None:
        """On which days the office is closed, and why."""
        self._notes = notes
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 6))

    def cell(self, row: int, column: int) -> Cell:
        """The day at a place."""
        day = span(self.month)[0] + dt.timedelta(days=row * 7 + column)
        in_month = first_of(day) == self.month
        facts, note = self._days.get(day), self._notes.get(day, "")
        return Cell(day, facts, in_month, day < self.today, day == self.today, self._some, note)

    def place(self, day: dt.date) -> QModelIndex:
        """Where a day stands; nowhere when it is not on the sheet."""
        row, column = divmod((day - span(self.month)[0]).days, 7)
        return self.index(row, column) if 0 <= row < self.rowCount() else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        first, last = span(self.month)
        return 0 if parent.isValid() else ((last - first).days + 1) // 7

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.UserRole:
            return self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self._say(self.cell(index.row(), index.column()))
            return plain(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def _say(self, cell: Cell) -> str:
        return long_day(cell.day) if cell.facts is None else say_day(cell.facts, cell.note)


def say_day(facts: CalendarDay, note: str = "") -> str:
    """A day in words, for a screen reader: its guests, who waits and who is in, and its departures."""
    head = [f"{long_day(facts.day)}: {translate('calendar', '{n} guests').format(n=facts.guests)}"]
    if facts.unconfirmed:
        head.append(translate("calendar", "{n} wait to be confirmed").format(n=facts.unconfirmed))
    if facts.arrived:
        head.append(translate("calendar", "{n} in").format(n=facts.arrived))
    if note:
        head.append(note)
    lines = [say_line(line) for line in facts.lines if not line.unmatched]
    return "\n".join([", ".join(head), *lines])


def say_line(line: CalendarLine) -> str:
    """'14:00 Tea House Walk, Afternoon: 10/8, 2 over'."""
    told = [f"{line.taken}/{line.capacity}"]
    if line.over:
        told.append(translate("calendar", "{count} over").format(count=line.over))
    if line.closed:
        told.append(translate("calendar", "Closed"))
    for words, count in (
        (translate("calendar", "{n} wait to be confirmed"), line.unconfirmed),
        (translate("calendar", "{n} in"), line.arrived),
    ):
        if count:
            told.append(words.format(n=count))
    return f"{line.starts} {line.product}, {line.option}: {', '.join(told)}"


class MonthView(QTableView):
    """`moved` brings the day the keys or the mouse went to, `entered` the day to go into."""

    moved = Signal(object)
    entered = Signal(object)

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = model
        self.setModel(model)
        self.setItemDelegate(DayDelegate(self))
        self.setHorizontalHeader(_Weekdays(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setMinimumSectionSize(fonts.px(40))
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @property
    def day(self) -> dt.date | None:
        """The chosen day."""
        index = self.currentIndex()
        return self._month.cell(index.row(), index.column()).day if index.isValid() else None

    def choose(self, day: dt.date) -> None:
        """Put the ring round a day of the sheet."""
        self.setCurrentIndex(self._month.place(day))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = Qt.Key(event.key()), self.day
        if day is not None and key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(day + dt.timedelta(days=_STEPS[key]))
        elif day is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(day)
        elif day is not None and key == Qt.Key.Key_Home:
            self.moved.emit(first_of(day))
        elif day is not None and key == Qt.Key.Key_End:
            self.moved.emit(month_step(first_of(day), 1) - dt.timedelta(days=1))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.moved.emit(self._month.cell(index.row(), index.column()).day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.entered.emit(self._month.cell(index.row(), index.column()).day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()


class _Weekdays(QHeaderView):
    """Mon to Sun; today's is written in ink."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Weekdays"))

    def sizeHint(self) -> QSize:
        return QSize(100, fonts.px(30))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, MonthModel):
            return
        colours = theme.of(self.palette())
        painter.save()
        painter.fillRect(rect, colours.surface)
        for edge in (
            QRect(rect.x(), rect.bottom(), rect.width(), 1),
            QRect(rect.right(), rect.y(), 1, rect.height()),
        ):
            painter.fillRect(edge, colours.line)
        monday = span(model.month)[0]
        on = first_of(model.today) == model.month and model.today.weekday() == section
        place = QRectF(rect).adjusted(fonts.px(12), 0, 0, 0)
        name = weekday(monday + dt.timedelta(days=section))
        paint_text(painter, place, name, colours.ink if on else colours.ink2, 12, 700 if on else 500)
        painter.restore()
