"""A day from midnight to midnight, and what the gate would say in each part of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from models.checkin import Kind
from models.frozen import frozen
from ui import fonts
from ui.paint.text import LEFT, paint_text, text_width
from ui.paint.verdict_marks import paint_verdict_mark
from ui.theme import Colours, verdict_colours

HEIGHT = 74
_HOURS = (0, 6, 12, 18, 24)


@frozen
class Part:
    """A part of the day, from and until a share of it (0 to 1): since when, the answer, and its word."""

    start: float
    end: float
    kind: Kind
    since: str
    word: str


def paint_day_strip(
    painter: QPainter, rect: QRectF, parts: Sequence[Part], now: float | None, colours: Colours
) -> None:
    """The bar with its hours below; above each part its word, as far as there is room. `now` is the asked moment."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = QRectF(rect.x(), rect.y() + fonts.px(20), rect.width(), fonts.px(30))
    path = QPainterPath()
    path.addRoundedRect(bar, 6, 6)
    painter.save()
    painter.setClipPath(path)
    for part in parts:
        _paint_part(painter, _place(bar, part), part, colours)
    painter.restore()
    painter.setPen(QPen(colours.border, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    _paint_hours(painter, bar, colours)
    _paint_turns(painter, bar, parts, colours)
    if now is not None:
        x = bar.x() + now * bar.width()
        for pen in (QPen(colours.surface, 4), QPen(colours.ink, 2)):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, bar.y() - 4), QPointF(x, bar.bottom() + 4))


def _place(bar: QRectF, part: Part) -> QRectF:
    return QRectF(
        bar.x() + part.start * bar.width(), bar.y(), (part.end - part.start) * bar.width(), bar.height()
    )


def _paint_part(painter: QPainter, place: QRectF, part: Part, colours: Colours) -> None:
    verdict = verdict_colours(part.kind, colours)
    painter.fillRect(place, verdict.ground)
    side = fonts.px(14)
    if place.width() < side + fonts.px(6):
        return
    mark = QRectF(place.x() + fonts.px(7), place.center().y() - side / 2, side, side)
    if place.width() < side + fonts.px(20):
        mark.moveCenter(place.center())
    paint_verdict_mark(painter, mark, part.kind, verdict.text)
    room = QRectF(
        mark.right() + fonts.px(6), place.y(), place.right() - mark.right() - fonts.px(10), place.height()
    )
    if text_width(part.word, 12, 700) <= room.width():
        paint_text(painter, room, part.word, verdict.text, 12, 700, LEFT)


def _paint_hours(painter: QPainter, bar: QRectF, colours: Colours) -> None:
    for hour in _HOURS:
        words = f"{hour:02d}:00"
        width = text_width(words, 11, 400)
        x = min(max(bar.x(), bar.x() + hour / 24 * bar.width() - width / 2), bar.right() - width)
        paint_text(
            painter, QRectF(x, bar.bottom() + fonts.px(4), width + 1, fonts.px(16)), words, colours.ink3, 11
        )


def _paint_turns(painter: QPainter, bar: QRectF, parts: Sequence[Part], colours: Colours) -> None:
    """Above the bar, since when each answer counts; what would run into the one before is left out."""
    free = bar.x()
    for part in parts[1:]:
        width = text_width(part.since, 12, 600)
        x = min(bar.x() + part.start * bar.width(), bar.right() - width)
        if x >= free:
            place = QRectF(x, bar.y() - fonts.px(19), width + 1, fonts.px(16))
            paint_text(painter, place, part.since, colours.ink2, 12, 600)
            free = x + width + fonts.px(8)


def share_of_day(moment: dt.datetime) -> float:
    """How much of its day is over at a local moment."""
    return (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400
