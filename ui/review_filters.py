"""What the list of reviews is narrowed to: each a sentence with a cross to take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QWidget

from models.review import RATINGS
from models.review_reading import ReviewFilter, Standing, Tallies
from ui import fonts
from ui.widgets.button import Button
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.wording.dates import day_and_time, day_range
from ui.wording.orders import local
from ui.wording.reviews import standing_words, stars_words

_LAST = (7, 30, 90, 365)


class ReviewFilters(QWidget):
    """`chosen` brings the filter."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted, self._today = ReviewFilter(), date.min
        self._products: dict[int, str] = {}
        self._departures: dict[int, str] = {}
        self._guides: tuple[str, ...] = ()
        self.standing, self.product, self.departure = (FilterButton("", "") for _ in range(3))
        self.guide, self.rating, self.days = (FilterButton("", "") for _ in range(3))
        self.clear = Button("", "ghost", height=28)
        row = (self.standing, self.product, self.departure, self.guide, self.rating, self.days, self.clear)
        edges = QMargins(20, fonts.px(6), 16, fonts.px(6))
        Flow(*row, margins=edges, spacing=6, below=0, middle=True).fill(self)
        self.setMinimumHeight(fonts.px(46))
        self._connect()
        self.setFocusProxy(self.standing)
        self.retranslate()

    @property
    def wanted(self) -> ReviewFilter:
        """What is chosen."""
        return self._wanted

    def show_wanted(self, wanted: ReviewFilter) -> None:
        """Show another choice."""
        self._wanted = wanted
        anything = self.tr("any")
        self.standing.show_value(
            standing_words(wanted.standing), on=wanted.standing is not Standing.ALL, name=self.tr("Reviews")
        )
        product = self._products.get(wanted.product_id or 0, anything)
        self.product.show_value(product, on=wanted.product_id is not None, name=self.tr("Product"))
        departure = self._departures.get(wanted.departure_id or 0, anything)
        self.departure.show_value(departure, on=wanted.departure_id is not None, name=self.tr("Departure"))
        self.guide.show_value(wanted.guide or anything, on=bool(wanted.guide), name=self.tr("Guide"))
        stars = ", ".join(str(rating) for rating in sorted(wanted.ratings))
        self.rating.show_value(stars or anything, on=bool(stars), name=self.tr("Stars"))
        self.days.show_value(self._days_words(), on=wanted.first is not None, name=self.tr("Days"))
        self.clear.setVisible(wanted != ReviewFilter())
        stars_of: list[tuple[str, object]] = [(stars_words(rating), rating) for rating in reversed(RATINGS)]
        self.rating.set_several(stars_of, frozenset[object](wanted.ratings))

    def show_choices(self, told: Tallies, today: date) -> None:
        """What has been reviewed: what there is to choose from. What is chosen already keeps its name."""
        self._today = today
        self._products |= {int(line.key): line.name for line in told.products if line.key}
        self._guides = tuple(sorted({*self._guides, *(line.name for line in told.guides)}))
        for line in told.departures:
            at = day_and_time(local(line.departs_at, line.zone)) if line.departs_at else line.name
            self._departures[int(line.key)] = at
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.standing.set_choices([(_capital(standing_words(one)), one) for one in Standing])
        nothing: list[tuple[str, object]] = [(self.tr("Any"), None)]
        self.product.set_choices(nothing + [(name, key) for key, name in self._products.items()])
        self.departure.set_choices(nothing + [(name, key) for key, name in self._departures.items()])
        self.guide.set_choices([(self.tr("Any"), ""), *((name, name) for name in self._guides)])
        days: list[tuple[str, object]] = [
            (self.tr("The last {count} days").format(count=count), count) for count in _LAST
        ]
        self.days.set_choices(nothing + days)
        self.clear.set_text(self.tr("Clear filters"))
        self.show_wanted(self._wanted)

    def _days_words(self) -> str:
        first, last = self._wanted.first, self._wanted.last
        return day_range(first, last) if first is not None and last is not None else self.tr("any")

    def _connect(self) -> None:
        nothing: dict[str, tuple[FilterButton, Any]] = {
            "standing": (self.standing, Standing.ALL),
            "product_id": (self.product, None),
            "departure_id": (self.departure, None),
            "guide": (self.guide, ""),
            "ratings": (self.rating, frozenset()),
        }
        for field, (button, value) in nothing.items():
            button.chosen.connect(lambda value, field=field: self.choose(field, value))
            button.cleared.connect(lambda field=field, value=value: self.choose(field, value))
        self.days.chosen.connect(self._choose_days)
        self.days.cleared.connect(lambda: self._choose_days(None))
        self.clear.clicked.connect(lambda: self.chosen.emit(ReviewFilter()))

    def choose(self, field: str, value: Any) -> None:
        """Narrow the list by one thing more."""
        self.chosen.emit(replace(self._wanted, **{field: value}))

    def _choose_days(self, count: object) -> None:
        first = self._today - timedelta(days=count - 1) if isinstance(count, int) else None
        last = self._today if first is not None else None
        self.chosen.emit(replace(self._wanted, first=first, last=last))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
