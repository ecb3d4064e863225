"""The heading of a list: quiet words, an arrow where it is sorted, a box that ticks all."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.cells import paint_tick_box
from ui.paint.text import LEFT, RIGHT, paint_text, text_width
from ui.widgets.row_delegate import EDGE, PAD
from ui.widgets.row_model import RowModel


class HeaderView(QHeaderView):
    """`sort_wanted` brings the key of a sortable column, `tick_all_wanted` the box.

    After `let_arrange` headings can be pulled about: `moved` brings the columns' numbers in their new order,
    `pulled` the number of one that is wider or narrower now. The first column stays where it is.
    """

    sort_wanted = Signal(str)
    tick_all_wanted = Signal()
    moved = Signal(list)
    pulled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted, self._ascending = "", True
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Headings"))
        self._arrangeable = False
        self._sizes: list[int] = []
        self._pressed_at = QPointF()

    def let_arrange(self) -> None:
        """People may pull the headings about and make them wider."""
        self._arrangeable = True
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._sizes = [self.sectionSize(number) for number in range(self.count())]
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._arrangeable and self._was_arranged():
            return
        model, section = self.model(), self.logicalIndexAt(event.position().toPoint())
        far = (event.position() - self._pressed_at).manhattanLength() > QApplication.startDragDistance()
        if not isinstance(model, RowModel) or section < 0 or far:
            return
        column = model.columns[section]
        if column.key == "tick":
            self.tick_all_wanted.emit()
        elif column.sortable:
            self.sort_wanted.emit(column.key)

    def _was_arranged(self) -> bool:
        """Tell how the headings were pulled; the order itself is the model's, so ours is put back."""
        order = [self.logicalIndex(place) for place in range(self.count())]
        if order != sorted(order):
            for number in range(self.count()):
                self.moveSection(self.visualIndex(number), number)
            self.moved.emit(order)
            return True
        sizes = [self.sectionSize(number) for number in range(self.count())]
        changed = [number for number, size in enumerate(sizes) if self._sizes[number : number + 1] != [size]]
        if changed and self._sizes:
            self.pulled.emit(changed[0])
        return bool(changed) and bool(self._sizes)

    def _paint_arrow(
        self, painter: QPainter, place: QRectF, title: str, right: bool, colours: theme.Colours
    ) -> None:
        side, gap = fonts.px(14), fonts.px(5)
        width = text_width(title, 12, 600)
        x = place.right() - width - gap - side if right else place.x() + width + gap
        arrow = QRectF(x, place.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "up" if self._ascending else "falling", colours.ink)
