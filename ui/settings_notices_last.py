"""The card of the newest notices that went out: to whom, by which way, and whether it is known that they arrived."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout

from models.outbox import LetterState
from ui import asking
from ui.details_rows import clear
from ui.question import Question
from ui.settings_kept import Kept
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.setting_row import SettingRow
from ui.wording.dates import day_and_time
from ui.wording.notices import route_word, words_of

if TYPE_CHECKING:
    from controllers.last_notices import LastNotice

_INKS = {LetterState.FAILED: "stop", LetterState.UNCERTAIN: "act", LetterState.BOUNCED: "stop"}


class LastCard(Card):
    """A line each, the newest first."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._zone: tzinfo = ZoneInfo("UTC")
        self._told: tuple[LastNotice, ...] = ()
        self._look = Question(kept.at.background, self)
        self._look.answered.connect(self._show)
        self._rows, self.none = QVBoxLayout(), Label("", 13, 400, "ink2", wrap=True)
        self._rows.setSpacing(0)
        self.lines: list[str] = []
        self.add(self.none)
        self.add(self._rows)
        self.retranslate()

    def ask(self, zone: str) -> None:
        """Look again."""
        self._zone = ZoneInfo(zone)
        self._look.ask(partial(asking.last_notices, self._kept.at.desk))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Last notices"))
        self.none.setText(self.tr("Nothing went out yet. What this screen says is not listed here."))
        self._show(self._told)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self, told: tuple[LastNotice, ...]) -> None:
        self._told = told
        self.none.setVisible(not told)
        clear(self._rows)
        self.lines = []
        for one in told:
            state = Label(self._state(one), 13, 600, _INKS.get(one.state, "ink2"))
            row = SettingRow(state)
            where = self.tr("{who}, {way}").format(who=one.who, way=route_word(one.route))
            failed = one.state in _INKS and one.words
            row.say(one.title, f"{where} · {words_of(one.words)}" if failed else where)
            self.lines.append(f"{one.title} {where} {state.text()} {one.words}")
            self._rows.addWidget(row)
            row.show()

    def _state(self, one: LastNotice) -> str:
        at = day_and_time((one.sent_at or one.leave_at).astimezone(self._zone))
        if one.state is LetterState.WAITING:
            if one.leave_at <= self._kept.at.now():
                return self.tr("leaves now")
            return self.tr("waits until {when}").format(when=at)
        if one.state is LetterState.SENT:
            words = {
                "delivered": self.tr("delivered, {when}"),
                "accepted": self.tr("accepted, not delivered yet, {when}"),
                "unknown": self.tr("accepted, and never heard of again, {when}"),
            }
            return words.get(one.fate, self.tr("sent, {when}")).format(when=at)
        return {
            LetterState.LEAVING: self.tr("is leaving"),
            LetterState.FAILED: self.tr("did not arrive"),
            LetterState.BOUNCED: self.tr("came back"),
            LetterState.PUT_AWAY: self.tr("came back, done with"),
            LetterState.UNCERTAIN: self.tr("unclear whether it arrived"),
            LetterState.DROPPED: self.tr("settled before it left"),
        }.get(one.state, self.tr("no address"))
