"""How many are confirmed, wait and are in: each number behind the shape of its status, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from models.reservations import Status
from ui import fonts, theme
from ui.paint.status_marks import paint_status_mark
from ui.paint.text import paint_text, text_width
from ui.wording.numbers import number_words

Tally = tuple[str, int]
"""A status (or ARRIVED), and how many."""

_SIDE, _GAP, _BETWEEN = 11, 4, 9


def tallies(confirmed: int, unconfirmed: int, arrived: int) -> tuple[Tally, ...]:
    """Those there are, in the order in which they are always shown."""
    told = ((Status.CONFIRMED, confirmed), (Status.UNCONFIRMED, unconfirmed), (theme.ARRIVED, arrived))
    return tuple((str(status), count) for status, count in told if count)


def tallies_width(told: Iterable[Tally], size: int = 12) -> float:
    """How wide they become."""
    wide = [fonts.px(_SIDE + _GAP) + text_width(number_words(count), size, 600) for _, count in told]
    return sum(wide) + fonts.px(_BETWEEN) * max(0, len(wide) - 1)


def paint_tallies(
    painter: QPainter,
    place: QRectF,
    told: Iterable[Tally],
    colours: theme.Colours,
    ink: QColor | None = None,
    size: int = 12,
) -> float:
    """Paint them from the left; what does not fit whole is left out. Answers where they end."""
    x, side = place.x(), fonts.px(_SIDE)
    for status, count in told:
        words = number_words(count)
        wide = side + fonts.px(_GAP) + text_width(words, size, 600)
        if x + wide > place.right() + 1:
            break
        mark = QRectF(x, place.center().y() - side / 2, side, side)
        paint_status_mark(painter, mark, status, theme.status_colours(status, colours).mark)
        text = QRectF(x + side + fonts.px(_GAP), place.y(), wide, place.height())
        paint_text(painter, text, words, ink or _ink_of(status, colours), size, 600)
        x += wide + fonts.px(_BETWEEN)
    return x - fonts.px(_BETWEEN)


def _ink_of(status: str, colours: theme.Colours) -> QColor:
    """What waits is written in its own colour, the others in ink."""
    waits = status == Status.UNCONFIRMED
    return theme.status_colours(status, colours).text if waits else colours.ink2
