"""The list of reviews: stars, what was said and of what, and whether it was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves, paint_two_lines
from ui.paint.stars import paint_stars
from ui.paint.text import LEFT, RIGHT, paint_text
from ui.widgets.board import Board
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.reviews import about_words, average_words, count_words, stars_words, state_words, when_words

if TYPE_CHECKING:
    from models.review_reading import Line, ReviewRow

Now = Callable[[], dt.datetime]
COLUMNS = (
    Column("stars", QT_TRANSLATE_NOOP("columns", "Rating"), 116, inset=8),
    Column("words", QT_TRANSLATE_NOOP("columns", "What they said"), stretch=True),
    Column("state", QT_TRANSLATE_NOOP("columns", "Answer"), 120, right=True),
)
LINES = (
    Column("name", QT_TRANSLATE_NOOP("columns", "Of what"), stretch=True, inset=8),
    Column("tally", QT_TRANSLATE_NOOP("columns", "Average"), 104, right=True),
)


class ReviewsBoard(Board):
    """`moved` brings the one under the cursor, `opened` the one whose reservation is to be opened."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.model_ = RowModel(COLUMNS, lambda one: one.id, self._say)
        super().__init__(self.model_, _Rows(now), name="", row_height=56, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def _say(self, one: ReviewRow, key: str) -> str:
        words = {
            "stars": stars_words(one.rating),
            "words": ", ".join(part for part in (one.words, one.traveler, about_words(one)) if part),
            "state": f"{state_words(one)}, {when_words(one, self._now())}",
        }
        return words[key]


class _Rows(RowDelegate):
    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        one: ReviewRow = row
        if key == "stars":
            upper, lower = halves(rect)
            paint_stars(painter, upper, one.rating, colours)
            paint_text(painter, lower, one.number, colours.ink3, 12, 400, LEFT)
        elif key == "words":
            first = " ".join(one.words.split()) or one.traveler
            paint_two_lines(painter, rect, first, about_words(one), colours, weight=500)
        else:
            open_ = one.waits or not one.reply_at
            ink = colours.families["act"].text if open_ else colours.ink2
            first, second = state_words(one), when_words(one, self._now())
            paint_two_lines(painter, rect, first, second, colours, weight=600, colour=ink, align=RIGHT)


class LinesBoard(Board):
    """What is reviewed, each with its average; a click narrows the list to it."""

    def __init__(self, name_of: Callable[[Line], str], parent: QWidget | None = None) -> None:
        self._name_of = name_of
        self.model_ = RowModel(LINES, lambda one: (one.key, one.name), self._say)
        super().__init__(self.model_, _Lines(name_of), name="", row_height=44, parent=parent)
        self.model_.setParent(self)

    def _say(self, one: Line, key: str) -> str:
        if key == "name":
            return self._name_of(one)
        return f"{average_words(one.tally)}, {count_words(one.tally)}"


class _Lines(RowDelegate):
    def __init__(self, name_of: Callable[[Line], str]) -> None:
        super().__init__()
        self._name_of = name_of

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        one: Line = row
        if key == "name":
            paint_text(painter, rect, self._name_of(one), colours.ink, 13, 500)
        else:
            first, second = average_words(one.tally), count_words(one.tally)
            paint_two_lines(painter, rect, first, second, colours, align=RIGHT)
