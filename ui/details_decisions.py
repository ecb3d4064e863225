"""What a newer file says against what stands here: both sides, for a person to decide."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from models.money import Money
from models.refusals import CannotDo
from models.reservations import Status
from ui import fonts
from ui.details_rows import Stack
from ui.history_words import FIELD_WORDS
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.label import Label
from ui.wording.channels import channel_name
from ui.wording.dates import day_and_time, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import UNKNOWN, local
from ui.wording.refusals import refusal
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from models.details import DecisionFacts, Details


class DecisionsPart(Stack):
    """One card a question, hidden where nothing is to be decided. `kept` and `taken` bring the question's id."""

    kept = Signal(int)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8, parent)

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show the open questions of a reservation; the focus goes to the first answer, and stays there."""
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        self._first: Button | None = None
        self.fill(*(self._card(one, found, now) for one in found.decisions))
        if self._first is not None:
            self.setFocusProxy(self._first)
            if had_keyboard:
                self._first.setFocus()

    def _card(self, decision: DecisionFacts, found: Details, now: dt.datetime) -> Card:
        zone = found.row.zone
        today = local(now, zone).date()
        asked = day_and_time(local(decision.asked_at, zone), today, inside=True)
        card = Card(self._question(decision.question), note=self.tr("asked {when}").format(when=asked))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        channel = channel_name(found.row.channel)
        grid.addWidget(Shape("conflict", 16, "act"), 0, 0)
        grid.addWidget(Label(self.tr("Here"), 12, 500, "ink2"), 0, 1)
        grid.addWidget(Label(self.tr("{channel} says").format(channel=channel), 12, 500, "ink2"), 0, 2)
        named = max(len(decision.ours), len(decision.theirs)) > 1
        ours, theirs = (
            side_words(side, zone, today, named=named) for side in (decision.ours, decision.theirs)
        )
        grid.addWidget(Label(ours, 14, 600), 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(theirs, 14, 600, "act"), 1, 2, Qt.AlignmentFlag.AlignTop)
        card.add(grid)
        card.add(self._answers(decision, found, channel))
        return card

    def _answers(self, decision: DecisionFacts, found: Details, channel: str) -> QHBoxLayout:
        """The two answers; where theirs cannot be taken the reason stands beside them."""
        row = QHBoxLayout()
        row.setSpacing(APART)
        keep = Button(self.tr("Keep ours"), icon="confirm")
        take = Button(self.tr("Take what {channel} says").format(channel=channel), icon="import")
        keep.clicked.connect(partial(self.kept.emit, decision.id))
        take.clicked.connect(partial(self.taken.emit, decision.id))
        self._first = self._first or keep
        row.addWidget(keep)
        row.addWidget(take)
        if decision.why_kept:
            reason = refusal(CannotDo(decision.why_kept, number=found.number, status=found.row.status))
            take.forbid(reason)
            row.addSpacing(fonts.px(8))
            row.addWidget(Label(reason, 12, 400, "ink2", wrap=True), 1)
        else:
            row.addStretch(1)
        return row

    def _question(self, question: str) -> str:
        return {
            "status": self.tr("The channel tells another status"),
            "departure": self.tr("The channel tells another departure"),
            "party": self.tr("The channel tells other travelers"),
            "amount": self.tr("The channel tells another amount"),
        }.get(question, question)


def side_words(facts: dict[str, Any], zone: str, today: dt.date, *, named: bool) -> str:
    """One side of a question, a fact a line, with its name where either side has several."""
    lines = []
    for name, value in facts.items():
        if (name == "departs_on" and facts.get("departs_at")) or (name == "party" and facts.get("lines")):
            continue
        words = _value(name, value, zone, today)
        label = FIELD_WORDS[name]() if name in FIELD_WORDS else ""
        lines.append(f"{label[:1].upper()}{label[1:]}: {words}" if named and label else words)
    return "\n".join(lines) or UNKNOWN


def _value(name: str, value: Any, zone: str, today: dt.date) -> str:
    if value in (None, "", []):
        return UNKNOWN
    if name == "status" and value in set(Status):
        return status_word(Status(value))
    if name in ("amount", "balance"):
        return money_words(Money(value[0], value[1]))
    if name == "departs_at":
        return day_and_time(local(dt.datetime.fromisoformat(value), zone), today)
    if name == "departs_on":
        return day_word(dt.date.fromisoformat(value), today)
    if name == "lines":
        return ", ".join(f"{line[1]} × {line[0]}" for line in value)
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)
