"""The head of a reservation, a counterfoil: who comes when on the body, its numbers on the stub."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.calendar_paint import shown_status
from ui.details_rows import Fact, clear
from ui.paint.counterfoil import counterfoil, paint_tear
from ui.widgets.chip import Shape, StatusChip
from ui.widgets.flow import Flow
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import day_and_time
from ui.wording.numbers import money_words, party_words
from ui.wording.orders import (
    hidden_words,
    language_word,
    local,
    unmatched_words,
    what_words,
    when_words,
)

if TYPE_CHECKING:
    from models.details import Details

STUB, NOTCH = 270, 9


class TicketHeader(QFrame):
    """Shows who, what and when; the three axes are three facts: status, money, ticket."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._lock = Label("", 24, 600), Shape("lock", 20)
        self._chip, self._arrived = StatusChip("UNCONFIRMED"), StatusChip(theme.ARRIVED)
        self._party = Label("", 13, 400, "ink2", wrap=True)
        self._facts = QVBoxLayout()
        self._number, self._channel = Label("", 20, 600), ChannelMark("")
        self._reference, self._via = Label("", 13, 400, "ink2"), Label("", 12, 400, "ink2", wrap=True)
        self._stub_name = Label("", 12, 400, "ink2")
        for label in (self._number, self._reference):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show a reservation."""
        row = found.row
        hidden = row.traveler is None
        self._lock.setVisible(hidden)
        self._name.setText(hidden_words() if hidden else row.traveler or self.tr("Name not told"))
        self._name.set_ink("ink3" if hidden else "ink")
        self._name.setFont(fonts.font(18 if hidden else 24, 500 if hidden else 600))
        self._chip.show_status(row.status)
        self._arrived.setVisible(shown_status(row) == theme.ARRIVED)
        self._party.setText(self._party_words(found, now))
        self._show_facts(found, now)
        self._stub_name.setText(self.tr("Reservation"))
        self._number.setText(row.number)
        self._channel.show_channel(channel_mark(row.channel), channel_name(row.channel))
        self._reference.setText(row.reference or self.tr("no number of its own"))
        self._via.setText(self._via_words(found))
        self._via.setVisible(bool(self._via.text()))
        self.setAccessibleName(f"{row.number}, {self._name.text()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        cut, notch = rect.right() - fonts.px(STUB), fonts.px(NOTCH)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawPath(counterfoil(rect, cut, 8, notch, upright=True))
        paint_tear(painter, rect, cut, notch, colours.border, 2, upright=True)

    def _build(self) -> None:
        row, body, stub, head = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        row.setContentsMargins(fonts.px(20), fonts.px(14), fonts.px(20), fonts.px(14))
        row.setSpacing(fonts.px(24))
        head.setSpacing(fonts.px(12))
        for widget in (self._lock, self._name, self._chip, self._arrived):
            head.addWidget(widget)
        head.addStretch(1)
        body.setSpacing(fonts.px(4))
        body.addLayout(head)
        body.addWidget(self._party)
        body.addSpacing(fonts.px(8))
        body.addLayout(self._facts)
        body.addStretch(1)
        stub.setSpacing(fonts.px(3))
        for part in (self._stub_name, self._number, self._channel, self._reference, self._via):
            stub.addWidget(part)
        stub.addStretch(1)
        holder = QWidget()
        holder.setLayout(stub)
        holder.setFixedWidth(fonts.px(STUB - 40))
        stub.setContentsMargins(0, 0, 0, 0)
        row.addLayout(body, 1)
        row.addWidget(holder)

    def _party_words(self, found: Details, now: dt.datetime) -> str:
        row = found.row
        units = ", ".join(f"{line.quantity} × {line.unit}" for line in found.lines)
        if row.party is None:
            party = self.tr("The channel does not tell how many come")
        else:
            party = party_words(others=row.party)
            party = f"{party}: {units}" if units else party
        booked = day_and_time(local(row.ordered_at, row.zone), local(now, row.zone).date(), inside=True)
        parts = [party, self.tr("Booked {when}").format(when=booked)]
        if found.language:
            parts.insert(1, self.tr("Reads {language}").format(language=language_word(found.language)))
        return ". ".join(parts) + "."

    def _show_facts(self, found: Details, now: dt.datetime) -> None:
        clear(self._facts)
        row = found.row
        facts = [Fact(self.tr("Product"), what_words(row)), Fact(self.tr("Departure"), when_words(row, now))]
        if row.unmatched:
            facts.append(Fact(self.tr("Seats"), unmatched_words(row.unmatched), ink="act"))
        elif found.meeting_point:
            facts.append(Fact(self.tr("Meet at"), found.meeting_point))
        facts.append(self._money_fact(found))
        facts.append(Fact(self.tr("Ticket"), self._ticket_words(found)))
        self._facts.addWidget(Flow(*facts, spacing=24, below=8))

    def _money_fact(self, found: Details) -> Fact:
        row = found.row
        if row.due is not None:
            due = self.tr("{amount} due").format(amount=money_words(row.due))
            return Fact(self.tr("Money"), due, ink="act")
        if row.amount is None:
            return Fact(self.tr("Money"), self.tr("not told"))
        paid = any(payment.state == "DONE" for payment in found.payments)
        return Fact(self.tr("Money"), self.tr("Paid") if paid else self.tr("Not paid"))

    def _ticket_words(self, found: Details) -> str:
        valid = [ticket for ticket in found.tickets if ticket.state == "VALID"]
        if not valid:
            return self.tr("none yet") if not found.tickets else self.tr("void")
        uses = sum(ticket.uses for ticket in valid)
        spent = uses - sum(ticket.uses_left for ticket in valid)
        return self.tr("{spent} of {uses} used").format(spent=spent, uses=uses)

    def _via_words(self, found: Details) -> str:
        row = found.row
        parts = [self.tr("by way of {via}").format(via=channel_name(row.via))] if row.via else []
        if row.channel_status:
            parts.append(self.tr("Channel says: {word}").format(word=row.channel_status))
        return "\n".join(parts)
