"""What went wrong or needs a decision, each with how many, since when, and the verb that leads there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from models.reservations import Status
from models.rows import Filter
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.paint.text import RIGHT, paint_text
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import duration
from ui.wording.numbers import money_words

if TYPE_CHECKING:
    from models.today import Today

translate = QCoreApplication.translate

COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "Kind"), 44, inset=12),
    Column("words", QT_TRANSLATE_NOOP("columns", "What"), stretch=True),
    Column("verb", QT_TRANSLATE_NOOP("columns", "Verb"), 104, right=True),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to settle: its shape and family, a sentence, since when, the verb, and what it opens."""

    key: str
    shape: str
    family: str
    sentence: str
    since: str
    verb: str
    title: str
    opens: Filter


class Settle(Board):
    """`opened` brings the matter to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = RowModel(COLUMNS, lambda matter: matter.key, _say)
        super().__init__(self.model_, _Rows(), name="", row_height=52, parent=parent)
        self.model_.setParent(self)


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        matter: Matter = row
        if key == "shape":
            side = fonts.px(18)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_shape(painter, place, matter.shape, matter.family, colours)
        elif key == "words":
            paint_two_lines(painter, rect, matter.sentence, matter.since, colours)
        elif key == "verb":
            place = rect.adjusted(0, 0, -fonts.px(8), 0)
            paint_text(painter, place, matter.verb, colours.accent_text, 13, 600, RIGHT)


def matters(today: Today) -> tuple[Matter, ...]:
    """Everything there is to settle, the most pressing first; nothing that is empty."""
    of_boxes = [_matter(today, *plan) for plan in _plans() if today.box(plan[0]).count]
    return (*of_boxes, *_to_collect(today))


def since_words(since: dt.datetime | None, now: dt.datetime) -> str:
    """'the oldest for 2 h 10'; '' where nobody knows since when."""
    if since is None:
        return ""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return translate("today", "since just now")
    return translate("today", "the oldest for {duration}").format(duration=duration(seconds))


def _plans() -> tuple[tuple[str, str, str, str, str, str, str], ...]:
    """Box, shape, family, one, many, verb and the title of the list it opens."""
    return (
        (
            "overdue",
            Status.EXPIRED,
            "stop",
            translate("today", "1 order departed without an answer"),
            translate("today", "{count} orders departed without an answer"),
            translate("today", "Answer"),
            translate("today", "Departed without an answer"),
        ),
        (
            "decisions",
            "conflict",
            "act",
            translate("today", "1 order is told differently by its channel"),
            translate("today", "{count} orders are told differently by their channel"),
            translate("today", "Decide"),
            translate("today", "To decide"),
        ),
        (
            "refunds",
            "cash",
            "stop",
            translate("today", "1 refund failed"),
            translate("today", "{count} refunds failed"),
            translate("today", "Look"),
            translate("today", "Failed refunds"),
        ),
        (
            "to-do",
            "globe",
            "act",
            translate("today", "1 to do at its channel"),
            translate("today", "{count} to do at their channels"),
            translate("today", "Look"),
            translate("today", "To do at the channel"),
        ),
        (
            "awaiting-payment",
            Status.AWAITING_PAYMENT,
            "wait",
            translate("today", "1 order awaits payment"),
            translate("today", "{count} orders await payment"),
            translate("today", "Look"),
            translate("today", "Awaiting payment"),
        ),
    )


def _matter(
    today: Today, key: str, shape: str, family: str, one: str, many: str, verb: str, title: str
) -> Matter:
    box = today.box(key)
    sentence = one if box.count == 1 else many.format(count=box.count)
    since = since_words(box.oldest, today.as_of)
    return Matter(key, shape, family, sentence, since, verb, title, box.opens)


def _to_collect(today: Today) -> tuple[Matter, ...]:
    """Money to take at the desk from those who come today; the list it opens is that of today's guests."""
    if not today.to_collect_count:
        return ()
    amount = ", ".join(money_words(money) for money in today.to_collect)
    count = today.to_collect_count
    return (
        Matter(
            "to-collect",
            "cash",
            "wait",
            translate("today", "{amount} to collect at the desk").format(amount=amount),
            translate("today", "1 reservation of today with a balance")
            if count == 1
            else translate("today", "{count} reservations of today with a balance").format(count=count),
            translate("today", "Look"),
            translate("today", "Departing today"),
            today.box("departing").opens,
        ),
    )


def _say(matter: Matter, key: str) -> str:
    return {
        "shape": "",
        "words": f"{matter.sentence}, {matter.since}" if matter.since else matter.sentence,
        "verb": matter.verb,
    }[key]
