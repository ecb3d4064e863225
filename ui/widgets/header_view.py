"""The heading of a list: quiet words, an arrow where it is sorted, a box that ticks all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.cells import paint_tick_box
from ui.paint.text import LEFT, RIGHT, paint_text, text_width
from ui.widgets.row_delegate import EDGE, PAD
from ui.widgets.row_model import RowModel


class HeaderView(QHeaderView):
    """`sort_wanted` brings the key of a sortable column, `tick_all_wanted` the box."""

    sort_wanted = Signal(str)
    tick_all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted, self._ascending = "", True
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Headings"))

    def show_sorting(self, key: str, *, ascending: bool) -> None:
        """Where the arrow stands."""
        self._sorted, self._ascending = key, ascending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(100, fonts.px(34))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, RowModel):
            return
        colours = theme.of(self.palette())
        painter.save()
        painter.fillRect(rect, colours.surface)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        column = model.columns[section]
        left = fonts.px(column.inset) if column.right else fonts.px(PAD + column.inset)
        place = QRectF(rect).adjusted(left, 0, -fonts.px(PAD), -1)
        if column.key == "tick":
            paint_tick_box(painter, QRectF(rect).adjusted(EDGE, 0, 0, 0), model.all_ticked, colours)
        else:
            title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            on = column.key == self._sorted
            ink, weight = (colours.ink, 600) if on else (colours.ink2, 500)
            paint_text(painter, place, title, ink, 12, weight, RIGHT if column.right else LEFT)
            if on:
                self._paint_arrow(painter, place, title, column.right, colours)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        model, section = self.model(), self.logicalIndexAt(event.position().toPoint())
        if not isinstance(model, RowModel) or section < 0:
            return
        column = model.columns[section]
        if column.key == "tick":
            self.tick_all_wanted.emit()
        elif column.sortable:
            self.sort_wanted.emit(column.key)

    def _paint_arrow(
        self, painter: QPainter, place: QRectF, title: str, right: bool, colours: theme.Colours
    ) -> None:
        side, gap = fonts.px(14), fonts.px(5)
        width = text_width(title, 12, 600)
        x = place.right() - width - gap - side if right else place.x() + width + gap
        arrow = QRectF(x, place.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "up" if self._ascending else "falling", colours.ink)
