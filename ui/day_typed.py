"""Understands a day the way people type it: 2027-03-05, 5.3., 3/5, 15, 5 mar, +7, +2w, fri, tomorrow.

Without a year the coming one is meant, unless it was not long ago. Words are those of the screen's
language, and English always.
"""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QCoreApplication, QLocale

from ui.months import month_step

LONG_AGO = dt.timedelta(days=60)
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy]?)")
_YEAR_FIRST = re.compile(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4})?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?")
_NUMBER = re.compile(r"(\d{1,2})\.?")
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d]+)\.?(?:\s+(\d{1,2}))?(?:[ ,]+(\d{4}))?")


def day_meant(text: str, today: dt.date) -> dt.date | None:
    """The day that was typed, or None."""
    typed = text.strip().casefold()
    try:
        return _by_word(typed, today) or _by_step(typed, today) or _by_number(typed, today)
    except (ValueError, OverflowError):
        return None  # a 31 June, or a year beyond counting


def _by_word(typed: str, today: dt.date) -> dt.date | None:
    near = {
        "today": 0,
        "tomorrow": 1,
        "yesterday": -1,
        QCoreApplication.translate("dates", "Today").casefold(): 0,
        QCoreApplication.translate("dates", "Tomorrow").casefold(): 1,
        QCoreApplication.translate("dates", "Yesterday").casefold(): -1,
    }
    if typed in near:
        return today + dt.timedelta(days=near[typed])
    weekday = _weekday(typed)
    if weekday is not None:
        return today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    return _by_month(typed, today)


def _by_month(typed: str, today: dt.date) -> dt.date | None:
    found = _NAMED.fullmatch(typed)
    month = _month(found[2]) if found else None
    if found is None or month is None or (found[1] and found[3]):
        return None
    return _in_year(int(found[1] or found[3] or 1), month, found[4], today)


def _by_step(typed: str, today: dt.date) -> dt.date | None:
    found = _STEP.fullmatch(typed)
    if found is None:
        return None
    count = int(found[1] + found[2])
    if found[3] in ("m", "y"):
        return month_step(today, count * (12 if found[3] == "y" else 1))
    return today + dt.timedelta(days=count * (7 if found[3] == "w" else 1))


def _by_number(typed: str, today: dt.date) -> dt.date | None:
    if found := _YEAR_FIRST.fullmatch(typed):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(typed):
        return _in_year(int(found[1]), int(found[2]), found[3], today)
    if found := _SLASHED.fullmatch(typed):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if _day_goes_first() else (second, first)
        return _in_year(day, month, found[3], today)
    if found := _NUMBER.fullmatch(typed):
        day = int(found[1])
        start = today if day >= today.day else month_step(today.replace(day=1), 1)
        return start.replace(day=day)
    return None


def _in_year(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year:
        return dt.date(int(year), month, day)
    for number in (
        today.year - 1,
        today.year,
        today.year + 1,
        today.year + 2,
        today.year + 3,
        today.year + 4,
    ):
        try:
            meant = dt.date(number, month, day)
        except ValueError:  # 29 February comes when it comes
            continue
        if meant >= today - LONG_AGO:
            return meant
    raise ValueError("no such day")


def _weekday(word: str) -> int | None:
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    names = {
        locale.dayName(day, form).strip(".").casefold(): day - 1
        for locale in _locales()
        for form in forms
        for day in range(1, 8)
    }
    return names.get(word.strip("."), _beginning(word, names))


def _month(word: str) -> int | None:
    names = {
        locale.monthName(month, QLocale.FormatType.LongFormat).casefold(): month
        for locale in _locales()
        for month in range(1, 13)
    }
    return _beginning(word, names)


def _beginning(word: str, names: dict[str, int]) -> int | None:
    """The only thing whose name begins like this; two Latin letters may be too few to tell."""
    found = {number for name, number in names.items() if name.startswith(word)}
    enough = len(word) > 1 or not word.isascii()
    return found.pop() if enough and len(found) == 1 else None


def _locales() -> tuple[QLocale, QLocale]:
    return QLocale(), QLocale(QLocale.Language.English)


def _day_goes_first() -> bool:
    """Whether this language writes 5/3 for the fifth of March."""
    written = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return written.lower().find("d") < written.find("M")
