"""Counts what the dashboard's charts and the figures of a month show; `models.metrics` says what counts.

Each question is answered from an index over the days it is about. What a rule has to judge is grouped by
the facts the rule looks at, so that it judges a dozen combinations and not a hundred thousand orders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from models.frozen import frozen
from models.metrics import (
    DAYS,
    Answers,
    Kept,
    Promised,
    Share,
    answered,
    last_days,
    month_after,
    promise_kept,
    questions,
    starts,
)
from models.references import number_of
from models.reservations import RIVALS, Cause, Verb
from models.spans import seconds_between
from models.tables import JournalEntry, Message, Reservation, Staff
from models.tables.reservations import BROKEN_OFF, CONFIRMED_BY_US, PROMISED_BY_US

_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class Course:
    """One figure over fourteen days: of each of the last seven, and of each of the seven before."""

    days: tuple[int, ...]
    before: tuple[int, ...]


@frozen
class Fortnight:
    """The last seven whole days against the seven before. Currencies stand apart and are never added."""

    days: tuple[date, ...]
    before: tuple[date, ...]
    orders: Course
    amounts: tuple[tuple[str, Course], ...]  # by currency, in minor units; the one with most orders first
    confirm_s: int | None  # the median from the order to our confirmation, of those confirmed in these days
    confirm_s_before: int | None
    confirm_days: tuple[int | None, ...]
    confirm_days_before: tuple[int | None, ...]


@frozen
class Missed:
    """The promise that was missed by most."""

    reservation_id: int
    number: str
    late_s: int


@frozen
class Month:
    """What a channel judges by, of one month so far."""

    first: date
    in_time: Share
    late_by: tuple[tuple[str, int], ...]  # who confirmed late, and how often
    unanswered: int  # promises missed that nobody has answered yet
    worst: Missed | None
    cancelled_by_us: Share  # of the orders that came in during the month
    force_majeure: int
    answers: Answers


def fortnight(look: Connection, today: date, zone: str) -> Fortnight:
    """The charts, up to yesterday; `zone` is the operator's."""
    days, before = last_days(today)
    edges = [starts(day, zone) for day in (*before, *days, today)]
    orders, amounts = _orders(look, edges)
    every_day, halves = _confirm_times(look, edges)
    return Fortnight(
        days=days,
        before=before,
        orders=orders,
        amounts=amounts,
        confirm_s=halves.get(1),
        confirm_s_before=halves.get(0),
        confirm_days=tuple(every_day.get(n) for n in range(DAYS, 2 * DAYS)),
        confirm_days_before=tuple(every_day.get(n) for n in range(DAYS)),
    )


def month(look: Connection, first: date, now: datetime, zone: str) -> Month:
    """The figures of the month that begins on `first`, up to now."""
    since, end = starts(first, zone), starts(month_after(first), zone)
    due = min(end, now)
    kept, unanswered = _promises(look, since, due)
    broken_off = _broken_off(look, since, end)
    orders = _came_in(look, since, end)
    late = kept[Kept.LATE]
    return Month(
        first=first,
        in_time=Share(kept[Kept.IN_TIME], kept[Kept.IN_TIME] + late),
        late_by=_late_by(look, since, due) if late else (),
        unanswered=unanswered,
        worst=_worst(look, since, due, now) if late else None,
        cancelled_by_us=Share(broken_off[Cause.OURS], orders),
        force_majeure=broken_off[Cause.FORCE_MAJEURE],
        answers=_answers(look, since, end, now),
    )


# --- the last fortnight ---------------------------------------------------------------------


def _orders(look: Connection, edges: Sequence[datetime]) -> tuple[Course, tuple[tuple[str, Course], ...]]:
    of_day = [
        select(literal(n), _R.c.currency, func.count(), func.sum(_R.c.amount_minor))
        .where(_R.c.ordered_at >= since, _R.c.ordered_at < until)
        .group_by(_R.c.currency)
        for n, (since, until) in enumerate(pairwise(edges))
    ]
    orders, amounts, often = Counter[int](), dict[str, Counter[int]](), Counter[str]()
    for day, currency, count, minor in look.execute(union_all(*of_day)):
        orders[day] += count
        if currency and minor is not None:
            amounts.setdefault(currency, Counter())[day] += int(minor)
            often[currency] += count
    by_currency = tuple((currency, _course(amounts[currency])) for currency, _ in often.most_common())
    return _course(orders), by_currency


def _confirm_times(look: Connection, edges: Sequence[datetime]) -> tuple[dict[int, int], dict[int, int]]:
    """The median seconds from the order to our confirmation, of each day and of each seven days (0, 1)."""
    of_day = [
        select(
            literal(n).label("day"),
            seconds_between(_R.c.first_confirmed_at, _R.c.ordered_at).label("took"),
        ).where(CONFIRMED_BY_US, _R.c.first_confirmed_at >= since, _R.c.first_confirmed_at < until)
        for n, (since, until) in enumerate(pairwise(edges))
    ]
    took = union_all(*of_day).subquery()
    half = case((took.c.day < DAYS, 0), else_=1)
    return _medians(look, took, took.c.day), _medians(look, took, half)


def _medians(look: Connection, took: Any, of: Any) -> dict[int, int]:
    placed = select(
        of.label("of"),
        took.c.took,
        func.row_number().over(partition_by=of, order_by=took.c.took).label("place"),
        func.count().over(partition_by=of).label("n"),
    ).subquery()
    middle = placed.c.place * 2 - placed.c.n  # 1 in the middle of an odd number, 0 and 2 of an even one
    asked = select(placed.c.of, func.avg(placed.c.took)).where(middle >= 0, middle <= 2).group_by(placed.c.of)
    return {of: max(0, round(seconds)) for of, seconds in look.execute(asked)}


def _course(of_day: Counter[int]) -> Course:
    values = [of_day[n] for n in range(2 * DAYS)]
    return Course(tuple(values[DAYS:]), tuple(values[:DAYS]))


# --- the month ------------------------------------------------------------------------------


def _promised(since: datetime, until: datetime) -> Any:
    """Orders of ours to answer whose promise fell due."""
    return and_(PROMISED_BY_US, _R.c.confirm_by >= since, _R.c.confirm_by < until)


_AT_ONCE = _R.c.first_confirmed_at <= _R.c.received_at
_LATE = and_(_R.c.first_confirmed_at > _R.c.confirm_by, _R.c.first_confirmed_at > _R.c.received_at)


def _promises(look: Connection, since: datetime, until: datetime) -> tuple[Counter[Kept], int]:
    """What became of the promises, and how many of those missed still wait for an answer."""
    facts = (
        _R.c.status,
        _yes(_R.c.first_confirmed_at, _R.c.first_confirmed_at <= _R.c.confirm_by),
        _yes(_R.c.first_confirmed_at, _AT_ONCE),
        _yes(_R.c.cancelled_at, _R.c.cancelled_at <= _R.c.confirm_by),
        _R.c.cause,
    )
    asked = select(*facts, func.count()).where(_promised(since, until)).group_by(*facts)
    found: Counter[Kept] = Counter()
    unanswered = 0
    for status, in_time, at_once, ended, cause, count in look.execute(asked):
        order = Promised(status, _known(in_time), bool(at_once), _known(ended), cause)
        kept = promise_kept(order)
        found[kept] += count
        unanswered += count if kept is Kept.LATE and status in RIVALS else 0
    return found, unanswered


def _yes(told: Any, condition: Any) -> Any:
    """1 or 0, NULL where nothing is told; written out, so that both databases group by it."""
    one, zero = literal(1, literal_execute=True), literal(0, literal_execute=True)
    return case((told.is_(None), None), (condition, one), else_=zero)


def _known(flag: int | None) -> bool | None:
    return None if flag is None else bool(flag)


def _late_by(look: Connection, since: datetime, until: datetime) -> tuple[tuple[str, int], ...]:
    """Who confirmed after the promise, by the journal: the last to confirm an order is who it counts for."""
    entry, later = JournalEntry.__table__.alias(), JournalEntry.__table__.alias()
    verbs = (Verb.CONFIRM, Verb.PAY)  # who takes the payment confirms, where the product says so
    again = exists().where(
        later.c.subject == entry.c.subject, later.c.action.in_(verbs), later.c.at > entry.c.at
    )
    asked = (
        select(Staff.name, func.count())
        .select_from(_R)
        .join(entry, and_(entry.c.subject == _subject(), entry.c.action.in_(verbs), ~again))
        .join(Staff, Staff.id == entry.c.staff_id)
        .where(_promised(since, until), _LATE)
        .group_by(Staff.name)
        .order_by(func.count().desc(), Staff.name)
    )
    return tuple(look.execute(asked))


def _subject() -> Any:
    return type_coerce(literal("reservation:"), String) + cast(_R.c.id, String)


def _worst(look: Connection, since: datetime, until: datetime, now: datetime) -> Missed | None:
    late = seconds_between(func.coalesce(_R.c.first_confirmed_at, now), _R.c.confirm_by)
    unanswered = and_(_R.c.first_confirmed_at.is_(None), _R.c.status.in_(sorted(RIVALS)))
    asked: Select[Any] = (
        select(_R.c.id, late.label("late"))
        .where(_promised(since, until), or_(_LATE, unanswered))
        .order_by(late.desc(), _R.c.id)
        .limit(1)
    )
    found = look.execute(asked).first()
    return Missed(found.id, number_of(found.id), round(found.late)) if found else None


def cancelled_by_us(look: Connection, first: date, zone: str) -> Share:
    """What was cancelled by our own cause in the month that begins on `first`, of the orders that came in during it."""
    since, end = starts(first, zone), starts(month_after(first), zone)
    return Share(_broken_off(look, since, end)[Cause.OURS], _came_in(look, since, end))


def _came_in(look: Connection, since: datetime, until: datetime) -> int:
    asked = select(func.count()).where(_R.c.ordered_at >= since, _R.c.ordered_at < until)
    return int(look.execute(asked).scalar_one())


def _broken_off(look: Connection, since: datetime, until: datetime) -> Counter[Cause]:
    """What was cancelled in the month, by whose cause."""
    asked = (
        select(_R.c.cause, func.count())
        .where(BROKEN_OFF, _R.c.cancelled_at >= since, _R.c.cancelled_at < until)
        .group_by(_R.c.cause)
    )
    return Counter(dict(look.execute(asked).all()))


def _answers(look: Connection, since: datetime, until: datetime, now: datetime) -> Answers:
    asked_in = (
        select(Message.reservation_id)
        .where(Message.at >= since, Message.at < until, Message.direction == "in", Message.auto.is_(False))
        .distinct()
    )
    asked = (
        select(Message.reservation_id, Message.at, Message.direction)
        .where(
            Message.reservation_id.in_(asked_in),
            Message.direction.in_(("in", "out")),
            Message.auto.is_(False),
        )
        .order_by(Message.reservation_id, Message.at, Message.id)
    )
    found: Counter[Kept] = Counter()
    for _, told in groupby(look.execute(asked), key=lambda row: row.reservation_id):
        for asked_at, answered_at in questions((row.at, row.direction) for row in told):
            if since <= asked_at < until:
                found[answered(asked_at, answered_at, now)] += 1
    return Answers(found[Kept.IN_TIME], found[Kept.LATE], found[Kept.NOT_COUNTED])
