"""The first screen of the day: what needs somebody, what departs, and the week ahead.

Everything is one answer of the database and says as of when it is. It is asked for again when something
changes anywhere, and once a minute, because time alone makes an order late.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.reservations import Status
from models.rows import Filter, ReservationRow
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.pulse import pulse
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.today_departures import Departures, tour_words
from ui.today_numbers import BOXES, number_title, numbers
from ui.today_queue import Queue
from ui.today_settle import Matter, Settle, matters
from ui.today_week import Week
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.widgets.stat_strip import StatStrip
from ui.wording import clock, long_day, number_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.today import DepartureToday
    from models.today import Today as TodayFacts

CONCERNS = frozenset(
    ("reservations", "departures", "scans", "letters", "decisions", "products", "refunds", "payments")
)
_WIDE_FROM, _HIGH_FROM = 1180, 800
_MINUTE_BEATS = 60


class Today(Screen):
    """The dashboard. Asks to go to the list, to a reservation, to a day of the calendar, to import."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._facts: TodayFacts | None = None
        self._beats = 0
        self._question = Question(at.background, self)
        self.strip = StatStrip("")
        self.queue = Queue(at.now)
        self.departures = Departures(at.now)
        self.settle = Settle()
        self.week = Week()
        self.calm = EmptyState("", key=actions.cap("open-checkin"))
        self.first_day = EmptyState("", key=actions.cap("go-imports"), shape="import")
        self.notice = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()
        self.ask()

    # what the window asks

    def title(self) -> str:
        return self.tr("Today")

    def subtitle(self) -> str:
        if self._facts is None:
            return ""
        at = local(self._facts.as_of, self._facts.zone)
        return self.tr("{day}, as of {time}").format(day=long_day(self._facts.day), time=clock(at))

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("open"),
            hint("confirm"),
            hint("cancel", rare=True),
            hint("open-checkin", self.tr("check-in")),
            hint("find"),
            hint("go-imports", rare=True),
            hint("refresh", rare=True),
        )

    def opened(self, **_what: Any) -> None:
        self.ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self.ask()

    def ask(self) -> None:
        """Ask everything again; what is shown stays until the answer comes."""
        if self._facts is None and not self._question.is_open:
            self._loading.start()
        self._beats = 0
        self._question.ask(partial(asking.today, self._desk.desk))

    # what is shown

    def show_today(self, facts: TodayFacts) -> None:
        """Show an answer."""
        self._facts = facts
        self._loading.stop()
        self.notice.hide()
        self._pages.setCurrentIndex(1)
        self.strip.show_stats(*numbers(facts, self._desk.now()))
        self.queue.show_urgent(facts.urgent)
        self.departures.model_.show_rows(facts.departures)
        self.settle.model_.show_rows(matters(facts))
        self.week.show_week(facts.week_days, facts.week, narrow=self._narrow)
        self._show_heads(facts)
        self._show_calm(facts)
        self._fit()
        self.retitled.emit()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.strip.setAccessibleName(self.tr("Numbers of today"))
        self.queue.setAccessibleName(self.tr("Needs you, most urgent first"))
        self.departures.setAccessibleName(self.tr("Departures today"))
        self.settle.setAccessibleName(self.tr("To settle"))
        self._nothing_departs.setText(self.tr("Nothing departs today."))
        self._no_week.setText(self.tr("Nothing departs in the coming seven days."))
        self._settled.setText(self.tr("Nothing went wrong, nothing is left to decide."))
        if self._facts is not None:
            self.show_today(self._facts)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._facts is not None:
            (self.queue, self.calm, self.first_day)[self._queue_stack.currentIndex()].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # building

    def _build(self) -> None:
        self._loading = Loading(row=64)
        self._nothing_departs = Label("", 13, 400, "ink3")
        self._settled = Label("", 13, 400, "ink3")
        self._no_week = Label("", 13, 400, "ink3")
        self._queue_card = Card(padding=0)
        self._queue_stack = _stack(self.queue, self.calm, self.first_day)
        self._queue_card.add(self._queue_stack, 1)
        self._week_card = Card(padding=0)
        self._week_stack = _stack(self.week, _quiet(self._no_week))
        self._week_card.add(self._week_stack, 1)
        self._departures_card = Card(padding=0)
        self._departures_stack = _stack(self.departures, _quiet(self._nothing_departs))
        self._departures_card.add(self._departures_stack, 1)
        self._settle_card = Card(padding=0)
        self._settle_stack = _stack(self.settle, _quiet(self._settled))
        self._settle_card.add(self._settle_stack, 1)
        for card in (self._queue_card, self._week_card, self._departures_card, self._settle_card):
            foot = QWidget()
            foot.setFixedHeight(5)  # the round corners of the card stay free
            card.add(foot)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._loading)
        self._pages.addWidget(self._lay_out())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        self.notice.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> QWidget:
        inside = QWidget()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for card, layout, share in (
            (self._queue_card, self._left, 5),
            (self._week_card, self._left, 4),
            (self._departures_card, self._right, 1),
            (self._settle_card, self._right, 0),
        ):
            layout.addWidget(card, share)
        self._halves = QHBoxLayout()
        self._halves.addLayout(self._left, 65)
        self._halves.addLayout(self._right, 35)
        self._whole = QVBoxLayout(inside)
        self._whole.addWidget(self.strip)
        self._whole.addLayout(self._halves, 1)
        return inside

    def _connect(self) -> None:
        self._question.answered.connect(self.show_today)
        self._question.refused.connect(self._refuse)
        self.strip.pressed.connect(self._open_number)
        self.queue.opened.connect(lambda urgent: self._open_details(urgent.row))
        self.queue.answered.connect(self._answer)
        self.departures.opened.connect(self._open_departure)
        self.settle.opened.connect(self._open_matter)
        self.week.day_opened.connect(lambda day: self.navigate.emit("calendar", {"day": day}))
        self.calm.pressed.connect(lambda: self.navigate.emit("checkin", {}))
        self.first_day.pressed.connect(lambda: self.navigate.emit("imports", {}))
        self._queue_card.linked.connect(self._open_waiting)
        self._departures_card.linked.connect(self._open_departing)
        self._week_card.linked.connect(lambda: self.navigate.emit("calendar", {}))
        self._actions = [
            actions.make("confirm", self, self._answer_chosen),
            actions.make("cancel", self, self._cancel_chosen),
            actions.make("open-checkin", self, lambda: self.navigate.emit("checkin", {})),
            actions.make("refresh", self, self.ask),
        ]
        pulse().join(self._follow_clock)

    # showing

    @property
    def _narrow(self) -> bool:
        return self.width() < fonts.px(_WIDE_FROM) + fonts.px(300)

    def _show_heads(self, facts: TodayFacts) -> None:
        waiting = facts.box("unconfirmed").count + facts.box("to-cancel").count
        link = self.tr("All {count} in the list").format(count=number_words(waiting)) if waiting else ""
        self._queue_card.set_heading(self.tr("Needs you"), self.tr("most urgent first"), link)
        expected = sum(departure.expected for departure in facts.departures)
        arrived = sum(departure.arrived for departure in facts.departures)
        note = self.tr("{arrived} of {expected} guests in").format(arrived=arrived, expected=expected)
        link = self.tr("Guests of today") if expected else ""
        self._departures_card.set_heading(self.tr("Departures today"), note if expected else "", link)
        self._departures_stack.setCurrentIndex(0 if facts.departures else 1)
        to_settle = self.settle.model_.rowCount()
        self._settle_card.set_heading(self.tr("To settle"), str(to_settle) if to_settle else "")
        self._settle_stack.setCurrentIndex(0 if to_settle else 1)
        note = self.tr("guests, and seats left; a diamond has something to confirm")
        self._week_card.set_heading(self.tr("Next seven days"), note, self.tr("Calendar"))

    def _show_calm(self, facts: TodayFacts) -> None:
        """Nobody waits: the good news, and what to do next; before the first product, where to begin."""
        first_day = not facts.week and not facts.departures and not facts.urgent
        at = 0 if facts.urgent else 2 if first_day else 1
        self._week_stack.setCurrentIndex(0 if facts.week else 1)
        self._bring_focus(at)
        expected = sum(departure.expected for departure in facts.departures)
        arrived = sum(departure.arrived for departure in facts.departures)
        text = self.tr("{expected} guests today, {arrived} are in.").format(expected=expected, arrived=arrived)
        if not expected:
            text = self.tr("Every order is answered, and nobody is expected today.")
        self.calm.say(self.tr("Nothing needs you"), text, actions.text("open-checkin"))
        text = self.tr("Import a file of your products, then the orders of your channels.")
        self.first_day.say(self.tr("No products yet"), text, actions.text("go-imports"))

    def _bring_focus(self, at: int) -> None:
        """Show the queue or what stands in its place, and leave the keyboard where it was."""
        pages = (self.queue, self.calm, self.first_day)
        before = pages[self._queue_stack.currentIndex()]
        focus = self.focusWidget()
        had = self.hasFocus() or (focus is not None and (focus is before or before.isAncestorOf(focus)))
        self._queue_stack.setCurrentIndex(at)
        if had:
            pages[at].setFocus()

    def _fit(self) -> None:
        """Closer together in a small window."""
        low, narrow = self.height() < fonts.px(_HIGH_FROM), self._narrow
        gap, edge = (12, 14) if low else (16, 24)
        self._whole.setContentsMargins(edge + 6 if low else edge, edge, edge + 6 if low else edge, edge)
        for layout in (self._whole, self._left, self._right, self._halves):
            layout.setSpacing(gap)
        self._halves.setStretch(0, 67 if narrow else 65)
        self._halves.setStretch(1, 33 if narrow else 35)
        self.queue.set_narrow(narrow)
        self.queue.set_row_height(54 if low else 64)
        self.departures.set_narrow(narrow)
        self.departures.set_row_height(50 if low else 60)
        rows = max(1, self.settle.model_.rowCount())
        self.settle.set_row_height(46 if low else 52)
        self._settle_stack.setFixedHeight(self.settle.rows_height(min(rows, 3 if low else 5)))

    def _refuse(self, no: CannotDo) -> None:
        self._loading.stop()
        self.notice.refuse(no)

    def _follow_clock(self) -> None:
        if not self.isVisible():
            return
        self.queue.follow_clock()
        self.departures.follow_clock()
        self._beats += 1
        if self._beats >= _MINUTE_BEATS and not self._question.is_open:
            self.ask()

    # going elsewhere, and answering

    def _open_number(self, at: int) -> None:
        if self._facts is not None:
            self._open_list(self._facts.box(BOXES[at]).opens, number_title(BOXES[at]))

    def _open_list(self, wanted: Filter, title: str) -> None:
        self.navigate.emit("reservations", {"wanted": wanted, "title": title})

    def _open_details(self, row: ReservationRow) -> None:
        self.navigate.emit("details", {"reservation": row.id})

    def _open_departure(self, departure: DepartureToday) -> None:
        time = clock(local(departure.departs_at, departure.zone))
        title = self.tr("{time} {tour}").format(time=time, tour=tour_words(departure))
        self._open_list(Filter(departure_id=departure.departure_id), title)

    def _open_matter(self, matter: Matter) -> None:
        self._open_list(matter.opens, matter.title)

    def _open_waiting(self) -> None:
        statuses = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))
        self._open_list(Filter(statuses=statuses), self.tr("Needs you"))

    def _open_departing(self) -> None:
        if self._facts is not None:
            self._open_list(self._facts.box("departing").opens, number_title("departing"))

    def _answer(self, row: ReservationRow) -> None:
        """The likely answer: who asked to cancel is answered, every other order is confirmed."""
        if row.status is Status.CANCEL_REQUESTED:
            self._desk.deeds.cancel(row.id)
        else:
            self._desk.deeds.confirm(row.id)

    def _answer_chosen(self) -> None:
        if self.queue.row is not None:
            self._answer(self.queue.row.row)

    def _cancel_chosen(self) -> None:
        if self.queue.row is not None:
            self._desk.deeds.cancel(self.queue.row.row.id)


def _stack(*pages: QWidget) -> QStackedWidget:
    """The rows, or what stands there when there are none."""
    made = QStackedWidget()
    for page in pages:
        made.addWidget(page)
    return made


def _quiet(label: Label) -> QWidget:
    """A quiet sentence in the place of a list."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(20, 0, 20, 0)
    row.addWidget(label)
    return made
