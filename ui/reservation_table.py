"""A row of the list of reservations: what stands in each column, and how it is painted.

Two lines a row: what a person says aloud, and below it what a machine says. Pages of a hundred come
by key as the list is scrolled; how many there are in all is counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from models.reservations import Status
from models.rows import ReservationRow
from models.to_do import deeds
from ui import fonts, theme
from ui.act_by import act_by, act_by_words, has_departed
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves, paint_hidden, paint_number, paint_time_left, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.keycap import paint_channel_mark
from ui.paint.text import RIGHT, paint_text
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import clock, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import (
    UNKNOWN,
    heads_words,
    hidden_words,
    local,
    not_told,
    to_do_words,
    unmatched_words,
    what_words,
    when_words,
)
from ui.wording.statuses import status_word

translate = QCoreApplication.translate

COLUMNS = (
    Column("status", QT_TRANSLATE_NOOP("columns", "Status"), 162, inset=12),
    Column("traveler", QT_TRANSLATE_NOOP("columns", "Traveler"), 244),
    Column("pax", QT_TRANSLATE_NOOP("columns", "Pax"), 44, right=True),
    Column("product", QT_TRANSLATE_NOOP("columns", "Product / option"), stretch=True, inset=8),
    Column("departure", QT_TRANSLATE_NOOP("columns", "Departure"), 132, sortable=True),
    Column("channel", QT_TRANSLATE_NOOP("columns", "Channel"), 176),
    Column("amount", QT_TRANSLATE_NOOP("columns", "Amount"), 112, right=True),
    Column("act_by", QT_TRANSLATE_NOOP("columns", "Act by"), 112, right=True),
)


class ReservationTable(ListTable):
    """The list. `show_page` keeps the cursor and what is in sight where they are."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        self._now = now
        self._told: list[str] = []
        self.model_ = RowModel(COLUMNS, lambda row: row.id, lambda row, key: say(row, key, now()))
        super().__init__(self.model_, ReservationRows(now), name="", parent=parent)
        self.model_.setParent(self)
        self.show_sorting("departure", ascending=True)

    def show_page(self, rows: tuple[ReservationRow, ...], *, more: bool, anew: bool) -> None:
        """Show these rows from the start: another list (`anew`), or the same list read again."""
        if anew:
            self.model_.show_rows((), more=False)
            self.model_.show_rows(rows, more=more)
            if rows:
                self.go_to(0)
            self.scrollToTop()
            return
        at, kept = self.currentIndex().row(), self.row
        top, offset = self._top()
        self.model_.show_rows(rows, more=more)
        if kept is not None and rows and self.model_.place_of(kept.id) < 0:
            self.go_to(min(at, len(rows) - 1))
        self._bring_back(top, offset)

    def follow_clock(self) -> None:
        """Repaint the rows in sight when one of their times left reads differently now."""
        now = self._now()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        last = self.model_.rowCount() - 1 if last < 0 else last
        told = [act_by_words(self.model_.row(at), now) for at in range(max(0, first), last + 1)]
        if told != self._told:
            self._told = told
            self.viewport().update()

    def _top(self) -> tuple[Hashable, int]:
        """The uppermost row in sight, and how far it is scrolled."""
        row = self.model_.row(self.rowAt(0))
        return (None, 0) if row is None else (row.id, self.rowViewportPosition(self.rowAt(0)))

    def _bring_back(self, top: Hashable, offset: int) -> None:
        at = -1 if top is None else self.model_.place_of(top)
        if at >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(at) - offset)


class ReservationRows(RowDelegate):
    """How a cell is painted. A row without a departure of ours says so in the place of its option."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        order: ReservationRow = row
        if key == "status":
            shown = shown_status(order)
            paint_chip(painter, rect.adjusted(-4, 0, 8, 0), shown, status_word(shown), colours)
        elif key == "traveler":
            _paint_traveler(painter, rect, order, colours)
        elif key == "pax":
            _paint_pax(painter, rect, order, colours)
        elif key == "product":
            _paint_product(painter, rect, order, colours)
        elif key == "departure":
            self._paint_departure(painter, rect, order, colours)
        elif key == "channel":
            _paint_channel(painter, rect, order, colours)
        elif key == "amount":
            _paint_amount(painter, rect, order, colours)
        elif key == "act_by":
            at = act_by(order, self._now())
            if at is not None:
                paint_time_left(painter, rect, at.words, at.share, at.family, colours)

    def _paint_departure(
        self, painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours
    ) -> None:
        now = self._now()
        today = local(now, order.zone).date()
        time, day = departure_lines(order, today)
        is_today = order.departs_on == today
        past = has_departed(order, now)
        paint_two_lines(
            painter,
            rect,
            time,
            day,
            colours,
            colour=colours.ink2 if past else colours.ink,
            second_colour=colours.accent_text if is_today else None,
            second_weight=600 if is_today else 400,
        )


def shown_status(order: ReservationRow) -> str:
    """The status of the chip: somebody who is in is shown as arrived while the trip lasts."""
    return theme.ARRIVED if order.arrived and order.status is Status.CONFIRMED else order.status


def departure_lines(order: ReservationRow, today: dt.date) -> tuple[str, str]:
    """The time, and below it the day, so that the eye runs down the times."""
    if order.departs_at is not None:
        at = local(order.departs_at, order.zone)
        return clock(at), day_word(at.date(), today)
    if order.departs_on is not None:
        return UNKNOWN, day_word(order.departs_on, today)
    if order.open_dated:
        return translate("reservations", "Open date"), ""
    return UNKNOWN, translate("reservations", "no date told")


def say(order: ReservationRow, key: str, now: dt.datetime) -> str:
    """A cell in words, for a screen reader and where it is cut off."""
    if key == "pax":
        return _pax_words(order)
    if key == "amount":
        return ", ".join(part for part in (_amount_words(order), _due_words(order)) if part)
    numbers = " ".join(part for part in (order.number, order.reference) if part)
    name = channel_name(order.channel)
    words = {
        "status": (status_word(shown_status(order)), order.channel_status),
        "traveler": (hidden_words() if order.traveler is None else order.traveler or not_told(), numbers),
        "product": (what_words(order), unmatched_words(order.unmatched)),
        "departure": (when_words(order, now),),
        "channel": (name, _via_words(order), to_do_words(order, name)),
        "act_by": (act_by_words(order, now),),
    }
    return ", ".join(part for part in words[key] if part)


def _paint_traveler(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    numbers = "   ".join(part for part in (order.number, order.reference) if part)
    if order.traveler is None:
        paint_hidden(painter, rect, hidden_words(), numbers, colours)
    else:
        paint_two_lines(painter, rect, order.traveler or UNKNOWN, numbers, colours)


def _paint_pax(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    if order.party is not None and 0 < order.arrived < order.party:
        upper, lower = halves(rect)
        good = colours.families["good"].text
        paint_text(painter, upper, str(order.party), colours.ink, 15, 700, RIGHT)
        words = translate("reservations", "{count} in").format(count=order.arrived)
        paint_text(painter, lower, words, good, 12, 600, RIGHT)
    else:
        paint_number(painter, rect, heads_words(order.party), colours)


def _paint_product(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    if order.unmatched:
        words, act = unmatched_words(order.unmatched), colours.families["act"].text
        paint_two_lines(
            painter, rect, what_words(order), words, colours, weight=500, second_colour=act, second_weight=600
        )
    else:
        paint_two_lines(painter, rect, order.product or UNKNOWN, order.option, colours, weight=500)


def _paint_channel(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    name = channel_name(order.channel)
    second = to_do_words(order, name)
    width = paint_channel_mark(painter, rect, channel_mark(order.channel), colours) + fonts.px(7)
    place = rect.adjusted(width, 0, 0, 0)
    if second:
        act = colours.families["act"].text
        head, _, deed = second.partition(": ")
        paint_two_lines(
            painter,
            place,
            name if deed else head,
            _short_to_do(order) if deed else "",
            colours,
            weight=400,
            colour=colours.ink2,
            second_colour=act,
            second_weight=600,
        )
    else:
        paint_two_lines(painter, place, name, _via_words(order), colours, weight=400, colour=colours.ink2)


def _paint_amount(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    paint_two_lines(
        painter,
        rect,
        _amount_words(order),
        _due_words(order),
        colours,
        weight=500,
        second_colour=colours.families["act"].text,
        second_weight=600,
        align=RIGHT,
    )


def _short_to_do(order: ReservationRow) -> str:
    """What is to be done at the channel, as short as a column is narrow; the first deed, and how many more."""
    first, *more = deeds(order.to_do)
    words = {
        "confirm": translate("reservations", "confirm there, too"),
        "cancel": translate("reservations", "cancel there, too"),
        "redeem": translate("reservations", "redeem there, too"),
    }.get(first, first)
    return f"{words} +{len(more)}" if more else words


def _via_words(order: ReservationRow) -> str:
    return (
        translate("reservations", "by {sender}").format(sender=channel_name(order.via)) if order.via else ""
    )


def _amount_words(order: ReservationRow) -> str:
    return UNKNOWN if order.amount is None else money_words(order.amount)


def _due_words(order: ReservationRow) -> str:
    if order.due is None:
        return ""
    return translate("reservations", "due {amount}").format(amount=money_words(order.due))


def _pax_words(order: ReservationRow) -> str:
    if order.party is None:
        return not_told()
    if order.arrived:
        words = translate("reservations", "{party}, {arrived} in")
        return words.format(party=order.party, arrived=order.arrived)
    return str(order.party)
