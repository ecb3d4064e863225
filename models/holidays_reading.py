"""Reads which days the office is closed: the calendar it observes, and what it decided itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from models.holidays import OfficeDay, OfficeDays, public_days
from models.tables import ClosedDay, Operator


def office_days(look: Connection, calendar: str | None = None) -> OfficeDays:
    """The closed days as they stand in the database; `calendar` where it has been read already."""
    if calendar is None:
        calendar = look.execute(select(Operator.holidays)).scalar_one()
    own: set[date] = set()
    worked: set[date] = set()
    for day, is_worked in look.execute(select(ClosedDay.day, ClosedDay.worked)):
        (worked if is_worked else own).add(day)
    return OfficeDays(calendar, frozenset(own), frozenset(worked))


def closed_between(look: Connection, first: date, last: date, language: str = "") -> tuple[OfficeDay, ...]:
    """Every public holiday and every own closed day from `first` to `last`, by day. Own ones go before public ones."""
    calendar = look.execute(select(Operator.holidays)).scalar_one()
    rows = look.execute(select(ClosedDay.__table__).where(ClosedDay.day.between(first, last))).all()
    found: dict[date, OfficeDay] = {}
    for year in range(first.year, last.year + 1) if calendar else ():
        for day, name in public_days(calendar, year, language).items():
            if first <= day <= last:
                found[day] = OfficeDay(day, name, public=True)
    for row in rows:
        known = found.get(row.day)
        if not row.worked:
            found[row.day] = OfficeDay(row.day, row.name or (known.name if known else ""), public=False)
        elif known is not None:
            found[row.day] = OfficeDay(row.day, known.name, public=True, worked=True)
    return tuple(found[day] for day in sorted(found))
