"""The face of the dashboard: the numbers, and four cards that move closer together in a small window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import actions, fonts
from ui.today_departures import Departures
from ui.today_numbers import numbers
from ui.today_queue import Queue
from ui.today_settle import Settle, matters
from ui.today_week import Week
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.stat_strip import StatStrip
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.today import Today

_WIDE_FROM, _HIGH_FROM = 1480, 800
_FOOT = 5  # keeps the round corners of a card free


class TodayCards(QWidget):
    """Shows one answer of the database; whoever owns it connects the signals of its parts."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._facts: Today | None = None
        self.strip = StatStrip(self.tr("Numbers of today"))
        self.queue = Queue(now)
        self.departures = Departures(now)
        self.settle = Settle()
        self.week = Week()
        self.calm = EmptyState("", key=actions.cap("open-checkin"))
        self.first_day = EmptyState("", key=actions.cap("go-imports"), shape="import")
        self._no_departure, self._settled, self._no_week = (Label("", 13, 400, "ink3") for _ in range(3))
        self.queue_card = Part(self.queue, self.calm, self.first_day)
        self.week_card = Part(self.week, _quiet(self._no_week))
        self.departures_card = Part(self.departures, _quiet(self._no_departure))
        self.settle_card = Part(self.settle, _quiet(self._settled))
        self._lay_out()
        self.retranslate()

    def show_today(self, facts: Today) -> None:
        """Show an answer."""
        self._facts = facts
        self.strip.show_stats(*numbers(facts, self._now()))
        self.queue.show_urgent(facts.urgent)
        self.departures.model_.show_rows(facts.departures)
        self.settle.model_.show_rows(matters(facts))
        self.week.show_week(facts.week_days, facts.week, narrow=self._narrow)
        self._show_heads(facts)
        self._show_calm(facts)
        self._fit()

    def take_focus(self) -> None:
        """Put the keyboard where the work is."""
        (self.queue, self.calm, self.first_day)[self.queue_card.at].setFocus()

    def follow_clock(self) -> None:
        """Repaint the times left that read differently now."""
        self.queue.follow_clock()
        self.departures.follow_clock()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.queue.setAccessibleName(self.tr("Needs you, most urgent first"))
        self.departures.setAccessibleName(self.tr("Departures today"))
        self.settle.setAccessibleName(self.tr("To settle"))
        self._no_departure.setText(self.tr("Nothing departs today."))
        self._no_week.setText(self.tr("Nothing departs in the coming seven days."))
        self._settled.setText(self.tr("Nothing went wrong, nothing is left to decide."))
        if self._facts is not None:
            self.show_today(self._facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self._left, self._right, self._halves = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._left.addWidget(self.queue_card, 5)
        self._left.addWidget(self.week_card, 4)
        self._right.addWidget(self.departures_card, 1)
        self._right.addWidget(self.settle_card)
        self._halves.addLayout(self._left, 65)
        self._halves.addLayout(self._right, 35)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.strip)
        self._whole.addLayout(self._halves, 1)

    @property
    def _narrow(self) -> bool:
        return self.width() < fonts.px(_WIDE_FROM)

    def _fit(self) -> None:
        """Closer together in a small window."""
        low, narrow = self.height() < fonts.px(_HIGH_FROM), self._narrow
        gap, top, side = (12, 14, 20) if low else (16, 20, 24)
        self._whole.setContentsMargins(side, top, side, top)
        for layout in (self._whole, self._left, self._right, self._halves):
            layout.setSpacing(gap)
        self._halves.setStretch(0, 67 if narrow else 65)
        self._halves.setStretch(1, 33 if narrow else 35)
        self.queue.set_narrow(narrow)
        self.queue.set_row_height(54 if low else 64)
        self.departures.set_narrow(narrow)
        self.departures.set_row_height(50 if low else 60)
        self.settle.set_row_height(46 if low else 52)
        rows = max(1, self.settle.model_.rowCount())
        self.settle_card.set_pages_height(self.settle.rows_height(min(rows, 3 if low else 5)))

    def _show_heads(self, facts: Today) -> None:
        waiting = facts.box("unconfirmed").count + facts.box("to-cancel").count
        link = self.tr("All {count} in the list").format(count=number_words(waiting)) if waiting else ""
        self.queue_card.set_heading(self.tr("Needs you"), self.tr("most urgent first"), link)
        expected, arrived = _guests(facts)
        note = self.tr("{arrived} of {expected} guests in").format(arrived=arrived, expected=expected)
        link = self.tr("Guests of today") if expected else ""
        self.departures_card.set_heading(self.tr("Departures today"), note if expected else "", link)
        self.departures_card.show_page(0 if facts.departures else 1)
        count = self.settle.model_.rowCount()
        self.settle_card.set_heading(self.tr("To settle"), str(count) if count else "")
        self.settle_card.show_page(0 if count else 1)
        note = self.tr("guests, and seats left; a diamond has something to confirm")
        self.week_card.set_heading(self.tr("Next seven days"), note, self.tr("Calendar"))
        self.week_card.show_page(0 if facts.week else 1)

    def _show_calm(self, facts: Today) -> None:
        """Nobody waits: the good news, and what to do next; before the first product, where to begin."""
        first_day = not facts.week and not facts.departures
        self.queue_card.show_page(0 if facts.urgent else 2 if first_day else 1)
        expected, arrived = _guests(facts)
        text = self.tr("{expected} guests today, {arrived} are in.").format(
            expected=expected, arrived=arrived
        )
        if not expected:
            text = self.tr("Every order is answered, and nobody is expected today.")
        self.calm.say(self.tr("Nothing needs you"), text, actions.text("open-checkin"))
        text = self.tr("Import a file of your products, then the orders of your channels.")
        self.first_day.say(self.tr("No products yet"), text, actions.text("go-imports"))


class Part(Card):
    """A card with a list, and what stands in its place when the list is empty."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__(padding=0)
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        self.add(self._pages, 1)
        self.add(foot)

    @property
    def at(self) -> int:
        """Which page is shown."""
        return self._pages.currentIndex()

    def show_page(self, at: int) -> None:
        """Another page; the keyboard goes along when it was here."""
        before, focus = self._pages.currentWidget(), QApplication.focusWidget()
        had = before is not None and focus is not None and (focus is before or before.isAncestorOf(focus))
        self._pages.setCurrentIndex(at)
        page = self._pages.widget(at)
        if had and page is not None and page is not before:
            page.setFocus()

    def set_pages_height(self, height: int) -> None:
        """Exactly as high as its rows."""
        self._pages.setFixedHeight(height)


def _guests(facts: Today) -> tuple[int, int]:
    """How many are expected today, and how many are in."""
    expected = sum(departure.expected for departure in facts.departures)
    return expected, sum(departure.arrived for departure in facts.departures)


def _quiet(label: Label) -> QWidget:
    """A quiet sentence in the place of a list."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(20, 0, 20, 0)
    row.addWidget(label)
    return made
