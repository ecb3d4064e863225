"""Lets the departures to come follow when the rules of an option change, inside a transaction under way.

What was promised stays: a departure with reservations keeps its time when the rules move on, and no
capacity falls below what is sold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any, NoReturn

from sqlalchemy import Table, bindparam, delete, exists, func, insert, select, update

from controllers.desk import Work
from models.catalogue import timetable
from models.refusals import CannotDo
from models.reservations import LIVING
from models.schedule import Schedule, Skipped, Timetable, first_clash, instant, times_of
from models.tables import Departure, Option, Product, Reservation, Rule, SkippedDay

_D: Table = Departure.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]


@dataclass(slots=True)
class _Followers:
    """Departures to come that new rules change, gathered before any is written."""

    capacity: list[dict[str, int]] = field(default_factory=list)
    end: list[dict[str, Any]] = field(default_factory=list)
    unplanned: list[int] = field(default_factory=list)
    short: list[tuple[Any, Schedule]] = field(default_factory=list)


def change_rules(work: Work, option_id: int, rules: Sequence[Schedule]) -> None:
    """Gives an option other rules, inside a transaction that is under way; departures to come follow.

    A departure whose capacity was changed by hand keeps it. Raises CannotDo("rules-clash"), or
    CannotDo("below-sold") with the first day on which more is sold than a rule would offer.
    """
    clash = first_clash(rules)
    if clash is not None:
        raise CannotDo("rules-clash", starts=rules[clash].starts.strftime("%H:%M"))
    old = timetable(work.connection, option_id)
    if sorted(rules, key=repr) == sorted(old.rules, key=repr):
        return
    found = _followers(work, option_id, old, replace(old, rules=tuple(rules)))
    if found.short:
        _refuse(found.short)
    work.connection.execute(delete(Rule).where(Rule.option_id == option_id))
    if rules:
        work.connection.execute(insert(Rule), [_row(option_id, rule) for rule in rules])
    _write(work, found)
    drop_empty(work, found.unplanned)
    work.changed.update(("products", "departures"))


def change_exceptions(work: Work, option_id: int, skipped: Mapping[date, Skipped]) -> None:
    """Gives an option other days on which its rules do not run, inside a transaction that is under way.

    Raises CannotDo("day-reserved") for the first on which people are expected at a time that ran before.
    """
    before = _skipped_days(work, option_id)
    if before == dict(skipped):
        return
    for day, one in sorted(skipped.items()):
        known = before.get(day)
        if known is None or (known.starts and known.starts != one.starts):
            _refuse_reserved(work, option_id, day, one.starts - (known.starts if known else frozenset()))
    work.connection.execute(delete(SkippedDay).where(SkippedDay.option_id == option_id))
    if skipped:
        rows = [
            {"option_id": option_id, "day": day, "starts": " ".join(one.times), "reason": one.reason}
            for day, one in sorted(skipped.items())
        ]
        work.connection.execute(insert(SkippedDay), rows)
    work.changed.update(("products", "departures"))


def _refuse_reserved(work: Work, option_id: int, day: date, starts: frozenset[time]) -> None:
    """A day (or what leaves at these times of it) for which people are expected is not skipped: they must be
    told first.
    """
    asked = (
        select(func.count())
        .select_from(_R)
        .join(_D, _D.c.id == _R.c.departure_id)
        .where(_D.c.option_id == option_id, _D.c.departs_on == day, _D.c.by_hand.is_(False))
        .where(_R.c.status.in_(LIVING))
    )
    if starts:
        zone = _zone(work, option_id)
        asked = asked.where(_D.c.departs_at.in_([instant(day, one, zone) for one in sorted(starts)]))
    reserved = work.connection.execute(asked).scalar_one()
    if reserved:
        raise CannotDo("day-reserved", day=day.isoformat(), reservations=reserved)


def _skipped_days(work: Work, option_id: int) -> dict[date, Skipped]:
    """The days on which the rules of an option do not run, and why."""
    asked = select(SkippedDay.__table__).where(SkippedDay.option_id == option_id)
    rows = work.connection.execute(asked).all()
    return {row.day: Skipped(times_of(row.starts), row.reason) for row in rows}


def _zone(work: Work, option_id: int) -> str:
    asked = select(Product.zone).join(Option, Option.product_id == Product.id).where(Option.id == option_id)
    return str(work.connection.execute(asked).scalar_one())


def _followers(work: Work, option_id: int, old: Timetable, new: Timetable) -> _Followers:
    """The departures to come that change, locked: reservations first and then departures, each by number.

    Every verb locks them in this order; in any other, two counters would wait for each other.
    """
    zone = _zone(work, option_id)
    to_come = (_D.c.option_id == option_id, _D.c.departs_at > work.now, _D.c.by_hand.is_(False))
    if _hours(old) != _hours(new):
        joined = select(_R.c.id).join(_D, _D.c.id == _R.c.departure_id).where(*to_come)
        work.connection.execute(joined.order_by(_R.c.id).with_for_update(of=_R, key_share=True)).all()
    locked = work.connection.execute(select(_D).where(*to_come).order_by(_D.c.id).with_for_update()).all()
    found = _Followers()
    for row in sorted(locked, key=lambda row: row.departs_at):
        before = old.departures(row.departs_on, zone).get(row.departs_at)
        after = new.departures(row.departs_on, zone).get(row.departs_at)
        _gather(found, row, before, after)
    return found


def _hours(times: Timetable) -> list[str]:
    """When the rules leave and end: where this is told otherwise, reservations may end at another time."""
    return sorted(repr(replace(rule, capacity=0)) for rule in times.rules)


def _gather(found: _Followers, row: Any, before: Schedule | None, after: Schedule | None) -> None:
    if after is None:
        found.unplanned.append(row.id)
        return
    follows = before is None or row.capacity == before.capacity
    if follows and row.capacity != after.capacity:
        if after.capacity < min(row.capacity, row.seats_taken):
            found.short.append((row, after))
        found.capacity.append({"departure": row.id, "n": after.capacity})
    if before is None or before.minutes != after.minutes:
        ends_at = row.departs_at + timedelta(minutes=after.minutes)
        found.end.append({"departure": row.id, "at": ends_at})


def _refuse(short: list[tuple[Any, Schedule]]) -> NoReturn:
    row, rule = short[0]
    raise CannotDo(
        "below-sold",
        sold=row.seats_taken,
        day=row.departs_on.isoformat(),
        capacity=rule.capacity,
        departures=len(short),
    )


def _write(work: Work, found: _Followers) -> None:
    if found.capacity:
        work.connection.execute(_SET_CAPACITY, found.capacity)
    if found.end:
        work.connection.execute(_SET_END, found.end)
        work.connection.execute(_SET_RESERVED_END, found.end)


def drop_empty(work: Work, departures: list[int]) -> None:
    """Forgets departures that nothing plans and nobody ever reserved."""
    reserved = exists().where(_R.c.departure_id == _D.c.id)
    for start in range(0, len(departures), 500):
        some = departures[start : start + 500]
        work.connection.execute(delete(_D).where(_D.c.id.in_(some), ~reserved))


def _row(option_id: int, rule: Schedule) -> dict[str, Any]:
    return {
        "option_id": option_id,
        "starts": rule.starts.strftime("%H:%M"),
        "minutes": rule.minutes,
        "capacity": rule.capacity,
        "weekdays": rule.weekdays,
        "season_from": rule.season_from,
        "season_until": rule.season_until,
    }


_SET_CAPACITY = update(_D).where(_D.c.id == bindparam("departure")).values(capacity=bindparam("n"))
_SET_END = update(_D).where(_D.c.id == bindparam("departure")).values(ends_at=bindparam("at"))
_SET_RESERVED_END = (
    update(_R).where(_R.c.departure_id == bindparam("departure")).values(ends_at=bindparam("at"))
)
