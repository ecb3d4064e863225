"""What reviews come to: their average large, how many gave which, and the same by product, departure and guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.review import RATINGS, Tally
from ui import fonts, theme
from ui.paint.stars import ROW, paint_spread, paint_stars
from ui.review_list import LinesBoard
from ui.widgets.card import Card
from ui.widgets.label import Hairline, Label
from ui.widgets.segmented import Segmented
from ui.wording.dates import day_and_time
from ui.wording.numbers import number_words
from ui.wording.orders import local
from ui.wording.reviews import average_words, count_words

if TYPE_CHECKING:
    from models.review_reading import Line, Tallies

KINDS = ("product_id", "departure_id", "guide")
"""What a filter calls the three lists."""


class TalliesCard(Card):
    """`narrowed` brings the field of the filter and its value, when a line is pressed."""

    narrowed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.spread = Spread()
        self.kind = Segmented("", "", "", name="")
        self.boards = tuple(LinesBoard(name_of) for name_of in (_name, _departure, _name))
        self._pages = QStackedWidget()
        self._build()
        self.kind.chosen.connect(self._pages.setCurrentIndex)
        for field, board in zip(KINDS, self.boards, strict=True):
            board.opened.connect(lambda line, field=field: self.narrowed.emit(field, line.key))
        self.retranslate()

    def show_tallies(self, told: Tallies) -> None:
        """Other numbers."""
        self.spread.show_tally(told.all)
        for board, lines in zip(self.boards, (told.products, told.departures, told.guides), strict=True):
            board.model_.show_rows([line for line in lines if line.key])

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Average"))
        self.kind.set_words(self.tr("Products"), self.tr("Departures"), self.tr("Guides"))
        self.kind.set_name(self.tr("Averages of what"))
        names = (
            self.tr("Averages by product"),
            self.tr("Averages by departure"),
            self.tr("Averages by guide"),
        )
        for board, name in zip(self.boards, names, strict=True):
            board.setAccessibleName(name)
        self.spread.retranslate()

    def _build(self) -> None:
        for board in self.boards:
            self._pages.addWidget(board)
        head, switch = QVBoxLayout(), QHBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        head.addWidget(self.spread)
        switch.setContentsMargins(fonts.px(12), fonts.px(8), fonts.px(12), fonts.px(8))
        switch.addWidget(self.kind)
        switch.addStretch(1)
        self.add(head)
        self.add(Hairline())
        self.add(switch)
        self.add(self._pages, 1)
        self._body.setSpacing(0)


class Spread(QWidget):
    """The average with its stars and count at the left, a bar for each rating at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tally = Tally()
        self._average, self._count = Label("", 34, 700), Label("", 12, 400, "ink2")
        self._stars, self._bars = _Stars(), _Bars()
        left, row = QVBoxLayout(), QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(20))
        left.setSpacing(fonts.px(2))
        left.addStretch(1)
        for widget in (self._average, self._stars, self._count):
            left.addWidget(widget)
        left.addStretch(1)
        row.addLayout(left)
        row.addWidget(self._bars, 1)

    def show_tally(self, tally: Tally) -> None:
        """Other reviews."""
        self.tally = tally
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._average.setText(average_words(self.tally))
        self._count.setText(count_words(self.tally))
        self._stars.show_rating(round(self.tally.average or 0))
        self._bars.show_tally(self.tally)
        many = ", ".join(
            self.tr("{count} gave {rating}").format(count=number_words(count), rating=rating)
            for rating, count in zip(RATINGS, self.tally.counts, strict=True)
        )
        self.setAccessibleName(f"{average_words(self.tally)}, {count_words(self.tally)}: {many}")


class _Stars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._rating = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_rating(self, rating: int) -> None:
        self._rating = rating
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(16) * 5 + 5, fonts.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_stars(QPainter(self), QRectF(self.rect()), self._rating, theme.of(self.palette()))


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._tally = Tally()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tally(self, tally: Tally) -> None:
        self._tally = tally
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(150), fonts.px(ROW) * len(RATINGS))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_spread(QPainter(self), QRectF(self.rect()), self._tally, theme.of(self.palette()))


def _name(line: Line) -> str:
    return line.name


def _departure(line: Line) -> str:
    when = day_and_time(local(line.departs_at, line.zone)) if line.departs_at else ""
    return ", ".join(part for part in (when, line.name) if part)
