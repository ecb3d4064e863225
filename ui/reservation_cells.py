"""Paints a row of the list of reservations: two lines a cell, what a person says above what a machine says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from models.leaving import has_left
from models.rows import ReservationRow
from ui import fonts, theme
from ui.act_by import act_by
from ui.paint.cells import halves, paint_hidden, paint_number, paint_time_left, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.keycap import paint_channel_mark
from ui.paint.text import RIGHT, paint_text
from ui.reservation_words import (
    amount_words,
    balance_of,
    balance_words,
    claimed_words,
    coded_words,
    departure_lines,
    due_words,
    numbers_words,
    ordered_lines,
    payment_words,
    promise_lines,
    sent_by_words,
    short_to_do,
    shown_status,
)
from ui.widgets.row_delegate import RowDelegate
from ui.wording.channels import channel_mark, channel_name
from ui.wording.orders import (
    UNKNOWN,
    heads_words,
    hidden_words,
    local,
    to_do_words,
    unmatched_words,
    what_words,
)
from ui.wording.statuses import status_word

translate = QCoreApplication.translate

Paint = Callable[[QPainter, QRectF, ReservationRow, theme.Colours], None]


class ReservationRows(RowDelegate):
    """How a cell is painted. A row without a departure of ours says so in the place of its option."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now
        self.zone = ""  # the operator's, as soon as it is known

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        order: ReservationRow = row
        if key in _CELLS:
            _CELLS[key](painter, rect, order, colours)
        elif key == "departure":
            self._paint_departure(painter, rect, order, colours)
        elif key == "act_by":
            at = act_by(order, self._now())
            if at is not None:
                paint_time_left(painter, rect, at.words, at.share, at.family, colours)
        elif key == "ordered":
            first, second = ordered_lines(order, self._now(), self.zone)
            paint_two_lines(painter, rect, first, second, colours, weight=500, colour=colours.ink2)
        elif key in _LINES:
            first, second = _LINES[key](order, self._now())
            paint_two_lines(painter, rect, first, second, colours, weight=500, colour=colours.ink2)

    def _paint_departure(
        self, painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours
    ) -> None:
        now = self._now()
        today = local(now, order.zone).date()
        time, day = departure_lines(order, today)
        is_today = order.departs_on == today
        past = has_left(order, now)
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


def _paint_status(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    shown = shown_status(order)
    paint_chip(painter, rect.adjusted(-4, 0, 8, 0), shown, status_word(shown), colours)


def _paint_traveler(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    numbers = numbers_words(order, "   ")
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
            short_to_do(order) if deed else "",
            colours,
            weight=400,
            colour=colours.ink2,
            second_colour=act,
            second_weight=600,
        )
    else:
        paint_two_lines(painter, place, name, sent_by_words(order), colours, weight=400, colour=colours.ink2)


def _paint_amount(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    paint_two_lines(
        painter,
        rect,
        amount_words(order),
        due_words(order),
        colours,
        weight=500,
        second_colour=colours.families["act"].text,
        second_weight=600,
        align=RIGHT,
    )


def _paint_number(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    paint_two_lines(painter, rect, order.number, order.reference, colours, weight=500)


def _paint_coded(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    second, act = order.option, colours.families["act"].text
    if order.unmatched:
        second = unmatched_words(order.unmatched)
    paint_two_lines(
        painter,
        rect,
        coded_words(order) or UNKNOWN,
        second,
        colours,
        weight=500,
        second_colour=act if order.unmatched else None,
        second_weight=600 if order.unmatched else 400,
    )


def _paint_customer(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    if order.traveler is None:
        paint_hidden(painter, rect, hidden_words(), "", colours)
    else:
        paint_two_lines(painter, rect, order.traveler or UNKNOWN, "", colours)


def _paint_payment(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    open_ = order.balance is not None
    ink = colours.families["act"].text if open_ else colours.ink2
    paint_two_lines(
        painter, rect, payment_words(order), "", colours, weight=600 if open_ else 400, colour=ink
    )


def _paint_balance(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    balance = balance_of(order)
    open_ = balance is not None and balance.minor > 0
    ink = colours.families["act"].text if open_ else colours.ink2
    paint_text(painter, rect, balance_words(order), ink, 13, 600 if open_ else 400, RIGHT)


def _paint_source(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    name = channel_name(order.channel)
    paint_two_lines(painter, rect, name, sent_by_words(order), colours, weight=400, colour=colours.ink2)


def _paint_to_do(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
    act = colours.families["act"].text
    paint_two_lines(painter, rect, short_to_do(order), "", colours, weight=600, colour=act)


def _plain(words: Callable[[ReservationRow], str]) -> Paint:
    def paint(painter: QPainter, rect: QRectF, order: ReservationRow, colours: theme.Colours) -> None:
        paint_two_lines(painter, rect, words(order), "", colours, weight=400, colour=colours.ink2)

    return paint


_CELLS: dict[str, Paint] = {
    "status": _paint_status,
    "traveler": _paint_traveler,
    "pax": _paint_pax,
    "product": _paint_product,
    "channel": _paint_channel,
    "amount": _paint_amount,
    "number": _paint_number,
    "reference": _plain(lambda order: order.reference or UNKNOWN),
    "coded": _paint_coded,
    "customer": _paint_customer,
    "payment": _paint_payment,
    "balance": _paint_balance,
    "source": _paint_source,
    "to_do": _paint_to_do,
    "channel_status": _plain(lambda order: order.channel_status or UNKNOWN),
}
_LINES: dict[str, Callable[[ReservationRow, dt.datetime], tuple[str, str]]] = {
    "promise": promise_lines,
    "claimed": claimed_words,
}
