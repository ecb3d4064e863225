"""What the list of reservations asks of the desk, and in which order: rows first, figures after them.

Everything here runs on the reading lane. Figures that would cost too much to count exactly end in a plus.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Background
from models.frozen import frozen
from models.reservations import Status
from models.rows import Filter, Listing
from ui import asking
from ui.question import Question
from ui.widgets.ticks import Ticks
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.views import KeptViews

FIRST_ROWS = 100
COUNTED = 10_000
"""So far the views are counted; what is beyond is '10,000+'."""


@frozen
class Choices:
    """What the bar offers, which day it is at the operator's, and the views of whoever is at the desk."""

    today: date
    zone: str
    products: dict[int, str]
    channels: tuple[str, ...]
    kept: KeptViews


@frozen
class Figures:
    """How many each view holds (at most `COUNTED` + 1), by its key, and what the shown one leaves out by itself."""

    of_views: dict[str, int]
    hidden: dict[Status, int]


@frozen
class Whole:
    """The whole list, and what was ticked and is in it no more."""

    listing: Listing
    lost: frozenset[Hashable]


def choices(desk: asking.DeskDoor) -> Choices:
    """What there is to choose from, and the operator's day."""
    today, zone = asking.here(desk)
    channels = tuple(asking.channels(desk))
    return Choices(today, zone, asking.products(desk), channels, asking.views(desk))


def figures(desk: asking.DeskDoor, of_views: dict[str, Filter], leaving_out: Filter | None) -> Figures:
    """How many there are."""
    counts = {key: asking.count(desk, each, COUNTED + 1) for key, each in of_views.items()}
    return Figures(counts, asking.hidden(desk, leaving_out) if leaving_out else {})


def whole(desk: asking.DeskDoor, wanted: Filter, ticks: Ticks) -> Whole:
    """The whole list as it is now."""
    listing = asking.everything(desk, wanted)
    return Whole(listing, ticks.lost(listing.ids))


def counted_words(count: int) -> str:
    """'218', or '10,000+'."""
    return number_words(count) if count <= COUNTED else f"{number_words(COUNTED)}+"


class Asks(QObject):
    """The open questions of one list. Answers come by signals; a refusal of any of them by `refused`."""

    chosen_from = Signal(object)
    page_came = Signal(object)
    whole_came = Signal(object)
    rows_came = Signal(object)
    figures_came = Signal(object)
    news_came = Signal(object)
    refused = Signal(object)

    def __init__(self, background: Background, desk: asking.DeskDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        heard = {
            "choices": self.chosen_from,
            "page": self.page_came,
            "whole": self.whole_came,
            "rows": self.rows_came,
            "figures": self.figures_came,
            "news": self.news_came,
        }
        self._open = {name: Question(background, self) for name in heard}
        self._again: dict[str, Callable[[], object]] = {}
        for name, signal in heard.items():
            self._open[name].answered.connect(signal)
            self._open[name].answered.connect(lambda _answer, name=name: self._ask_again(name))
            self._open[name].refused.connect(self.refused)

    @property
    def is_open(self) -> bool:
        """Whether any answer is still to come."""
        return any(question.is_open for question in self._open.values())

    @property
    def is_choosing(self) -> bool:
        """Whether what can be chosen from is still to come."""
        return self._open["choices"].is_open

    def ask_choices(self) -> None:
        """What the bar offers."""
        self._open["choices"].ask(partial(choices, self._desk))

    def ask_page(self, wanted: Filter) -> None:
        """The first rows of another list; what was asked about the one before is of no interest any more."""
        for name in ("whole", "figures", "news", "rows"):
            self._open[name].forget()
        self._again.clear()
        self._open["page"].ask(partial(asking.page, self._desk, wanted, None, FIRST_ROWS))

    def ask_whole(self, wanted: Filter, ticks: Ticks) -> None:
        """Every row's number."""
        self._open["news"].forget()
        self._once("whole", partial(whole, self._desk, wanted, ticks))

    def ask_rows(self, ids: tuple[int, ...]) -> None:
        """Some rows in full."""
        self._open["rows"].ask(partial(asking.rows, self._desk, ids))

    def ask_figures(self, of_views: dict[str, Filter], leaving_out: Filter | None) -> None:
        """How many there are."""
        self._once("figures", partial(figures, self._desk, of_views, leaving_out))

    def ask_news(self, wanted: Filter, known: Listing) -> None:
        """How many belong into the list now that did not when it was read."""
        self._once("news", partial(asking.count_since, self._desk, wanted, known))

    def _once(self, name: str, work: Callable[[], object]) -> None:
        """One at a time: however often something changes, the lane is not filled with the same question."""
        if self._open[name].is_open:
            self._again[name] = work
        else:
            self._open[name].ask(work)

    def _ask_again(self, name: str) -> None:
        work = self._again.pop(name, None)
        if work is not None:
            self._open[name].ask(work)
