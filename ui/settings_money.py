"""The settings' page of the till's money: which currencies it takes, and what one of each is worth in our own."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from models.tender import Rates
from ui import asking, fonts
from ui.details_rows import clear
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.setting_row import SettingRow


class MoneyPage(QWidget):
    """A row for each currency, and a line to add one; Enter keeps it. What others kept meanwhile is not overwritten."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._rates = self._seen = Rates("", {})
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._card = Card(padding=20)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self._rows = QVBoxLayout()
        self.code, self.worth = Field(), Field()
        self._code, self._worth = Labelled("", self.code), Labelled("", self.worth)
        self.add_button = Button("", icon="plus")
        self.notice, self.theirs = Notice("stop", ""), Theirs()
        self._build()
        self.retranslate()
        for question in (self._look, self._change):
            question.answered.connect(self._show)
            question.refused.connect(self._refuse)
        self._change.answered.connect(lambda _rates: self._empty())
        self.theirs.taken.connect(self._empty)
        self.worth.entered.connect(self._add)
        self.code.entered.connect(self.worth.setFocus)
        self.add_button.clicked.connect(self._add)
        kept.told.connect(lambda _settings: self._ask())
        self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("Money the till takes"))
        self.code.set_placeholder("USD")
        self.worth.set_placeholder("1342.5")
        self.add_button.set_text(self.tr("Take it"))
        own = self._rates.own
        self._code.set_text(self.tr("Another currency"))
        self._worth.set_text(self.tr("What one of it is worth in {own}").format(own=own))
        words = self.tr(
            "Prices are in {own} where a product names no other currency. Change is given in the currency of "
            "the price, whatever is handed over."
        )
        self._about.setText(words.format(own=own) if own else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _ask(self) -> None:
        self._look.ask(partial(asking.currencies, self._kept.at.desk))

    def _show(self, rates: Rates) -> None:
        self._rates = rates
        self._seen = self._known_of(rates)
        clear(self._rows)
        for code, worth in rates.worth.items():
            away = Button(self.tr("Take away"), icon="delete")
            away.setAccessibleName(self.tr("Take {currency} away").format(currency=code))
            away.clicked.connect(partial(self._take_away, code))
            row = SettingRow(away)
            words = self.tr("1 {currency} is {worth} {own}")
            row.say(code, words.format(currency=code, worth=f"{worth:,f}", own=rates.own))
            self._rows.addWidget(row)
            row.show()
        self.retranslate()

    def _known_of(self, rates: Rates) -> Rates:
        """Of a currency that is typed at this moment whoever types knows what was told when they began."""
        typed = self.code.text().strip().upper()
        worth = {code: one for code, one in rates.worth.items() if code != typed}
        if typed in self._seen.worth:
            worth[typed] = self._seen.worth[typed]
        return Rates(rates.own, worth)

    def _add(self) -> None:
        code = self.code.text().strip().upper()
        self._send({**self._told(), code: self.worth.text()})

    def _take_away(self, code: str, _checked: bool = False) -> None:
        left = self._told()
        left.pop(code, None)
        self._send(left)

    def _send(self, worth: dict[str, str]) -> None:
        if not self._change.is_open:
            self._change.ask(partial(asking.take_currencies, self._kept.at.desk, worth, self._seen))

    def _told(self) -> dict[str, str]:
        return {code: f"{worth:f}" for code, worth in self._rates.worth.items()}

    def _empty(self) -> None:
        """Ready for the next one; what was refused before no longer counts."""
        for widget in (self.notice, self.theirs):
            widget.hide()
        for field in (self.code, self.worth):
            field.set_text("")
        self._seen = self._rates

    def _refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no)
            return
        self.notice.hide()
        now = dict(no.facts["now"])  # type: ignore[call-overload]
        own = now.pop("own")
        rates = Rates(own, {code: Decimal(worth) for code, worth in now.items()})
        self._show(rates)
        self._seen = rates  # theirs is in sight now

    def _words(self, code: str, now: object) -> str:
        if code == "own":
            return self.tr("prices are in {currency} now").format(currency=now)
        if now is None:
            return self.tr("{currency} is not taken any more").format(currency=code)
        words = self.tr("1 {currency} is {worth} now")
        return words.format(currency=code, worth=f"{Decimal(str(now)):,f}")

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        self._code.setFixedWidth(fonts.px(150))
        self._worth.setFixedWidth(fonts.px(250))
        self.worth.set_numbers()
        line.addWidget(self._code)
        line.addWidget(self._worth)
        line.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._card.add(self._about)
        self._card.add(self._rows)
        self._card.add(line)
        self._card.add(self.notice)
        self._card.add(self.theirs)
        self.notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
