"""Fits the large words of a verdict into their column: as large as they go, never below what three metres need."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from models.frozen import frozen
from ui import fonts
from ui.paint.text import LEFT
from ui.widgets.verdict_face import VerdictFace

LEAST = 88
"""Pixels of the font at 1366 x 768; smaller cannot be read at three metres. A test keeps it."""

_CAPITALS = 0.727  # height of a capital in Inter, as a part of its size
_LEAD, _ALONE, _NUMBER, _AMOUNT, _SECOND = 176, 176, 260, 132, 92
_NARROW = 48  # where a translation is far too long it is still shown whole


@frozen
class FittedLine:
    """A line, its size in pixels, its weight and the place of its baseline."""

    text: str
    size: int
    weight: int
    baseline: QPointF

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.baseline.x() + fonts.exact_metrics(self.size, self.weight).horizontalAdvance(self.text)

    @property
    def capitals(self) -> float:
        """How high its capitals are."""
        return self.size * _CAPITALS


def fit_words(face: VerdictFace, place: QRectF, scale: float) -> tuple[FittedLine, ...]:
    """The one or two large lines, centred in the height of `place`, at its left edge."""
    texts = [(face.word, face.lead == "word" or not face.line), (face.line, face.lead == "line")]
    sizes = [(text, _size(text, lead, bool(face.line), place.width(), scale), 800 if lead else 700)
             for text, lead in texts if text]  # fmt: skip
    gap = (28 if max(size for _text, size, _weight in sizes) > 200 * scale else 50) * scale
    height = sum(size * _CAPITALS for _text, size, _weight in sizes) + gap * (len(sizes) - 1)
    y = place.center().y() - height / 2
    lines = []
    for text, size, weight in sizes:
        y += size * _CAPITALS
        bearing = fonts.exact_metrics(size, weight).tightBoundingRect(text).left()
        lines.append(FittedLine(text, size, weight, QPointF(place.x() - bearing, y)))
        y += gap
    return tuple(lines)


def paint_words(painter: QPainter, lines: tuple[FittedLine, ...], colour: QColor) -> None:
    """Write the fitted lines."""
    painter.setPen(colour)
    for line in lines:
        painter.setFont(fonts.exact(line.size, line.weight))
        painter.drawText(line.baseline, line.text)


def _size(text: str, lead: bool, two: bool, width: float, scale: float) -> int:
    most = _SECOND
    if lead:
        most = _NUMBER if len(text) <= 2 else _AMOUNT if text[-1].isdecimal() else _LEAD if two else _ALONE
    return fitted_size(text, 800 if lead else 700, width, most * scale, _NARROW * scale)


def fitted_size(text: str, weight: int, width: float, most: float, least: float, language: str = "") -> int:
    """The largest size, between `least` and `most`, in which `text` is no wider than `width`."""
    size = round(most)
    wide = fonts.exact_metrics(size, weight, language).horizontalAdvance(text)
    if wide > width:
        size = max(round(least), int(size * width / wide))
    return size


def fitted_block(
    text: str, weight: int, width: float, height: float, most: float, least: float, language: str = ""
) -> int:
    """The largest size, between `least` and `most`, in which `text` fits into a block when it is wrapped."""
    size = round(most)
    whole = QRectF(0, 0, width, 10_000)
    wrapped = Qt.TextFlag.TextWordWrap
    while size > round(least):
        need = fonts.exact_metrics(size, weight, language).boundingRect(whole, wrapped, text)
        if need.height() <= height and need.width() <= width:
            break
        size -= 2
    return max(size, round(least))


def paint_line(
    painter: QPainter,
    place: QRectF,
    text: str,
    size: int,
    weight: int,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """A line of the verdict in exact pixels, shortened with dots where it must be."""
    measure = fonts.exact_metrics(size, weight)
    painter.setFont(fonts.exact(size, weight))
    painter.setPen(colour)
    painter.drawText(place, align, measure.elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5))
