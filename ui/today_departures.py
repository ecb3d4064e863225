"""The board of today's departures: who is expected, who is in, and what still stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves, paint_two_lines
from ui.paint.chip import paint_pill
from ui.paint.seats import paint_arrival_bar
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.board import Board
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import clock, duration
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.today import DepartureToday

translate = QCoreApplication.translate

COLUMNS = (
    Column("starts", QT_TRANSLATE_NOOP("columns", "Departure"), 80, inset=12),
    Column("tour", QT_TRANSLATE_NOOP("columns", "Product / option"), stretch=True),
    Column("guests", QT_TRANSLATE_NOOP("columns", "Guests"), 136),
    Column("standing", QT_TRANSLATE_NOOP("columns", "Standing"), 124, right=True),
)
_SOON_S, _NEAR_S = 15 * 60, 60 * 60


class Departures(Board):
    """`opened` brings the departure to look at."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        self._now = now
        self._told: list[str] = []
        self.model_ = RowModel(COLUMNS, lambda departure: departure.departure_id, self._say)
        super().__init__(self.model_, _Rows(now), name="", row_height=60, parent=parent)
        self.model_.setParent(self)

    def set_narrow(self, narrow: bool) -> None:
        """Narrower columns, so that the name of the product has room."""
        self.set_column_width("starts", 78 if narrow else 84)
        self.set_column_width("guests", 92 if narrow else 136)
        self.set_column_width("standing", 100 if narrow else 124)

    def follow_clock(self) -> None:
        """Repaint when a time left reads differently now."""
        rows = (self.model_.row(at) for at in range(self.model_.rowCount()))
        told = [standing(departure, self._now())[0] for departure in rows]
        if told != self._told:
            self._told = told
            self.viewport().update()

    def _say(self, departure: DepartureToday, key: str) -> str:
        return {
            "starts": clock(local(departure.departs_at, departure.zone)),
            "tour": tour_words(departure),
            "guests": guests_words(departure),
            "standing": standing(departure, self._now())[0],
        }[key]


class _Rows(RowDelegate):
    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        departure: DepartureToday = row
        quiet = departure.closed or not (departure.expected or departure.waiting)
        if key == "starts":
            starts = clock(local(departure.departs_at, departure.zone))
            paint_text(painter, rect, starts, colours.ink3 if quiet else colours.ink, 17, 600)
        elif key == "tour":
            ink = colours.ink3 if quiet else colours.ink
            paint_two_lines(painter, rect, departure.product, departure.option, colours, colour=ink)
        elif key == "guests" and not quiet:
            _paint_guests(painter, rect, departure, colours)
        elif key == "standing":
            _paint_standing(painter, rect, *standing(departure, self._now()), colours)


def tour_words(departure: DepartureToday) -> str:
    """'Busan Night Boat, Night'."""
    return ", ".join(part for part in (departure.product, departure.option) if part)


def guests_words(departure: DepartureToday) -> str:
    """'12 of 18 in'; where nobody is confirmed there is nobody to count."""
    if not departure.expected:
        return translate("today", "nobody yet")
    return translate("today", "{arrived} of {expected} in").format(
        arrived=departure.arrived, expected=departure.expected
    )


def standing(departure: DepartureToday, now: dt.datetime) -> tuple[str, str]:
    """What to know about a departure beside its guests, and the family that tells how urgent it is."""
    left = (departure.departs_at - now).total_seconds()
    if departure.closed:
        return translate("today", "Closed"), "gone"
    if departure.waiting:
        return translate("today", "{count} to confirm").format(count=departure.waiting), "act"
    if not departure.expected:
        return translate("today", "No guests"), ""
    if departure.arrived >= departure.expected:
        return translate("today", "All in"), "good"
    if left < 0:
        missing = departure.expected - departure.arrived
        return translate("today", "{count} missing").format(count=missing), "stop"
    if left < _NEAR_S:
        words = translate("today", "In {duration}").format(duration=duration(int(left)))
        return words, "act" if left < _SOON_S else ""
    return "", ""


def _paint_guests(painter: QPainter, rect: QRectF, departure: DepartureToday, colours: theme.Colours) -> None:
    upper, lower = halves(rect)
    upper.translate(0, -fonts.px(3))
    over = max(departure.taken - departure.capacity, 0)
    ink, weight = (colours.ink, 600) if departure.expected else (colours.ink2, 400)
    width = paint_text(painter, upper, guests_words(departure), ink, 13, weight)
    if over:
        words = translate("today", "{count} over").format(count=over)
        if width + text_width(words, 12, 600) + fonts.px(6) <= upper.width():
            paint_text(painter, upper, words, colours.families["stop"].text, 12, 600, RIGHT)
    bar = QRectF(rect.x(), lower.y() + fonts.px(4), rect.width(), fonts.px(8))
    paint_arrival_bar(painter, bar, departure.arrived, departure.expected, departure.capacity, colours)


def _paint_standing(painter: QPainter, rect: QRectF, words: str, family: str, colours: theme.Colours) -> None:
    place = rect.adjusted(0, 0, -fonts.px(6), 0)
    if family:
        paint_pill(painter, place, words, colours.families[family])
    elif words:
        paint_text(painter, place, words, colours.ink2, 12, 500, RIGHT)
