"""The chip of a status and a status shape, as widgets."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import NAMES, paint_icon
from ui.paint.chip import chip_width, paint_chip
from ui.paint.status_marks import paint_status_mark
from ui.wording.statuses import status_word


class StatusChip(QWidget):
    """Shape, word and ground of a status (or of ARRIVED)."""

    def __init__(self, status: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(status)

    def show_status(self, status: str) -> None:
        """Another status."""
        self._status = status
        self.setAccessibleName(status_word(status))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(chip_width(status_word(self._status))), fonts.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        word = status_word(self._status)
        paint_chip(painter, QRectF(self.rect()), self._status, word, theme.of(self.palette()))


class Shape(QWidget):
    """A status shape, or an icon by our word, in its family's colour; always beside words."""

    def __init__(self, shape: str, side: int = 14, family: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._family = shape, family
        self.setFixedSize(fonts.px(side), fonts.px(side))

    def show_shape(self, shape: str, family: str = "") -> None:
        """Another shape."""
        self._shape, self._family = shape, family
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_shape(QPainter(self), QRectF(self.rect()), self._shape, self._family, theme.of(self.palette()))


def paint_shape(painter: QPainter, rect: QRectF, shape: str, family: str, colours: theme.Colours) -> None:
    """Draw a status's shape or an icon: whichever `shape` names; without a family an icon is grey."""
    if shape in theme.FAMILY_OF:
        mark = colours.families[family or theme.FAMILY_OF[shape]].mark
        paint_status_mark(painter, rect, shape, mark)
    elif shape in NAMES:
        paint_icon(painter, rect, shape, colours.families[family].mark if family else colours.ink2)
