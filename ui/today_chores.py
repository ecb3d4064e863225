"""What is to be settled: newer files to decide about, money to collect, and what channels do not know yet.

What was done at a channel is ticked off right here; everything else leads to where it is settled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QTableView, QWidget

from models.frozen import frozen
from models.reservations import Status
from models.rows import Filter
from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_tick_box, paint_two_lines
from ui.paint.keycap import keycap_width, paint_keycap
from ui.paint.text import RIGHT, paint_text
from ui.rehearsal_words import name_of, summary_words
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.bulk import counted
from ui.wording.channels import channel_name
from ui.wording.dates import day_word, duration
from ui.wording.numbers import money_words, number_words
from ui.wording.orders import local, to_do_words
from ui.wording.reviews import tally_words

if TYPE_CHECKING:
    from models.today import Chore, Today

translate = QCoreApplication.translate

COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "Kind"), 44, inset=12),
    Column("words", QT_TRANSLATE_NOOP("columns", "What"), stretch=True),
    Column("verb", QT_TRANSLATE_NOOP("columns", "Verb"), 84, right=True),
)


CLOCK_TOLD_S = 300
"""Computers set their clocks by some seconds all the time; so far behind is worth a word."""


@frozen
class Matter:
    """One line: its shape and family, two lines of words, the verb; a reservation, a list, or a screen
    it `goes` to.

    `ticks` is true for what is done elsewhere and ticked off here.
    """

    key: str
    shape: str
    family: str
    sentence: str
    detail: str
    verb: str
    since: dt.datetime | None = None
    reservation: int | None = None
    ticks: bool = False
    opens: Filter | None = None
    title: str = ""
    goes: str = ""
    to: dict[str, Any] = field(default_factory=dict)


class Chores(Board):
    """`opened` brings the matter to look at, `done` the one that was ticked off (D, Space or its box)."""

    done = Signal(object)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        self._now = now
        self._told: list[str] = []
        self.model_ = RowModel(COLUMNS, lambda matter: matter.key, self._say)
        super().__init__(self.model_, _Rows(now), name="", row_height=48, parent=parent)
        self.model_.setParent(self)
        self.done_action = actions.make(
            "done", self, self._tick_off, context=Qt.ShortcutContext.WidgetShortcut
        )

    def show_chores(self, today: Today) -> None:
        """Other chores, or the same with other facts."""
        self.model_.show_rows(matters(today, self._now()))

    def follow_clock(self) -> None:
        """Repaint the ages when one of them reads differently now."""
        told = [detail_words(matter, self._now()) for matter in self.model_.rows]
        if told != self._told:
            self._told = told
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._tick_off()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        matter = self.model_.row(index.row()) if index.isValid() else None
        on_box = matter is not None and matter.ticks and COLUMNS[index.column()].key in ("shape", "verb")
        if on_box and event.button() is Qt.MouseButton.LeftButton:
            self.done.emit(matter)
        else:
            super().mouseReleaseEvent(event)

    def _tick_off(self) -> None:
        if self.row is not None and self.row.ticks:
            self.done.emit(self.row)

    def _say(self, matter: Matter, key: str) -> str:
        detail = detail_words(matter, self._now())
        words = f"{matter.sentence}, {detail}" if detail else matter.sentence
        return {"shape": "", "words": words, "verb": matter.verb}[key]


class _Rows(RowDelegate):
    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now, self._chosen = now, False

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        table = option.widget
        self._chosen = isinstance(table, QTableView) and table.currentIndex().row() == index.row()
        super().paint(painter, option, index)

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        matter: Matter = row
        if key == "shape":
            side = fonts.px(18)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            if matter.ticks:
                paint_tick_box(painter, place, False, colours)
            else:
                paint_shape(painter, place, matter.shape, matter.family, colours)
        elif key == "words":
            paint_two_lines(painter, rect, matter.sentence, detail_words(matter, self._now()), colours)
        elif key == "verb":
            self._paint_verb(painter, rect.adjusted(0, 0, -fonts.px(6), 0), matter, colours)

    def _paint_verb(self, painter: QPainter, place: QRectF, matter: Matter, colours: theme.Colours) -> None:
        if matter.ticks and self._chosen:
            key = actions.cap("done")
            cap = keycap_width(key)
            paint_keycap(painter, QRectF(place.right() - cap, place.y(), cap, place.height()), key, colours)
            place = place.adjusted(0, 0, -cap - fonts.px(7), 0)
        paint_text(painter, place, matter.verb, colours.accent_text, 13, 600, RIGHT)


def matters(today: Today, now: dt.datetime) -> tuple[Matter, ...]:
    """Everything there is to settle: decisions, money of today, unpaid orders, then what channels must be told."""
    decide = [_decide(chore, now) for chore in today.chores if chore.question]
    tell = [_tell(chore, now) for chore in today.chores if not chore.question]
    return (
        *_clock_behind(today),
        *_copies_late(today, now),
        *_mail_trouble(today),
        *_disagreements(today),
        *_rehearsed(today),
        *decide,
        *_to_close(today),
        *_to_collect(today),
        *_awaiting_payment(today),
        *tell,
        *_reviews(today),
    )


def _decide(chore: Chore, now: dt.datetime) -> Matter:
    channel = channel_name(chore.row.channel)
    told = {
        "status": translate("today", "{channel} tells another status"),
        "departure": translate("today", "{channel} tells another departure"),
        "party": translate("today", "{channel} tells another party"),
        "amount": translate("today", "{channel} tells another amount"),
    }.get(chore.question, translate("today", "{channel} tells it differently"))
    return Matter(
        f"decide-{chore.row.id}",
        "conflict",
        "act",
        told.format(channel=channel),
        _which(chore, now, chore.row.number),
        translate("today", "Decide"),
        chore.since,
        chore.row.id,
    )


def _tell(chore: Chore, now: dt.datetime) -> Matter:
    row = chore.row
    return Matter(
        f"tell-{row.id}",
        "globe",
        "act",
        to_do_words(row, channel_name(row.channel)),
        _which(chore, now, row.reference or row.number),
        translate("today", "Done"),
        chore.since,
        row.id,
        ticks=True,
    )


def detail_words(matter: Matter, now: dt.datetime) -> str:
    """'3 h 10, 27KK-1, Tea House Walk, Mon 1 Feb': the age first, it must not be cut off."""
    if matter.since is None:
        return matter.detail
    seconds = int((now - matter.since).total_seconds())
    age = translate("today", "just now") if seconds < 60 else duration(seconds)
    return f"{age}, {matter.detail}"


def _which(chore: Chore, now: dt.datetime, number: str) -> str:
    row = chore.row
    day = day_word(row.departs_on, local(now, row.zone).date()) if row.departs_on else ""
    return ", ".join(part for part in (number, row.product, day) if part)


def _awaiting_payment(today: Today) -> tuple[Matter, ...]:
    count = today.awaiting_payment
    if not count:
        return ()
    return (
        Matter(
            "awaiting-payment",
            Status.AWAITING_PAYMENT,
            "wait",
            translate("today", "1 order awaits payment")
            if count == 1
            else translate("today", "{count} orders await payment").format(count=number_words(count)),
            "",
            translate("today", "Look"),
            opens=Filter(needs="awaiting-payment"),
            title=translate("today", "Awaiting payment"),
        ),
    )


def _mail_trouble(today: Today) -> tuple[Matter, ...]:
    """The mail server takes no letters: nobody hears of a confirmation until it does."""
    trouble, since = today.mail_trouble
    if not trouble:
        return ()
    from ui.outbox_words import trouble_words  # all the words of letters, on bad days only

    words, verb = translate("today", "The mail server takes no letters"), translate("today", "Look")
    to = {"view": "waiting"}
    return (
        Matter("mail", "letters", "stop", words, trouble_words(trouble), verb, since, goes="letters", to=to),
    )


def _disagreements(today: Today) -> tuple[Matter, ...]:
    """What counters did against each other while one of them was alone."""
    count, since = today.disagreements
    if not count:
        return ()
    words = counted(
        count,
        translate("today", "Two counters disagree about 1 scan"),
        translate("today", "Counters disagree about {count} scans"),
    )
    what, verb = translate("today", "one was without the server"), translate("today", "Decide")
    return (Matter("incidents", "conflict", "stop", words, what, verb, since, goes="incidents"),)


def _rehearsed(today: Today) -> tuple[Matter, ...]:
    """What this morning's rehearsal found wrong at this counter."""
    done = today.rehearsed
    words = summary_words(done, today.day) if done is not None else ""
    if done is None or not words or not done.wrong:
        return ()
    what = ", ".join(name_of(one.check) for one in done.wrong)
    to = {"section": "rehearsal"}
    verb = translate("today", "Mend")
    return (Matter("rehearsed", "fault", "stop", words, what, verb, goes="settings", to=to),)


def _clock_behind(today: Today) -> tuple[Matter, ...]:
    """A clock that was set back: what is judged by the time is judged wrong until it is right."""
    if today.clock_behind_s < CLOCK_TOLD_S:
        return ()
    words = translate("today", "The clock here is {duration} behind")
    what = translate("today", "set it right; nothing is lost")
    behind = duration(int(today.clock_behind_s))
    to = {"section": "rehearsal"}
    verb = translate("today", "Look")
    return (
        Matter("clock", "fault", "stop", words.format(duration=behind), what, verb, goes="settings", to=to),
    )


def _copies_late(today: Today, now: dt.datetime) -> tuple[Matter, ...]:
    """No copy of the data for more than two days."""
    if not today.copies_late:
        return ()
    words = translate("today", "There is no backup of the data yet")
    what = translate("today", "if this disk breaks, everything is gone")
    if today.last_copy is not None:
        age = duration(int((now - today.last_copy).total_seconds()))
        words = translate("today", "The last backup is {age} old").format(age=age)
        what = translate("today", "what was done since then is on one disk only")
    verb, to = translate("today", "Back up"), {"section": "backup"}
    return (Matter("copies", "fault", "stop", words, what, verb, goes="settings", to=to),)


def _reviews(today: Today) -> tuple[Matter, ...]:
    """Answers that may be reviews, else reviews nobody has answered; with the average of the last thirty days."""
    told = today.reviews
    words, verb = "", translate("today", "Look")
    if told.waiting:
        words = counted(
            told.waiting,
            translate("today", "1 message may be a review"),
            translate("today", "{count} messages may be reviews"),
        )
    elif told.unanswered:
        verb = translate("today", "Answer")
        words = counted(
            told.unanswered,
            translate("today", "1 review of these days is not answered"),
            translate("today", "{count} reviews of these days are not answered"),
        )
    if not words:
        return ()
    month = translate("today", "30 days: {average}").format(average=tally_words(told.tally))
    return (Matter("reviews", "star", "wait", words, month, verb, goes="reviews"),)


def _to_close(today: Today) -> tuple[Matter, ...]:
    """Trips that have ended, to be approved or left to the clock."""
    trips, orders = today.to_close
    if not trips:
        return ()
    words = counted(
        trips,
        translate("today", "1 trip has ended and is to be closed"),
        translate("today", "{count} trips have ended and are to be closed"),
    )
    on = counted(orders, translate("today", "1 order"), translate("today", "{count} orders"))
    return (Matter("to-close", "trip", "act", words, on, translate("today", "Close"), goes="trips"),)


def _to_collect(today: Today) -> tuple[Matter, ...]:
    """Money to take at the desk from those who come today; the list it opens is that of today's guests."""
    if not today.to_collect_count:
        return ()
    amount = ", ".join(money_words(money) for money in today.to_collect)
    count = today.to_collect_count
    return (
        Matter(
            "to-collect",
            "cash",
            "wait",
            translate("today", "{amount} to collect at the desk").format(amount=amount),
            translate("today", "1 reservation of today with a balance")
            if count == 1
            else translate("today", "{count} reservations of today with a balance").format(
                count=number_words(count)
            ),
            translate("today", "Look"),
            opens=today.box("departing").opens,
            title=translate("today", "Departing today"),
        ),
    )
