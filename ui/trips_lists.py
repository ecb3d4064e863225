"""The lists of the screen that closes trips: what is to be closed, who is on one, and what was closed lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from models.reservations import Status
from models.trips import ClosingMade, TripOrder, TripToClose
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_hidden, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.keycap import paint_channel_mark
from ui.paint.text import RIGHT, paint_text
from ui.trips_words import (
    arrived_words,
    figures_words,
    heads_in_words,
    made_words,
    numbers_words,
    standing_words,
    tour_words,
    two_lines,
    when_words,
)
from ui.widgets.board import Board
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_mark, channel_name
from ui.wording.orders import UNKNOWN, hidden_words
from ui.wording.statuses import status_word

Now = Callable[[], dt.datetime]

TO_CLOSE = (
    Column("tour", QT_TRANSLATE_NOOP("columns", "Trip"), stretch=True, inset=8),
    Column("figures", QT_TRANSLATE_NOOP("columns", "Proposal"), 116, right=True),
)
ORDERS = (
    Column("tick", "", 40),
    Column("traveler", QT_TRANSLATE_NOOP("columns", "Traveler"), stretch=True),
    Column("channel", "", 44),
    Column("arrived", QT_TRANSLATE_NOOP("columns", "Arrived"), 104, right=True),
    Column("became", QT_TRANSLATE_NOOP("columns", "Becomes"), 116),
)
CLOSINGS = (
    Column("tour", QT_TRANSLATE_NOOP("columns", "Trip"), stretch=True, inset=8),
    Column("verb", QT_TRANSLATE_NOOP("columns", "Verb"), 96, right=True),
)


class TripsBoard(Board):
    """The trips that have ended; `moved` brings the one under the cursor."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.model_ = RowModel(TO_CLOSE, lambda trip: trip.key, self._say)
        super().__init__(
            self.model_, _TripRows(now), name="", row_height=52, click_opens=False, parent=parent
        )
        self.model_.setParent(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _leave_sideways(event):
            super().keyPressEvent(event)

    def _say(self, trip: TripToClose, key: str) -> str:
        now = self._now()
        if key == "tour":
            parts = (when_words(trip, now), tour_words(trip), standing_words(trip, now))
            return ", ".join(part for part in parts if part)
        return f"{figures_words(trip.came, trip.missing)}, {heads_in_words(trip)}"


class _TripRows(RowDelegate):
    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        trip: TripToClose = row
        if key == "tour":
            first, tour = two_lines(trip, self._now())
            second = ", ".join(filter(None, (tour, standing_words(trip, self._now()))))
            paint_two_lines(painter, rect, first, second, colours)
        else:
            came = figures_words(trip.came, 0) if trip.came else ""
            missing = figures_words(0, trip.missing) if trip.missing else ""
            first, second = (came, missing) if came else (missing, "")
            paint_two_lines(painter, rect, first, second, colours, weight=500, align=RIGHT)


class OrdersTable(ListTable):
    """Who is on a trip; ticked ones are closed as proposed, the others stay confirmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = RowModel(ORDERS, lambda order: order.id, self._say)
        super().__init__(self.model_, _OrderRows(self.model_), name="", row_height=48, parent=parent)
        self.model_.setParent(self)

    def becomes(self, order: TripOrder) -> Status:
        """What it becomes as it is ticked now."""
        return order.proposal if self.model_.is_ticked(order) else Status.CONFIRMED

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _leave_sideways(event):
            super().keyPressEvent(event)

    def _say(self, order: TripOrder, key: str) -> str:
        name = hidden_words() if order.traveler is None else order.traveler or UNKNOWN
        return {
            "tick": "",
            "traveler": f"{name}, {numbers_words(order)}",
            "channel": channel_name(order.channel),
            "arrived": arrived_words(order),
            "became": _became_words(self.becomes(order)),
        }[key]


class _OrderRows(RowDelegate):
    def __init__(self, model: RowModel) -> None:
        super().__init__()
        self._model = model

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        order: TripOrder = row
        if key == "traveler":
            if order.traveler is None:
                paint_hidden(painter, rect, hidden_words(), numbers_words(order), colours)
            else:
                paint_two_lines(painter, rect, order.traveler or UNKNOWN, numbers_words(order), colours)
        elif key == "channel":
            paint_channel_mark(painter, rect, channel_mark(order.channel), colours)
        elif key == "arrived":
            ink = colours.ink if order.arrived else colours.families["stop"].text
            paint_text(painter, rect, arrived_words(order), ink, 13, 600, RIGHT)
        elif key == "became":
            status = order.proposal if self._model.is_ticked(order) else Status.CONFIRMED
            wide = rect.adjusted(-fonts.px(2), 0, fonts.px(8), 0)
            paint_chip(painter, wide, status, _became_words(status), colours)


class ClosingsBoard(Board):
    """What was closed lately; `opened` asks to take one back."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.zone = "UTC"
        self.model_ = RowModel(CLOSINGS, lambda closing: closing.id, self._say)
        super().__init__(self.model_, _ClosingRows(self, now), name="", row_height=50, parent=parent)
        self.model_.setParent(self)

    def _say(self, closing: ClosingMade, key: str) -> str:
        now = self._now()
        if key == "tour":
            return f"{when_words(closing, now)} {tour_words(closing)}, {made_words(closing, now, self.zone)}"
        return "" if closing.undone_at is not None else take_back_words()


class _ClosingRows(RowDelegate):
    def __init__(self, board: ClosingsBoard, now: Now) -> None:
        super().__init__()
        self._board, self._now = board, now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        closing: ClosingMade = row
        gone = closing.undone_at is not None
        now = self._now()
        if key == "tour":
            first = " ".join(part for part in (when_words(closing, now), tour_words(closing)) if part)
            second = made_words(closing, now, self._board.zone)
            ink = colours.ink3 if gone else colours.ink
            paint_two_lines(painter, rect, first, second, colours, colour=ink, weight=500)
        elif not gone:
            paint_text(painter, rect, take_back_words(), colours.accent_text, 13, 600, RIGHT)


def _leave_sideways(event: QKeyEvent) -> bool:
    """Left and right lead from list to list; whether it was one of them."""
    sideways = Qt.Key(event.key()) in {Qt.Key.Key_Left, Qt.Key.Key_Right}
    if sideways:
        event.ignore()
    return sideways


def take_back_words() -> str:
    """The verb of a close that was made."""
    return QCoreApplication.translate("trips", "Take back")


def _became_words(status: Status) -> str:
    stays = status is Status.CONFIRMED
    return QCoreApplication.translate("trips", "Stays") if stays else status_word(status)
