"""Bars beside each other, this day against the same day before: full ones are now, hollow ones were before.

The shape tells the two apart, so that nobody has to tell two tones apart. A day without a number has no bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import fonts
from ui.paint.text import CENTER, paint_text, text_width
from ui.theme import Colours


def paint_paired_bars(
    painter: QPainter,
    rect: QRectF,
    now: Sequence[int | None],
    before: Sequence[int | None],
    names: Sequence[str],
    colours: Colours,
) -> None:
    """A pair for each name, the older left of the newer, both to the same measure."""
    foot = fonts.px(16)
    ground = rect.adjusted(0, 0, 0, -foot)
    most = max((value for value in (*now, *before) if value), default=0)
    each = rect.width() / max(1, len(names))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(rect.x(), ground.bottom(), rect.width(), 1), colours.line)
    width = min(each * 0.32, fonts.px(14))
    if any(text_width(name, 11) > each - 2 for name in names):
        names = [name[:1] for name in names]
    for at, name in enumerate(names):
        middle = rect.x() + each * (at + 0.5)
        _bar(painter, _place(ground, middle - width - 1, width, before[at], most), False, colours)
        _bar(painter, _place(ground, middle + 1, width, now[at], most), True, colours)
        label = QRectF(rect.x() + each * at, ground.bottom() + fonts.px(2), each, foot - fonts.px(2))
        paint_text(painter, label, name, colours.ink3, 11, 400, CENTER)
    painter.restore()


def paint_bar_legend(painter: QPainter, place: QRectF, full: bool, colours: Colours) -> None:
    """The small square that says which bars are meant."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _bar(painter, place, full, colours)
    painter.restore()


def _place(ground: QRectF, x: float, width: float, value: int | None, most: int) -> QRectF:
    if not value or not most:
        return QRectF()
    height = max(2.0, ground.height() * value / most)
    return QRectF(round(x), round(ground.bottom() - height), round(width), round(height))


def _bar(painter: QPainter, place: QRectF, full: bool, colours: Colours) -> None:
    if place.isEmpty():
        return
    if full:
        painter.fillRect(place, colours.families["done"].mark)
        return
    painter.setPen(QPen(colours.border, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0, 0, -1, -1))
