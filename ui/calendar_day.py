"""The chosen day beside the month: its departures, who is on each of them, and Confirm where it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions, fonts
from ui.calendar_look import DayLook
from ui.calendar_paint import DayRowDelegate, say
from ui.calendar_rows import DayRow, Group, Item, Key, More, before_asked, rows_of, waiting
from ui.pulse import pulse
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Hairline, Label
from ui.widgets.list_table import ListTable
from ui.widgets.loading import Loading
from ui.widgets.row_model import Column, Index, RowModel
from ui.wording.dates import long_day
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.calendar import CalendarDay

COLUMNS = (Column("all", "", stretch=True),)
GROUP_HEIGHT, ROW_HEIGHT, TALL_ROW = 56, 44, 50


class DayPanel(QWidget):
    """Tells what people want: `confirm_wanted` and `opened` with a reservation's id, `left`, `checkin_wanted`."""

    confirm_wanted = Signal(int)
    opened = Signal(int)
    left = Signal()
    checkin_wanted = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: DayLook | None = None
        self._fresh = True
        self._date = dt.date.min
        self._opened: frozenset[Key] = frozenset()
        self._head, self._text = Label("", 20, 600), Label("", 13, 400, "ink2", wrap=True)
        self._delegate = DayRowDelegate(now)
        self._model = RowModel(COLUMNS, lambda row: row.key, lambda row, _key: say(row, now()), self)
        self._table = DayTable(self._model, self._delegate)
        self._loading = Loading(self._table)
        self._empty = EmptyState("")
        self._checkin = Button("", "primary", icon="checkin", key=actions.cap("open-checkin"), height=36)
        self._build()
        self.setFocusProxy(self._table)
        self._model.modelReset.connect(self._table.set_heights)
        self._table.pressed_more.connect(self._open_group)
        self._table.confirm_pressed.connect(self.confirm_wanted)
        self._table.opened.connect(self._open_row)
        self._table.left.connect(self.left)
        self._checkin.clicked.connect(self.checkin_wanted)
        self._beats = 0
        pulse().join(self._beat)
        self.retranslate()

    @property
    def waiting_id(self) -> int | None:
        """The reservation that Confirm is about: the one under the cursor, else the first that waits."""
        row = self._table.row
        if self._table.hasFocus() and isinstance(row, Item):
            return row.row.id if row.waits else None
        if self._look is None:
            return None
        first = waiting(rows_of(self._look, self._opened))
        return first[0].row.id if first else None

    def show_day(self, day: CalendarDay | None, date: dt.date, *, today: bool) -> None:
        """Another day: its departures at once, its reservations when they are there."""
        other = self._fresh or date != self._date
        self._date = date
        self._head.setText(long_day(date))
        self._checkin.setVisible(today)
        if not other:
            return
        self._look, self._opened, self._fresh = None, frozenset(), False
        self._say_sum(day, None)
        self._model.show_rows(before_asked(day) if day is not None else [])
        self._show_empty(loading=True)
        self._loading.start()

    def show_look(self, found: DayLook) -> None:
        """The answer; the row under the cursor stays."""
        self._loading.stop()
        self._look = found
        self._say_sum(found.day, len(waiting(rows_of(found, frozenset()))))
        self._model.show_rows(rows_of(found, self._opened))
        self._show_empty(loading=False)

    def forget(self) -> None:
        """The next day shown is read anew even if it is the same."""
        self._fresh = True

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._checkin.set_text(actions.text("open-checkin"))
        self._table.setAccessibleName(self.tr("The day's departures"))
        self._empty.say(
            self.tr("No departures"), self.tr("Nothing runs on this day, and nobody has booked it.")
        )

    def _build(self) -> None:
        column, head, foot = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head.setContentsMargins(fonts.px(16), fonts.px(16), fonts.px(16), fonts.px(12))
        head.setSpacing(4)
        head.addWidget(self._head)
        head.addWidget(self._text)
        foot.setContentsMargins(fonts.px(13), fonts.px(8), fonts.px(13), fonts.px(8))
        foot.addWidget(self._checkin)
        foot.addStretch(1)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(foot)
        self._empty.hide()
        self._checkin.hide()

    def _show_empty(self, *, loading: bool) -> None:
        nobody = self._model.rowCount() == 0
        self._table.setVisible(not nobody or loading)
        self._empty.setVisible(nobody and not loading)

    def _say_sum(self, day: CalendarDay | None, orders: int | None) -> None:
        if day is None:
            self._text.setText("")
            return
        guests = sum(line.taken if not line.unmatched else line.confirmed for line in day.lines)
        parts = [
            self.tr("{guests} guests of {seats} seats.").format(
                guests=number_words(guests), seats=number_words(day.seats)
            )
        ]
        arrived = sum(line.arrived for line in day.lines)
        rest = [self.tr("{count} in").format(count=arrived)] if arrived else []
        if orders:
            rest.append(self.tr("{count} to confirm").format(count=orders))
        self._text.setText(" ".join([*parts, f"{', '.join(rest)}." if rest else ""]).strip())

    def _beat(self) -> None:
        """What is left of each promise is written anew three times a minute."""
        self._beats = (self._beats + 1) % 20
        if not self._beats and self._table.isVisible():
            self._table.viewport().update()

    def _open_group(self, more: More) -> None:
        self._opened |= {more.group}
        if self._look is not None:
            at = self._table.currentIndex().row()
            self._model.show_rows(rows_of(self._look, self._opened))
            self._table.go_to(at)

    def _open_row(self, row: DayRow) -> None:
        if isinstance(row, Item):
            self.opened.emit(row.row.id)


class DayTable(ListTable):
    """The list of the panel: headings are passed over, Enter on 'and 4 more' opens it, Esc leaves."""

    pressed_more = Signal(object)
    confirm_pressed = Signal(int)
    left = Signal()

    def __init__(self, model: RowModel, delegate: DayRowDelegate) -> None:
        super().__init__(model, delegate, name="", row_height=ROW_HEIGHT)
        self._painter = delegate
        self.horizontalHeader().hide()

    def set_heights(self) -> None:
        """Headings are higher than rows."""
        for at in range(self._rows.rowCount()):
            row = self._rows.row(at)
            tall = isinstance(row, Item) and bool(row.row.unmatched)
            height = GROUP_HEIGHT if isinstance(row, Group) else TALL_ROW if tall else ROW_HEIGHT
            self.setRowHeight(at, fonts.px(height))
        if isinstance(self.row, Group) or self.row is None:
            self._walk(0, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self.currentIndex().row()
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
        if key in steps:
            self._walk(at + steps[key], steps[key])
        elif key == Qt.Key.Key_Home:
            self._walk(0, 1)
        elif key == Qt.Key.Key_End:
            self._walk(self._rows.rowCount() - 1, -1)
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Left}:
            self.left.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(self.row, More):
            self.pressed_more.emit(self.row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not isinstance(self._row_at(event), Group):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._row_at(event)
        if isinstance(row, More):
            self.pressed_more.emit(row)
        elif isinstance(row, Item) and row.waits:
            whole = QRectF(self.visualRect(self.indexAt(event.position().toPoint())))
            if self._painter.confirm_place(whole).contains(event.position()):
                self.confirm_pressed.emit(row.row.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # first out of the panel, then out of the calendar
            return True
        return super().event(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def _row_at(self, event: QMouseEvent) -> Any:
        return self._rows.row(self.indexAt(event.position().toPoint()).row())

    def _walk(self, at: int, step: int) -> None:
        """To the next row in this direction that is not a heading."""
        while isinstance(self._rows.row(at), Group):
            at += step
        if self._rows.row(at) is not None:
            self.go_to(at)
