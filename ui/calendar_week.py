"""A week as seven columns of departures: which one is chosen, and how the arrow keys walk over them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.calendar_month import Index, say_day, say_line
from ui.calendar_week_cell import ROW_HEIGHT, WeekDelegate, paint_day_head
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.tip import plain
from ui.wording.dates import long_day

if TYPE_CHECKING:
    from models.calendar_facts import CalendarDay, CalendarLine, DepartureKey
    from ui.calendar_look import MonthLook

_ROW = Qt.ItemDataRole.UserRole
_SAY = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


@frozen
class Slot:
    """One place of the week: a departure of a day, or None below the last. With `some` not all are counted."""

    day: dt.date
    line: CalendarLine | None
    past: bool
    empty: bool = False
    some: bool = False


class WeekModel(QAbstractTableModel):
    """The seven days from a Monday on, each with its departures by time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.monday = self.today = dt.date(2000, 1, 3)
        self._days: dict[dt.date, CalendarDay] = {}
        self._names: dict[tuple[str, str], tuple[str, str]] = {}
        self._some = False
        self._notes: dict[dt.date, str] = {}

    def show_notes(self, notes: dict[dt.date, str]) -> None:
        """On which days the office is closed, and why."""
        self._notes = notes
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 6)

    def note(self, column: int) -> str:
        """Why the office is closed on the day of a column; '' where it is not."""
        return self._notes.get(self.monday + dt.timedelta(days=column), "")

    def show_week(self, monday: dt.date, today: dt.date, found: MonthLook | None) -> None:
        """Another week, or newer facts about the same; without facts the days stand empty."""
        self.beginResetModel()
        self.monday, self.today = monday, today
        days = found.days if found else {}
        self._days = {day: days[day] for day in self.days if day in days}
        self._names = found.names if found else {}
        self._some = found is not None and found.key[1].counts_some
        self.endResetModel()

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Its seven days."""
        return tuple(self.monday + dt.timedelta(days=n) for n in range(7))

    def facts(self, column: int) -> CalendarDay | None:
        """What is known of the day of a column."""
        return self._days.get(self.monday + dt.timedelta(days=column))

    def lines(self, column: int) -> tuple[CalendarLine, ...]:
        """The departures of the day of a column."""
        facts = self.facts(column)
        return facts.lines if facts is not None else ()

    def short_name(self, line: CalendarLine) -> tuple[str, str]:
        """The short name of its product, and of its option where that is needed."""
        return self._names.get((line.product, line.option), (line.product, line.option))

    def slot(self, row: int, column: int) -> Slot:
        """What stands at a place."""
        day, lines = self.monday + dt.timedelta(days=column), self.lines(column)
        line = lines[row] if row < len(lines) else None
        nothing = row == 0 and not lines and self.facts(column) is not None
        return Slot(day, line, day < self.today, nothing, self._some)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        most = max((len(self.lines(column)) for column in range(7)), default=0)
        return 0 if parent.isValid() else max(1, most)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == _ROW:
            return self.slot(index.row(), index.column())
        if role in _SAY:
            slot = self.slot(index.row(), index.column())
            line = f", {say_line(slot.line)}" if slot.line is not None else ""
            said = f"{long_day(slot.day)}{line}"
            return plain(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role in (Qt.ItemDataRole.DisplayRole, *_SAY):
            facts = self.facts(section)
            day = long_day(self.monday + dt.timedelta(days=section))
            said = say_day(facts, self.note(section)) if facts else day
            return plain(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None


class WeekView(QTableView):
    """`moved` brings the day the keys or the mouse went to, `entered` the departure to go into (or None)."""

    moved = Signal(object)
    entered = Signal(object)

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week = model
        self._at = 0  # the row that was wanted last; a shorter day does not forget it
        self.setModel(model)
        self.setItemDelegate(WeekDelegate(self))
        self.setHorizontalHeader(_DayHeads(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(parent=self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(fonts.px(ROW_HEIGHT))
        self.horizontalHeader().setMinimumSectionSize(fonts.px(60))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    @property
    def line(self) -> CalendarLine | None:
        """The chosen departure."""
        index = self.currentIndex()
        return self._week.slot(index.row(), index.column()).line if index.isValid() else None

    @property
    def key(self) -> DepartureKey | None:
        """Which departure that is."""
        return self.line.key if self.line is not None else None

    def choose(self, day: dt.date) -> None:
        """Put the ring into a day of the week, on the row that was wanted last."""
        column = (day - self._week.monday).days
        if 0 <= column < 7:
            last = max(0, len(self._week.lines(column)) - 1)
            self.setCurrentIndex(self._week.index(min(self._at, last), column))
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = Qt.Key(event.key()), self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not index.isValid():
            event.ignore()
            return
        last = max(0, len(self._week.lines(index.column())) - 1)
        rows = {Qt.Key.Key_Up: index.row() - 1, Qt.Key.Key_Down: index.row() + 1}
        rows |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        day = self._week.days[index.column()]
        if key in rows:
            self._at = min(last, max(0, rows[key]))
            self.choose(day)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.moved.emit(day + dt.timedelta(days=1 if key == Qt.Key.Key_Right else -1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(self.key)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._at = index.row()
            self.moved.emit(self._week.days[index.column()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered.emit(self.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class _DayHeads(QHeaderView):
    """Over each column its day, how full it is, and who waits and who is in."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Days of the week"))

    def sizeHint(self) -> QSize:
        return QSize(100, fonts.px(58))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, WeekModel):
            return
        painter.save()
        chosen = self._view.currentIndex().column() == section
        day = model.days[section]
        paint_day_head(
            painter,
            rect,
            day,
            model.facts(section),
            theme.of(self.palette()),
            chosen=chosen,
            today=day == model.today,
            past=day < model.today,
            note=model.note(section),
        )
        painter.restore()
