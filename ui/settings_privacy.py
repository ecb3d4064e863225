"""The settings' page of privacy: how long travelers are remembered, how the journal stands, and who asks for what."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.settings_journal import JournalCard
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from controllers.retention import Retention

WAIT_MS = 300
SOME = 10_000


class PrivacyPage(QWidget):
    """Three cards, one under the other."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self.retention, self.journal = RetentionCard(kept), JournalCard(kept)
        self._requests = Card(padding=20)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.request = Button("")
        self._requests.add(self._about)
        self._requests.add(_row(button_row(self.request, None)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(16))
        for card in (self.retention, self._requests, self.journal):
            column.addWidget(card)
        column.addStretch(1)
        self.retranslate()
        self.request.clicked.connect(self._open_request)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._requests.set_heading(self.tr("A traveler's request"))
        self._about.setText(
            self.tr(
                "Everything that is known of one traveler as a file, or that one traveler erased; of a party only "
                "whoever asks. What would go is shown first."
            )
        )
        self.request.set_text(self.tr("Find the traveler…"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.retention.ask()
        self.journal.ask()

    def _open_request(self) -> None:
        from ui.traveler_request import TravelerRequestDialog

        at = self._kept.at
        TravelerRequestDialog(at, at.deeds.host or self.window()).ask()


class RetentionCard(Card):
    """So many days after the trip, or never; what the next night would take away is said before it is kept."""

    told = Signal()

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._set: Retention | None = None
        self._seen: Retention | None = None  # what whoever types here knows of
        self._counted: int | None = None  # the days of which it was said what they would mean
        self._asked: int | None = None
        self._is_pressed = False  # before that was said
        self._look = Question(kept.at.background, self)
        self._count = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.days, self.hour = Field(), Field()
        self.days.set_numbers()
        self.hour.set_numbers()
        self._days, self._hour = Labelled("", self.days), Labelled("", self.hour)
        self.means, self.notice, self.theirs = Notice("act", ""), Notice("stop", ""), Theirs()
        self.keep_button = Button("", "primary")
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._build()
        self._connect()
        self.retranslate()

    def ask(self) -> None:
        """Look again how it is set."""
        self._look.ask(partial(asking.retention, self._kept.at.desk))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Forgetting travelers"))
        self._about.setText(
            self.tr(
                "So many days after a trip its travelers are erased everywhere: names, contacts, wishes, messages, "
                "letters and the channel's rows. Numbers, money and reports stay. Leave the days empty for never."
            )
        )
        self._days.set_text(self.tr("Days after the trip"))
        self._hour.set_text(self.tr("Hour of the night's work, 0 to 23"))
        for field, name in (
            (self.days, self.tr("Days after the trip")),
            (self.hour, self.tr("Hour of the night's work")),
        ):
            field.setAccessibleName(name)
        self.days.set_placeholder(self.tr("never"))
        self.keep_button.set_text(self.tr("Keep it"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.add(self._about)
        fields = QHBoxLayout()
        fields.setSpacing(fonts.px(12))
        fields.addWidget(self._days)
        fields.addWidget(self._hour)
        fields.addStretch(1)
        fields.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(_row(fields))
        for widget in (self.means, self.notice, self.theirs):
            self.add(widget)
            widget.hide()

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._count.answered.connect(self._say_meaning)
        self._change.answered.connect(self._was_kept)
        for question in (self._look, self._count, self._change):
            question.refused.connect(self._refuse)
        for field in (self.days, self.hour):
            field.changed.connect(lambda _text: self._wait.start())
            field.entered.connect(self._keep)
        self._wait.timeout.connect(self._ask_meaning)
        self.keep_button.clicked.connect(self._keep)
        self.theirs.taken.connect(self._take_theirs)
        self._kept.told.connect(lambda _settings: self.ask())

    def _show(self, found: Retention) -> None:
        """What is kept; a line in which somebody has typed meanwhile stays as it is."""
        self._set = found
        if self._seen is None or self._typed() in (_pair(self._seen), _pair(found)):
            self._put(found)
            self._seen = found
        if found.may_change:
            self.keep_button.allow()
        else:
            self.keep_button.forbid(self.tr("Only a manager changes how long travelers are remembered."))
        self.told.emit()

    def _put(self, found: Retention) -> None:
        for field, words in zip((self.days, self.hour), _pair(found), strict=True):
            field.set_text(words)

    def _was_kept(self, found: Retention) -> None:
        for widget in (self.notice, self.means, self.theirs):
            widget.hide()
        self._seen = self._counted = None
        self._show(found)

    def _take_theirs(self) -> None:
        """What was typed here is given up."""
        self._seen = None
        self.ask()

    def _typed(self) -> tuple[str, str]:
        return self.days.text().strip(), self.hour.text().strip()

    def _keep(self) -> None:
        if self._set is None or self._change.is_open:
            return
        days, hour = self._number(self.days.text()), self._number(self.hour.text())
        if days == -1 or hour is None or hour == -1:
            for field, wrong in ((self.days, days == -1), (self.hour, hour in (None, -1))):
                field.set_wrong(wrong)
            return
        for field in (self.days, self.hour):
            field.set_wrong(False)
        self._is_pressed = self._has_meaning(days) and self._counted != days
        if self._is_pressed:
            self._wait.stop()
            self._ask_meaning()
        else:
            self._change.ask(partial(asking.keep_retention, self._kept.at.desk, days, hour, self._seen))

    def _refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no)
        elif self._seen is not None:
            self._seen = replace(self._seen, **no.facts["now"])  # type: ignore[arg-type]  # theirs is in sight now
            self.notice.hide()

    def _words(self, name: str, now: object) -> str:
        if name == "days":
            words = self.tr("travelers are remembered for {count} days after the trip now")
            return (
                words.format(count=now)
                if now is not None
                else self.tr("travelers are remembered for ever now")
            )
        return self.tr("the night's work begins at {hour} o'clock now").format(hour=now)

    def _ask_meaning(self) -> None:
        days = self._number(self.days.text())
        if days is None or not self._has_meaning(days):
            self.means.hide()
            return
        self._count.ask(partial(asking.count_retained, self._kept.at.desk, days))
        self._asked = days

    def _has_meaning(self, days: int | None) -> bool:
        """Whether somebody may change it, and other travelers than now would be forgotten."""
        kept = self._set
        return kept is not None and kept.may_change and days not in (None, -1, 0, kept.days)

    def _say_meaning(self, found: int) -> None:
        self._counted = self._asked
        pressed, self._is_pressed = self._is_pressed, False
        many = self.tr("{count} or more orders").format(count=SOME)
        words = counted(found, self.tr("1 order"), self.tr("{count} orders")) if found < SOME else many
        more = self.tr(
            "of the past lose their travelers in the next night, except where something is still open. "
            "This cannot be taken back."
        )
        self.means.say(self.tr("What this would mean"), f"{words} {more}")
        self.means.setVisible(found > 0)
        if pressed and not found and self._number(self.days.text()) == self._counted:
            self._keep()  # nothing had to be read first

    @staticmethod
    def _number(typed: str) -> int | None:
        """None where nothing is typed, -1 for what is no number."""
        text = typed.strip()
        if not text:
            return None
        return int(text) if text.isdecimal() else -1


def _pair(found: Retention) -> tuple[str, str]:
    """As it stands in the two lines."""
    return "" if found.days is None else str(found.days), str(found.night_hour)


def _row(layout: QHBoxLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made
