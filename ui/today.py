"""The first screen of the day: what needs somebody, who departs, and how the days and the month go.

What needs somebody is one answer of the database and says as of when it is. It is asked for again when
something changes anywhere, and once a minute, because time alone makes an order late. The week and the
figures are asked for after it, so that they never hold it up.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.refunds import Tab
from models.reservations import Status
from models.rows import Filter, ReservationRow
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.pulse import pulse
from ui.question import Question
from ui.rehearsal_words import summary_words
from ui.screen import KeyHint, Screen, hint
from ui.today_box_words import box_title
from ui.today_cards import TodayCards
from ui.today_chores import Matter
from ui.today_departures import tour_words
from ui.today_page import TodayPage
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.wording.dates import clock, day_word, long_day
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.today import Figures as Told
    from models.boxes import Box
    from models.today import DepartureToday, Urgent
    from models.today import Today as TodayFacts

CONCERNS = frozenset(
    (
        "reservations",
        "departures",
        "messages",
        "scans",
        "letters",
        "decisions",
        "products",
        "refunds",
        "payments",
        "trips",
        "incidents",
        "reviews",
        "rehearsals",
        "backups",
        "mails",
        "journal",
        "carriers",
    )
)
_MINUTE_BEATS = 60
_FIGURES_S = 20  # a week's figures need not follow every order


class Today(Screen):
    """The dashboard. Asks to go to the list, to a reservation, to a day of the calendar, to import."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._facts: TodayFacts | None = None
        self._beats = 0
        self._quietly = False
        self._figures_at: datetime | None = None
        self._month: date | None = None  # None is this one
        self._question = Question(at.background, self)
        self._of_week = Question(at.background, self)
        self._of_figures = Question(at.background, self)
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
        day = day_word(self._facts.day) if self.cards.is_tight else long_day(self._facts.day)
        words = self.tr("{day}, as of {time}").format(day=day, time=clock(at))
        done = self._facts.rehearsed
        good = done is not None and not done.wrong  # what is wrong stands among what is to be settled
        rehearsed = summary_words(done, self._facts.day) if done is not None and good else ""
        return f"{words}. {rehearsed}." if rehearsed and not self.cards.is_tight else words

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("open"),
            hint("confirm"),
            hint("hold", rare=True),
            hint("cancel", rare=True),
            KeyHint(("1", "…", "0"), self.tr("open a box")),
            KeyHint((*actions.keys("done"),), self.tr("done at the channel"), rare=True),
            hint("previous-page", rare=True),
            hint("open-checkin", self.tr("check-in")),
            hint("find"),
            hint("go-imports", rare=True),
            hint("refresh", rare=True),
        )

    def opened(self, **what: Any) -> None:
        """Back from a reservation's page the cursor stands on the one that was shown last."""
        at = self.cards.queue.model_.place_of(what.get("left"))
        if at >= 0:
            self.cards.queue.go_to(at)
        self._figures_at = None
        if (
            self._facts is not None or not self._question.is_open
        ):  # the very first question is under way already
            self.ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self.ask()

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self.ask(quietly=True)

    def ask(self, *, quietly: bool = False) -> None:
        """Ask everything again; what is shown stays until the answer comes.

        `quietly`, for what others did or time alone: the row under the cursor stays where it is.
        """
        self._quietly = quietly and (self._quietly or not self._question.is_open)
        if self._facts is None and not self._question.is_open:
            self._loading.start()
        self._beats = 0
        self._question.ask(partial(asking.today, self._desk.desk))

    # what is shown

    def show_today(self, facts: TodayFacts) -> None:
        """Show an answer."""
        self._facts = facts
        self._loading.stop()
        self._pages.setCurrentWidget(self.page)
        self.cards.show_today(facts, quietly=self._quietly)
        if self.hasFocus():
            self.cards.take_focus()
        self.retitled.emit()
        QTimer.singleShot(0, self, self._ask_later)  # when the numbers have been painted

    def show_figures(self, told: Told) -> None:
        """Show how it went."""
        self._month = None if told.month.first == told.this_month else told.month.first
        self.cards.show_figures(told)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.cards.retranslate()
            for action in (*self._actions, *self.cards.month.turning, self.cards.chores.done_action):
                actions.retranslate(action)
            self.retitled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.retitled.emit()  # large text leaves room for a short day only

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._facts is not None:
            self.cards.take_focus()

    # building

    def _build(self) -> None:
        self._loading = Loading(row=64)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._loading)
        self.page = TodayPage(self.cards)
        self._pages.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        self.notice.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        cards = self.cards
        self._question.answered.connect(self.show_today)
        self._of_week.answered.connect(cards.show_week)
        self._of_figures.answered.connect(self.show_figures)
        questions = (self._question, self._of_week, self._of_figures)
        self.notice.follow(*questions, something=lambda: self._facts is not None)
        for question in questions:
            question.refused.connect(lambda _no: self._loading.stop())
        cards.boxes.opened.connect(self._open_box)
        cards.queue.opened.connect(lambda urgent: self._open_details(urgent.row))
        cards.queue.answered.connect(self._answer)
        cards.departures.opened.connect(self._open_departure)
        cards.chores.opened.connect(self._open_matter)
        cards.chores.done.connect(lambda matter: self._desk.deeds.tick_off(matter.reservation))
        cards.month.month_wanted.connect(self._ask_month)
        cards.month.opened.connect(lambda number: self.navigate.emit("details", {"reservation": number}))
        cards.week.day_opened.connect(lambda day: self.navigate.emit("calendar", {"day": day}))
        cards.calm.pressed.connect(lambda: self.navigate.emit("checkin", {}))
        cards.first_day.pressed.connect(lambda: self.navigate.emit("imports", {}))
        cards.queue_card.linked.connect(self._open_waiting)
        cards.ahead_card.linked.connect(lambda: self.navigate.emit("calendar", {}))
        cards.departures_card.linked.connect(partial(self._open_box, "departing"))
        cards.chores_card.linked.connect(partial(self._open_box, "to-do"))
        self._actions = [
            actions.make("confirm", self, self._answer_chosen),
            actions.make("hold", self, partial(self._do_chosen, "hold")),
            actions.make("cancel", self, partial(self._do_chosen, "cancel")),
            actions.make("open-checkin", self, lambda: self.navigate.emit("checkin", {})),
            actions.make("refresh", self, self.ask),
            *(
                actions.make(f"open-box-{number}", self, partial(cards.boxes.open, number - 1))
                for number in range(1, 11)
            ),
        ]
        pulse().join(self._follow_clock)

    def _follow_clock(self) -> None:
        if not self.isVisible():
            return
        self.cards.follow_clock()
        self._beats += 1
        if self._beats >= _MINUTE_BEATS and not self._question.is_open:
            self.ask(quietly=True)

    # going elsewhere, and answering

    def _open_box(self, key: str) -> None:
        if key == "answers":
            self.navigate.emit("messages", {})
        elif key == "mails":
            self.navigate.emit("imports", {})
        elif key == "journal":
            self.navigate.emit("settings", {"section": "privacy"})
        elif key == "letters":
            self.navigate.emit("letters", {"view": "needs-you"})
        elif self._facts is None:
            return
        elif key == "refunds":
            self.navigate.emit("refunds", {"tab": _worst_of(self._facts.box(key))})
        else:
            self._open_list(self._facts.box(key).opens, box_title(key))

    def _open_list(self, wanted: Filter, title: str) -> None:
        self.navigate.emit("reservations", {"wanted": wanted, "title": title})

    def _open_details(self, row: ReservationRow) -> None:
        """Its page, from which one walks on through the orders that need somebody."""
        among = [urgent.row.id for urgent in self.cards.queue.model_.rows]
        self.navigate.emit("details", {"reservation": row.id, "among": among, "at": among.index(row.id)})

    def _open_departure(self, departure: DepartureToday) -> None:
        time = clock(local(departure.departs_at, departure.zone))
        title = self.tr("{time} {tour}").format(time=time, tour=tour_words(departure))
        self._open_list(Filter(departure_id=departure.departure_id), title)

    def _open_matter(self, matter: Matter) -> None:
        """A list, or the reservation at the place where it is decided."""
        if matter.goes:
            self.navigate.emit(matter.goes, matter.to)
        elif matter.opens is not None:
            self._open_list(matter.opens, matter.title)
        elif matter.reservation is not None:
            at = {} if matter.ticks else {"at": "decisions"}
            self.navigate.emit("details", {"reservation": matter.reservation, **at})

    def _open_waiting(self) -> None:
        if self.cards.queue.held_back and self._facts is not None:
            self.cards.show_today(self._facts)
            return
        statuses = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))
        self._open_list(Filter(statuses=statuses), self.tr("Needs you"))

    def _answer(self, urgent: Urgent) -> None:
        """The likely answer: who asks to cancel is answered, who has not paid pays, all others are confirmed."""
        deeds = self._desk.deeds
        deed = {Status.CANCEL_REQUESTED: deeds.cancel, Status.AWAITING_PAYMENT: deeds.pay}
        deed.get(urgent.row.status, deeds.confirm)(urgent.row.id)

    def _answer_chosen(self) -> None:
        if self.cards.queue.row is not None:
            self._answer(self.cards.queue.row)

    def _do_chosen(self, deed: str) -> None:
        """With the order under the cursor: among what is to be settled, where the keyboard is there."""
        queue, chores = self.cards.queue.row, self.cards.chores
        if chores.hasFocus():
            chosen = chores.row.reservation if chores.row is not None else None
        else:
            chosen = queue.row.id if queue is not None else None
        if chosen is not None:
            getattr(self._desk.deeds, deed)(chosen)

    # the week and the figures

    def _ask_later(self) -> None:
        """What must not hold up the numbers."""
        self._of_week.ask(partial(asking.week, self._desk.desk))
        now = self._desk.now()
        if self._figures_at is None or (now - self._figures_at).total_seconds() >= _FIGURES_S:
            self._ask_month(self._month)

    def _ask_month(self, first: date | None) -> None:
        self._figures_at = self._desk.now()
        self._of_figures.ask(partial(asking.figures, self._desk.desk, first))


def _worst_of(refunds: Box) -> str:
    """The part of the refunds that somebody should look at first."""
    return Tab.FAILED if refunds.failed else Tab.OVERDUE if refunds.broken else Tab.DUE
