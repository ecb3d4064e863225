"""Paints one day of the month: its number, how full it is, its departures, a line each, and who waits and who is in.

An amber line with a diamond waits for somebody. Where the room ends, those lines are shown before the
others, and the rest is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.reservations import Status
from ui import fonts, theme
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.status_marks import paint_status_mark
from ui.paint.tallies import paint_tallies, tallies, tallies_width
from ui.paint.text import CENTER, RIGHT, paint_text, text_width
from ui.wording.dates import short_day
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.calendar_facts import CalendarDay, CalendarLine
    from ui.calendar_month import Cell
    from ui.calendar_names import Names

translate = QCoreApplication.translate
MOST_LINES = 6
ROOMY = 150
"""From this width on a cell has room for lines of their full height."""


class DayDelegate(QStyledItemDelegate):
    """Paints the cells of a `MonthView`."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(fonts.px(100), fonts.px(90))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        view, model, colours = option.widget, index.model(), theme.of(option.palette)
        whole = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(whole, colours.canvas if cell.past or not cell.in_month else colours.surface)
        painter.fillRect(whole.x(), whole.bottom(), whole.width(), 1, colours.line)
        painter.fillRect(whole.right(), whole.y(), 1, whole.height(), colours.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(whole).adjusted(0, 0, -1, -1)
        self._paint_head(painter, place, cell, colours)
        names: Names = getattr(model, "names", {})
        self._paint_lines(painter, place, cell, names, colours)
        if isinstance(view, QWidget) and getattr(view, "currentIndex", QModelIndex)() == index:
            self._paint_ring(painter, place, colours, focus=view.hasFocus())
        painter.restore()

    def _paint_ring(self, painter: QPainter, place: QRectF, colours: theme.Colours, *, focus: bool) -> None:
        painter.setPen(QPen(colours.accent if focus else colours.border, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 3, 3)

    def _paint_head(self, painter: QPainter, place: QRectF, cell: Cell, colours: theme.Colours) -> None:
        row = QRectF(place.x(), place.y() + fonts.px(5), place.width(), fonts.px(22))
        quiet = cell.past or not cell.in_month
        words = str(cell.day.day) if cell.in_month or cell.day.day > 1 else short_day(cell.day)
        ends = row.x() + fonts.px(12) + text_width(words, 13, 700)
        if cell.today:
            side = max(fonts.px(22), text_width(words, 13, 700) + fonts.px(10))
            body = QRectF(row.x() + fonts.px(8), row.y(), side, row.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(body, 4, 4)
            paint_text(painter, body, words, colours.on_accent, 13, 700, CENTER)
            ends = body.right()
        else:
            ink = colours.ink3 if quiet else colours.ink
            paint_text(painter, row.adjusted(fonts.px(12), 0, 0, 0), words, ink, 13, 600)
        if cell.facts is not None:
            begins = self._paint_load(painter, row, ends, cell.facts, colours, quiet=quiet)
            note = QRectF(ends + fonts.px(8), row.y(), begins - ends - fonts.px(16), row.height())
            if cell.note and note.width() > fonts.px(24):
                paint_text(painter, note, cell.note, colours.ink2, 12, 500)

    def _paint_load(
        self,
        painter: QPainter,
        row: QRectF,
        after: float,
        facts: CalendarDay,
        colours: theme.Colours,
        *,
        quiet: bool,
    ) -> float:
        """How full the day is, and its guests behind the mark of what is confirmed; where it begins.

        The bar, and then the mark, give way where they would not stand clear of what ends at `after`.
        """
        right = row.right() - fonts.px(8)
        held, ink = facts.guests, colours.ink2 if quiet else colours.ink
        if not held:
            return right
        told = tallies(held, 0, 0)
        begins = right - max(tallies_width(told, 13), fonts.px(38))
        if begins < after + fonts.px(6):
            begins = right - text_width(number_words(held), 13, 600)
            place = row.adjusted(0, 0, right - row.right(), 0)
            paint_text(painter, place, number_words(held), ink, 13, 600, RIGHT)
            return begins
        place = QRectF(begins, row.y(), right - begins, row.height())
        paint_tallies(painter, place, told, colours, ink, 13)
        wide = min(fonts.px(44), row.width() * 0.22)
        bar = QRectF(begins - fonts.px(8) - wide, row.center().y() - fonts.px(2), wide, fonts.px(5))
        if bar.x() < after + fonts.px(6):
            return begins
        fits = min(held, facts.seats)
        paint_seat_bar(painter, bar, Seats(fits, fits, facts.seats), colours, past=quiet)
        return bar.x()

    def _paint_lines(
        self,
        painter: QPainter,
        place: QRectF,
        cell: Cell,
        names: Names,
        colours: theme.Colours,
    ) -> None:
        if cell.facts is None or not cell.facts.lines:
            return
        roomy = place.width() >= fonts.px(ROOMY)
        height = fonts.px(20 if roomy else 17)
        top = place.y() + fonts.px(30 if roomy else 28)
        told = tallies(0, cell.facts.unconfirmed, cell.facts.arrived)
        foot = QRectF(place.x() + fonts.px(12), place.bottom() - fonts.px(20), 0, fonts.px(18))
        foot.setRight(place.right() - fonts.px(7))
        ends = (foot.y() if told else place.bottom()) - fonts.px(1)
        lines, room = _merged(cell.facts.lines), int((ends - top) // height)
        shown, rest = _fitting(lines, room, counted_below=bool(told))
        for line in shown:
            row = QRectF(place.x() + 2, top, place.width() - 4, height)
            self._paint_line(painter, row, line, names, colours, past=cell.past, some=cell.some)
            top += height
        x = paint_tallies(painter, foot, told, colours) if told else foot.x()
        if rest:
            ink = colours.ink3 if cell.past else colours.ink2
            words = self._rest_words(rest, some=bool(shown))
            if not told:
                row = QRectF(place.x() + fonts.px(18), top, place.width() - fonts.px(22), height)
                words = words if text_width(words, 12, 500) <= row.width() else f"+{rest}"
                paint_text(painter, row, words, ink, 12, 500)
                return
            free = foot.right() - x - fonts.px(8)
            words = next((short for short in (words, f"+{rest}") if text_width(short, 12, 500) <= free), "")
            paint_text(painter, foot, words, ink, 12, 500, RIGHT)

    def _rest_words(self, rest: int, *, some: bool) -> str:
        """How many departures are not shown, beside `some` that are."""
        if some:
            return self.tr("and {count} more").format(count=rest)
        return self.tr("1 departure") if rest == 1 else self.tr("{count} departures").format(count=rest)

    def _paint_line(
        self,
        painter: QPainter,
        row: QRectF,
        line: CalendarLine,
        names: Names,
        colours: theme.Colours,
        *,
        past: bool,
        some: bool,
    ) -> None:
        act, waits = colours.families["act"], line.unconfirmed > 0
        if waits:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(act.ground)
            painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), 4, 4)
            side = fonts.px(10)
            mark = QRectF(QPointF(row.x() + fonts.px(3), row.center().y() - side / 2), QSize(side, side))
            paint_status_mark(painter, mark, Status.UNCONFIRMED, act.mark)
        quiet, ink = (colours.ink3, colours.ink2) if past else (colours.ink2, colours.ink)
        if waits:
            quiet = ink = act.text
        inner = row.adjusted(fonts.px(15), 0, -fonts.px(5), 0)
        count, weight, colour = count_words(line, ink, colours, some=some)
        wide, x = text_width(count, 12, weight), inner.x()
        if line.starts and x + text_width(line.starts, 12, 400) + fonts.px(4) > inner.right() - wide:
            count, wide = "", 0.0  # the time and the count would run into each other
        paint_text(painter, inner, count, colour if not waits or line.over else ink, 12, weight, RIGHT)
        if line.starts:
            x += paint_text(painter, inner, line.starts, quiet, 12, 400) + fonts.px(5)
        room = QRectF(x, inner.y(), max(0.0, inner.right() - wide - fonts.px(5) - x), inner.height())
        paint_text(
            painter, room, self._name(line, names, room.width()), quiet if line.closed else ink, 12, 500
        )

    def _name(self, line: CalendarLine, names: Names, room: float) -> str:
        """As much of the name as fits: with the option, without it, or its first letters."""
        if line.unmatched:
            return self.tr("No departure")
        handle, option = names.get((line.product, line.option), (line.product, ""))
        if not option or text_width(handle, 12, 500) > room * 0.7:
            full = handle
        else:
            full = f"{handle} {option}"
        while full and text_width(full, 12, 500) > room:
            full = full[:-1]
        return full.rstrip()


def count_words(
    line: CalendarLine, ink: QColor, colours: theme.Colours, *, some: bool = False
) -> tuple[str, int, QColor]:
    """What stands at the right of a departure: 9/12, Full, Closed, or '2 over' in the colour of a refusal.

    With `some` only some reservations are counted, so it is their heads.
    """
    if line.unmatched or some:
        return number_words(line.heads), 600, ink
    if line.over:
        over = translate("calendar", "{count} over").format(count=line.over)
        return over, 700, colours.families["stop"].text
    if line.closed:
        return translate("calendar", "Closed"), 500, colours.ink3
    if line.taken == line.capacity:
        return translate("calendar", "Full"), 700, ink
    return f"{line.taken}/{line.capacity}", 500, ink if line.taken else colours.ink3


def _merged(lines: tuple[CalendarLine, ...]) -> list[CalendarLine]:
    """The orders without a departure as one line, whatever they are called."""
    ours = [line for line in lines if not line.unmatched]
    others = [line for line in lines if line.unmatched]
    if not others:
        return ours
    held, waiting = sum(line.confirmed for line in others), sum(line.unconfirmed for line in others)
    return [*ours, others[0]._replace(confirmed=held, unconfirmed=waiting)]


def _fitting(
    lines: list[CalendarLine], room: int, *, counted_below: bool = False
) -> tuple[list[CalendarLine], int]:
    """The lines that are shown, in the order of their times, and how many are not.

    Where those are `counted_below`, no line is kept free to count them.
    """
    most = min(MOST_LINES, room)
    if len(lines) <= min(MOST_LINES + 1, room):
        return lines, 0
    keep = max(0, most if room > most or counted_below else most - 1)
    best = sorted(range(len(lines)), key=lambda at: (not lines[at].unconfirmed, not lines[at].taken, at))
    return [lines[at] for at in sorted(best[:keep])], len(lines) - keep
