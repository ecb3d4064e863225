"""The face of the dashboard: the boxes, and cards that move closer together in a small window.

In a large window everything is seen at once; in a small one the week ahead, the last days and the month
share one card and are leafed through; where large text leaves too little room the cards stand under each
other and the page scrolls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import actions, fonts
from ui.today_box_words import faces
from ui.today_boxes import Boxes
from ui.today_chores import Chores
from ui.today_departures import Departures
from ui.today_figures import Figures
from ui.today_month import MonthFigures
from ui.today_parts import Leaves, Part, Steady, quiet
from ui.today_queue import Queue
from ui.today_week import Week
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.today import Figures as Told
    from models.today import Today
    from models.week import Week as WeekFacts

_WIDE_FROM, _HIGH_FROM = 1480, 860
_TIGHT_BELOW = QSize(1120, 560)  # with large text in a small window everything stands under each other


class TodayCards(QWidget):
    """Shows one answer of the database; whoever owns it connects the signals of its parts."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._facts: Today | None = None
        self._week: WeekFacts | None = None
        self._told: Told | None = None
        self.boxes = Boxes()
        self.queue = Queue(now)
        self.departures = Departures(now)
        self.chores = Chores(now)
        self.week, self.figures, self.month = Week(), Figures(), MonthFigures()
        self.calm = EmptyState("", key=actions.cap("open-checkin"))
        self.first_day = EmptyState("", key=actions.cap("go-imports"), shape="import")
        self._no_departure, self._settled, self._no_week = (Label("", 13, 400, "ink3") for _ in range(3))
        self._week_page = QStackedWidget()
        for page in (self.week, quiet(self._no_week)):
            self._week_page.addWidget(page)
        self.queue_card = Part(self.queue, self.calm, self.first_day)
        self.departures_card = Part(self.departures, quiet(self._no_departure))
        self.chores_card = Part(self.chores, quiet(self._settled))
        self.ahead_card, self.behind_card = Leaves(), Leaves()
        self._spread: bool | None = None
        self._room = QSize(fonts.px(1240), fonts.px(640))
        self._lay_out()
        self.boxes.left_below.connect(self.take_focus)
        self.queue.left_above.connect(self.boxes.setFocus)
        self.retranslate()

    def show_today(self, facts: Today, *, quietly: bool = False) -> None:
        """Show what needs somebody; `quietly` leaves the row under the cursor where it is."""
        self._facts = facts
        self.boxes.show_faces(faces(facts, self._now()))
        self.queue.show_urgent(facts.urgent, quietly=quietly)
        self.departures.model_.show_rows(facts.departures)
        self.chores.show_chores(facts)
        self._show_heads(facts)
        self._show_calm(facts)
        self._fit()

    def show_week(self, week: WeekFacts) -> None:
        """Show the coming days."""
        self._week = week
        self.week.show_week(week.days, week.lines, narrow=self._narrow)
        self._week_page.setCurrentIndex(0 if week.lines else 1)

    def show_figures(self, told: Told) -> None:
        """Show how it went."""
        self._told = told
        self.figures.show_fortnight(told.fortnight)
        self.month.show_month(told.month, told.this_month)

    def take_focus(self) -> None:
        """Put the keyboard where the work is."""
        (self.queue, self.calm, self.first_day)[self.queue_card.at].setFocus()

    def follow_clock(self) -> None:
        """Repaint the times that read differently now."""
        if self._facts is not None:
            self.boxes.show_faces(faces(self._facts, self._now()))
        self.queue.follow_clock()
        self.departures.follow_clock()
        self.chores.follow_clock()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.queue.setAccessibleName(self.tr("Needs you, most urgent first"))
        self.departures.setAccessibleName(self.tr("Departures today"))
        self.chores.setAccessibleName(self.tr("To settle"))
        self._no_departure.setText(self.tr("Nothing departs today."))
        self._no_week.setText(self.tr("Nothing departs in the coming seven days."))
        self._settled.setText(self.tr("Nothing is left to decide, and every channel knows."))
        self.month.retranslate()
        self._name_leaves()
        if self._facts is not None:
            self.show_today(self._facts)
        if self._week is not None:
            self.show_week(self._week)
        if self._told is not None:
            self.show_figures(self._told)

    def fit_to(self, room: QSize) -> None:
        """Stand in so much room; only where text is large it may become higher than that."""
        self._room = room
        self._fit()

    def _lay_out(self) -> None:
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left.addWidget(self.queue_card, 27)
        self._left.addWidget(self.ahead_card, 22)
        self._right.addWidget(self.departures_card, 1)
        self._right.addWidget(self.chores_card)
        self._right.addWidget(self.behind_card)
        self._halves.addLayout(self._left, 65)
        self._halves.addLayout(self._right, 35)
        self._whole = Steady(self)
        self._whole.addWidget(self.boxes)
        self._whole.addLayout(self._halves, 1)

    @property
    def _narrow(self) -> bool:
        return self._room.width() < fonts.px(_WIDE_FROM)

    @property
    def is_tight(self) -> bool:
        """Whether everything stands under each other."""
        return self._room.width() < fonts.px(_TIGHT_BELOW.width()) or self._room.height() < fonts.px(
            _TIGHT_BELOW.height()
        )

    def _fit(self) -> None:
        """Closer together in a small window."""
        low, narrow, tight = self._room.height() < fonts.px(_HIGH_FROM), self._narrow, self.is_tight
        gap, top, side = (12, 14, 20) if low else (16, 20, 24)
        self._whole.setContentsMargins(side, top, side, top)
        for layout in (self._whole, self._left, self._right, self._halves):
            layout.setSpacing(gap)
        way = QBoxLayout.Direction
        self._halves.setDirection(way.TopToBottom if tight else way.LeftToRight)
        for at, share in enumerate((0, 0) if tight else (67, 33) if narrow else (65, 35)):
            self._halves.setStretch(at, share)
        self.boxes.set_low(low)
        self.queue.set_narrow(narrow)
        self.queue.set_row_height(54 if low else 64)
        self.departures.set_narrow(narrow and not tight)
        self.departures.set_row_height(50 if low else 54)
        self.chores.set_row_height(44 if low else 46)
        rows = max(1, self.chores.model_.rowCount())
        self.chores_card.set_pages_height(self.chores.rows_height(min(rows, 4 if low else 3)))
        self._stand(tight)
        self._spread_leaves(not low and not narrow and not tight)

    def _stand(self, tight: bool) -> None:
        """Under each other every card is as high as a few of its rows, else they share the height."""
        cards = ((self.queue_card, self.queue, 4), (self.departures_card, self.departures, 4))
        for card, board, most in cards:
            rows = min(max(3, board.model_.rowCount()), most)
            card.setMinimumHeight(board.rows_height(rows) + fonts.px(56) if tight else 0)
        self.ahead_card.setMinimumHeight(fonts.px(240) if tight else 0)

    def _spread_leaves(self, spread: bool) -> None:
        """With room for it, what lies behind us has a card of its own at the right."""
        if spread == self._spread:
            return
        self._spread = spread
        behind = [self.figures, self.month]
        self.behind_card.set_leaves(behind if spread else [])
        self.ahead_card.set_leaves([self._week_page] if spread else [self._week_page, *behind])
        self.behind_card.setVisible(spread)
        self.behind_card.set_pages_height(fonts.px(190))
        self._name_leaves()

    def _name_leaves(self) -> None:
        ahead, behind = self.tr("Next seven days"), [self.tr("Last seven days"), self.tr("The month")]
        note = self.tr("guests, and seats left; a diamond has something to confirm")
        alone = (ahead, note, self.tr("Calendar")) if self._spread else ("",)
        self.ahead_card.set_heading(*alone)
        self.ahead_card.set_names([ahead, *behind], ahead if self._spread else self.tr("Days and figures"))
        self.behind_card.set_names(behind, self.tr("Figures"))

    def _show_heads(self, facts: Today) -> None:
        waiting = sum(facts.box(key).count for key in ("unconfirmed", "pending", "to-cancel"))
        link = self.tr("All {count} in the list").format(count=number_words(waiting)) if waiting else ""
        if self.queue.held_back:
            link = self.tr("{count} new, show ({key})").format(
                count=number_words(self.queue.held_back), key=actions.cap("refresh")
            )
        self.queue_card.set_heading(self.tr("Needs you"), self.tr("most urgent first"), link)
        expected, arrived = _guests(facts)
        note = self.tr("{arrived} of {expected} guests in").format(arrived=arrived, expected=expected)
        link = self.tr("Guests of today") if expected else ""
        self.departures_card.set_heading(self.tr("Departures today"), note if expected else "", link)
        self.departures_card.show_page(0 if facts.departures else 1)
        at_channels = facts.box("to-do").count
        link = self.tr("All {count} at channels").format(count=number_words(at_channels))
        decide = facts.box("decisions").count
        note = self.tr("{count} to decide").format(count=number_words(decide)) if decide else ""
        self.chores_card.set_heading(self.tr("To settle"), note, link if at_channels else "")
        self.chores_card.show_page(0 if self.chores.model_.rowCount() else 1)

    def _show_calm(self, facts: Today) -> None:
        """Nobody waits: the good news, and what to do next; before the first product, where to begin."""
        self.queue_card.show_page(0 if facts.urgent else 1 if facts.has_products else 2)
        expected, arrived = _guests(facts)
        text = self.tr("{expected} guests today, {arrived} are in.").format(
            expected=expected, arrived=arrived
        )
        if not expected:
            text = self.tr("Every order is answered, and nobody is expected today.")
        self.calm.say(self.tr("Nothing needs you"), text, actions.text("open-checkin"))
        text = self.tr("Import a file of your products, then the orders of your channels.")
        self.first_day.say(self.tr("No products yet"), text, actions.text("go-imports"))


def _guests(facts: Today) -> tuple[int, int]:
    """How many are expected today, and how many are in."""
    expected = sum(departure.expected for departure in facts.departures)
    return expected, sum(departure.arrived for departure in facts.departures)
