"""Stretches of days people ask for: some move along with the day ("next 7 days"), others stay where they are."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from models.frozen import frozen
from ui.marking import QT_TRANSLATE_NOOP
from ui.wording.dates import day_range, day_word

translate = QCoreApplication.translate

_MOVING: dict[str, tuple[int, int, str]] = {
    "today": (0, 0, QT_TRANSLATE_NOOP("reservations", "Today")),
    "tomorrow": (1, 1, QT_TRANSLATE_NOOP("reservations", "Tomorrow")),
    "next-7": (0, 6, QT_TRANSLATE_NOOP("reservations", "Next 7 days")),
    "next-30": (0, 29, QT_TRANSLATE_NOOP("reservations", "Next 30 days")),
    "yesterday": (-1, -1, QT_TRANSLATE_NOOP("reservations", "Yesterday")),
    "last-7": (-7, -1, QT_TRANSLATE_NOOP("reservations", "Last 7 days")),
    "last-30": (-30, -1, QT_TRANSLATE_NOOP("reservations", "Last 30 days")),
    "last-100": (-100, -1, QT_TRANSLATE_NOOP("reservations", "Last 100 days")),
}
DEPARTING = ("today", "tomorrow", "next-7", "next-30", "yesterday", "last-7", "last-30")
ORDERING = ("today", "yesterday", "last-7", "last-30", "last-100")


@frozen
class Span:
    """A moving stretch by its word, or the first and the last day of one that stays."""

    word: str = ""
    days: tuple[date, date] | None = None

    def on(self, today: date) -> tuple[date, date]:
        """The first and the last day, as seen from today."""
        if self.days is not None:
            return self.days
        first, last, _words = _MOVING[self.word]
        return today + timedelta(days=first), today + timedelta(days=last)

    def words(self, today: date) -> str:
        """'Next 7 days', or '13 to 18 Oct'."""
        if self.days is None:
            return translate("reservations", _MOVING[self.word][2])
        first, last = self.days
        if first == last:
            return day_word(first, today)
        words = day_range(first, last)
        return f"{words} {last.year}" if last.year != today.year else words

    def kept(self) -> str | list[str]:
        """How a view keeps it."""
        return self.word if self.days is None else [day.isoformat() for day in self.days]


def moving(word: str) -> Span:
    """One that moves along."""
    return Span(word)


def staying(first: date, last: date) -> Span:
    """One that stays."""
    return Span(days=(first, last))


def kept_span(told: object) -> Span | None:
    """What a view kept; None for nothing, and for what is no span."""
    if isinstance(told, str):
        return Span(told) if told in _MOVING else None
    if isinstance(told, list) and len(told) == 2:
        try:
            return staying(date.fromisoformat(told[0]), date.fromisoformat(told[1]))
        except (TypeError, ValueError):
            return None
    return None
