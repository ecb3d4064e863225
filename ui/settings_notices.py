"""The settings' page of notices: what one is told, how and when not; for managers everybody's, and the ways."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.notice_routes import KINDS
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_notices_last import LastCard
from ui.settings_notices_person import PersonCard
from ui.settings_notices_route import RouteCard
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from controllers.notice_people import NoticesPage as Told


class NoticesPage(QWidget):
    """What it may not see of others, it does not show; the cards of the ways come with whoever may set them up."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._look = Question(kept.at.background, self)
        self.person, self.steps, self.last = PersonCard(kept), StepsCard(kept), LastCard(kept)
        self.routes: dict[str, RouteCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(fonts.px(16))
        self._column.addWidget(self.person)
        self._column.addWidget(self.last)
        self._column.addWidget(self.steps)
        self._column.addStretch(1)
        self.steps.hide()
        self._look.answered.connect(self._show)
        self._look.refused.connect(self.person.refuse)
        for card in (self.person, self.steps):
            card.told.connect(self._show)
        self.person.asks.connect(self._ask)
        kept.told.connect(lambda _settings: self._ask())
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        self._look.ask(partial(asking.notices, self._kept.at.desk))

    def _show(self, told: Told) -> None:
        self.person.show_told(told)
        self.last.ask(told.zone)
        self.steps.show_told(told)
        self.steps.setVisible(told.may_change_all)
        if told.may_change_all and not self.routes:
            for name in KINDS:
                card = self.routes[name] = RouteCard(self._kept, name)
                card.kept.connect(self._ask)
                self._column.insertWidget(self._column.count() - 1, card)
        for card in self.routes.values():
            card.setVisible(told.may_change_all)


class StepsCard(Card):
    """How many hours before a promise runs out staff are reminded. `told` brings the page anew."""

    told = Signal(object)

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._seen: tuple[int, ...] | None = None
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self.hours, self.keep_button = Field(), Button("")
        self._hours, self.notice = Labelled("", self.hours), Notice("stop", "")
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self._build()
        self.retranslate()
        self.hours.entered.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)
        self._change.answered.connect(self._was_kept)
        self._change.refused.connect(self.notice.refuse)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Before a promise runs out"))
        self._about.setText(
            self.tr(
                "Whoever hears of promises is reminded so many hours before one runs out, once each. Leave it "
                "empty for never."
            )
        )
        self._hours.set_text(self.tr("Hours before, apart by spaces"))
        self.keep_button.set_text(self.tr("Keep it"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_told(self, told: Told) -> None:
        """What is kept; what somebody types meanwhile stays."""
        if self._seen is None or self.hours.text().strip() == _hours(self._seen):
            self.hours.set_text(_hours(told.steps))
            self._seen = told.steps

    def _was_kept(self, told: Told) -> None:
        self.notice.hide()
        self._seen = None
        self.told.emit(told)

    def _keep(self) -> None:
        typed = self.hours.text().replace(",", " ").split()
        wrong = any(not (one.isascii() and one.isdigit() and len(one) < 5) for one in typed)
        self.hours.set_wrong(wrong)
        if wrong:
            self.notice.refuse(CannotDo("steps-wrong"))
        elif not self._change.is_open:
            self._change.ask(partial(asking.keep_steps, self._kept.at.desk, tuple(map(int, typed))))

    def _build(self) -> None:
        self.add(self._about)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        self._hours.setFixedWidth(fonts.px(260))
        row.addWidget(self._hours)
        row.addStretch(1)
        row.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        self.add(self.notice)
        self.notice.hide()


def _hours(steps: tuple[int, ...]) -> str:
    return " ".join(map(str, steps))
