"""The groups of orders that fit nothing, at the left: what they are called there, how many, and from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves
from ui.paint.keycap import channel_mark_width, paint_channel_mark
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.board import Board
from ui.widgets.card import Card
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import day_and_time, day_word
from ui.wording.numbers import number_words
from ui.wording.orders import local
from ui.wording.unmatched import reason_word

if TYPE_CHECKING:
    from models.mapping import Group

translate = QCoreApplication.translate

COLUMNS = (Column("group", QT_TRANSLATE_NOOP("columns", "Orders"), stretch=True, inset=8),)
ROW = 64


class Groups(Card):
    """`moved` brings the group under the cursor, `opened` the one to decide about."""

    moved = Signal(object)
    opened = Signal(object)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.model_ = RowModel(COLUMNS, lambda group: group.key, say)
        self.rows = Board(self.model_, _Rows(now), name="", row_height=ROW, click_opens=False)
        self.model_.setParent(self.rows)
        self.add(self.rows, 1)
        self.rows.moved.connect(self.moved)
        self.rows.opened.connect(self.opened)
        self.setFocusProxy(self.rows)

    @property
    def row(self) -> Group | None:
        """The group under the cursor."""
        return self.rows.row

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these."""
        self.model_.show_rows(groups)
        orders = sum(group.orders for group in groups)
        note = (
            self.tr("1 order")
            if orders == 1
            else self.tr("{count} orders").format(count=number_words(orders))
        )
        self.set_heading(self.tr("By what they are called"), note)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.rows.setAccessibleName(self.tr("Groups of orders that fit no departure"))


class _Rows(RowDelegate):
    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        group: Group = row
        upper, lower = halves(rect)
        count, when = orders_words(group), next_words(group, self._now())
        width = max(text_width(count, 13, 700), text_width(when, 12)) + 1
        end = rect.right() - fonts.px(6) - width
        paint_text(painter, QRectF(end, upper.y(), width, upper.height()), count, colours.ink, 13, 700, RIGHT)
        paint_text(painter, QRectF(end, lower.y(), width, lower.height()), when, colours.ink3, 12, 400, RIGHT)
        mark = QRectF(rect.x(), upper.y(), channel_mark_width(), upper.height())
        paint_channel_mark(painter, mark, channel_mark(group.key.source), colours)
        words = upper.adjusted(mark.width() + fonts.px(8), 0, end - upper.right() - fonts.px(10), 0)
        paint_text(painter, words, called(group), colours.ink, 13, 600)
        below = lower.adjusted(mark.width() + fonts.px(8), 0, end - lower.right() - fonts.px(10), 0)
        ink = colours.families["act"].text
        paint_text(painter, below, reason_word(group.key.reason), ink, 12, 500)


def called(group: Group) -> str:
    """What the channel calls it: 'Night Walk, Late group'."""
    words = (group.key.product_text, group.key.option_text)
    return ", ".join(word for word in words if word) or translate("mapping", "Nothing is told")


def orders_words(group: Group) -> str:
    """'5 orders'."""
    if group.orders == 1:
        return translate("mapping", "1 order")
    return translate("mapping", "{count} orders").format(count=number_words(group.orders))


def next_words(group: Group, now: dt.datetime) -> str:
    """When the next of them departs."""
    if group.next_at is None:
        return translate("mapping", "none to come")
    at = local(group.next_at, group.zone)
    if at.year > now.year + 100:
        return translate("mapping", "open date")
    today = local(now, group.zone).date()
    return day_and_time(at, today) if at.time() != dt.time() else day_word(at.date(), today)


def say(group: Group, _key: str) -> str:
    """A group for a screen reader."""
    parts = (
        called(group),
        channel_name(group.key.source),
        reason_word(group.key.reason),
        orders_words(group),
    )
    return ", ".join(parts)
