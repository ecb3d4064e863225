"""Paints a rating: full stars and empty ones, told apart by their shape; and how many gave which."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from models.review import RATINGS, Tally
from ui import fonts
from ui.icons import paint_icon
from ui.paint.text import RIGHT, paint_text
from ui.theme import Colours
from ui.wording.numbers import number_words

ROW = 22


def paint_stars(painter: QPainter, rect: QRectF, rating: int, colours: Colours, side: int = 16) -> None:
    """Five stars from the left, `rating` of them full."""
    wide = fonts.px(side)
    for at in range(len(RATINGS)):
        place = QRectF(rect.x() + at * (wide + 1), rect.center().y() - wide / 2, wide, wide)
        full = at < rating
        ink = colours.families["act"].mark if full else colours.ink3
        paint_icon(painter, place, "star-full" if full else "star", ink)


def paint_spread(painter: QPainter, rect: QRectF, tally: Tally, colours: Colours) -> None:
    """One bar for each rating, five at the top, with how many gave it."""
    height, most = fonts.px(ROW), max(tally.counts) or 1
    for at, rating in enumerate(reversed(RATINGS)):
        row = QRectF(rect.x(), rect.y() + at * height, rect.width(), height)
        many = tally.counts[rating - 1]
        paint_text(painter, row, str(rating), colours.ink2, 12, 600)
        star = QRectF(row.x() + fonts.px(12), row.center().y() - fonts.px(6), fonts.px(12), fonts.px(12))
        paint_icon(painter, star, "star-full", colours.ink3)
        ground = row.adjusted(fonts.px(32), height * 0.34, -fonts.px(44), -height * 0.34)
        painter.fillRect(ground, colours.sunken)
        ground.setWidth(ground.width() * many / most)
        painter.fillRect(ground, colours.families["act"].mark)
        paint_text(painter, row, number_words(many), colours.ink, 12, 600, RIGHT)
