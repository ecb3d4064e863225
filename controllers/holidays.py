"""What managers do about office holidays: choose the country's calendar, close a day, work on a holiday.

Whenever the closed days change, the promises of waiting orders are counted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlalchemy import delete, insert, select, update

from controllers import promises, refunds
from controllers.desk import Desk, Work
from controllers.reservations import is_manager
from controllers.rights import needs
from models.frozen import frozen
from models.holidays import OfficeDay, calendars, is_known, public_days, region_names
from models.holidays_reading import closed_between
from models.refusals import CannotDo
from models.rights import Right
from models.tables import ClosedDay, Operator


@frozen
class OfficeYear:
    """One year of the office: the calendar it observes ('' for none) and its days."""

    year: int
    calendar: str
    name: str
    days: tuple[OfficeDay, ...]
    may_change: bool


@dataclass(slots=True)
class Counted:
    """What other closed days did: how many promises of waiting orders and how many refunds moved."""

    moved: int = 0
    refunds: int = 0


@frozen
class CalendarChoice:
    """A country with a calendar, by its name in a language, and its regions where they have calendars too."""

    key: str
    name: str
    regions: tuple[str, ...] = field(default=(), compare=False)


@needs(Right.LOOK)
def see(year: int, *, desk: Desk, language: str = "en") -> OfficeYear:
    """The closed days of a year, with names in a language where the calendar knows them in it."""
    with desk.reading() as look:
        calendar = look.execute(select(Operator.holidays)).scalar_one()
        days = closed_between(look, date(year, 1, 1), date(year, 12, 31), language)
    name = calendar_name(calendar, language) if calendar else ""
    return OfficeYear(year, calendar, name, days, is_manager(desk))


@needs(Right.OWN)
def between(first: date, last: date, *, desk: Desk, language: str = "en") -> dict[date, str]:
    """Why the office is closed, by day: a public holiday's name, or that of a day of its own."""
    with desk.reading() as look:
        days = closed_between(look, first, last, language)
    return {day.day: day.name for day in days if not day.worked}


@lru_cache(maxsize=8)
def choices(language: str = "en") -> tuple[CalendarChoice, ...]:
    """Every country whose holidays are known, by name."""
    names = _territories(language)
    found = (CalendarChoice(code, names.get(code, code), regions) for code, regions in calendars().items())
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def regions(country: str) -> tuple[CalendarChoice, ...]:
    """The regions of a country that have a calendar of their own, by name."""
    found = (CalendarChoice(f"{country}-{code}", name) for code, name in region_names(country).items())
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def calendar_name(calendar: str, language: str = "en") -> str:
    """'South Korea', 'Germany, Bayern'."""
    country, _, region = calendar.partition("-")
    name = _territories(language).get(country, country)
    return f"{name}, {region_names(country).get(region, region)}" if region else name


@needs(Right.CATALOGUE)
def observe(calendar: str, *, desk: Desk) -> Counted:
    """Observes the holidays of a country or region ('KR', 'DE-BY'), or of none ('').

    Raises CannotDo("calendar-unknown").
    """
    if calendar and not is_known(calendar):
        raise CannotDo("calendar-unknown", calendar=calendar)
    with _changing(desk) as (work, done):
        before = work.connection.execute(select(Operator.holidays)).scalar_one()
        work.connection.execute(update(Operator).where(Operator.id == 1).values(holidays=calendar))
        work.record("operator", "observe", before=before, after=calendar)
    return done


@needs(Right.CATALOGUE)
def close_day(day: date, name: str, *, desk: Desk) -> Counted:
    """Closes the office on a day of its own. Raises CannotDo("day-closed") where it is closed already."""
    with _changing(desk) as (work, done):
        known = next(iter(closed_between(work.connection, day, day)), None)
        if known is not None and not known.worked:
            raise CannotDo("day-closed", day=day.isoformat(), name=known.name or day.isoformat())
        _forget(work, day)
        work.connection.execute(insert(ClosedDay), {"day": day, "name": name.strip()[:200], "worked": False})
        work.record("operator", "close-day", day=day.isoformat(), name=work.digest(name.strip()))
    return done


@needs(Right.CATALOGUE)
def reopen_day(day: date, *, desk: Desk) -> Counted:
    """Takes an own closed day away. Raises CannotDo("no-closed-day") where there is none."""
    with _changing(desk) as (work, done):
        if not _forget(work, day):
            raise CannotDo("no-closed-day", day=day.isoformat())
        work.record("operator", "reopen-day", day=day.isoformat())
    return done


@needs(Right.CATALOGUE)
def work_on(day: date, *, desk: Desk, worked: bool = True) -> Counted:
    """Works on a holiday of the calendar, or rests on it after all. Raises CannotDo("no-holiday")."""
    with _changing(desk) as (work, done):
        calendar = work.connection.execute(select(Operator.holidays)).scalar_one()
        if not calendar or day not in public_days(calendar, day.year):
            raise CannotDo("no-holiday", day=day.isoformat())
        _forget(work, day)
        if worked:
            work.connection.execute(insert(ClosedDay), {"day": day, "name": "", "worked": True})
        work.record("operator", "work-day" if worked else "rest-day", day=day.isoformat())
    return done


@contextmanager
def _changing(desk: Desk) -> Iterator[tuple[Work, Counted]]:
    """A change of the closed days, after which promises and the days of refunds are counted again."""
    with desk.work() as work:
        done = Counted()
        promises.lock_calendar(work)
        before = desk.operator(work.connection)
        yield work, done
        after = desk.operator(work.connection)
        done.moved = promises.count_again(work, before.closed, after.closed, after.zone)
        done.refunds = refunds.count_again(work, after)
        work.changed.add("holidays")


def _forget(work: Work, day: date) -> bool:
    return bool(work.connection.execute(delete(ClosedDay).where(ClosedDay.day == day)).rowcount)


def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(language.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale.parse("en").territories)
