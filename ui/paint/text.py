"""Writes one line of text into a place, shortened with dots where it does not fit."""

from __future__ import annotations

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
    measure = fonts.metrics(size, weight, language)
    width = measure.horizontalAdvance(text)
    if width > rect.width() + 0.5:  # half a pixel of slack: rounding must not cost a letter
        text = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = measure.horizontalAdvance(text)
    painter.setFont(fonts.font(size, weight, language))
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)
    return width


def text_width(text: str, size: int = 13, weight: int = 400) -> float:
    """How wide `text` would be."""
    return fonts.metrics(size, weight).horizontalAdvance(text)
