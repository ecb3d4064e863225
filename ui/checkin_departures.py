"""Today's departures on the check-in screen: a card each, and the nearest one in large numbers at the top.

As many cards as the window is wide enough for, beginning with the departure that is being let in now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.seats import paint_arrival_bar
from ui.paint.text import RIGHT, paint_text, text_width
from ui.wording.dates import clock, duration
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.today import DepartureToday

translate = QCoreApplication.translate

LATE_FOR = timedelta(minutes=30)
"""So long after its start a departure is still the one people come for."""
_CARD, _GAP = 172, 8


def nearest(departures: tuple[DepartureToday, ...], now: datetime) -> int:
    """Which departure people come for now: the first not long gone, else the last."""
    for at, departure in enumerate(departures):
        if departure.departs_at + LATE_FOR >= now:
            return at
    return len(departures) - 1


def shown(count: int, near: int, room: int) -> range:
    """Which of `count` cards stand in `room` places, so that the nearest is the first or the row is full."""
    first = max(0, min(near, count - room))
    return range(first, min(count, first + room))


def time_words(departure: DepartureToday, now: datetime) -> str:
    """'in 6 min', 'now', '12 min ago'."""
    seconds = int((departure.departs_at - now).total_seconds())
    if abs(seconds) < 60:
        return translate("departures", "now")
    if seconds > 0:
        return translate("departures", "in {duration}").format(duration=duration(seconds))
    return translate("departures", "{duration} ago").format(duration=duration(-seconds))


def name_words(departure: DepartureToday) -> str:
    """'English, Seoul Palace Walking Tour': what tells two departures apart comes first."""
    return ", ".join(part for part in (departure.option, departure.product) if part)


def spoken(departure: DepartureToday, now: datetime) -> str:
    """A card for a screen reader."""
    at = clock(local(departure.departs_at, departure.zone))
    words = translate("departures", "{time} {name}, {when}, {arrived} of {expected} in")
    return words.format(
        time=at,
        name=name_words(departure),
        when=time_words(departure, now),
        arrived=departure.arrived,
        expected=departure.expected,
    )


class DepartureStrip(QWidget):
    """The cards; nothing here can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._departures: tuple[DepartureToday, ...] = ()
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_departures(self, departures: tuple[DepartureToday, ...], now: datetime) -> None:
        """These departures, as of now."""
        self._departures, self._now = departures, now
        self.setAccessibleName(". ".join(spoken(one, now) for one in departures) or self._none())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(_CARD), fonts.px(56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._now is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        if not self._departures:
            paint_text(painter, QRectF(self.rect()), self._none(), colours.ink2, 13)
            return
        near = nearest(self._departures, self._now)
        places, rest = self._places(near)
        for at, place in places:
            self._paint_card(painter, place, self._departures[at], at == near, colours)
        if rest:
            place = QRectF(self.width() - self._rest_width(rest), 0, self._rest_width(rest), self.height())
            paint_text(painter, place, self._rest(rest), colours.ink3, 12, 500, RIGHT)

    def _places(self, near: int) -> tuple[list[tuple[int, QRectF]], int]:
        """Which departure stands where, and how many do not."""
        count, gap = len(self._departures), fonts.px(_GAP)
        room = max(1, (self.width() + gap) // (fonts.px(_CARD) + gap))
        rest = max(0, count - room)
        if rest:
            usable = self.width() - self._rest_width(rest) - gap
            room = max(1, int((usable + gap) // (fonts.px(_CARD) + gap)))
            rest = count - room
        width = self.width() - (self._rest_width(rest) + gap if rest else 0)
        each = (width - gap * (room - 1)) / room
        each = min(each, fonts.px(_CARD) * 1.5)
        height = self.height() - 1
        shown_now = shown(count, near, room)
        return [(at, QRectF(n * (each + gap), 0, each, height)) for n, at in enumerate(shown_now)], rest

    def _paint_card(
        self, painter: QPainter, card: QRectF, departure: DepartureToday, near: bool, colours: theme.Colours
    ) -> None:
        assert self._now is not None
        past = departure.departs_at + LATE_FOR < self._now
        painter.setPen(QPen(colours.accent if near else colours.line, 1))
        painter.setBrush(colours.accent_soft if near else colours.surface)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inner = card.adjusted(fonts.px(12), fonts.px(7), -fonts.px(12), -fonts.px(6))
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        ink = colours.ink3 if past else colours.ink
        at = clock(local(departure.departs_at, departure.zone))
        paint_text(painter, upper, at, ink, 16, 600)
        soon = 0 <= (departure.departs_at - self._now).total_seconds() <= 900
        when = colours.families["act"].text if soon else colours.ink3
        words = self.tr("closed") if departure.closed else time_words(departure, self._now)
        paint_text(painter, upper, words, when, 12, 600 if soon else 500, RIGHT)
        count = in_words(departure)
        wide = paint_text(painter, lower, count, ink, 12, 700, RIGHT)
        name = lower.adjusted(0, 0, -wide - fonts.px(8), 0)
        paint_text(painter, name, name_words(departure), colours.ink3 if past else colours.ink2, 12)

    def _rest(self, rest: int) -> str:
        return self.tr("and {count} more").format(count=rest)

    def _rest_width(self, rest: int) -> float:
        return text_width(self._rest(rest), 12, 500) + fonts.px(6)

    def _none(self) -> str:
        return self.tr("No departures today.")


def in_words(departure: DepartureToday) -> str:
    """'15 of 18'."""
    words = translate("departures", "{arrived} of {expected}")
    return words.format(arrived=departure.arrived, expected=departure.expected)


class NearestDeparture(QWidget):
    """'10:30 English', its bar, and '15 of 18 in': the one number everybody asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._departure: DepartureToday | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_departure(self, departure: DepartureToday | None, now: datetime) -> None:
        """This one, or none."""
        self._departure = departure
        self.setAccessibleName(spoken(departure, now) if departure else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(260), fonts.px(44))

    def minimumSizeHint(self) -> QSize:
        """The number is always there; the bar goes first."""
        return QSize(fonts.px(96), fonts.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        departure = self._departure
        if departure is None:
            return
        painter = QPainter(self)
        colours = theme.of(self.palette())
        half = self.height() / 2
        at = clock(local(departure.departs_at, departure.zone))
        upper = QRectF(0, 0, self.width(), half)
        paint_text(painter, upper, f"{at} {name_words(departure)}", colours.ink2, 13, 400, RIGHT)
        count = translate("departures", "{arrived} of {expected} in")
        count = count.format(arrived=departure.arrived, expected=departure.expected)
        wide = paint_text(painter, upper.translated(0, half), count, colours.ink, 18, 600, RIGHT)
        bar = QRectF(0, half + half / 2 - fonts.px(4), fonts.px(140), fonts.px(9))
        bar.moveRight(self.width() - wide - fonts.px(16))
        if bar.left() < 0:
            return
        paint_arrival_bar(painter, bar, departure.arrived, departure.expected, departure.capacity, colours)
