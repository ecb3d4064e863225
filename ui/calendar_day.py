"""The chosen day: its departures, who is on each of them, and what can be done with either.

Beside the month and the week it is a panel, and the day's own page when it stands alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import actions, fonts
from ui.calendar_look import DayLook
from ui.calendar_paint import DayRowDelegate, say
from ui.calendar_rows import (
    FEW,
    MORE,
    DayRow,
    Group,
    Item,
    Key,
    More,
    before_asked,
    group_key,
    rows_of,
    waiting,
)
from ui.pulse import pulse
from ui.screen import is_offered
from ui.widgets.button import APART, Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.label import Hairline, Label
from ui.widgets.list_table import ListTable
from ui.widgets.loading import Loading
from ui.widgets.quiet_rows import in_place
from ui.widgets.row_model import Column, Index, RowModel
from ui.wording.dates import long_day
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.calendar_facts import CalendarDay, CalendarLine, DepartureKey

COLUMNS = (Column("all", "", stretch=True),)
GROUP_HEIGHT, ROW_HEIGHT, TALL_ROW = 56, 44, 50
_DOWN, _BESIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
DEEDS = ("close-departure", "seats", "guide")


class DayPanel(QWidget):
    """Tells what people want.

    `confirm_wanted` and `opened` with a reservation's id; `deed_wanted` with a word of DEEDS
    about the departure under the cursor; `print_wanted` (what), `checkin_wanted`,
    `close_wanted` (of a trip that has left), `left`.
    """

    confirm_wanted = Signal(int)
    opened = Signal(int)
    deed_wanted = Signal(str)
    print_wanted = Signal(str)
    checkin_wanted = Signal()
    close_wanted = Signal()
    left = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._look: DayLook | None = None
        self._fresh, self._alone = True, False
        self._date = dt.date.min
        self._opened: frozenset[Key] = frozenset()
        self._wanted_key: Key | None = None
        self._head, self._text = Label("", 20, 600), Label("", 13, 400, "ink2", wrap=True)
        self._delegate = DayRowDelegate(now)
        self._model = RowModel(COLUMNS, lambda row: row.key, lambda row, _key: say(row, now()), self)
        self._table = DayTable(self._model, self._delegate)
        self._loading = Loading(self._table)
        self._empty = EmptyState("")
        self._checkin = Button("", "primary", icon="checkin", key=actions.cap("open-checkin"), height=36)
        papers = (("day-sheet", "print"), ("day-vouchers", "voucher"))
        self._papers = {
            word: Button("", icon=icon, key=actions.cap(word), height=36) for word, icon in papers
        }
        self._trip = Button("", icon="trip", key=actions.cap("close-trip"), height=36)
        self._deeds = {word: Button("", key=actions.cap(word), height=30) for word in DEEDS}
        self._build()
        self._connect()
        self._beats = 0
        pulse().join(self._beat)
        self.retranslate()

    @property
    def table(self) -> DayTable:
        """The rows."""
        return self._table

    @property
    def reservation_id(self) -> int | None:
        """The reservation under the cursor, where the panel has the keyboard."""
        row = self._table.row
        return row.row.id if self._table.hasFocus() and isinstance(row, Item) else None

    @property
    def waiting_id(self) -> int | None:
        """The reservation that Confirm is about: under the cursor, else the first that waits there or at all."""
        row = self._table.row if self._table.hasFocus() else None
        if isinstance(row, Item):
            return row.row.id if row.waits else None
        if self._look is None:
            return None
        first = waiting(rows_of(self._look, self._opened))
        if isinstance(row, Group):
            first = [item for item in first if item.group == row.key]
        return first[0].row.id if first else None

    @property
    def line(self) -> CalendarLine | None:
        """The departure under the cursor, or that of the reservation under it."""
        row = self._table.row
        key = row.key if isinstance(row, Group) else row.group if isinstance(row, Item | More) else None
        heading = self._model.row(self._model.place_of(key)) if key is not None else None
        return heading.line if isinstance(heading, Group) else None

    @property
    def on_departure(self) -> CalendarLine | None:
        """The departure whose heading is under the cursor, where the panel has the keyboard."""
        return self.line if self._table.hasFocus() and isinstance(self._table.row, Group) else None

    @property
    def reservations(self) -> tuple[int, ...]:
        """Every reservation that is shown, from the top."""
        return tuple(row.row.id for row in self._model.rows if isinstance(row, Item))

    def go_to(self, reservation_id: int) -> None:
        """Put the cursor on a reservation, where it is shown."""
        at = self._model.place_of(("reservation", reservation_id))
        if at >= 0:
            self._table.go_to(at)

    def show_day(self, day: CalendarDay | None, date: dt.date, *, today: bool) -> None:
        """Another day: its departures at once, its reservations when they are there."""
        other = self._fresh or date != self._date
        self._date = date
        self._head.setText(long_day(date))
        self._checkin.setVisible(today and is_offered(self, "checkin"))
        if not other:
            return
        self._look, self._opened, self._fresh = None, frozenset(), False
        self._say_sum(day, None)
        self._model.show_rows(before_asked(day) if day is not None else [])
        self._show_empty(loading=True)
        if self._model.rowCount():
            self._loading.stop()
        else:
            self._loading.setGeometry(self._table.viewport().rect())
            self._loading.start()
        self._settle()

    def show_look(self, found: DayLook, *, quietly: bool = False) -> None:
        """The answer; the row under the cursor stays, and `quietly` it does not even move."""
        first = self._look is None
        self._loading.stop()
        self._look = found
        rows, held_back = self._rows(found), 0
        if quietly and self._table.row is not None:
            rows, held_back = in_place(self._model.rows, rows, self._table.row.key, lambda row: row.key)
        self._say_sum(found.day, len(waiting(rows_of(found, frozenset()))))
        self._say_held_back(held_back)
        self._model.show_rows(rows)
        self._show_empty(loading=False)
        if self._wanted_key is not None:
            self._walk_to(self._wanted_key)
        elif first:
            self._table.go_to_first()
        self._settle()

    def go_to_departure(self, key: DepartureKey | None) -> None:
        """Put the cursor on a departure, now or when it is there."""
        self._wanted_key = ("departure", key) if key is not None else None
        if self._look is not None and self._wanted_key is not None:
            self._walk_to(self._wanted_key)

    def stand_alone(self, alone: bool) -> None:
        """As the day's own page, whose title stands above it, or as a panel."""
        self._alone = alone
        self._head.setVisible(not alone)
        self._foot.setDirection(_BESIDE if alone else _DOWN)
        if self._look is not None:
            self._model.show_rows(self._rows(self._look))

    def forget(self) -> None:
        """The next day shown is read anew even if it is the same."""
        self._fresh = True

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._checkin.set_text(actions.text("open-checkin"))
        self._trip.set_text(actions.text("close-trip"))
        for word, button in self._papers.items():
            button.set_text(actions.text(word))
        self._table.setAccessibleName(self.tr("The day's departures"))
        self._empty.say(
            self.tr("No departures"), self.tr("Nothing runs on this day, and nobody has booked it.")
        )
        self._settle()

    def _build(self) -> None:
        column, head, foot = QVBoxLayout(self), QVBoxLayout(), QBoxLayout(_DOWN)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head.setContentsMargins(fonts.px(16), fonts.px(16), fonts.px(16), fonts.px(12))
        head.setSpacing(4)
        head.addWidget(self._head)
        head.addWidget(self._text)
        foot.setContentsMargins(fonts.px(16), fonts.px(6), fonts.px(16), fonts.px(6))
        foot.setSpacing(fonts.px(4))
        foot.addWidget(Flow(*self._deeds.values(), spacing=APART, below=2, middle=True), 1)
        foot.addWidget(
            Flow(self._checkin, *self._papers.values(), self._trip, spacing=APART, below=2, middle=True)
        )
        self._foot = foot
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)
        self._empty.hide()
        self._checkin.hide()
        self._trip.hide()

    def _connect(self) -> None:
        self.setFocusProxy(self._table)
        self._model.modelReset.connect(self._table.set_heights)
        self._table.moved.connect(self._settle)
        self._table.pressed_more.connect(self._open_group)
        self._table.confirm_pressed.connect(self.confirm_wanted)
        self._table.opened.connect(self._open_row)
        self._table.left.connect(self.left)
        self._checkin.clicked.connect(self.checkin_wanted)
        self._trip.clicked.connect(self.close_wanted)
        for word, button in self._papers.items():
            button.clicked.connect(partial(self.print_wanted.emit, word))
        for word, button in self._deeds.items():
            button.clicked.connect(lambda _checked=False, word=word: self.deed_wanted.emit(word))

    def _rows(self, found: DayLook) -> list[DayRow]:
        return rows_of(found, self._opened, MORE if self._alone else FEW)

    def _settle(self, _row: object = None) -> None:
        """The buttons are about the departure under the cursor."""
        line = self.line
        closed = line is not None and line.closed
        left_at = line.departs_at if line is not None and line.departure_id is not None else None
        has_left = left_at is not None and left_at <= self._now()
        self._trip.setVisible(has_left and is_offered(self, "trips"))
        words = {
            "close-departure": self.tr("Open sale") if closed else self.tr("Close sale"),
            "seats": actions.text("seats"),
            "guide": actions.text("guide"),
        }
        for word, button in self._deeds.items():
            if button.text() != words[word]:
                button.set_text(words[word])
            if line is None:
                button.forbid(self.tr("Choose a departure first"))
            else:
                button.allow()
        may = self._look is None or self._look.may_change_seats
        if line is not None and not may:
            self._deeds["seats"].forbid(self.tr("Only a manager changes how many seats there are"))

    def _show_empty(self, *, loading: bool) -> None:
        nobody = self._model.rowCount() == 0
        self._table.setVisible(not nobody or loading)
        self._empty.setVisible(nobody and not loading)

    def _say_sum(self, day: CalendarDay | None, orders: int | None) -> None:
        if day is None:
            self._text.setText("")
            return
        guests = sum(line.taken if not line.unmatched else line.heads for line in day.lines)
        parts = [
            self.tr("{guests} guests of {seats} seats.").format(
                guests=number_words(guests), seats=number_words(day.seats)
            )
        ]
        over = sum(line.over for line in day.lines)
        rest = [self.tr("{count} in").format(count=day.arrived)] if day.arrived else []
        if orders:
            rest.append(self.tr("{count} to confirm").format(count=orders))
        if over:
            rest.append(self.tr("{count} over").format(count=over))
        self._text.setText(" ".join([*parts, f"{', '.join(rest)}." if rest else ""]).strip())

    def _say_held_back(self, count: int) -> None:
        """What others changed above the cursor waits until somebody asks for it."""
        if count:
            words = self.tr("Changes above: {count}. {key} shows them.")
            told = words.format(count=number_words(count), key=actions.cap("refresh"))
            self._text.setText(f"{self._text.text()} {told}".strip())

    def _beat(self) -> None:
        """What is left of each promise is written anew three times a minute."""
        self._beats = (self._beats + 1) % 20
        if not self._beats and self._table.isVisible():
            self._table.viewport().update()

    def _walk_to(self, key: Key) -> None:
        at = self._model.place_of(key)
        if at >= 0:
            self._table.go_to(at)
            self._wanted_key = None

    def _open_group(self, more: More) -> None:
        self._toggle(more.group)

    def _open_row(self, row: DayRow) -> None:
        if isinstance(row, Item):
            self.opened.emit(row.row.id)
        elif isinstance(row, Group) and row.line is not None:
            self._toggle(group_key(row.line))

    def _toggle(self, key: Key) -> None:
        """Everybody of a departure, or the first few again; the cursor stays where it is, or on the heading."""
        self._opened ^= {key}
        if self._look is None:
            return
        at = self._table.currentIndex().row()
        self._model.show_rows(self._rows(self._look))
        if key in self._opened:
            self._table.go_to(at)
        else:
            self._walk_to(key)


class DayTable(ListTable):
    """The rows of a day: Enter on a departure or on 'and 4 more' opens it, Esc leaves."""

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

    def go_to_first(self) -> None:
        """The first reservation (those that wait stand first), or the first departure where there is none."""
        rows = [self._rows.row(at) for at in range(self._rows.rowCount())]
        waits = next((at for at, row in enumerate(rows) if isinstance(row, Item) and row.waits), -1)
        first = next((at for at, row in enumerate(rows) if isinstance(row, Item)), 0)
        if rows:
            self.go_to(waits if waits >= 0 else first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()  # to the day before or after, where the day stands alone
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(self.row, More):
            self.pressed_more.emit(self.row)
        else:
            super().keyPressEvent(event)

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
