"""A short list inside a card: rows without a heading, as large as the window allows.

A board is moved through and opened by the same keys as every list; one click opens a row. Where a click
opens, the cursor is seen only while the keyboard is there: several boards stand beside each other.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import RowModel


class Board(ListTable):
    """`opened` comes with a click, too, unless `click_opens` is False."""

    def __init__(
        self,
        model: RowModel,
        delegate: RowDelegate,
        *,
        name: str,
        row_height: int,
        click_opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._click_opens, self._left_at = click_opens, 0
        super().__init__(model, delegate, name=name, row_height=row_height, parent=parent)
        self.horizontalHeader().hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_row_height(self, height: int) -> None:
        """Lower rows in a low window."""
        self.verticalHeader().setDefaultSectionSize(fonts.px(height))

    def set_column_width(self, key: str, width: int) -> None:
        """Narrower columns in a narrow window."""
        for number, column in enumerate(self._rows.columns):
            if column.key == key:
                self.horizontalHeader().resizeSection(number, fonts.px(width))

    def rows_height(self, rows: int) -> int:
        """How high so many rows are."""
        return rows * self.verticalHeader().defaultSectionSize()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._click_opens and self._rows.rowCount():
            self.go_to(min(self._left_at, self._rows.rowCount() - 1))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._click_opens:
            self._left_at = max(0, self.currentIndex().row())
            self.setCurrentIndex(QModelIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._click_opens and index.isValid():
            self.opened.emit(self._rows.row(index.row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._click_opens:  # else its first click has opened the row already
            super().mouseDoubleClickEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(200), self.rows_height(1))

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(400), self.rows_height(max(1, self._rows.rowCount())))

    def _find_again(self) -> None:
        if not self._click_opens or self.hasFocus():
            super()._find_again()
