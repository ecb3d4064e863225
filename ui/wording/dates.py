"""Days, times and time left, the way they are said at a desk.

Every time given here is already in the zone it is to be read in.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def clock(moment: dt.datetime | dt.time, *, seconds: bool = False) -> str:
    """'10:24', or '10:24:31'."""
    words = f"{moment.hour:02}:{moment.minute:02}"
    return f"{words}:{moment.second:02}" if seconds else words


def day_word(day: dt.date, today: dt.date | None = None, *, inside: bool = False) -> str:
    """'Today', 'Tomorrow', 'Yesterday', else 'Sat 17 Oct', with the year when it is another one.

    `inside` a sentence it is 'today'.
    """
    if today is not None and -1 <= (day - today).days <= 1:
        words = {
            -1: (translate("dates", "Yesterday"), translate("dates", "yesterday")),
            0: (translate("dates", "Today"), translate("dates", "today")),
            1: (translate("dates", "Tomorrow"), translate("dates", "tomorrow")),
        }
        return words[(day - today).days][inside]
    other_year = today is not None and day.year != today.year
    return dated_day(day) if other_year else _format(day, translate("dates", "ddd d MMM"))


def dated_day(day: dt.date) -> str:
    """'Sat 17 Oct 2026'."""
    return _format(day, translate("dates", "ddd d MMM yyyy"))


def long_day(day: dt.date) -> str:
    """'Thursday 15 October'."""
    return _format(day, translate("dates", "dddd d MMMM"))


def short_day(day: dt.date) -> str:
    """'3 May'."""
    return _format(day, translate("dates", "d MMM"))


def month_name(day: dt.date) -> str:
    """'October 2026'."""
    return _format(day, translate("dates", "MMMM yyyy"))


def month_word(day: dt.date) -> str:
    """'October'."""
    return QLocale().standaloneMonthName(day.month)


def weekday(day: dt.date) -> str:
    """'Thu'."""
    return _format(day, "ddd")


def day_and_time(moment: dt.datetime, today: dt.date | None = None, *, inside: bool = False) -> str:
    """'Today, 11:00' or 'Sat 17 Oct, 17:40'; `inside` a sentence 'today, 11:00'."""
    day = day_word(moment.date(), today, inside=inside)
    return translate("dates", "{day}, {time}").format(day=day, time=clock(moment))


def whole_minute(moment: dt.datetime) -> dt.datetime:
    """The next full minute: whoever is told when to try again finds that it is time by then."""
    return (moment + dt.timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)


def day_range(first: dt.date, last: dt.date) -> str:
    """'13 to 18 Oct'."""
    if first == last:
        return short_day(first)
    start = str(first.day) if (first.year, first.month) == (last.year, last.month) else short_day(first)
    return translate("dates", "{first} to {last}").format(first=start, last=short_day(last))


def time_left(now: dt.datetime, until: dt.datetime) -> str:
    """How long until then, as narrow as it can be said.

    '9:41' below ten minutes, '26 min', '1 h 34', '1 day', then the moment itself: 'Fri 18:00', '23 Oct'.
    """
    seconds = int((until.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds())  # not by their clocks
    if seconds < 0:
        return translate("dates", "{duration} late").format(duration=duration(-seconds))
    if seconds < 10 * _MINUTE:
        return countdown(seconds)
    if seconds < 30 * _HOUR:
        return duration(seconds)
    if seconds < 6 * _DAY:
        return f"{weekday(until.date())} {clock(until)}"
    return short_day(until.date())


def duration(seconds: int) -> str:
    """'40 s', '26 min', '1 h 34', '1 day', '3 days'."""
    if seconds < _MINUTE:
        return translate("dates", "{count} s").format(count=seconds)
    if seconds < _HOUR:
        return translate("dates", "{count} min").format(count=seconds // _MINUTE)
    if seconds < _DAY:
        return translate("dates", "{hours} h {minutes:02d}").format(
            hours=seconds // _HOUR, minutes=seconds % _HOUR // _MINUTE
        )
    days = seconds // _DAY
    return translate("dates", "1 day") if days == 1 else translate("dates", "{count} days").format(count=days)


def left_words(seconds: int) -> str:
    """'3 h 35 left', '4:12 left' in the last ten minutes, '2 h 05 late' after them."""
    words = translate("dates", "{duration} late") if seconds < 0 else translate("dates", "{duration} left")
    last_minutes = 0 <= seconds < 10 * _MINUTE
    return words.format(duration=countdown(seconds) if last_minutes else duration(abs(seconds)))


def countdown(seconds: int) -> str:
    """'0:42'."""
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"


def _format(day: dt.date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
