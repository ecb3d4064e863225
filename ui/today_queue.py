"""The list "Needs you" on the dashboard: orders that wait for an answer, the most urgent first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from models.leaving import has_left
from models.reservations import Status
from models.rows import ReservationRow
from ui import actions, fonts, theme
from ui.act_by import ActBy, act_by
from ui.icons import paint_icon
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves, paint_channel, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.keycap import keycap_width, paint_keycap
from ui.paint.meter import FULL_S, paint_meter, urgency
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.board import Board
from ui.widgets.quiet_rows import in_place
from ui.widgets.row_delegate import PAD, RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import clock, day_and_time, day_word, duration, time_left
from ui.wording.orders import heads_words, local, not_told, unmatched_words, when_words
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from models.today import Urgent

translate = QCoreApplication.translate

COLUMNS = (
    Column("left", QT_TRANSLATE_NOOP("columns", "Act by"), 112, inset=12),
    Column("status", QT_TRANSLATE_NOOP("columns", "Status"), 152),
    Column("party", QT_TRANSLATE_NOOP("columns", "Pax"), 40, right=True),
    Column("product", QT_TRANSLATE_NOOP("columns", "Product / option"), stretch=True, inset=8),
    Column("departure", QT_TRANSLATE_NOOP("columns", "Departure"), 178),
    Column("seats", QT_TRANSLATE_NOOP("columns", "Seats"), 152),
    Column("answer", QT_TRANSLATE_NOOP("columns", "Answer"), 138, inset=16),
)
_BUTTON = 34
TIGHT = 690
"""Narrower than this, in the size of the text, the seats are left to the question and the status stands in words."""


class Queue(Board):
    """`answered` brings the reservation whose button was pressed; Enter and a double click open it.

    `left_above` comes when the cursor goes up past the first row.
    """

    answered = Signal(object)
    left_above = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        self.model_ = RowModel(COLUMNS, lambda urgent: urgent.row.id, self._say)
        self._now = now
        self._told: list[str] = []
        self._held_back = 0
        self._painted = QueueRows(now)
        super().__init__(self.model_, self._painted, name="", row_height=64, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def set_narrow(self, narrow: bool) -> None:
        """Narrower columns, so that the name of the product has room."""
        widths = {"left": 110, "status": 150, "party": 36, "departure": 136, "seats": 110, "answer": 126}
        for column in COLUMNS:
            if not column.stretch:
                self.set_column_width(column.key, widths[column.key] if narrow else column.width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing is cut off at the right: the button stays in sight."""
        super().resizeEvent(event)
        tight = self.width() < fonts.px(TIGHT)
        for number, column in enumerate(COLUMNS):
            if column.key in ("status", "seats"):
                self.setColumnHidden(number, tight)
        self._painted.says_status = tight

    @property
    def held_back(self) -> int:
        """How many changes above the cursor are not shown yet, so that its row stays where it is."""
        return self._held_back

    def show_urgent(self, urgent: tuple[Urgent, ...], *, quietly: bool = False) -> None:
        """Other orders, or the same with other facts; `quietly` leaves the row under the cursor in its place."""
        self._held_back = 0
        if quietly and self.row is not None:
            kept, self._held_back = in_place(
                self.model_.rows, urgent, self.row.row.id, lambda one: one.row.id
            )
            urgent = tuple(kept)
        self.model_.show_rows(urgent)

    def follow_clock(self) -> None:
        """Repaint the times left when one of them reads differently now."""
        now = self._now()
        rows = (self.model_.row(at) for at in range(self.model_.rowCount()))
        told = [left_words(urgent, now) for urgent in rows]
        if told != self._told:
            self._told = told
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_above.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            row = self._button_under(event.position().toPoint())
            if row is not None:
                self.answered.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._button_under(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._button_under(event.position().toPoint())
        self._lit_button(-1 if over is None else over.row.id)

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._lit_button(-1)

    def _lit_button(self, reservation: int) -> None:
        if self.property("lit_button") != reservation:
            self.setProperty("lit_button", reservation)
            self.viewport().update()

    def _button_under(self, place: QPoint) -> Any:
        index = self.indexAt(place)
        if index.isValid() and COLUMNS[index.column()].key == "answer":
            row = self.model_.row(index.row())
            cell = _cell_place(QRectF(self.visualRect(index)))
            if button_place(cell).contains(place):
                return row
        return None

    def _say(self, urgent: Urgent, key: str) -> str:
        row, now = urgent.row, self._now()
        return {
            "left": left_words(urgent, now),
            "status": status_word(row.status),
            "party": not_told() if row.party is None else heads_words(row.party),
            "product": ", ".join(part for part in (row.product, second_words(urgent)) if part),
            "departure": f"{when_words(row, now)}, {channel_name(row.channel)}",
            "seats": seats_words(urgent),
            "answer": answer_word(urgent),
        }[key]


class QueueRows(RowDelegate):
    """How a row of the queue is painted."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now
        self._option: QStyleOptionViewItem | None = None
        self._at = -1
        self.says_status = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self._option, self._at = option, index.row()
        super().paint(painter, option, index)

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        order: ReservationRow = row.row
        if key == "left":
            self._paint_left(painter, rect, row, colours)
        elif key == "status":
            paint_chip(painter, rect, order.status, status_word(order.status), colours)
        elif key == "party":
            paint_text(painter, rect, heads_words(order.party), colours.ink, 18, 700, RIGHT)
        elif key == "product":
            lacks = colours.families["wait"].text if row.missing else None
            second = second_words(row)
            if self.says_status:
                second = ", ".join(filter(None, (status_word(order.status), second)))
            paint_two_lines(painter, rect, order.product, second, colours, second_colour=lacks)
        elif key == "departure":
            self._paint_departure(painter, rect, order, colours)
        elif key == "seats":
            _paint_seats(painter, rect, row, colours)
        elif key == "answer":
            self._paint_button(painter, rect, row, colours)

    def _paint_left(self, painter: QPainter, rect: QRectF, urgent: Urgent, colours: theme.Colours) -> None:
        now = self._now()
        at = left(urgent, now)
        upper, lower = halves(rect.adjusted(0, -fonts.px(2), 0, -fonts.px(2)))
        if at is None:
            words = _to_departure(urgent.row, now)
            if words:
                size = 15 if text_width(words, 15, 500) <= rect.width() else 13
                paint_text(painter, upper, words, colours.ink2, size, 500)
                small = translate("today", "till departure")
                paint_text(painter, lower, small, colours.ink3, 12)
            else:
                paint_text(painter, rect, translate("today", "no promise"), colours.ink3, 12)
            return
        ink = colours.ink2 if at.family == "gone" else colours.families[at.family].text
        size = 16 if text_width(at.words, 16, 600) <= rect.width() else 13
        paint_text(painter, upper, at.words, ink, size, 600)
        ago = departed_ago(urgent, now)
        if ago:
            paint_text(painter, lower, ago, colours.ink3, 12)
            return
        track = QRectF(rect.x(), lower.y() + fonts.px(5), min(rect.width(), fonts.px(80)), fonts.px(4))
        paint_meter(painter, track, at.share, colours.families[at.family].mark, colours)

    def _paint_departure(
        self, painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours
    ) -> None:
        upper, lower = halves(rect)
        upper.translate(0, -fonts.px(1))
        lower.translate(0, fonts.px(2))
        paint_text(painter, upper, departure_words(order, self._now()), colours.ink, 13, 500)
        paint_channel(painter, lower, channel_mark(order.channel), channel_name(order.channel), colours)

    def _paint_button(self, painter: QPainter, rect: QRectF, urgent: Urgent, colours: theme.Colours) -> None:
        assert self._option is not None
        table = self._option.widget
        chosen = isinstance(table, QTableView) and table.currentIndex().row() == self._at
        lit = table is not None and table.property("lit_button") == urgent.row.id
        face = button_place(rect)
        fill = colours.accent if chosen else colours.hover if lit else colours.surface
        if chosen and lit:
            fill = theme.pressed(colours.accent, colours)
        painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(colours.border, 1))
        painter.setBrush(fill)
        half = 0 if chosen else 0.5
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), 6, 6)
        word, key = answer_word(urgent), actions.cap("confirm")
        ink = colours.on_accent if chosen else colours.ink
        width = text_width(word, 13, 600)
        cap = keycap_width(key) + fonts.px(9) if chosen else 0
        if width + cap > face.width() - fonts.px(8):
            cap = 0  # the word is worth more than its key
        x = face.center().x() - (width + cap) / 2
        paint_text(painter, QRectF(x, face.y(), width, face.height()), word, ink, 13, 600)
        if cap:
            place = QRectF(x + width + fonts.px(9), face.y(), cap, face.height())
            paint_keycap(painter, place, key, colours, fill)


def button_place(cell: QRectF) -> QRectF:
    """Where the button of a row lies in its cell."""
    height = fonts.px(_BUTTON)
    return QRectF(cell.x(), cell.center().y() - height / 2, cell.width(), height)


def left(urgent: Urgent, now: dt.datetime) -> ActBy | None:
    """Until when somebody must act: the promise, or the moment at which a held place is given up."""
    if urgent.expires_at is None:
        return act_by(urgent.row, now)
    seconds = (urgent.expires_at - now).total_seconds()
    words = time_left(now.astimezone(urgent.expires_at.tzinfo), urgent.expires_at)
    return ActBy(words, seconds / FULL_S, urgency(seconds))


def left_words(urgent: Urgent, now: dt.datetime) -> str:
    """The same for a screen reader; '' where nothing was promised."""
    at = left(urgent, now)
    return at.words if at else ""


def departed_ago(urgent: Urgent, now: dt.datetime) -> str:
    """'1 day ago', for a trip that left without an answer; '' for every other."""
    if urgent.expires_at is not None or not has_left(urgent.row, now):
        return ""
    seconds = max(60, int((now - urgent.row.sort_at).total_seconds()))
    return translate("today", "{duration} ago").format(duration=duration(seconds))


def second_words(urgent: Urgent) -> str:
    """The line below the product: what is missing, until when a place is held, or else the option."""
    option = urgent.row.option
    if urgent.missing:
        return translate("today", "missing: {what}").format(what=urgent.missing)
    if urgent.expires_at is None:
        return option
    held = translate("today", "held until {time}").format(time=clock(urgent.expires_at))
    return f"{option}, {held}" if option else held


def answer_word(urgent: Urgent) -> str:
    """What the button of a row says."""
    if urgent.row.status is Status.AWAITING_PAYMENT:
        return translate("today", "Take payment")
    if urgent.row.status is Status.CANCEL_REQUESTED:
        return translate("today", "Answer")
    return translate("today", "Resolve") if _seats(urgent).short else translate("today", "Confirm")


def departure_words(order: ReservationRow, now: dt.datetime) -> str:
    """'Today, 11:00', or as much as is known of it."""
    today = local(now, order.zone).date()
    if order.departs_at is not None:
        return day_and_time(local(order.departs_at, order.zone), today)
    if order.departs_on is not None:
        return day_word(order.departs_on, today)
    return when_words(order, now)


def seats_words(urgent: Urgent) -> str:
    """The seats before and after in words."""
    if urgent.capacity is None:
        return unmatched_words(urgent.row.unmatched) or translate("today", "No seats are counted")
    seats = _seats(urgent)
    words = translate("today", "seats {before} to {after} of {capacity}").format(
        before=seats.before, after=seats.after, capacity=seats.capacity
    )
    return f"{words}, {_short_words(seats)}" if seats.short else words


def _short_words(seats: Seats) -> str:
    return translate("today", "{count} short").format(count=seats.short)


def _seats(urgent: Urgent) -> Seats:
    if urgent.seats_taken is None or urgent.seats_after is None or urgent.capacity is None:
        return Seats(0, 0, 0)
    return Seats(urgent.seats_taken, urgent.seats_after, urgent.capacity)


def _paint_seats(painter: QPainter, rect: QRectF, urgent: Urgent, colours: theme.Colours) -> None:
    if urgent.capacity is None:
        reason = unmatched_words(urgent.row.unmatched)
        head, _, rest = reason.partition(": ")
        act = colours.families["act"].text
        words = head or translate("today", "No seats are counted")
        colour = act if reason else colours.ink3
        weight = 600 if reason else 400
        paint_two_lines(painter, rect, words, rest, colours, weight=weight, colour=colour)
        return
    seats = _seats(urgent)
    upper, lower = halves(rect)
    upper.translate(0, -fonts.px(3))
    stop = colours.families["stop"].text
    short = bool(seats.short) and urgent.row.status is not Status.CANCEL_REQUESTED
    words = (
        _short_words(seats) if short else translate("today", "of {capacity}").format(capacity=seats.capacity)
    )
    size, side = (13, 600) if short else (12, 400), fonts.px(12)
    told = text_width(words, *size) + text_width(str(seats.after), 13, 700) + fonts.px(3)
    after = QRectF(upper)
    if text_width(str(seats.before), 13, 500) + fonts.px(24) + told <= rect.width():
        x = upper.x() + paint_text(painter, upper, str(seats.before), colours.ink2, 13, 500)
        arrow = QRectF(x + fonts.px(6), upper.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "arrow", colours.ink3)
        after.setLeft(x + fonts.px(24))
    paint_text(painter, after, str(seats.after), stop if short else colours.ink, 13, 700)
    paint_text(painter, upper, words, stop if short else colours.ink3, *size, RIGHT)
    bar = QRectF(rect.x(), lower.y() + fonts.px(4), rect.width(), fonts.px(8))
    paint_seat_bar(painter, bar, seats, colours)


def _to_departure(order: ReservationRow, now: dt.datetime) -> str:
    """How long until the trip leaves; '' where nobody knows when."""
    if order.departs_at is None:
        return ""
    if order.departs_at < now:
        return clock(local(order.departs_at, order.zone))
    return time_left(local(now, order.zone), local(order.departs_at, order.zone))


def _cell_place(cell: QRectF) -> QRectF:
    """A cell without its padding, as the delegate paints it."""
    column = COLUMNS[-1]
    return cell.adjusted(fonts.px(PAD + column.inset), 0, -fonts.px(PAD), -1)
