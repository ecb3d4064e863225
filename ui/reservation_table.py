"""The list of reservations itself: a scroll bar over everything, a cursor that stays, ticks, and columns to arrange.

With Shift the arrows tick what they pass, from where the first of them was pressed; so does a click.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from models.rows import ReservationRow
from ui import fonts
from ui.act_by import act_by_words
from ui.reservation_cells import ReservationRows
from ui.reservation_columns import Layout, shown
from ui.reservation_words import say
from ui.widgets.list_table import ListTable
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.snapshot_model import SnapshotModel
from ui.widgets.ticks import Ticks

_MOVES = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
_NO_KEY = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ReservationTable(ListTable):
    """`arranged` brings the columns and widths after somebody pulled a heading about."""

    arranged = Signal(object)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        self._now, self._layout = now, Layout()
        self._told: list[str] = []
        self._cells = ReservationRows(now)
        self._span: tuple[int, Ticks] | None = None
        self.model_ = SnapshotModel(shown(self._layout.columns), self._say)
        super().__init__(self.model_, self._cells, name="", parent=parent)
        self.model_.setParent(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, self))
        corner = QWidget()
        corner.setAutoFillBackground(True)
        corner.setBackgroundRole(QPalette.ColorRole.Base)
        self.setCornerWidget(corner)
        heading = self.heading
        heading.let_arrange()
        heading.moved.connect(self._move_columns)
        heading.pulled.connect(self._widen_column)
        self.show_layout(self._layout)
        self.show_sorting("departure", ascending=True)

    # the rows

    def show_first(self, rows: tuple[ReservationRow, ...], ids: array[int]) -> None:
        """The beginning of another list, with the cursor on its first row."""
        self.model_.show_ids(array("q"))
        self.model_.know(rows)
        self.model_.show_ids(ids)
        if rows:
            self.go_to(0)
        self.scrollToTop()

    def show_ids(self, ids: array[int]) -> None:
        """The same list as it is now. The cursor stays on its row, or on the one that took its place."""
        at, kept = self.currentIndex().row(), self.model_.identity_at(self.currentIndex().row())
        top = self.rowAt(0)
        top_id, offset = self.model_.identity_at(top), self.rowViewportPosition(top) if top >= 0 else 0
        before = self.model_.ids
        self.model_.show_ids(ids)
        if len(ids) >= len(before) and ids[: len(before)] == before:
            return  # nothing moved
        if kept is not None and len(ids):
            found = self.model_.place_of(kept, at)
            self.go_to(found if found >= 0 else min(at, len(ids) - 1))
        if top_id is not None:
            self._bring_back(self.model_.place_of(top_id, top), offset)

    def way_to(self, row: ReservationRow) -> dict[str, Any]:
        """What the page of a reservation is told: which one it is, and where it stands in which list."""
        return {"reservation": row.id, "among": self.model_.ids, "at": self.currentIndex().row()}

    def stand_on(self, reservation_id: int | None, near: int) -> None:
        """Back from a page the cursor stands on the one that was shown there last."""
        at = -1 if reservation_id is None else self.model_.place_of(reservation_id, near)
        if at >= 0 and at != self.currentIndex().row():
            self.go_to(at)

    def read_again(self) -> None:
        """Something has changed somewhere: the rows in sight are read anew, the others when they are looked at."""
        self.model_.forget_facts()
        first, last = self._in_sight()
        self.model_.want(first, last)

    def show_zone(self, zone: str) -> None:
        """On whose clock orders are dated."""
        self._cells.zone = zone
        self.viewport().update()

    def follow_clock(self) -> None:
        """Repaint the rows in sight when one of their times left reads differently now."""
        now = self._now()
        first, last = self._in_sight()
        rows = (self.model_.row(at) for at in range(first, last + 1))
        told = [act_by_words(row, now) for row in rows if row is not None]
        if told != self._told:
            self._told = told
            self.viewport().update()

    # the columns

    @property
    def arrangement(self) -> Layout:
        """Which columns are shown, and how wide."""
        return self._layout

    def show_layout(self, layout: Layout) -> None:
        """These columns, from left to right."""
        self._layout = layout
        columns = shown(layout.columns)
        if columns != self.model_.columns:
            top, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
            self.model_.show_columns(columns)
            self.verticalScrollBar().setValue(top)
            self.horizontalScrollBar().setValue(left)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # what people do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES and held == _SHIFT and self.currentIndex().isValid():
            anchor, besides = self._span or (self.currentIndex().row(), self.model_.ticks)
            super().keyPressEvent(QKeyEvent(event.type(), key, _NO_KEY))
            self.model_.tick_span(anchor, self.currentIndex().row(), besides)
            self._span = anchor, besides
        else:
            self._span = None if key != Qt.Key.Key_Shift else self._span
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        before = self.currentIndex().row()
        self._span = None
        super().mousePressEvent(event)
        at = self.indexAt(event.position().toPoint()).row()
        if at >= 0 and before >= 0 and event.modifiers() & _SHIFT:
            self.model_.tick_span(before, at, self.model_.ticks)

    def _set_columns(self) -> None:
        """All widths are ours to give."""
        self.heading.setMinimumSectionSize(fonts.px(36))
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _fit(self) -> None:
        """Each as wide as it was pulled, else as it needs; what is left goes to the widest, else to the last."""
        columns, widths = self.model_.columns, self._layout.widths
        wide = [fonts.px(widths.get(column.key, column.width)) for column in columns]
        grows = next(
            (n for n, c in enumerate(columns) if c.stretch and c.key not in widths), len(columns) - 1
        )
        wide[grows] += max(0, self.viewport().width() - sum(wide))
        for number, width in enumerate(wide):
            self.heading.resizeSection(number, width)

    def _move_columns(self, order: list[int]) -> None:
        keys = tuple(self.model_.columns[number].key for number in order)
        self._arrange(Layout(tuple(key for key in keys if key != "tick"), self._layout.widths))

    def _widen_column(self, number: int) -> None:
        key = self.model_.columns[number].key
        width = round(self.heading.sectionSize(number) / fonts.px(100) * 100)
        self._arrange(Layout(self._layout.columns, {**self._layout.widths, key: width}))

    def _arrange(self, layout: Layout) -> None:
        self.show_layout(layout)
        self.arranged.emit(layout)

    def _in_sight(self) -> tuple[int, int]:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(0, first), self.model_.rowCount() - 1 if last < 0 else last

    def _bring_back(self, at: int, offset: int) -> None:
        if at >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(at) - offset)

    def _say(self, row: Any, key: str) -> str:
        return say(row, key, self._now(), self._cells.zone)
