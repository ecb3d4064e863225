"""The rows under the search box: whom a text found, in sections, and how each is painted and said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from models.frozen import frozen
from models.rows import ReservationRow
from models.search.finds import Find, Finds, Section
from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.cells import halves, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.keycap import channel_mark_width, paint_channel_mark
from ui.paint.text import RIGHT, paint_marked, paint_text
from ui.widgets.row_delegate import EDGE, RowDelegate
from ui.widgets.row_model import Column
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import clock, day_word
from ui.wording.orders import UNKNOWN, heads_words, hidden_words, local, not_told, what_words, when_words
from ui.wording.statuses import status_word

translate = QCoreApplication.translate
COLUMNS = (Column("all", "", stretch=True),)
HEAD_HEIGHT, ROW_HEIGHT = 28, 48
_PAD = 14
_STATUS, _WHO, _PARTY, _WHEN, _WHERE = 138, 194, 30, 84, 192
_LEAST_WHO, _LEAST_WHAT, _LEAST_WHERE = 130, 130, 108


@frozen
class Head:
    """The heading of a section."""

    section: Section
    count: int


@frozen
class Item:
    """One find. `near` is a name that differs by a letter from what was typed."""

    find: Find
    near: bool = False


@frozen
class ShowAll:
    """The way to the list, narrowed to the same text."""

    more: bool


SearchRow = Head | Item | ShowAll


def rows_of(found: Finds) -> list[SearchRow]:
    """The finds under their headings, and where there are several the way to the list."""
    rows: list[SearchRow] = []
    for section in Section:
        here = [find for find in found.items if find.section is section]
        if here:
            rows += [Head(section, len(here)), *map(Item, here)]
    return [*rows, ShowAll(found.more)] if len(found.items) > 1 else rows


def identity(row: SearchRow) -> Hashable:
    """What stays the same when the next letter is typed."""
    if isinstance(row, Item):
        return row.find.row.id
    return row.section if isinstance(row, Head) else "all"


def section_word(section: Section) -> str:
    """The word over a section."""
    return {
        Section.WHOLE: translate("search", "Exactly this number"),
        Section.TODAY: translate("search", "Today"),
        Section.UPCOMING: translate("search", "Upcoming"),
        Section.PAST: translate("search", "Past"),
    }[section]


def all_word(row: ShowAll) -> str:
    """The words of the last row."""
    if row.more:
        return translate("search", "There are more: type on, or show all in the list")
    return translate("search", "Show all in the list")


def found_in(find: Find) -> str:
    """By what it was found where the name does not tell: '{}' stands for the detail."""
    return {
        "companion": translate("search", "with {}"),
        "phone": translate("search", "phone {}"),
        "email": "{}",
    }.get(find.kind, "")


def say(row: SearchRow, now: dt.datetime) -> str:
    """A row in words, for a screen reader."""
    if isinstance(row, Head):
        return section_word(row.section)
    if isinstance(row, ShowAll):
        return all_word(row)
    find, order = row.find, row.find.row
    party = not_told() if order.party is None else str(order.party)
    parts = [order.traveler or hidden_words(), found_in(find).format(find.detail)]
    parts += [translate("search", "one letter differs")] if row.near else []
    parts += [status_word(shown_status(order)), party, what_words(order), when_words(order, now)]
    parts += [channel_name(order.channel), order.number, order.reference]
    return ", ".join(part for part in parts if part)


def shown_status(row: ReservationRow) -> str:
    """Its status, or that they are in."""
    return theme.ARRIVED if row.arrived and row.status == "CONFIRMED" else row.status


class SearchDelegate(RowDelegate):
    """`now` tells which day is today."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(fonts.px(300), fonts.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, table = index.data(Qt.ItemDataRole.UserRole), option.widget
        if not isinstance(table, QTableView):
            return
        colours, whole = theme.of(option.palette), QRectF(option.rect)
        cursor = table.currentIndex().row() == index.row()
        painter.save()
        # Without antialiasing: at 125 % neighbouring grounds would show hairline seams.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        head = isinstance(row, Head)
        ground = colours.canvas if head else self._ground(table, index.row(), cursor, False, colours)
        painter.fillRect(option.rect, ground)
        if not head:
            painter.fillRect(QRectF(whole.x(), whole.bottom() - 1, whole.width(), 1), colours.line)
        if cursor and not head:
            painter.fillRect(QRectF(whole.x(), whole.y(), EDGE, whole.height()), colours.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = whole.adjusted(fonts.px(_PAD), 0, -fonts.px(_PAD), -1)
        if isinstance(row, Head):
            self._paint_head(painter, inner, row, colours)
        elif isinstance(row, ShowAll):
            paint_text(painter, inner, all_word(row), colours.accent_text, 13, 600)
        else:
            self._paint_item(painter, inner, row, colours)
        painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRectF, head: Head, colours: theme.Colours) -> None:
        width = paint_text(painter, inner, section_word(head.section), colours.ink2, 12, 600)
        after = inner.adjusted(width + fonts.px(8), 0, 0, 0)
        paint_text(painter, after, str(head.count), colours.ink3, 12, 500)

    def _paint_item(self, painter: QPainter, inner: QRectF, item: Item, colours: theme.Colours) -> None:
        row = item.find.row
        status, who, party, what, when, where = _places(inner)
        shown = shown_status(row)
        paint_chip(painter, status, shown, status_word(shown), colours)
        self._paint_who(painter, who, item, colours)
        paint_text(painter, party, heads_words(row.party), colours.ink, 15, 700, RIGHT)
        paint_two_lines(painter, what, row.product, row.option, colours, weight=600)
        self._paint_when(painter, when, row, colours)
        self._paint_where(painter, where, item.find, colours)

    def _paint_who(self, painter: QPainter, place: QRectF, item: Item, colours: theme.Colours) -> None:
        find = item.find
        second = bool(item.near or find.detail or find.kind == "voucher")
        upper, lower = halves(place) if second else (place, place)
        if find.row.traveler is None:
            side = fonts.px(13)
            lock = QRectF(upper.x(), upper.center().y() - side / 2, side, side)
            paint_icon(painter, lock, "lock", colours.ink3)
            paint_text(painter, upper.adjusted(fonts.px(18), 0, 0, 0), hidden_words(), colours.ink3)
        else:
            by_name = find.marks if find.kind == "name" else ()
            name = find.row.traveler or UNKNOWN
            paint_marked(painter, upper, name, by_name, colours.ink, colours.accent_text, 13, 600)
        if second:
            self._paint_detail(painter, lower, item, colours)

    def _paint_detail(self, painter: QPainter, lower: QRectF, item: Item, colours: theme.Colours) -> None:
        """By what it was found, where the name does not show it."""
        find = item.find
        before, _, _ = found_in(find).partition("{}")
        if item.near:
            paint_text(painter, lower, translate("search", "one letter differs"), colours.ink3, 12)
        elif find.detail:
            marks = tuple((first + len(before), after + len(before)) for first, after in find.marks)
            told = f"{before}{find.detail}"
            paint_marked(painter, lower, told, marks, colours.ink2, colours.accent_text, 12, 400)
        elif find.kind == "voucher":
            paint_text(painter, lower, translate("search", "voucher code"), colours.ink3, 12)

    def _paint_when(
        self, painter: QPainter, place: QRectF, row: ReservationRow, colours: theme.Colours
    ) -> None:
        if row.departs_on is None:
            words = translate("search", "Open date") if row.open_dated else UNKNOWN
            paint_two_lines(painter, place, words, "", colours, weight=500)
            return
        today = local(self._now(), row.zone).date()
        at = local(row.departs_at, row.zone) if row.departs_at else None
        is_today = row.departs_on == today
        paint_two_lines(
            painter,
            place,
            clock(at) if at else UNKNOWN,
            day_word(row.departs_on, today),
            colours,
            second_colour=colours.accent_text if is_today else colours.ink3,
            second_weight=600 if is_today else 400,
        )

    def _paint_where(self, painter: QPainter, place: QRectF, find: Find, colours: theme.Colours) -> None:
        row = find.row
        mark = QRectF(place.x(), place.y(), channel_mark_width(), place.height())
        paint_channel_mark(painter, mark, channel_mark(row.channel), colours)
        upper, lower = halves(place.adjusted(channel_mark_width() + fonts.px(8), 0, 0, 0))
        for line, text, kind, ink in (
            (upper, row.number, "number", colours.ink2),
            (lower, row.reference, "reference", colours.ink3),
        ):
            marks = find.marks if find.kind == kind else ()
            paint_marked(painter, line, text, marks, ink, colours.accent_text, 12, 400)


def _places(inner: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF, QRectF]:
    """Where each part of a row stands. The product takes what is left; where that is little, others give way."""
    gap = fonts.px(10)
    widths = [float(fonts.px(width)) for width in (_STATUS, _WHO, _PARTY, 0, _WHEN, _WHERE)]
    widths[3] = inner.width() - sum(widths) - 5 * gap
    for part, least in ((1, _LEAST_WHO), (5, _LEAST_WHERE)):
        given = min(max(0.0, fonts.px(_LEAST_WHAT) - widths[3]), widths[part] - fonts.px(least))
        widths[part] -= given
        widths[3] += given
    places, x = [], inner.x()
    for width in widths:
        places.append(QRectF(x, inner.y(), max(0.0, width), inner.height()))
        x += max(0.0, width) + gap
    return (places[0], places[1], places[2], places[3], places[4], places[5])
