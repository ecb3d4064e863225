"""Paints the rows of a day's panel, and says each of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from models.calendar_facts import CalendarLine
from models.leaving import has_left
from models.rows import ReservationRow
from ui import fonts, theme
from ui.act_by import act_by
from ui.calendar_rows import DayRow, Group, Item, More
from ui.icons import paint_icon
from ui.paint.cells import paint_two_lines
from ui.paint.keycap import channel_mark_width, paint_channel_mark
from ui.paint.seats import paint_arrival_bar
from ui.paint.status_marks import paint_status_mark
from ui.paint.tallies import paint_tallies, tallies, tallies_width
from ui.paint.text import CENTER, RIGHT, paint_text, text_width
from ui.widgets.row_delegate import EDGE, RowDelegate
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import time_left
from ui.wording.numbers import money_words
from ui.wording.orders import heads_words, hidden_words, local, not_told, unmatched_words
from ui.wording.statuses import status_word

translate = QCoreApplication.translate
PAD, NAME, WIDE_NAME = 16, 64, 560


def shown_status(row: ReservationRow) -> str:
    """Its status, or that they are in: what the mark before the row tells."""
    return theme.ARRIVED if row.arrived and row.status == "CONFIRMED" else row.status


def left_words(row: ReservationRow, now: dt.datetime) -> str:
    """'26 min left', '2 days late', 'by Fri 18:00', 'Departed'; '' where nothing was promised."""
    at = act_by(row, now)
    if at is None or row.confirm_by is None or has_left(row, now):
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
        return _say_departure(row.line)
    if isinstance(row, More):
        return more_words(row)
    order = row.row
    party = not_told() if order.party is None else str(order.party)
    who = order.traveler or hidden_words()
    parts = [status_word(shown_status(order)), party, who, channel_name(order.channel), order.number]
    if row.waits:
        parts.append(left_words(order, now))
    return ", ".join(part for part in parts if part)


def _say_departure(line: CalendarLine) -> str:
    seats = translate("day", "{time} {product}, {option}: {arrived} in, {taken} of {capacity} seats")
    told = [
        seats.format(
            time=line.starts,
            product=line.product,
            option=line.option,
            arrived=line.arrived,
            taken=line.taken,
            capacity=line.capacity,
        )
    ]
    if line.over:
        told.append(translate("day", "{count} over").format(count=line.over))
    if line.unconfirmed:
        told.append(translate("day", "{count} wait to be confirmed").format(count=line.unconfirmed))
    if line.closed:
        told.append(translate("day", "closed for sale"))
    told.append(translate("day", "guide {name}").format(name=line.guide) if line.guide else "")
    return ", ".join(part for part in told if part)


def more_words(row: More) -> str:
    """'and 4 more, 5 of them in'."""
    words = translate("day", "and {count} more").format(count=row.count)
    if row.arrived:
        return translate("day", "{more}, {arrived} of them in").format(more=words, arrived=row.arrived)
    return words


def _figures(line: CalendarLine, colours: theme.Colours) -> tuple[str, QColor]:
    """'12 in, 18 of 20', '2 over, 22 of 20' in the colour of a refusal, 'Closed, 18 of 20'."""
    parts = [translate("day", "{taken} of {capacity}").format(taken=line.taken, capacity=line.capacity)]
    if line.arrived:
        parts.insert(0, translate("day", "{count} in").format(count=line.arrived))
    if line.over:
        parts.insert(0, translate("day", "{count} over").format(count=line.over))
    if line.closed:
        parts.insert(0, translate("day", "Closed"))
    return ", ".join(parts), colours.families["stop"].text if line.over else colours.ink


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
        cursor = table.currentIndex().row() == index.row()
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
        rect, heading = option.rect, isinstance(row, Group)
        focused = cursor and table.hasFocus()
        hovered = table.property("hovered_row") == at
        plain = colours.canvas if heading else colours.surface
        painter.fillRect(rect, colours.accent_soft if focused else colours.hover if hovered else plain)
        edge = 0 if heading else fonts.px(PAD)
        painter.fillRect(rect.x() + edge, rect.bottom(), rect.width() - 2 * edge, 1, colours.line)
        if heading:
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, colours.line)
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
        figures, ink = _figures(line, colours)
        told = tallies(0, line.unconfirmed, 0)
        waits = tallies_width(told) + fonts.px(10) if told else 0.0
        wide = max(text_width(figures, 12, 600), fonts.px(110 if inner.width() > fonts.px(360) else 84))
        place = QRectF(inner.right() - wide, inner.y(), wide, inner.height())
        upper = QRectF(place.x() - waits, inner.y() + fonts.px(11), wide + waits, fonts.px(18))
        paint_tallies(painter, upper, told, colours)
        paint_text(painter, upper, figures, ink, 12, 600, RIGHT)
        bar = QRectF(place.x(), place.bottom() - fonts.px(20), place.width(), fonts.px(7))
        paint_arrival_bar(painter, bar, line.arrived, line.taken, line.capacity, colours)
        words = inner.adjusted(fonts.px(NAME), 0, -wide - waits - fonts.px(12), 0)
        guide = line.guide or ""
        paint_two_lines(
            painter, words, line.product, ", ".join(p for p in (line.option, guide) if p), colours
        )

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
        if name.width() > fonts.px(WIDE_NAME):
            name = self._paint_facts(painter, name, row, colours)
        self._paint_who(painter, name, item, colours)

    def _paint_facts(
        self, painter: QPainter, place: QRectF, row: ReservationRow, colours: theme.Colours
    ) -> QRectF:
        """On a whole page there is room for the numbers a machine says; the place that is left for the name."""
        facts = (
            (row.number, colours.ink2),
            (row.reference, colours.ink2),
            (status_word(shown_status(row)), theme.status_colours(shown_status(row), colours).text),
        )
        wide = min(fonts.px(190), (place.width() - fonts.px(260)) / len(facts))
        left = place.right() - wide * len(facts)
        for at, (words, ink) in enumerate(facts):
            cell = QRectF(left + at * wide, place.y(), wide - fonts.px(16), place.height())
            paint_text(painter, cell, words, ink, 13, 400)
        return place.adjusted(0, 0, left - place.right() - fonts.px(16), 0)

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
