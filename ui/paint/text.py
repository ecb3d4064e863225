"""Writes one line of text into a place, shortened with dots where it does not fit."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui import fonts

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    colour: QColor,
    size: int = 13,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
    language: str = "",
) -> float:
    """Write `text` into `rect` and answer how wide it became, so that the next thing can follow it."""
    width = fonts.width(text, size, weight, language)
    if width > rect.width() + 0.5:  # half a pixel of slack: rounding must not cost a letter
        measure = fonts.metrics(size, weight, language)
        text = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = fonts.width(text, size, weight, language)
    painter.setFont(fonts.font(size, weight, language))
    painter.setPen(colour)
    painter.drawText(rect, _how(align), text)
    return width


@cache
def _how(align: Qt.AlignmentFlag) -> int:
    """Qt's flags for one line: putting them together anew costs more than writing the line."""
    return int(align) | int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)


def paint_marked(
    painter: QPainter,
    rect: QRectF,
    text: str,
    marks: tuple[tuple[int, int], ...],
    colour: QColor,
    marked: QColor,
    size: int = 13,
    weight: int = 400,
) -> float:
    """Write `text` with some signs bold and in another colour; what does not fit is shortened with dots."""
    x, at = rect.x(), 0
    for first, after in (*marks, (len(text), len(text))):
        for part, ink, heavy in ((text[at:first], colour, weight), (text[first:after], marked, 700)):
            if part and x < rect.right():
                place = QRectF(x, rect.y(), rect.right() - x, rect.height())
                x += paint_text(painter, place, part, ink, size, heavy)
        at = after
    return x - rect.x()


def text_width(text: str, size: int = 13, weight: int = 400) -> float:
    """How wide `text` would be."""
    return fonts.width(text, size, weight)
