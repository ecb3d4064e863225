"""What the cells of lists are made of: two lines, a number, a tick box, a hidden name, a time left."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui import fonts
from ui.icons import paint_icon
from ui.paint.keycap import paint_channel_mark
from ui.paint.meter import paint_meter
from ui.paint.status_marks import line, stroked
from ui.paint.text import LEFT, RIGHT, paint_text
from ui.theme import Colours


def paint_two_lines(
    painter: QPainter,
    rect: QRectF,
    first: str,
    second: str,
    colours: Colours,
    *,
    weight: int = 600,
    colour: QColor | None = None,
    second_colour: QColor | None = None,
    second_weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """What a person says aloud, and below it what a machine says. One line alone stands in the middle."""
    if not second:
        paint_text(painter, rect, first, colour or colours.ink, 13, weight, align)
        return
    upper, lower = halves(rect)
    paint_text(painter, upper, first, colour or colours.ink, 13, weight, align)
    paint_text(painter, lower, second, second_colour or colours.ink3, 12, second_weight, align)


def halves(rect: QRectF) -> tuple[QRectF, QRectF]:
    """The places of line 1 and line 2 in a row, close together round its middle."""
    height = fonts.px(17)
    top = rect.center().y() - height + fonts.px(1)
    return QRectF(rect.x(), top, rect.width(), height), QRectF(
        rect.x(), top + height, rect.width(), height - 1
    )


def paint_number(painter: QPainter, rect: QRectF, number: str, colours: Colours) -> None:
    """A count such as the party size: heavier than its label and at the right."""
    paint_text(painter, rect, number, colours.ink, 15, 700, RIGHT)


def paint_hidden(painter: QPainter, rect: QRectF, words: str, second: str, colours: Colours) -> None:
    """A name that nobody may see yet: a lock and words, as high as a name and telling nothing of its length."""
    upper, lower = halves(rect)
    side = fonts.px(13)
    paint_icon(painter, QRectF(rect.x(), upper.center().y() - side / 2, side, side), "lock", colours.ink3)
    place = upper.adjusted(fonts.px(18), 0, 0, 0)
    paint_text(painter, place, words, colours.ink3, 13, 400)
    paint_text(painter, lower, second, colours.ink3, 12, 400)


def paint_channel(painter: QPainter, rect: QRectF, letters: str, name: str, colours: Colours) -> None:
    """A channel: its two letters in a frame, then its name."""
    width = paint_channel_mark(painter, rect, letters, colours)
    paint_text(painter, rect.adjusted(width + fonts.px(7), 0, 0, 0), name, colours.ink2, 13, 400)


def paint_time_left(
    painter: QPainter, rect: QRectF, words: str, share: float, family: str, colours: Colours
) -> None:
    """Time left as words over a meter, at the right; `family` says how urgent it is."""
    upper, lower = halves(rect)
    text = colours.ink3 if family == "gone" else colours.families[family].text
    paint_text(painter, upper, words, text, 13, 400 if family == "gone" else 700, RIGHT)
    width = min(fonts.px(64), rect.width())
    track = QRectF(rect.right() - width, lower.y() + fonts.px(4), width, fonts.px(5))
    paint_meter(painter, track, share, colours.families[family].mark, colours, from_right=True)


def paint_awaited(painter: QPainter, rect: QRectF, colours: Colours, *, right: bool = False) -> None:
    """The bar in a cell whose row is still being read."""
    width = min(rect.width() * 0.6, fonts.px(96))
    place = QRectF(rect.right() - width if right else rect.x(), 0, width, fonts.px(10))
    place.moveTop(rect.center().y() - place.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.line if colours.dark else colours.sunken)
    painter.drawRoundedRect(place, place.height() / 2.4, place.height() / 2.4)


def paint_tick_box(painter: QPainter, rect: QRectF, ticked: bool | None, colours: Colours) -> None:
    """A tick box in the middle of `rect`; None is 'some of them'."""
    side = fonts.px(16)
    place = QRectF(rect.center() - QPointF(side / 2, side / 2), rect.center() + QPointF(side / 2, side / 2))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.accent if ticked else colours.border, 1))
    painter.setBrush(colours.accent if ticked else colours.surface)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.translate(place.topLeft())
    painter.scale(side / 16, side / 16)
    if ticked:
        painter.fillPath(stroked(line((4.3, 8.3), (6.9, 10.9), (11.7, 5.5)), 2), colours.on_accent)
    elif ticked is None:
        painter.fillPath(stroked(line((4.8, 8), (11.2, 8)), 2), colours.accent)
    painter.restore()
