"""Paints the two halves of a verdict: what is true on the body, how things stand on the stub.

All numbers are those of a window of 1366 x 768; `scale` makes them fit the window there is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui import fonts
from ui.icons import paint_icon
from ui.paint.text import RIGHT
from ui.paint.verdict_marks import paint_verdict_mark
from ui.theme import VerdictColours
from ui.widgets.verdict_face import DepartureLine, VerdictFace
from ui.widgets.verdict_words import (
    FittedLine,
    fit_words,
    fitted_block,
    fitted_size,
    paint_line,
    paint_words,
)

translate = QCoreApplication.translate

_MIDDLE = 222  # of shape and words, from the top
_RULE = 424
_NOTE = 190  # what a note may need in height
_BLOCK = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FACTS = ((46, 700, 66), (34, 600, 56), (28, 500, 50), (28, 500, 50))  # size, weight, height of each


def words_place(column: QRectF, scale: float) -> QRectF:
    """Where the large words go: right of the shape, above the rule."""
    left = column.x() + (288 + 48) * scale
    return QRectF(left, (_MIDDLE - 160) * scale, column.right() + 3 * scale - left, 320 * scale)


def paint_body(
    painter: QPainter, column: QRectF, face: VerdictFace, verdict: VerdictColours, scale: float
) -> None:
    """Shape, words, the party's units, a rule, and at most four facts."""
    mark = QRectF(column.x(), (_MIDDLE - 144) * scale, 288 * scale, 288 * scale)
    paint_verdict_mark(
        painter,
        mark,
        face.kind,
        verdict.text,
        offline=face.offline,
        sign=face.sign,
        sign_ground=verdict.ground,
    )
    lines = fit_words(face, words_place(column, scale), scale)
    paint_words(painter, lines, verdict.text)
    if face.units:
        _paint_units(painter, face, max(lines, key=lambda line: line.size), verdict, scale)
    painter.fillRect(
        QRectF(column.x(), _RULE * scale, column.width(), max(1.5, 1.5 * scale)), _faint(verdict)
    )
    y, sizes = 458 * scale, list(_FACTS)
    if face.note:
        y, sizes = _paint_note(painter, column, face.note, verdict, scale), list(_FACTS[2:])
    for fact, (most, weight, height) in zip(face.facts, sizes, strict=False):
        size = fitted_size(fact, weight, column.width(), most * scale, 28 * scale)
        place = QRectF(column.x(), y, column.width(), height * scale)
        paint_line(painter, place, fact, size, weight, verdict.text)
        y += (height + 2) * scale


def _paint_note(painter: QPainter, column: QRectF, note: str, verdict: VerdictColours, scale: float) -> float:
    """The note in as many lines as it needs, as large as they fit; where the facts go on below it."""
    place = QRectF(column.x(), 440 * scale, column.width(), _NOTE * scale)
    size = fitted_block(note, 700, place.width(), place.height(), 46 * scale, 24 * scale)
    painter.setFont(fonts.exact(size, 700))
    painter.setPen(verdict.text)
    painter.drawText(place, _BLOCK, note)
    return place.bottom() + 10 * scale


def paint_stub(
    painter: QPainter, stub: QRectF, face: VerdictFace, verdict: VerdictColours, scale: float
) -> None:
    """Clock and counter at the top, the departure near the foot; the keys between are buttons."""
    head = QRectF(stub.x(), 28 * scale, stub.width(), 30 * scale)
    paint_line(painter, head, face.clock, round(20 * scale), 600, verdict.text)
    paint_line(painter, head, face.counter, round(16 * scale), 500, verdict.text, RIGHT)
    if face.departure is not None:
        _paint_departure(painter, stub, face.departure, verdict, scale)


def paint_end(
    painter: QPainter,
    stub: QRectF,
    share: float | None,
    words: tuple[str, str],
    verdict: VerdictColours,
    scale: float,
) -> None:
    """What ends the verdict: a ring with what is left of its time, or a pause sign where it waits."""
    middle = QPointF(stub.x() + 14 * scale, _foot(stub, scale) + 689 * scale)
    if share is None:
        side = 24 * scale
        corner = middle - QPointF(side, side) / 2
        paint_icon(painter, QRectF(corner.x(), corner.y(), side, side), "pause", verdict.text)
    else:
        _paint_ring(painter, middle, 12 * scale, share, verdict.text)
    place = QRectF(stub.x() + 40 * scale, middle.y() - 20 * scale, stub.width() - 40 * scale, 24 * scale)
    paint_line(painter, place, words[0], round(16 * scale), 600, verdict.text)
    paint_line(painter, place.translated(0, 22 * scale), words[1], round(15 * scale), 500, verdict.text)


def _paint_units(
    painter: QPainter, face: VerdictFace, number: FittedLine, verdict: VerdictColours, scale: float
) -> None:
    """'2 adults' and '1 child' beside the large number."""
    units, row = face.units[:3], 62 * scale
    x = number.right + 54 * scale
    y = number.baseline.y() - number.capitals / 2 - row * len(units) / 2 + 6 * scale
    digits = max(len(count) for count, _unit in units)
    for count, unit in units:
        paint_line(painter, QRectF(x, y, 60 * scale, row), count, round(46 * scale), 700, verdict.text)
        word = QRectF(x + (18 + 28 * digits) * scale, y, 400 * scale, row)
        paint_line(painter, word, unit, round(34 * scale), 500, verdict.text)
        y += row


def _paint_departure(
    painter: QPainter, stub: QRectF, line: DepartureLine, verdict: VerdictColours, scale: float
) -> None:
    foot = _foot(stub, scale)
    rule = QRectF(stub.x(), foot + 516 * scale, stub.width(), max(1.5, 1.5 * scale))
    painter.fillRect(rule, _faint(verdict))
    name = QRectF(stub.x(), foot + 532 * scale, stub.width(), 24 * scale)
    size = fitted_size(line.name, 500, name.width(), 16 * scale, 13 * scale)
    paint_line(painter, name, line.name, size, 500, verdict.text)
    words = translate("verdicts", "{arrived} of {expected} in")
    count = QRectF(stub.x(), foot + 558 * scale, stub.width(), 36 * scale)
    said = words.format(arrived=line.arrived, expected=line.expected)
    paint_line(painter, count, said, round(28 * scale), 700, verdict.text)
    track = QRectF(stub.x(), foot + 604 * scale, stub.width(), 12 * scale)
    _paint_track(painter, track, line, verdict, scale)


def _paint_track(
    painter: QPainter, track: QRectF, line: DepartureLine, verdict: VerdictColours, scale: float
) -> None:
    """Seats of the departure: who is in as a bar, who is expected as a mark on it."""
    whole = max(line.capacity, line.expected, line.arrived, 1)
    radius = track.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(verdict))
    painter.drawRoundedRect(track, radius, radius)
    painter.setBrush(verdict.text)
    if line.arrived:
        width = max(track.height(), track.width() * line.arrived / whole)
        painter.drawRoundedRect(QRectF(track.x(), track.y(), width, track.height()), radius, radius)
    x = track.x() + track.width() * line.expected / whole
    mark = QRectF(x - 1.5 * scale, track.y() - 6 * scale, 3 * scale, track.height() + 12 * scale)
    painter.fillRect(mark, verdict.text)


def _paint_ring(painter: QPainter, middle: QPointF, radius: float, share: float, colour: QColor) -> None:
    place = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    faint = QColor(colour)
    faint.setAlphaF(0.3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, radius * 0.36, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawEllipse(place)
    painter.setPen(QPen(colour, radius * 0.36, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(place, 90 * 16, round(-share * 360 * 16))


def _foot(stub: QRectF, scale: float) -> float:
    """How much higher the window is than the design: the foot of the stub stays at its lower edge."""
    return stub.height() - 768 * scale


def _faint(verdict: VerdictColours) -> QColor:
    """Rules and tracks: the text's colour, a third of it."""
    faint = QColor(verdict.text)
    faint.setAlphaF(0.36)
    return faint
