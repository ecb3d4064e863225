"""Beside the year: whose holidays are observed, and a form that closes a day of the office's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import actions, fonts
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.day_field import DayField
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.tip import set_tip
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.holidays import OfficeYear


class HolidaySide(QScrollArea):
    """`country_wanted` asks for another calendar, `day_told` brings a day and its name."""

    country_wanted = Signal()
    day_told = Signal(object, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = Label("", 18, 600, wrap=True)
        self._says = Label("", 13, 400, "ink2", wrap=True)
        self.choose = Button("", key=actions.cap("choose-country"))
        self.day = DayField(today)
        self.name = Field()
        self.add = Button("", "primary", key="Enter")
        self._good, self._no = Notice("good", ""), Notice("stop", "")
        self._cards = (Card(), Card())
        self._labelled = (Labelled("", self.day), Labelled("", self.name))
        self._build()
        self.choose.clicked.connect(self.country_wanted)
        self.add.clicked.connect(self._tell)
        self.name.entered.connect(self._tell)
        self.day.entered.connect(self._tell)

    def show_year(self, year: OfficeYear) -> None:
        """The calendar of this year, and whether it may be changed here."""
        public = [one for one in year.days if one.public and not one.worked]
        own = sum(not one.public for one in year.days)
        self._country.setText(year.name or self.tr("No calendar"))
        self._says.setText(self._closed_words(year, len(public), own))
        why = "" if year.may_change else self.tr("Ask a manager to change the office's holidays")
        for button in (self.choose, self.add):
            button.setEnabled(year.may_change)
            set_tip(button, why)
        if self.day.day().year != year.year:
            self.day.show_day(date(year.year, 1, 1))

    def _closed_words(self, year: OfficeYear, public: int, own: int) -> str:
        """How many days of the year promises skip, the public ones and those of the office's own."""
        if not year.calendar and not own:
            return self.tr("No day of {year} is closed: promises count every day.").format(year=year.year)
        if not year.calendar:
            words = self.tr("Only days of your own are closed: {own} in {year}. Promises skip them.")
        elif own:
            words = self.tr("{public} public holidays in {year}, and {own} of your own. Promises skip them.")
        else:
            words = self.tr("{public} public holidays in {year}, none of your own. Promises skip them.")
        return words.format(public=number_words(public), own=number_words(own), year=year.year)

    def say(self, words: str, more: str = "") -> None:
        """What was done."""
        self._no.hide()
        self._good.say(words, more)
        self._good.show()

    def refuse(self, no: CannotDo) -> None:
        """What the world said."""
        self._good.hide()
        self._no.refuse(no)

    def be_quiet(self) -> None:
        """Nothing to say any more."""
        self._good.hide()
        self._no.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._cards[0].set_heading(self.tr("Public holidays"))
        self._cards[1].set_heading(self.tr("Close a day of your own"))
        self.choose.set_text(actions.text("choose-country"))
        self.add.set_text(self.tr("Close this day"))
        self._labelled[0].set_text(self.tr("Day"))
        self._labelled[1].set_text(self.tr("Name"))
        self.name.set_placeholder(self.tr("Team outing"))

    def _build(self) -> None:
        self.be_quiet()
        first, second = self._cards
        for what in (self._country, self._says, _at_left(self.choose)):
            first.add(what)
        for labelled in self._labelled:
            second.add(labelled)
        second.add(_at_left(self.add))
        page = QWidget()
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(16))
        for widget in (first, second, self._good, self._no):
            column.addWidget(widget)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(parent=self))
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def _tell(self) -> None:
        if self.add.isEnabled():
            self.day_told.emit(self.day.day(), self.name.text())


def _at_left(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, fonts.px(4), 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return row
