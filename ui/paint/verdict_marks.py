"""The large shape of every answer at the gate, readable at three metres without its colour.

Each is one path on a square of 288. Only the shapes that let somebody in hold a tick, a half or a
bar in a full disc; the plug says that the answer was given without the server.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from models.checkin import Kind
from ui import fonts
from ui.paint.status_marks import box, disc, fill_path, line, ring, stroked
from ui.theme import GROUND_OF, Colours, verdict_colours

SIDE = 288.0
_M = QPointF(144, 144)


def paint_verdict_mark(
    painter: QPainter,
    rect: QRectF,
    kind: Kind,
    colour: QColor,
    *,
    offline: bool = False,
    sign: str = "",
    sign_ground: QColor | None = None,
) -> None:
    """Draw the shape of a verdict; `sign` is the currency's sign on the coin of COLLECT."""
    fill_path(painter, rect, verdict_mark(kind, offline=offline), colour, SIDE)
    if kind is Kind.COLLECT and sign:
        _paint_sign(painter, rect, sign, sign_ground or colour)


def paint_verdict_tile(
    painter: QPainter, rect: QRectF, kind: Kind, colours: Colours, *, offline: bool = False, sign: str = ""
) -> None:
    """A verdict in a list: its shape on a small tile of its ground."""
    verdict = verdict_colours(kind, colours)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    faint = GROUND_OF[kind] == (
        "later" if colours.dark else "unclear"
    )  # hardly differs from the list's ground
    painter.setPen(QPen(colours.border, 1) if faint else Qt.PenStyle.NoPen)
    painter.setBrush(verdict.ground)
    painter.drawRoundedRect(rect, 6, 6)
    edge = rect.width() * 0.21
    inner = rect.adjusted(edge, edge, -edge, -edge)
    paint_verdict_mark(
        painter, inner, kind, verdict.text, offline=offline, sign=sign, sign_ground=verdict.ground
    )


@cache
def verdict_mark(kind: Kind, *, offline: bool = False) -> QPainterPath:
    """The path of a verdict on a square of 288; `offline` turns a let-in into the plug."""
    if offline and kind in {Kind.ADMIT, Kind.PARTLY_IN, Kind.CHECK}:
        return _plug()
    return _SHAPES[kind]()


def _paint_sign(painter: QPainter, rect: QRectF, sign: str, colour: QColor) -> None:
    scale = min(rect.width(), rect.height()) / SIDE
    painter.save()
    painter.setFont(fonts.exact(28, 700))
    painter.translate(rect.center())
    wide = fonts.exact_metrics(28, 700).horizontalAdvance(sign)
    size = min(4.0, 112 / max(wide, 1)) * scale
    painter.scale(size, size)
    painter.setPen(colour)
    painter.drawText(QRectF(-60, -30, 120, 60), Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()


def _admit() -> QPainterPath:
    return disc(_M, 138) - stroked(line((81, 150), (127, 196), (210, 101)), 34)


def _partly_in() -> QPainterPath:
    return ring(_M, 138, 118) | (disc(_M, 138) & box(0, 0, 144, 288))


def _check() -> QPainterPath:
    return disc(_M, 138) - box(62, 122, 164, 44, 12)


def _plug() -> QPainterPath:
    prongs = box(96, 66, 24, 60, 12) | box(168, 66, 24, 60, 12)
    body = (
        box(78, 118, 132, 26, 8)
        | box(78, 128, 132, 14)
        | (disc(QPointF(144, 140), 66) & box(78, 140, 132, 70))
    )
    cord = box(132, 196, 24, 60, 10)
    return disc(_M, 138) - (prongs | body | cord)


def _collect() -> QPainterPath:
    return box(9, 9, 270, 270, 36) - ring(_M, 94, 73)


def _not_confirmed() -> QPainterPath:
    ends = box(58, 8, 172, 30, 10) | box(58, 250, 172, 30, 10)
    glass = QPainterPath(QPointF(74, 30))
    glass.cubicTo(74, 110, 130, 116, 130, 144)
    glass.cubicTo(130, 172, 74, 178, 74, 258)
    glass.lineTo(214, 258)
    glass.cubicTo(214, 178, 158, 172, 158, 144)
    glass.cubicTo(158, 116, 214, 110, 214, 30)
    glass.closeSubpath()
    inner = QPainterPath(QPointF(98, 38))
    inner.cubicTo(98, 108, 144, 112, 144, 136)
    inner.cubicTo(144, 112, 190, 108, 190, 38)
    inner.closeSubpath()
    lower = QTransform().translate(0, 288).scale(1, -1).map(inner)
    sand = box(98, 76, 92, 62) & inner
    heap = (disc(QPointF(144, 262), 50) & box(90, 200, 108, 50)) & lower
    return ends | (glass - inner - lower) | sand | heap


def _other_day() -> QPainterPath:
    head = QPainterPath(QPointF(146, 40))
    for point in ((280, 144), (146, 248)):
        head.lineTo(*point)
    head.closeSubpath()
    return box(8, 92, 150, 104, 4) | head


def _clock() -> QPainterPath:
    return ring(_M, 138, 112)


def _too_early() -> QPainterPath:
    return _clock() | stroked(line((144, 78), (144, 152), (192, 180)), 24)


def _too_late() -> QPainterPath:
    return _clock() | stroked(line((144, 78), (144, 152), (96, 180)), 24)


def _crossed(path: QPainterPath) -> QPainterPath:
    slash = line((28, 260), (260, 28))
    return (path - stroked(slash, 62)) | stroked(slash, 26)


def _out_of_date() -> QPainterPath:
    return _crossed(_too_early())


def _used() -> QPainterPath:
    front = QPointF(187, 144)
    return (disc(QPointF(95, 144), 89) - disc(front, 104)) | ring(front, 86, 49)


def _no_uses_left() -> QPainterPath:
    return ring(_M, 138, 112)


def _cancelled() -> QPainterPath:
    return stroked(line((36, 36), (252, 252)), 50) | stroked(line((252, 36), (36, 252)), 50)


def _replaced() -> QPainterPath:
    gap = QTransform().translate(144, 144).rotate(-28).map(box(-160, -22, 320, 44))
    broken = ring(_M, 138, 100) - gap
    shift = QTransform()
    upper = broken & QTransform().translate(144, 144).rotate(-28).map(box(-300, -300, 600, 300))
    lower = broken - upper
    return shift.translate(8, -4).map(upper) | QTransform().translate(-8, 4).map(lower)


def _elsewhere() -> QPainterPath:
    post = box(128, 4, 34, 280, 14)
    sign = QPainterPath(QPointF(22, 44))
    for point in ((206, 44), (272, 101), (206, 158), (22, 158)):
        sign.lineTo(*point)
    sign.closeSubpath()
    return post | sign | stroked(sign, 14)


def _forged() -> QPainterPath:
    shield = QPainterPath(QPointF(144, 4))
    shield.cubicTo(180, 34, 220, 44, 262, 46)
    shield.cubicTo(266, 160, 232, 244, 144, 284)
    shield.cubicTo(56, 244, 22, 160, 26, 46)
    shield.cubicTo(68, 44, 108, 34, 144, 4)
    cross = stroked(line((98, 98), (190, 190)), 32) | stroked(line((190, 98), (98, 190)), 32)
    return shield - cross


def _unknown() -> QPainterPath:
    hook = QPainterPath(QPointF(76, 96))
    hook.cubicTo(76, 8, 214, 8, 214, 94)
    hook.cubicTo(214, 142, 144, 138, 144, 196)
    return stroked(hook, 48, flat=True) | disc(QPointF(144, 254), 30)


def _unreadable() -> QPainterPath:
    path = QPainterPath()
    for x, width in ((6, 26), (44, 12), (66, 34), (112, 10), (136, 26), (174, 12), (198, 36), (246, 14)):
        path |= box(x, 26, width, 106, 3)
    for x, width in ((28, 14), (54, 34), (98, 12), (122, 12), (146, 30), (188, 12), (212, 32), (256, 26)):
        path |= box(x, 160, width, 106, 3)
    return path


_SHAPES = {
    Kind.ADMIT: _admit,
    Kind.PARTLY_IN: _partly_in,
    Kind.CHECK: _check,
    Kind.COLLECT: _collect,
    Kind.NOT_CONFIRMED: _not_confirmed,
    Kind.OTHER_DAY: _other_day,
    Kind.TOO_EARLY: _too_early,
    Kind.TOO_LATE: _too_late,
    Kind.OUT_OF_DATE: _out_of_date,
    Kind.USED: _used,
    Kind.NO_USES_LEFT: _no_uses_left,
    Kind.CANCELLED: _cancelled,
    Kind.REPLACED: _replaced,
    Kind.ELSEWHERE: _elsewhere,
    Kind.UNKNOWN: _unknown,
    Kind.FORGED: _forged,
    Kind.UNREADABLE: _unreadable,
}
