"""Paints the rows of a list: the ground of a row here, what stands in a cell by whoever knows the row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import fonts, theme
from ui.paint.cells import paint_awaited, paint_tick_box
from ui.paint.text import paint_text
from ui.widgets.row_model import RowModel
from ui.widgets.tip import show_tip

EDGE = 3
PAD = 8


class RowDelegate(QStyledItemDelegate):
    """Override `paint_cell`. The row is asked for once a cell; 'tick' is painted here."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        """Paint one cell inside `rect`, which has its padding already."""
        paint_text(painter, rect, str(getattr(row, key, "")), colours.ink)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table, model = option.widget, index.model()
        if not isinstance(table, QTableView) or not isinstance(model, RowModel):
            return
        row = index.data(Qt.ItemDataRole.UserRole)
        colours = theme.of(option.palette)
        whole = option.rect
        cursor = table.currentIndex().row() == index.row()
        ticked = model.is_ticked_at(index.row())
        # Without antialiasing: at 125 % the cells of a row would show hairline seams.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        fresh = row is not None and model.is_fresh(row)
        ground = self._ground(table, index.row(), cursor or ticked, fresh, colours)
        painter.fillRect(whole, ground)
        painter.fillRect(whole.x(), whole.bottom(), whole.width(), 1, colours.line)
        if cursor and index.column() == 0:
            painter.fillRect(whole.x(), whole.y(), EDGE, whole.height(), colours.accent)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = model.columns[index.column()]
        left = fonts.px(column.inset) if column.right else fonts.px(PAD + column.inset)
        place = QRectF(whole).adjusted(left, 0, -fonts.px(PAD), -1)
        key = column.key
        if key == "tick":
            paint_tick_box(painter, QRectF(whole).adjusted(EDGE, 0, 0, 0), ticked, colours)
        elif row is None:
            paint_awaited(painter, place, colours, right=column.right)
        else:
            self.paint_cell(painter, place, row, key, colours)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(fonts.px(80), fonts.px(44))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """What is cut off in a cell is told whole."""
        if event.type() != QEvent.Type.ToolTip:
            return False
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else None
        show_tip(event.globalPos(), str(words or ""), view)
        return True

    @staticmethod
    def _ground(table: QTableView, row: int, soft: bool, fresh: bool, colours: theme.Colours) -> QColor:
        if soft:
            return colours.accent_soft
        if fresh or table.property("hovered_row") == row:
            return colours.hover
        return colours.surface
