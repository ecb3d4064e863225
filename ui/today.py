"""The first screen of the day: what needs somebody, what departs, and the week ahead.

Everything is one answer of the database and says as of when it is. It is asked for again when something
changes anywhere, and once a minute, because time alone makes an order late.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.reservations import Status
from models.rows import Filter, ReservationRow
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.pulse import pulse
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.today_cards import TodayCards
from ui.today_departures import tour_words
from ui.today_numbers import BOXES, number_title
from ui.today_settle import Matter
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.wording.dates import clock, long_day
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.today import DepartureToday
    from models.today import Today as TodayFacts

CONCERNS = frozenset(
    ("reservations", "departures", "scans", "letters", "decisions", "products", "refunds", "payments")
)
_MINUTE_BEATS = 60


class Today(Screen):
    """The dashboard. Asks to go to the list, to a reservation, to a day of the calendar, to import."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._facts: TodayFacts | None = None
        self._beats = 0
        self._question = Question(at.background, self)
        self.cards = TodayCards(at.now)
        self.notice = Notice("stop", "")
        self._build()
        self._connect()
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
        self._pages.setCurrentWidget(self.cards)
        self.cards.show_today(facts)
        if self.hasFocus():
            self.cards.take_focus()
        self.retitled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.cards.retranslate()
            for action in self._actions:
                actions.retranslate(action)
            self.retitled.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._facts is not None:
            self.cards.take_focus()

    # building

    def _build(self) -> None:
        self._loading = Loading(row=64)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._loading)
        self._pages.addWidget(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        self.notice.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        cards = self.cards
        self._question.answered.connect(self.show_today)
        self._question.refused.connect(self._refuse)
        cards.strip.pressed.connect(self._open_number)
        cards.queue.opened.connect(lambda urgent: self._open_details(urgent.row))
        cards.queue.answered.connect(self._answer)
        cards.departures.opened.connect(self._open_departure)
        cards.settle.opened.connect(self._open_matter)
        cards.week.day_opened.connect(lambda day: self.navigate.emit("calendar", {"day": day}))
        cards.calm.pressed.connect(lambda: self.navigate.emit("checkin", {}))
        cards.first_day.pressed.connect(lambda: self.navigate.emit("imports", {}))
        cards.queue_card.linked.connect(self._open_waiting)
        cards.departures_card.linked.connect(self._open_departing)
        cards.week_card.linked.connect(lambda: self.navigate.emit("calendar", {}))
        self._actions = [
            actions.make("confirm", self, self._answer_chosen),
            actions.make("cancel", self, self._cancel_chosen),
            actions.make("open-checkin", self, lambda: self.navigate.emit("checkin", {})),
            actions.make("refresh", self, self.ask),
        ]
        pulse().join(self._follow_clock)

    def _refuse(self, no: CannotDo) -> None:
        self._loading.stop()
        self.notice.refuse(no)

    def _follow_clock(self) -> None:
        if not self.isVisible():
            return
        self.cards.follow_clock()
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
        if self.cards.queue.row is not None:
            self._answer(self.cards.queue.row.row)

    def _cancel_chosen(self) -> None:
        if self.cards.queue.row is not None:
            self._desk.deeds.cancel(self.cards.queue.row.row.id)
