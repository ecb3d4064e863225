"""Office holidays: a year of closed days, the country's and the office's own, changed right there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.holiday_country import CountryDialog
from ui.holiday_list import HolidayList
from ui.holiday_side import HolidaySide
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.overlay import stands
from ui.widgets.tip import set_tip
from ui.wording.dates import day_word
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from controllers.holidays import CalendarChoice, Counted, OfficeYear

CONCERNS = frozenset({"holidays"})
SIDE = 356


class Holidays(Screen):
    """`opened(year=…)` goes to a year; without one it stays."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._year = at.now().year
        self._shown: OfficeYear | None = None
        self._done = ""
        self._then: date | None = None
        self._go_to: date | None = at.now().date()
        self._dialog: CountryDialog | None = None
        self._look = Question(at.background, self)
        self._choices = Question(at.background, self)
        self._regions = Question(at.background, self)
        self._change = Question(at.background, self, lane=Lane.DESK)
        self.list = HolidayList()
        self.empty = EmptyState("", shape="calendar", key=actions.cap("choose-country"))
        self.side = HolidaySide(at.now().date())
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Office holidays")

    def subtitle(self) -> str:
        return self.tr("days that promises and refunds do not count")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            KeyHint(("PgUp", "PgDn"), self.tr("year")),
            hint("close-day"),
            hint("remove-day"),
            hint("work-day"),
            hint("choose-country", self.tr("country")),
            hint("back"),
        )

    def opened(self, *, year: int | None = None, **_what: Any) -> None:
        self._year = year or self._year
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.list.setAccessibleName(self.tr("Closed days"))
        self.before.setAccessibleName(self.tr("The year before"))
        self.after.setAccessibleName(self.tr("The year after"))
        self.remove.set_text(actions.text("remove-day"))
        self.side.retranslate()
        self._show_chosen()
        if self._shown is not None:
            self._ask()  # the names of the holidays are in another language, too

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._rest()

    # building

    def _build(self) -> None:
        self._name = Label("", 20, 600)
        self.before, self.after = Button("", icon="left"), Button("", icon="right")
        self.remove = Button("", key=actions.cap("remove-day"))
        self.work = Button("", key=actions.cap("work-day"))
        head, left = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(APART)
        for widget in (self._name, self.before, self.after):
            head.addWidget(widget)
            if widget is self._name:
                head.addSpacing(fonts.px(12))
        head.addStretch(1)
        for button in (self.work, self.remove):
            head.addWidget(button)
        card = Card(padding=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        card.add(self._stack, 1)
        left.setSpacing(fonts.px(10))
        left.addLayout(head)
        left.addWidget(card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 20)
        row.setSpacing(fonts.px(16))
        row.addLayout(left, 1)
        self.side.setFixedWidth(fonts.px(SIDE))
        row.addWidget(self.side)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._look.refused.connect(self.side.refuse)
        self._choices.answered.connect(self._open_dialog)
        self._choices.refused.connect(self.side.refuse)
        self._regions.answered.connect(self._show_regions)
        self._regions.refused.connect(self._refuse_regions)
        self._change.answered.connect(self._changed)
        self._change.refused.connect(self.side.refuse)
        self.before.clicked.connect(partial(self._turn, -1))
        self.after.clicked.connect(partial(self._turn, 1))
        self.list.moved.connect(lambda _row: self._show_chosen())
        self.remove.clicked.connect(self.remove_day)
        self.work.clicked.connect(self.work_day)
        self.empty.pressed.connect(self.choose_country)
        self.side.country_wanted.connect(self.choose_country)
        self.side.day_told.connect(self.close_day)
        for word, slot in (
            ("previous-page", partial(self._turn, -1)),
            ("next-page", partial(self._turn, 1)),
            ("close-day", self.side.day.setFocus),
            ("remove-day", self.remove_day),
            ("work-day", self.work_day),
            ("choose-country", self.choose_country),
            ("refresh", self._ask),
            ("back", self._step_back),
        ):
            actions.make(word, self, slot)

    # what people do

    def close_day(self, day: date, name: str) -> None:
        """Close the office on this day."""
        words = self.tr("{day} is closed").format(day=day_word(day))
        self._do(words, partial(asking.close_day, self._desk.desk, day, name), then=day)

    def remove_day(self) -> None:
        """Take the own closed day under the cursor away."""
        day = self.list.chosen
        if day is not None and self.remove.isEnabled():
            words = self.tr("{day} is open again").format(day=day_word(day.day))
            self._do(words, partial(asking.reopen_day, self._desk.desk, day.day))

    def work_day(self) -> None:
        """Work on the holiday under the cursor, or rest on it after all."""
        day = self.list.chosen
        if day is not None and self.work.isEnabled():
            words = self.tr("{day} is closed again") if day.worked else self.tr("{day} is a working day now")
            said = words.format(day=day_word(day.day))
            self._do(said, partial(asking.work_on, self._desk.desk, day.day, worked=not day.worked))

    def choose_country(self) -> None:
        """Ask whose holidays are observed."""
        if self.side.choose.isEnabled():
            self._choices.ask(partial(asking.calendars, self._desk.desk, _language()))

    def observe(self, calendar: str) -> None:
        """Observe the holidays of a country or region; '' for none."""
        words = self.tr("The public holidays are counted") if calendar else self.tr("No calendar is observed")
        self._do(words, partial(asking.observe, self._desk.desk, calendar))

    def _do(self, words: str, work: Callable[[], Counted], then: date | None = None) -> None:
        if self._change.is_open:
            return  # a key that was pressed twice
        self._done, self._then = words, then
        self._change.ask(work)

    def _changed(self, done: Counted) -> None:
        told = []
        if done.moved:
            words = self.tr("Promises of waiting orders that moved: {count}.")
            told.append(words.format(count=number_words(done.moved)))
        if done.refunds:
            words = self.tr("Refunds whose days moved: {count}.")
            told.append(words.format(count=number_words(done.refunds)))
        more = " ".join(told)
        self.side.say(f"{self._done}.", more)
        if self._then is not None:
            self.side.name.set_text("")
            self._year, self._go_to = self._then.year, self._then
        self._ask()
        self._rest()

    # asking and showing

    def _ask(self) -> None:
        self._look.ask(partial(asking.office_year, self._desk.desk, self._year, _language()))

    def _show(self, year: OfficeYear) -> None:
        self._shown = year
        self._name.setText(str(year.year))
        self.list.show_days(year.days)
        if self._go_to is not None and year.days:
            self.list.go_to_day(self._go_to)
        self._go_to = None
        self._stack.setCurrentWidget(self.list if year.days else self.empty)
        self.empty.say(
            self.tr("The office is open on every day of {year}").format(year=year.year),
            self.tr("Choose the country whose holidays it observes, or close a day of your own."),
            actions.text("choose-country") if year.may_change else "",
        )
        self.side.show_year(year)
        self._show_chosen()
        if self.hasFocus():
            self._rest()

    def _show_chosen(self) -> None:
        day = self.list.chosen
        may = self._shown is not None and self._shown.may_change
        worked = day is not None and day.worked
        self.work.set_text(self.tr("We rest") if worked else actions.text("work-day"))
        self.work.setEnabled(may and day is not None and day.public)
        self.remove.setEnabled(may and day is not None and not day.public)
        own, public = self.tr("Only own closed days are taken away"), self.tr("This is no public holiday")
        set_tip(self.remove, "" if self.remove.isEnabled() else own)
        set_tip(self.work, "" if self.work.isEnabled() else public)

    def _turn(self, years: int) -> None:
        self._year = min(2100, max(1990, self._year + years))
        self.side.be_quiet()
        self._ask()

    def _rest(self) -> None:
        """The keyboard goes to the list, or to the next action where it is empty."""
        (self.list if self._stack.currentWidget() is self.list else self.empty).setFocus()

    def _step_back(self) -> None:
        """Out of the form first, then out of the screen."""
        if self.side.isAncestorOf(self.focusWidget() or self):
            self._rest()
        else:
            self.back_wanted.emit()

    def _open_dialog(self, choices: tuple[CalendarChoice, ...]) -> None:
        chosen = self._shown.calendar if self._shown else ""
        self._dialog = dialog = CountryDialog(self._desk.deeds.host or self, choices, chosen)
        dialog.picked.connect(self.observe)
        dialog.regions_wanted.connect(self._ask_regions)
        dialog.ask()

    def _ask_regions(self, country: CalendarChoice) -> None:
        self._regions.ask(partial(asking.calendar_regions, self._desk.desk, country.key))

    def _show_regions(self, regions: tuple[CalendarChoice, ...]) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.show_regions(regions)

    def _refuse_regions(self, no: CannotDo) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.refuse(no)


def _language() -> str:
    return QLocale().name()
