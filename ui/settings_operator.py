"""The settings' page of who the operator is. What another zone or currency would mean is said before it is kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from controllers.operator import OperatorCard
    from controllers.operator import OperatorPage as Operator

NAMES = ("name", "contact", "country", "zone", "currency")


class OperatorPage(QWidget):
    """Five lines and a button; Enter in a line keeps them, but never over what others kept unseen."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._told: Operator | None = None
        self._seen: OperatorCard | None = None  # what whoever types here knows of
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._card, self._about = Card(padding=20), Label("", 13, 400, "ink2", wrap=True)
        self.fields = {name: Field() for name in NAMES}
        self._lines = {name: Labelled("", field) for name, field in self.fields.items()}
        self.means, self.notice, self.theirs = Notice("act", ""), Notice("stop", ""), Theirs()
        self.keep_button = Button("", "primary")
        self._build()
        self.retranslate()
        for field in self.fields.values():
            field.changed.connect(lambda _text: self._say_meaning())
            field.entered.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)
        self.theirs.taken.connect(self._take_theirs)
        self._look.answered.connect(self._show)
        self._change.answered.connect(self._was_kept)
        for question in (self._look, self._change):
            question.refused.connect(self._refuse)
        kept.told.connect(lambda _settings: self._ask())
        self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("Operator"))
        self._about.setText(self.tr("Name and contact stand on every voucher, receipt and letter."))
        words = {
            "name": self.tr("Name"),
            "contact": self.tr("Contact"),
            "country": self.tr("Country, two letters"),
            "zone": self.tr("Time zone"),
            "currency": self.tr("Own currency"),
        }
        for name, label in self._lines.items():
            label.set_text(words[name])
        self.fields["country"].set_placeholder("KR")
        self.fields["zone"].set_placeholder("Asia/Seoul")
        self.fields["currency"].set_placeholder("KRW")
        self.keep_button.set_text(self.tr("Keep it"))
        self._say_meaning()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _ask(self) -> None:
        self._look.ask(partial(asking.operator, self._kept.at.desk))

    def _show(self, told: Operator) -> None:
        """What is kept; a line in which somebody has typed meanwhile stays as it is."""
        self._told = told
        seen = self._seen or told.card
        for name, field in self.fields.items():
            now = getattr(told.card, name)
            if self._seen is None or field.text() in (getattr(seen, name), now):
                field.set_text(now)
                seen = replace(seen, **{name: now})
        self._seen = seen
        if told.may_change:
            self.keep_button.allow()
        else:
            self.keep_button.forbid(self.tr("Only a manager changes who the operator is."))
        self._say_meaning()

    def _was_kept(self, told: Operator) -> None:
        for widget in (self.notice, self.theirs):
            widget.hide()
        self._seen = None
        self._show(told)

    def _take_theirs(self) -> None:
        """What was typed here is given up."""
        self._seen = None
        self._ask()

    def _keep(self) -> None:
        from controllers.operator import OperatorCard

        if self._told is None or self._change.is_open:
            return
        card = OperatorCard(**{name: field.text() for name, field in self.fields.items()})
        self._change.ask(partial(asking.keep_operator, self._kept.at.desk, card, self._seen))

    def _refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no)
        elif self._seen is not None:
            self._seen = replace(self._seen, **no.facts["now"])  # type: ignore[arg-type]  # theirs is in sight now
            self.notice.hide()

    def _words(self, name: str, now: object) -> str:
        words = self.tr("{field} is “{now}” now")
        return words.format(field=self.fields[name].accessibleName(), now=now)

    def _say_meaning(self) -> None:
        """What else changes with it."""
        means = []
        if self._is_other("zone"):
            means.append(
                self.tr(
                    "Today, the drawer's hours and the office's days go by the new zone. Departures stay in the "
                    "zone of their product, and promises already given stay as they are."
                )
            )
        if self._is_other("currency"):
            means.append(
                self.tr(
                    "Prices of products stay in the currency they have; new products begin with the new one. "
                    "Close the shift first: its drawer is counted in the old one."
                )
            )
            if self._told is not None and self._told.taken:
                rates = self.tr("The rates of {currencies} are forgotten, for they were told in {own}.")
                told = {"currencies": ", ".join(self._told.taken), "own": self._told.card.currency}
                means.append(rates.format(**told))
        self.means.say(self.tr("What this would mean"), " ".join(means))
        self.means.setVisible(bool(means))

    def _is_other(self, name: str) -> bool:
        typed = self.fields[name].text().strip()
        return self._told is not None and typed.upper() != getattr(self._told.card, name).upper()

    def _build(self) -> None:
        short = QHBoxLayout()
        short.setSpacing(fonts.px(12))
        for name in ("country", "zone", "currency"):
            short.addWidget(self._lines[name])
        self._card.add(self._about)
        for name in ("name", "contact"):
            self._card.add(self._lines[name])
        self._card.add(short)
        for widget in (self.means, self.notice, self.theirs):
            self._card.add(widget)
            widget.hide()
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignRight)
        self._card.add(end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
