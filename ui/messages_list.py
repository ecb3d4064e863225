"""The left of the conversations: who wrote, the last word, and how long somebody waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from models.talk import TalkRow, urgency
from ui import fonts, theme
from ui.icons import paint_icon
from ui.marking import QT_TRANSLATE_NOOP
from ui.messages_words import (
    FAMILY,
    moment_words,
    preview_words,
    promise_words,
    traveler_words,
    waits_words,
)
from ui.paint.cells import paint_channel
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.board import Board
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name

Now = Callable[[], dt.datetime]
HEIGHT = 82
COLUMNS = (Column("talk", QT_TRANSLATE_NOOP("columns", "Conversation"), stretch=True, inset=18),)


class TalksBoard(Board):
    """`moved` brings the conversation under the cursor, `opened` with Enter or a click."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.model_ = RowModel(COLUMNS, lambda one: one.id, self._say)
        super().__init__(
            self.model_, _Rows(now), name="", row_height=HEIGHT, click_opens=False, parent=parent
        )
        self.model_.setParent(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.row is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.row)

    def _say(self, one: TalkRow, _key: str) -> str:
        now = self._now()
        parts = [
            traveler_words(one.row),
            self.tr("unread") if one.unread else "",
            waits_words(one.waits_since, now)
            if one.waits_since
            else moment_words(one.last_at, now, one.row.zone),
            promise_words(one.waits_since, now) if one.waits_since else "",
            self.tr("not sent") if one.failed else "",
            self.tr("complaint open") if one.complaint else "",
            preview_words(one),
            f"{channel_name(one.row.channel)} {one.row.reference or one.row.number}",
        ]
        return ", ".join(part for part in parts if part)


class _Rows(RowDelegate):
    """Three lines: who and since when; the last word; the channel and its number."""

    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now

    def paint_cell(
        self, painter: QPainter, rect: QRectF, row: TalkRow, key: str, colours: theme.Colours
    ) -> None:
        rect = rect.adjusted(0, 0, -fonts.px(8), 0)
        line = fonts.px(21)
        top = rect.center().y() - 1.5 * line
        upper, middle, lower = (QRectF(rect.x(), top + n * line, rect.width(), line) for n in range(3))
        if row.unread:
            side = fonts.px(8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QRectF(rect.x() - fonts.px(16), upper.center().y() - side / 2, side, side))
        self._who(painter, upper, row, colours)
        self._last(painter, middle, row, colours)
        number = row.row.reference or row.row.number
        used = text_width(number, 12) + fonts.px(8)
        mark, name = channel_mark(row.row.channel), channel_name(row.row.channel)
        paint_channel(painter, lower.adjusted(0, 0, -used, 0), mark, name, colours)
        paint_text(painter, lower, number, colours.ink3, 12, 400, RIGHT)

    def _who(self, painter: QPainter, place: QRectF, row: TalkRow, colours: theme.Colours) -> None:
        now = self._now()
        if row.waits_since is not None:
            family = FAMILY[urgency(row.waits_since, now)]
            ink = colours.families[family].text if family else colours.ink2
            words, weight = waits_words(row.waits_since, now), 600
        else:
            words, weight, ink = moment_words(row.last_at, now, row.row.zone), 400, colours.ink3
        paint_text(painter, place, words, ink, 12, weight, RIGHT)
        place = place.adjusted(0, 0, -text_width(words, 12, weight) - fonts.px(10), 0)
        name, hidden = traveler_words(row.row), row.row.traveler is None
        if hidden:
            side = fonts.px(13)
            lock = QRectF(place.x(), place.center().y() - side / 2, side, side)
            paint_icon(painter, lock, "lock", colours.ink3)
            place = place.adjusted(fonts.px(18), 0, 0, 0)
        heavy = 600 if row.unread or row.waits_since else 500
        paint_text(painter, place, name, colours.ink2 if hidden else colours.ink, 13, heavy)

    def _last(self, painter: QPainter, place: QRectF, row: TalkRow, colours: theme.Colours) -> None:
        told: list[tuple[str, str]] = []
        if row.waits_since is not None:
            words = promise_words(row.waits_since, self._now())
            told += [(words, FAMILY[urgency(row.waits_since, self._now())])] if words else []
        if row.failed:
            told.append((self.tr("not sent"), "stop"))
        if row.complaint:
            told.append((self.tr("complaint"), "stop"))
        for words, family in told:
            paint_text(painter, place, words, colours.families[family].text, 12, 600, RIGHT)
            place = place.adjusted(0, 0, -text_width(words, 12, 600) - fonts.px(10), 0)
        paint_text(painter, place, preview_words(row), colours.ink if row.unread else colours.ink2, 13)
