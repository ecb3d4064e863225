"""A list of rows the way every screen shows one: rows of one height, a cursor, ticks, and the keyboard.

Up, Down, J and K move, Enter opens, Space ticks; with Shift the arrows tick what they pass, Ctrl+A ticks all.
Letters are never a search in the list: they are the screen's keys. Tab leaves the list.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui import fonts
from ui.widgets.header_view import HeaderView
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Index, RowModel
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.viewport import own_viewport


class ListTable(QTableView):
    """`moved` brings the row under the cursor (or None), `opened` the row to open."""

    moved = Signal(object)
    opened = Signal(object)
    sort_wanted = Signal(str)

    def __init__(
        self,
        model: RowModel,
        delegate: RowDelegate,
        *,
        name: str,
        row_height: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        own_viewport(self)
        self._rows = model
        self._kept: tuple[Hashable | None, int] = (None, -1)
        self._heading = HeaderView(self)
        self.setHorizontalHeader(self._heading)
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self._set_up(row_height)
        self._set_columns()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._find_again)
        model.ticks_changed.connect(lambda: self._heading.viewport().update())
        self._heading.tick_all_wanted.connect(self.tick_all)
        self._heading.sort_wanted.connect(self.sort_wanted)

    @property
    def heading(self) -> HeaderView:
        """The headings above the columns."""
        return self._heading

    @property
    def row(self) -> Any:
        """The row under the cursor, or None."""
        return self._rows.row(self.currentIndex().row())

    def go_to(self, at: int) -> None:
        """Put the cursor on the row at this place and show it."""
        self.setCurrentIndex(self._rows.index(at, 0))

    def show_sorting(self, key: str, *, ascending: bool) -> None:
        """Where the arrow of the heading stands."""
        self._heading.show_sorting(key, ascending=ascending)

    def tick_all(self) -> None:
        """Tick all rows, or none when all were."""
        self._rows.tick_all(self._rows.all_ticked is not True)

    def toggle_tick(self) -> None:
        """Tick the row under the cursor, or take its tick away."""
        at = self.currentIndex().row()
        self._rows.tick_at(at, not self._rows.is_ticked_at(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        at, last = self.currentIndex().row(), self._rows.rowCount() - 1
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, ticks = not held, self._tick_column() >= 0
        steps = {Qt.Key.Key_J: at + 1, Qt.Key.Key_K: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if plain and key in steps and last >= 0:
            self.go_to(min(last, max(0, steps[key])))
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.row is not None:
            if not event.isAutoRepeat():  # a deed is done once, however long somebody leans on the key
                self.opened.emit(self.row)
        elif plain and key == Qt.Key.Key_Space and ticks:
            self.toggle_tick()
        elif ticks and event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick_all()
        elif event.text() and event.text().isprintable():
            event.ignore()  # a screen's own key, not a search in the list
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == self._tick_column():
            self._rows.tick_at(index.row(), not self._rows.is_ticked_at(index.row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self._rows.row(index.row())
        if row is not None and index.column() != self._tick_column():
            self.opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            self._repaint_row(index.row())
        if current.row() != previous.row():
            self.moved.emit(self.row)

    def _set_up(self, row_height: int) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(parent=self))
        upright = self.verticalHeader()
        upright.hide()
        upright.setMinimumSectionSize(8)
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(fonts.px(row_height))

    def _set_columns(self) -> None:
        self._heading.setMinimumSectionSize(fonts.px(24))
        for number, column in enumerate(self._rows.columns):
            stretch = QHeaderView.ResizeMode.Stretch
            self._heading.setSectionResizeMode(
                number, stretch if column.stretch else QHeaderView.ResizeMode.Fixed
            )
            if not column.stretch:
                self._heading.resizeSection(number, fonts.px(column.width))

    def _tick_column(self) -> int:
        return next((at for at, column in enumerate(self._rows.columns) if column.key == "tick"), -1)

    def _hover(self, row: int) -> None:
        before = self.property("hovered_row")
        if before != row:
            self.setProperty("hovered_row", row)
            self._repaint_row(-1 if before is None else int(before))
            self._repaint_row(row)

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    def _remember(self) -> None:
        at = self.currentIndex().row()
        self._kept = self._rows.identity_at(at), at

    def _find_again(self) -> None:
        """The cursor stays on its row; where that is gone, on the one that took its place."""
        identity, before = self._kept
        at = self._rows.place_of(identity) if identity is not None else -1
        if at >= 0:
            self.go_to(at)
        elif self._rows.rowCount():
            self.go_to(min(max(0, before), self._rows.rowCount() - 1))
        self.scroll_to_cursor()

    def scroll_to_cursor(self) -> None:
        """Bring the cursor into sight."""
        if self.currentIndex().isValid() and self.visualRect(self.currentIndex()).topLeft() != QPoint():
            self.scrollTo(self.currentIndex())
