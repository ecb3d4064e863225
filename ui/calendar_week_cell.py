"""Paints a week: the heads of its days, and each departure with its seats and its numbers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import fonts, theme
from ui.calendar_cell import count_words
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.tallies import paint_tallies, tallies
from ui.paint.text import CENTER, RIGHT, paint_text, text_width
from ui.wording.dates import weekday

if TYPE_CHECKING:
    from models.calendar_facts import CalendarDay, CalendarLine
    from ui.calendar_week import Slot

translate = QCoreApplication.translate
ROW_HEIGHT = 72
_PAD = 10


def paint_day_head(
    painter: QPainter,
    rect: QRect,
    day: dt.date,
    facts: CalendarDay | None,
    colours: theme.Colours,
    *,
    chosen: bool,
    today: bool,
    past: bool,
    note: str = "",
) -> None:
    """'Thu 15' with the day's load, guests, who waits and who is in; a line below the chosen one."""
    painter.fillRect(rect, colours.canvas if past else colours.surface)
    edge = QRect(rect.x(), rect.bottom() - 1, rect.width(), 2)
    painter.fillRect(edge, colours.accent if chosen else colours.line)
    painter.fillRect(rect.right(), rect.y(), 1, rect.height(), colours.line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(rect).adjusted(fonts.px(_PAD), fonts.px(5), -fonts.px(_PAD), -fonts.px(5))
    upper, lower = QRectF(whole), QRectF(whole)
    upper.setHeight(fonts.px(24))
    lower.setTop(whole.bottom() - fonts.px(20))
    ink = colours.ink if not past else colours.ink2
    x = upper.x() + paint_text(painter, upper, weekday(day), ink, 13, 500) + fonts.px(6)
    number = str(day.day)
    if today:
        side = max(fonts.px(22), text_width(number, 13, 700) + fonts.px(10))
        body = QRectF(x, upper.y() + 1, side, fonts.px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(body, 4, 4)
        paint_text(painter, body, number, colours.on_accent, 13, 700, CENTER)
        x = body.right()
    else:
        x += paint_text(painter, upper.adjusted(x - upper.x(), 0, 0, 0), number, ink, 14, 700)
    if facts is None:
        return
    paint_tallies(painter, lower, tallies(facts.guests, facts.unconfirmed, facts.arrived), colours)
    begins = upper.right()
    if facts.guests:
        wide = min(fonts.px(64), whole.width() * 0.3)
        begins -= wide
        bar = QRectF(begins, upper.center().y() - fonts.px(2), wide, fonts.px(5))
        fits = min(facts.guests, facts.seats)
        paint_seat_bar(painter, bar, Seats(fits, fits, facts.seats), colours, past=past)
    place = QRectF(x + fonts.px(8), upper.y(), begins - x - fonts.px(14), upper.height())
    if note and place.width() > fonts.px(24):
        paint_text(painter, place, note, colours.ink2, 12, 500)


class WeekDelegate(QStyledItemDelegate):
    """Paints the places of a `WeekView`."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(fonts.px(100), fonts.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        slot: Slot = index.data(Qt.ItemDataRole.UserRole)
        view, colours, whole = option.widget, theme.of(option.palette), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(whole, colours.canvas if slot.past else colours.surface)
        painter.fillRect(whole.right(), whole.y(), 1, whole.height(), colours.line)
        if slot.line is not None:
            painter.fillRect(whole.x(), whole.bottom(), whole.width(), 1, colours.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(whole).adjusted(0, 0, -1, -1)
        if slot.line is not None:
            self._paint_departure(painter, place, slot, slot.line, index.model(), colours)
        elif slot.empty:
            inner = place.adjusted(fonts.px(_PAD), 0, -fonts.px(_PAD), 0)
            paint_text(painter, inner, translate("calendar", "No departures"), colours.ink3, 12, 500)
        if isinstance(view, QTableView) and view.currentIndex() == index:
            painter.setPen(QPen(colours.accent if view.hasFocus() else colours.border, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()

    def _paint_departure(
        self,
        painter: QPainter,
        place: QRectF,
        slot: Slot,
        line: CalendarLine,
        week: Any,
        colours: theme.Colours,
    ) -> None:
        act, waits = colours.families["act"], line.unconfirmed > 0
        if waits:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(act.ground)
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 4, 4)
        ink = act.text if waits else colours.ink2 if slot.past else colours.ink
        inner = place.adjusted(fonts.px(_PAD), fonts.px(6), -fonts.px(_PAD), -fonts.px(6))
        rows = [
            QRectF(inner.x(), inner.y() + fonts.px(at), inner.width(), fonts.px(18)) for at in (0, 19, 42)
        ]
        count, weight, colour = count_words(line, ink, colours, some=slot.some)
        wide = text_width(count, 12, weight)
        paint_text(painter, rows[0], count, colour if not waits or line.over else ink, 12, weight, RIGHT)
        room = rows[0].adjusted(0, 0, -wide - fonts.px(6), 0)
        if line.unmatched:
            paint_text(painter, room, translate("calendar", "No departure"), ink, 13, 600)
            paint_text(painter, rows[1], line.product, ink, 12, 500)
        else:
            handle, option = week.short_name(line)
            x = paint_text(painter, room, line.starts, ink, 13, 700) + fonts.px(8)
            if line.guide and room.width() - x >= text_width(line.guide, 12, 400):  # whole, or not at all
                quiet = ink if waits else colours.ink2
                paint_text(painter, room.adjusted(x, 0, 0, 0), line.guide, quiet, 12, 400)
            name = f"{handle} {option}" if option else handle
            paint_text(painter, rows[1], name, ink, 13, 500)
            self._paint_bar(painter, rows[1], line, colours, past=slot.past)
        told = tallies(line.confirmed, line.unconfirmed, line.arrived)
        paint_tallies(painter, rows[2].adjusted(0, 1, 0, 1), told, colours, ink if waits else None)

    def _paint_bar(
        self, painter: QPainter, above: QRectF, line: CalendarLine, colours: theme.Colours, *, past: bool
    ) -> None:
        bar = QRectF(above.x(), above.bottom() + fonts.px(1), above.width(), fonts.px(4))
        paint_seat_bar(painter, bar, Seats(line.taken, line.taken, line.capacity), colours, past=past)
