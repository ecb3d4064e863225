"""Paints the rows of a day's panel, and says each of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from models.rows import ReservationRow
from ui import fonts, theme
from ui.act_by import act_by, has_departed
from ui.calendar_rows import DayRow, Group, Item, More
from ui.icons import paint_icon
from ui.paint.cells import paint_two_lines
from ui.paint.keycap import channel_mark_width, paint_channel_mark
from ui.paint.seats import paint_arrival_bar
from ui.paint.status_marks import paint_status_mark
from ui.paint.text import CENTER, RIGHT, paint_text, text_width
from ui.widgets.row_delegate import EDGE, RowDelegate
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import time_left
from ui.wording.numbers import money_words
from ui.wording.orders import heads_words, hidden_words, local, not_told, unmatched_words
from ui.wording.statuses import status_word

translate = QCoreApplication.translate
PAD, NAME = 16, 64


def shown_status(row: ReservationRow) -> str:
    """Its status, or that they are in: what the mark before the row tells."""
    return theme.ARRIVED if row.arrived and row.status == "CONFIRMED" else row.status


def left_words(row: ReservationRow, now: dt.datetime) -> str:
    """'26 min left', '2 days late', 'by Fri 18:00', 'Departed'; '' where nothing was promised."""
    at = act_by(row, now)
    if at is None or row.confirm_by is None or has_departed(row, now):
        return at.words if at else ""
    words = time_left(local(now, row.zone), local(row.confirm_by, row.zone))
    seconds = (row.confirm_by - now).total_seconds()
    if seconds < 0:
        return words
    if seconds < 30 * 3600:
        return translate("day", "{time} left").format(time=words)
    return translate("day", "by {time}").format(time=words)


def say(row: DayRow, now: dt.datetime) -> str:
    """A row in words, for a screen reader."""
    if isinstance(row, Group):
        if row.line is None:
            return translate("day", "Without a departure of ours: {count} orders").format(count=row.orders)
        words = translate("day", "{time} {product}, {option}: {arrived} in, {taken} of {capacity} seats")
        line = row.line
        return words.format(
            time=line.starts,
            product=line.product,
            option=line.option,
            arrived=line.arrived,
            taken=line.taken,
            capacity=line.capacity,
        )
    if isinstance(row, More):
        return more_words(row)
    order = row.row
    party = not_told() if order.party is None else str(order.party)
    who = order.traveler or hidden_words()
    parts = [status_word(shown_status(order)), party, who, channel_name(order.channel), order.number]
    if row.waits:
        parts.append(left_words(order, now))
    return ", ".join(part for part in parts if part)


def more_words(row: More) -> str:
    """'and 4 more, 5 of them in'."""
    words = translate("day", "and {count} more").format(count=row.count)
    if row.arrived:
        return translate("day", "{more}, {arrived} of them in").format(more=words, arrived=row.arrived)
    return words


class DayRowDelegate(RowDelegate):
    """`now` gives the time that what is left is counted from."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now

    def confirm_place(self, whole: QRectF) -> QRectF:
        """Where the button of a row that waits is painted, and pressed."""
        width = text_width(translate("day", "Confirm"), 13, 600) + fonts.px(24)
        height = fonts.px(30)
        return QRectF(whole.right() - fonts.px(PAD) - width, whole.center().y() - height / 2, width, height)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(fonts.px(200), fonts.px(44))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, table = index.data(Qt.ItemDataRole.UserRole), option.widget
        if not isinstance(table, QTableView):
            return
        colours, whole = theme.of(option.palette), QRectF(option.rect)
        cursor = table.currentIndex().row() == index.row() and not isinstance(row, Group)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._fill(painter, option, table, row, cursor, index.row(), colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = whole.adjusted(fonts.px(PAD), 0, -fonts.px(PAD), -1)
        if isinstance(row, Group):
            self._paint_group(painter, inner, row, colours)
        elif isinstance(row, More):
            place = inner.adjusted(fonts.px(NAME), 0, 0, 0)
            paint_text(painter, place, more_words(row), colours.accent_text, 13, 600)
        else:
            self._paint_item(painter, whole, inner, row, colours)
        painter.restore()

    def _fill(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        table: QTableView,
        row: DayRow,
        cursor: bool,
        at: int,
        colours: theme.Colours,
    ) -> None:
        rect = option.rect
        if isinstance(row, Group):
            painter.fillRect(rect, colours.canvas)
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, colours.line)
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
            return
        focused = cursor and table.hasFocus()
        hovered = table.property("hovered_row") == at
        ground = colours.accent_soft if focused else colours.hover if hovered else colours.surface
        painter.fillRect(rect, ground)
        edge = fonts.px(PAD)
        painter.fillRect(rect.x() + edge, rect.bottom(), rect.width() - 2 * edge, 1, colours.line)
        if cursor:
            painter.fillRect(
                rect.x(), rect.y(), EDGE, rect.height(), colours.accent if focused else colours.border
            )

    def _paint_group(self, painter: QPainter, inner: QRectF, row: Group, colours: theme.Colours) -> None:
        line = row.line
        if line is None:
            head = translate("day", "No departure of ours")
            text = translate("day", "No seats are counted for these orders")
            paint_two_lines(painter, inner, head, text, colours)
            return
        paint_text(painter, inner, line.starts, colours.ink, 18, 500)
        wide = fonts.px(110 if inner.width() > fonts.px(360) else 84)
        words = inner.adjusted(fonts.px(NAME), 0, -wide - fonts.px(12), 0)
        paint_two_lines(painter, words, line.product, line.option, colours)
        self._paint_load(painter, QRectF(inner.right() - wide, inner.y(), wide, inner.height()), row, colours)

    def _paint_load(self, painter: QPainter, place: QRectF, row: Group, colours: theme.Colours) -> None:
        line = row.line
        assert line is not None
        upper = place.adjusted(0, fonts.px(11), 0, 0)
        upper.setHeight(fonts.px(18))
        short = line.taken > line.capacity
        figures = translate("day", "{taken} of {capacity}").format(taken=line.taken, capacity=line.capacity)
        if line.arrived:
            figures = translate("day", "{arrived} in, {figures}").format(
                arrived=line.arrived, figures=figures
            )
        if line.closed:
            figures = translate("day", "Closed, {figures}").format(figures=figures)
        ink = colours.families["stop"].text if short else colours.ink
        paint_text(painter, upper, figures, ink, 12, 600, RIGHT)
        bar = QRectF(place.x(), place.bottom() - fonts.px(20), place.width(), fonts.px(7))
        paint_arrival_bar(painter, bar, line.arrived, line.taken, line.capacity, colours)

    def _paint_item(
        self, painter: QPainter, whole: QRectF, inner: QRectF, item: Item, colours: theme.Colours
    ) -> None:
        row, side = item.row, fonts.px(15)
        status = shown_status(row)
        mark = QRectF(inner.x(), inner.center().y() - side / 2, side, side)
        paint_status_mark(painter, mark, status, theme.status_colours(status, colours).mark)
        party = QRectF(inner.x() + fonts.px(20), inner.y(), fonts.px(30), inner.height())
        paint_text(painter, party, heads_words(row.party), colours.ink, 14, 700, RIGHT)
        right = self._paint_end(painter, whole, inner, item, colours)
        channel = QRectF(right - channel_mark_width(), inner.y(), channel_mark_width(), inner.height())
        paint_channel_mark(painter, channel, channel_mark(row.channel), colours)
        left = inner.x() + fonts.px(NAME)
        name = QRectF(left, inner.y(), max(0.0, channel.x() - fonts.px(10) - left), inner.height())
        self._paint_who(painter, name, item, colours)

    def _paint_end(
        self, painter: QPainter, whole: QRectF, inner: QRectF, item: Item, colours: theme.Colours
    ) -> float:
        """The button or the amount at the right; answers where the channel's mark ends."""
        row = item.row
        if item.waits:
            place = self.confirm_place(whole)
            painter.setPen(QPen(colours.border, 1))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            paint_text(painter, place, translate("day", "Confirm"), colours.ink, 13, 600, CENTER)
            return place.x() - fonts.px(12)
        column = self.confirm_place(whole).x() - fonts.px(12)
        if row.due is not None:
            due = translate("day", "due {amount}").format(amount=money_words(row.due))
            paint_text(painter, inner, due, colours.families["act"].text, 13, 600, RIGHT)
            return min(column, inner.right() - text_width(due, 13, 600) - fonts.px(10))
        return column

    def _paint_who(self, painter: QPainter, place: QRectF, item: Item, colours: theme.Colours) -> None:
        row, now = item.row, self._now()
        if row.unmatched:
            who = row.traveler or left_words(row, now) or hidden_words()
            paint_two_lines(painter, place, who, f"{row.product}. {unmatched_words(row.unmatched)}", colours)
            return
        if row.traveler is not None:
            paint_text(painter, place, row.traveler, colours.ink, 14, 500)
            return
        side = fonts.px(14)
        lock = QRectF(place.x(), place.center().y() - side / 2, side, side)
        paint_icon(painter, lock, "lock", colours.ink3)
        words = left_words(row, now) if item.waits else ""
        after = place.adjusted(fonts.px(20), 0, 0, 0)
        if not words:
            paint_text(painter, after, hidden_words(), colours.ink3, 13, 400)
            return
        at = act_by(row, now)
        family = at.family if at else "gone"
        ink = colours.ink2 if family == "gone" else colours.families[family].text
        paint_text(painter, after, words, ink, 13, 600)
