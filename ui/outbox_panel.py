"""One letter of the outbox: how far it is, the words of whoever refused it, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.outbox import LetterState
from ui import fonts
from ui.outbox_words import (
    MARKS,
    address_words,
    deed_words,
    may_be_addressed,
    offered,
    state_words,
    time_words,
    title_words,
    trouble_of,
    whom_words,
)
from ui.widgets.chip import Shape
from ui.widgets.deed_panel import DeedPanel
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.wording.dates import day_and_time
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.outbox_reading import OutboxLine

Now = Callable[[], dt.datetime]
_FAMILY = {LetterState.UNCERTAIN: "act", LetterState.WAITING: "wait", LetterState.SENT: "good"}


class OutboxPanel(DeedPanel):
    """`decided` brings the deed that was pressed, the other signals say what is wanted of the letter."""

    decided = Signal(object)
    preview_wanted = Signal()
    address_wanted = Signal()
    reservation_wanted = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.zone = "UTC"
        self._line: OutboxLine | None = None
        self._what, self._how = Label("", 18, 600, wrap=True), Label("", 13, 500, "ink2", wrap=True)
        self._mark, self._why = Shape("later", 16), Notice("stop", "")
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        line.addWidget(self._mark)
        line.addWidget(self._how, 1)
        self.build(self._what, line, above=(self._why,))
        self._why.hide()

    def show_line(self, line: OutboxLine | None) -> None:
        """Another letter, or the same with other facts."""
        if self.is_about(line.id if line is not None else None) and line == self._line:
            self.follow_clock()
            return
        self._line = line
        self.setEnabled(line is not None)
        self._show()

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
        self._why.setVisible(line is not None and bool(line.trouble))
        self._mark.setVisible(line is not None)
        if line is not None:
            self._mark.show_shape(*MARKS[line.state])
            self._why.set_family(_FAMILY.get(line.state, "stop"))
            self._why.say(trouble_of(line))
        self.follow_clock()
        self.show_facts(self._told(line) if line is not None else ())
        self._offer(line)

    def _told(self, line: OutboxLine) -> list[tuple[str, str]]:
        today = local(self._now(), self.zone).date()
        address = address_words(line) or self.tr("none is known")
        if line.address is None:
            address = self.tr("hidden until confirmed")
        told = (
            (self.tr("To"), whom_words(line)),
            (self.tr("Address"), address),
            (self.tr("Product"), line.product),
            (self.tr("Promised"), day_and_time(local(line.made_at, self.zone), today)),
            (self.tr("Tries"), str(line.tries) if line.tries else ""),
        )
        return [(word, value) for word, value in told if value]

    def _offer(self, line: OutboxLine | None) -> None:
        self.clear_deeds()
        if line is None:
            return
        for deed in offered(line):
            self.offer_deed(deed_words(deed, line), partial(self.decided.emit, deed))
        if line.reservation_id is not None:
            if may_be_addressed(line):
                self.offer(self._address_words(line), "A", self.address_wanted.emit)
            see = (self.tr("Read it"), self.tr("As it would leave now"))
            self.offer(see, "V", self.preview_wanted.emit)
            self.offer((self.tr("Open the reservation"), line.number), "Enter", self.reservation_wanted.emit)

    def _address_words(self, line: OutboxLine) -> tuple[str, str]:
        small = self.tr("It leaves at once") if line.state is LetterState.NO_ADDRESS else ""
        if line.state in (LetterState.BOUNCED, LetterState.FAILED):
            small = self.tr("Then try it again with 1")
        return self.tr("Give another address") if line.address else self.tr("Give an address"), small
