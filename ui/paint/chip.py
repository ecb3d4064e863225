"""A status as a chip: its shape, its word, and the ground of its family. Never one without the others."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui import fonts
from ui.paint.status_marks import paint_status_mark
from ui.paint.text import CENTER, LEFT, paint_text, text_width
from ui.theme import Colours, Family, status_colours

HEIGHT = 22
_SIZE, _WEIGHT = 12, 600


def paint_chip(painter: QPainter, rect: QRectF, status: str, word: str, colours: Colours) -> float:
    """Draw the chip of a status at the left of `rect`, centred in its height; answers its width."""
    family = status_colours(status, colours)
    height = fonts.px(HEIGHT)
    mark = fonts.px(14)
    width = min(chip_width(word), rect.width())
    body = QRectF(rect.x(), rect.center().y() - height / 2, width, height)
    _ground(painter, body, family)
    middle = body.center().y()
    shape = QRectF(body.x() + fonts.px(5), middle - mark / 2, mark, mark)
    paint_status_mark(painter, shape, status, family.text)
    left = shape.right() + fonts.px(4)
    place = QRectF(left, body.y(), body.right() - fonts.px(7) - left, height)
    paint_text(painter, place, word, family.text, _SIZE, _WEIGHT, LEFT)
    return width


def chip_width(word: str) -> float:
    """How wide the chip of a status with this word is."""
    return fonts.px(5 + 14 + 4) + text_width(word, _SIZE, _WEIGHT) + fonts.px(8)


def paint_pill(painter: QPainter, rect: QRectF, word: str, family: Family) -> float:
    """A word on a family's ground without a shape ('In 6 min'), at the right of `rect`; answers its width."""
    width = min(text_width(word, _SIZE, _WEIGHT) + fonts.px(20), rect.width())
    height = fonts.px(HEIGHT)
    body = QRectF(QPointF(rect.right() - width, rect.center().y() - height / 2), rect.bottomRight())
    body.setHeight(height)
    _ground(painter, body, family)
    paint_text(painter, body, word, family.text, _SIZE, _WEIGHT, CENTER)
    return width


def _ground(painter: QPainter, body: QRectF, family: Family) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(family.ground)
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
