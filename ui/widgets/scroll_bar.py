"""A quiet scroll bar: ten pixels wide, nothing but its slider."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ui import theme

_WIDTH = 10


class ScrollBar(QScrollBar):
    """For both directions; set it with setVerticalScrollBar. `bare` shows the ground behind it, whatever that is."""

    def __init__(
        self,
        orientation: Qt.Orientation = Qt.Orientation.Vertical,
        parent: QWidget | None = None,
        *,
        bare: bool = False,
    ) -> None:
        super().__init__(orientation, parent)
        self._bare = bare
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not bare)

    def sizeHint(self) -> QSize:
        upright = self.orientation() is Qt.Orientation.Vertical
        return QSize(_WIDTH, 60) if upright else QSize(60, _WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        slider = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self))
        colours = theme.of(self.palette())
        painter = QPainter(self)
        if not self._bare:
            painter.fillRect(self.rect(), colours.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        busy = self.underMouse() or self.isSliderDown()
        painter.setBrush(colours.ink3 if busy else colours.border)
        painter.drawRoundedRect(slider.adjusted(2, 2, -2, -2), 3, 3)
