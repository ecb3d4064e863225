"""One letter of the outbox: how far it is, the words of whoever refused it, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.outbox import LetterState
from models.refusals import CannotDo
from ui import fonts
from ui.outbox_words import (
    MARKS,
    deed_words,
    offered,
    state_words,
    time_words,
    title_words,
    trouble_of,
    whom_words,
)
from ui.widgets.action_row import ActionRow
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.wording.dates import day_and_time
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.outbox_reading import OutboxLine

Now = Callable[[], dt.datetime]
_FAMILY = {LetterState.UNCERTAIN: "act", LetterState.WAITING: "wait", LetterState.SENT: "good"}


class OutboxPanel(Card):
    """`decided` brings the deed that was pressed, `preview_wanted` and `reservation_wanted` nothing."""

    decided = Signal(object)
    preview_wanted = Signal()
    reservation_wanted = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._now = now
        self.zone = "UTC"
        self._line: OutboxLine | None = None
        self._what, self._how = Label("", 18, 600, wrap=True), Label("", 13, 500, "ink2", wrap=True)
        self._mark = Shape("later", 16)
        self._facts = QGridLayout()
        self._why, self._no = Notice("stop", ""), Notice("stop", "")
        self._rows = QVBoxLayout()
        self.deeds: list[ActionRow] = []
        self.ways: list[ActionRow] = []
        self._build()

    def show_line(self, line: OutboxLine | None) -> None:
        """Another letter, or the same with other facts."""
        same = line is not None and self._line is not None and line.id == self._line.id
        if not same:
            self._no.hide()
        if same and line == self._line:
            self.follow_clock()
            return
        self._line = line
        self.setEnabled(line is not None)
        self._show()

    def press(self, digit: int) -> bool:
        """Whether a digit is one of the deeds; then it is done."""
        if 1 <= digit <= len(self.deeds):
            self.deeds[digit - 1].click()
            return True
        return False

    def refuse(self, no: CannotDo) -> None:
        """The world said no."""
        self._no.refuse(no)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._show()

    def follow_clock(self) -> None:
        """A second has passed."""
        if self._line is not None:
            words = f"{state_words(self._line)}, {time_words(self._line, self._now(), self.zone)}"
            self._how.setText(words)

    def _show(self) -> None:
        line = self._line
        self._what.setText(title_words(line) if line is not None else "")
        self._how.setText("")
        trouble = line.trouble if line is not None else ""
        self._why.setVisible(bool(trouble))
        if line is not None:
            self._mark.show_shape(*MARKS[line.state])
            self._why.set_family(_FAMILY.get(line.state, "stop"))
            self._why.say(trouble_of(line))
        self._mark.setVisible(line is not None)
        self.follow_clock()
        self._show_facts()
        self._show_deeds()

    def _show_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        line = self._line
        if line is None:
            return
        today = local(self._now(), self.zone).date()
        promised = day_and_time(local(line.made_at, self.zone), today)
        address = line.address or self.tr("none is known")
        if line.address is None:
            address = self.tr("hidden until confirmed")
        told = (
            (self.tr("To"), whom_words(line)),
            (self.tr("Address"), address),
            (self.tr("Product"), line.product),
            (self.tr("Promised"), promised),
            (self.tr("Tries"), str(line.tries) if line.tries else ""),
        )
        shown = [(word, value) for word, value in told if value]
        for row, (word, value) in enumerate(shown):
            self._facts.addWidget(Label(word, 13, 400, "ink3"), row, 0)
            self._facts.addWidget(Label(value, 13, 500, wrap=True), row, 1)

    def _show_deeds(self) -> None:
        for row in (*self.deeds, *self.ways):
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()
        self.deeds, self.ways = [], []
        line = self._line
        if line is None:
            return
        for number, deed in enumerate(offered(line), start=1):
            row = ActionRow(*deed_words(deed, line), key=str(number))
            row.clicked.connect(partial(self._press, deed))
            self.deeds.append(row)
        if line.reservation_id is not None:
            see = ActionRow(self.tr("Read it"), self.tr("As it would leave now"), key="V")
            see.clicked.connect(lambda _checked=False: self.preview_wanted.emit())
            go = ActionRow(self.tr("Open the reservation"), line.number, key="Enter")
            go.clicked.connect(lambda _checked=False: self.reservation_wanted.emit())
            self.ways = [see, go]
        for row in (*self.deeds, *self.ways):
            self._rows.addWidget(row)

    def _press(self, deed: object, _checked: bool = False) -> None:
        self.decided.emit(deed)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(14), fonts.px(16), fonts.px(12))
        head.setSpacing(fonts.px(6))
        head.addWidget(self._what)
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        line.addWidget(self._mark)
        line.addWidget(self._how, 1)
        head.addLayout(line)
        said = QVBoxLayout()
        said.setContentsMargins(fonts.px(16), 0, fonts.px(16), fonts.px(10))
        for notice in (self._why, self._no):
            said.addWidget(notice)
            notice.hide()
        self._facts.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        self._facts.setHorizontalSpacing(fonts.px(16))
        self._facts.setVerticalSpacing(fonts.px(8))
        self._facts.setColumnStretch(1, 1)
        self._rows.setContentsMargins(fonts.px(6), 0, fonts.px(6), fonts.px(6))
        self._rows.setSpacing(0)
        self.add(head)
        self.add(said)
        self.add(Hairline())
        self.add(self._facts)
        self.add(Hairline())
        self.add(self._rows)
        self.add_stretch()
        self._body.setSpacing(0)
