"""How a reservation stands right now, a line a thing: its promise, what is to do elsewhere, who is in charge."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.claims import Claim, standing
from models.leaving import has_left
from models.reservations import GONE, RIVALS, Status
from models.to_do import deeds
from ui import actions, fonts
from ui.details_rows import FactRow, Panel, Stack
from ui.paint.meter import urgency
from ui.widgets.button import Button
from ui.widgets.label import Hairline
from ui.wording.channels import channel_name
from ui.wording.dates import clock, day_and_time, left_words
from ui.wording.orders import local, to_do_word
from ui.wording.promise import promise_sum

if TYPE_CHECKING:
    from models.details import Details

HEAD = 216


class StandingPanel(Panel):
    """`tick_wanted` brings a deed that was done at the channel; `claim_wanted` claims, takes over or lets go."""

    tick_wanted = Signal(str)
    claim_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = Stack()
        self._body.setContentsMargins(fonts.px(16), fonts.px(3), fonts.px(10), fonts.px(3))
        self.add(self._lines)
        self._found: Details | None = None
        self._left: FactRow | None = None

    def show_details(self, found: Details, now: dt.datetime) -> None:
        """Show how a reservation stands."""
        self._found, self._left = found, None
        lines = (
            *self._promise(found, now),
            *self._over(found),
            *self._to_do(found),
            self._charge(found, now),
        )
        between = [Hairline() for _ in lines]
        self._lines.fill(*[part for pair in zip(between, lines, strict=True) for part in pair][1:])

    def follow_clock(self, now: dt.datetime) -> None:
        """What is left of the promise, as time goes by."""
        if self._found is not None and self._left is not None:
            head, ink = _left(self._until(self._found), now)
            self._left.change(head=head, ink=ink)

    # the promise

    @staticmethod
    def _until(found: Details) -> dt.datetime | None:
        """The instant somebody waits for: our answer, or the payment."""
        if found.row.status in RIVALS:
            return found.row.confirm_by
        return found.expires_at if found.row.status is Status.AWAITING_PAYMENT else None

    def _promise(self, found: Details, now: dt.datetime) -> list[QWidget]:
        row = found.row
        if row.status in RIVALS and has_left(row, now):
            head = self.tr("Departed without an answer")
            text = self.tr("Somebody has to close this: confirm what took place, or cancel it.")
            return [
                self._line(
                    FactRow(head, text, shape=Status.CANCEL_REQUESTED, ink="stop", column=HEAD, line=False)
                )
            ]
        until = self._until(found)
        if until is None:
            return []
        head, ink = _left(until, now)
        if row.status in RIVALS:
            until = local(until, row.zone)
        when = day_and_time(until, now.astimezone(until.tzinfo).date(), inside=True)
        self._left = FactRow(
            head,
            self._promise_words(found, when),
            shape=row.status,
            ink=ink,
            head_weight=600,
            column=HEAD,
            line=False,
        )
        return [self._line(self._left)]

    def _promise_words(self, found: Details, when: str) -> str:
        if found.row.status is Status.AWAITING_PAYMENT:
            return self.tr("To be paid by {when}, or it lapses").format(when=when)
        own = found.row.channel == "direct" and not found.row.via
        words = self.tr("Promised by {when}") if own else self.tr("Promised to {channel} by {when}")
        words = words.format(channel=channel_name(found.row.channel), when=when)
        if found.promise is None:
            return words
        return f"{words}: {promise_sum(found.promise, found.counts_from)}"

    # seats, the channel, and who is in charge

    def _over(self, found: Details) -> list[QWidget]:
        if not found.over or found.row.status in GONE:
            return []
        head = self.tr("{count} over").format(count=found.over)
        words = self.tr("{taken} of {capacity} seats are taken on this departure")
        text = words.format(taken=found.seats_taken, capacity=found.capacity)
        fact = FactRow(
            head, text, shape="fault", family="stop", ink="stop", head_weight=600, column=HEAD, line=False
        )
        return [self._line(fact)]

    def _to_do(self, found: Details) -> list[QWidget]:
        rows = []
        channel = channel_name(found.row.channel)
        for n, deed in enumerate(deeds(found.row.to_do)):
            head = self.tr("To do at {channel}: {deed}").format(channel=channel, deed=to_do_word(deed))
            text = self.tr("Done here, and not told there yet")
            fact = FactRow(
                head, text, shape="globe", family="act", ink="act", head_weight=600, column=HEAD, line=False
            )
            tick = Button(self.tr("Done there"), "ghost", key=actions.cap("tick-off") if not n else "")
            tick.setAccessibleDescription(head)
            tick.clicked.connect(partial(self.tick_wanted.emit, deed))
            rows.append(self._line(fact, tick))
        return rows

    def _charge(self, found: Details, now: dt.datetime) -> QWidget:
        held = standing(found.claim, now)
        press = Button("", "ghost", icon="claim", key=actions.cap("claim"))
        press.set_text(self.claim_word(found, now))
        press.clicked.connect(self.claim_wanted)
        text = self._held_words(held, found) if held else self.tr("Nobody works on it")
        shape = "claim" if held else "person"
        fact = FactRow(self.tr("Person in charge"), text, shape=shape, column=HEAD, line=False)
        return self._line(fact, press)

    def claim_word(self, found: Details, now: dt.datetime) -> str:
        """What pressing does now: claim, take over from somebody, or let go."""
        held = standing(found.claim, now)
        if held is None:
            return actions.text("claim")
        return self.tr("Let go") if held.staff_id == found.seen_by.staff_id else self.tr("Take over")

    def _held_words(self, held: Claim, found: Details) -> str:
        words = self.tr("{who}, until {time} if nothing more is done")
        return words.format(who=held.staff, time=clock(local(held.until, found.row.zone)))

    @staticmethod
    def _line(fact: FactRow, press: Button | None = None) -> QWidget:
        line = QWidget()
        line.setFixedHeight(fonts.px(44))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(fact, 1)
        if press is not None:
            row.addWidget(press)
        return line


def _left(until: dt.datetime | None, now: dt.datetime) -> tuple[str, str]:
    assert until is not None
    seconds = int((until - now).total_seconds())
    family = urgency(seconds)
    return left_words(seconds), "ink" if family == "gone" else family
