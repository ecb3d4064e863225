"""Reads a date or a time as the channels write them, and never guesses which number is the month.

    2026-12-05 09:30 · 2026/12/05 · 05.12.2026 09:30 · Sat, Dec 5, 2026 · 05 December 2026, 09:30
    2026년 12월 5일 오후 2:00 · 2026年12月5日 · 2026-12-05T09:30:00+0900 · 46361.395833 (Excel)

12/02/26 is read only where the source is known to write the month, or the day, first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from controllers.channels.raw import RowRefused
from controllers.channels.text import fold, nothing
from models.frozen import frozen

_MONTH_NAMES = (
    "jan january januar", "feb february februar", "mar march märz", "apr april", "may mai", "jun june juni",
    "jul july juli", "aug august", "sep sept september", "oct october oktober okt", "nov november",
    "dec december dezember dez",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_OPEN = frozenset({"open", "open date", "open-date", "open dated", "open-dated", "open ticket", "no date",
                   "오픈", "오픈 티켓", "날짜 미지정", "날짜 지정 없음", "未指定", "不限日期"})  # fmt: skip

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.년年]\s*(\d{1,2})\s*[-/.월月]\s*(\d{1,2})\s*[일日.]?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)")
_MONTH_WORD = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_WORD_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([^\W\d_]{3,9})\.?,?[\s-]+(\d{4})(?!\d)")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_TIME = re.compile(
    r"(?<![\d:.])(오전|오후|上午|下午|午前|午後|am\s|pm\s)?\s*(\d{1,2})\s*(?:[:h시時点點]\s*(\d{2})?)\s*분?(?::(\d{2})(?:\.\d+)?)?\s*"
    r"(?:([ap])\.?m\.?(?![a-z]))?\s*(z\b|utc|[+-]\d{2}:?\d{2}(?!\d))?",
    re.I,
)
_HOUR_ONLY = re.compile(r"(?<![\d:])(\d{1,2})\s*([ap])\.?m\.?(?![a-z])", re.I)
_AFTERNOON = frozenset({"오후", "下午", "午後", "pm"})
_FIRST_OF_EXCEL = datetime.combine(date(1899, 12, 30), time())


@frozen
class Moment:
    """A date, with a time where one is told and an instant where an offset is told."""

    on: date
    at: time | None = None
    instant: datetime | None = None

    @property
    def told(self) -> datetime | date:
        """The most exact form of it."""
        return self.instant or (datetime.combine(self.on, self.at) if self.at else self.on)


@lru_cache(maxsize=8192)
def moment(text: str, *, day_first: bool | None = None) -> Moment:
    """The date and time in a text. Raises ValueError when there is none, or when it could be two days."""
    text = unicodedata.normalize("NFKC", text).strip()[:200]
    if _SERIAL.fullmatch(text):
        return _of_excel(float(text))
    on, rest = _date(text, day_first)
    at, offset = _time(rest)
    if at is None or offset is None:
        return Moment(on, at)
    return Moment(on, at, datetime.combine(on, at, offset))


@lru_cache(maxsize=2048)
def time_of(text: str) -> time | None:
    """The time in a text, None where it tells none (NA, -, "morning")."""
    text = unicodedata.normalize("NFKC", text).strip()[:100]
    if re.fullmatch(r"0?\.\d+", text):
        return _of_excel(20000 + float(text)).at
    try:
        at = _time(text)[0]
        hour = _HOUR_ONLY.search(text)
        return at or (time(_hour(int(hour.group(1)), hour.group(2))) if hour else None)
    except ValueError:
        return None


def departure(text: str, *, day_first: bool | None = None) -> Moment:
    """The departure of a row; refuses the row when it is missing or no date."""
    if nothing(text):
        raise RowRefused("date-missing")
    try:
        return moment(text, day_first=day_first)
    except ValueError as error:
        raise RowRefused("date-not-understood") from error


def ordered(text: str, *, day_first: bool | None = None) -> datetime | date | None:
    """When it was ordered, None where not told; refuses the row when it is no date."""
    if nothing(text):
        return None
    try:
        return moment(text, day_first=day_first).told
    except ValueError as error:
        raise RowRefused("order-date-not-understood") from error


def instant(text: str) -> datetime | None:
    """A moment with an offset, as APIs tell it; None where there is none."""
    try:
        return moment(text).instant if text else None
    except ValueError:
        return None


def is_open(text: str) -> bool:
    """Whether the date cell says that any day will do."""
    return fold(text) in _OPEN


def without_year(text: str, seen_on: date) -> date | None:
    """The day of "12/5" or "12월 5일", month first as in Korean rosters: the next one around `seen_on`."""
    found = re.match(
        r"\s*(\d{1,2})\s*(?:월|月|/|\.)\s*(\d{1,2})\s*[일日.]?(?![\d/.-])",
        unicodedata.normalize("NFKC", text),
    )
    if found is None:
        return None
    for year in (seen_on.year - 1, seen_on.year, seen_on.year + 1):
        try:
            day = date(year, int(found.group(1)), int(found.group(2)))
        except ValueError:
            continue
        if (day - seen_on).days >= -60:
            return day
    return None


def in_file_name(name: str) -> date | None:
    """The date in a file's name: roster-2026-12-05.txt, 20261205.txt."""
    found = re.search(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _date(text: str, day_first: bool | None) -> tuple[date, str]:
    """The date, and the text around it in which the time is looked for."""
    if found := _YEAR_FIRST.search(text) or _COMPACT.fullmatch(text):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    elif found := _DAY_FIRST.search(text):
        numbers = (int(found[3]), int(found[2]), int(found[1]))
    elif (found := _MONTH_WORD.search(text)) and found[1].casefold() in _MONTHS:
        numbers = (int(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    elif (found := _WORD_MONTH.search(text)) and found[2].casefold() in _MONTHS:
        numbers = (int(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    elif found := _SLASHED.search(text):
        numbers = _slashed(int(found[1]), int(found[2]), int(found[3]), day_first)
    else:
        raise ValueError("no date")
    if not 1990 <= numbers[0] <= 2200:
        raise ValueError("no year of ours")
    return date(*numbers), text[: found.start()] + " " + re.sub(r"^\s*[Tt](?=\d)", " ", text[found.end() :])


def _slashed(first: int, second: int, year: int, day_first: bool | None) -> tuple[int, int, int]:
    year += 2000 if year < 100 else 0
    if first > 12 or (day_first and second <= 12):
        return year, second, first
    if second > 12 or day_first is False or first == second:
        return year, first, second
    raise ValueError("two days are possible")


def _time(text: str) -> tuple[time | None, timezone | None]:
    found = _TIME.search(text)
    if found is None:
        if re.search(r"\d{3,}", text):
            raise ValueError("no time")
        return None, None
    before, hour, minute, second, after, offset = found.groups()
    half = after or ("p" if before and before.strip().casefold() in _AFTERNOON else "a" if before else "")
    return time(_hour(int(hour), half), int(minute or 0), int(second or 0)), _offset(offset)


def _hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half.casefold() == "p" else 0)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.casefold() in ("z", "utc"):
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _of_excel(serial: float) -> Moment:
    if not 30000 <= serial - (0 if serial >= 30000 else -20000) <= 80000:
        raise ValueError("no date")
    exact = _FIRST_OF_EXCEL + timedelta(seconds=round(serial * 86400))
    return Moment(exact.date(), exact.time() if serial % 1 else None)
