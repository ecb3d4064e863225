"""Turns what a list is narrowed by into conditions that an index answers.

A day of departure bounds the instant lists are sorted by as well, so that a list of one day reads one
day of the index, wherever in the world the departure is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, and_, select, union_all

from models.leaving import in_reach, that_left
from models.outbox import NEEDS_YOU
from models.reservations import GONE, Status
from models.rows import Filter
from models.search.narrowing import found_by
from models.tables import Decision, Operator, OutboxRow, Refund, Reservation
from models.tables.money import NOT_THERE, WE_OWE
from models.tables.reservations import NOWHERE_MATCHED, SOMETHING_TO_DO

_R: Table = Reservation.__table__  # type: ignore[assignment]
_FURTHEST_ZONE = timedelta(hours=14)

Quiet = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, and SQLite may use its index."""
    return column


UNMATCHED = (NOWHERE_MATCHED, _R.c.status.not_in((*sorted(GONE), Status.REDEEMED)))
"""Orders without a place that somebody has to see to; written so that no index of the statuses is walked."""

WAITING = (Status.UNCONFIRMED, Status.PENDING)

AMONG: dict[str, frozenset[Status]] = {
    "unconfirmed": frozenset(WAITING),
    "overdue": frozenset(WAITING),
    "to-cancel": frozenset((Status.CANCEL_REQUESTED,)),
    "awaiting-payment": frozenset((Status.AWAITING_PAYMENT,)),
}
"""The statuses of those boxes that are made of whole statuses."""


def conditions(look: Connection, wanted: Filter, now: datetime) -> list[Any]:
    """Every condition of a list."""
    return [
        *departing(wanted),
        *ordered(wanted, zone_of(look, wanted)),
        *of_statuses(wanted),
        *kinds(wanted),
        *others(look, wanted, now),
    ]


def of_statuses(wanted: Filter) -> list[Any]:
    """The statuses a list shows."""
    return [_R.c.status.in_(sorted(wanted.statuses))] if wanted.statuses else []


def kinds(wanted: Filter, *, quiet: Quiet = as_it_is) -> list[Any]:
    """The channels, the product and the payment a list is narrowed to; `quiet` may wrap the columns."""
    made: list[Any] = []
    if wanted.channels:
        made.append(quiet(_R.c.channel).in_(sorted(wanted.channels)))
    if wanted.product_id is not None:
        made.append(quiet(_R.c.product_id) == wanted.product_id)
    if wanted.payment is not None:
        made.append(quiet(_R.c.payment) == wanted.payment)
    return made


def others(look: Connection | None, wanted: Filter, now: datetime) -> list[Any]:
    """What else a list is narrowed by; a text and a box have to be looked up."""
    made: list[Any] = []
    if wanted.departure_id is not None:
        made.append(_R.c.departure_id == wanted.departure_id)
    if look is not None and wanted.needs:
        made.append(needs(wanted.needs, now))
    if look is not None and wanted.text.strip():
        made.append(found_by(look, wanted.text))
    return made


def needs(box: str, now: datetime) -> Any:
    """The condition behind one of the dashboard's boxes.

    What few have is asked for by number: SQLite would look each reservation up to see whether it has any.
    """
    of = {
        "unconfirmed": _R.c.status == Status.UNCONFIRMED,
        "pending": _R.c.status == Status.PENDING,
        "overdue": and_(_R.c.status.in_(WAITING), that_left(_R.c, now)),
        "to-cancel": _R.c.status == Status.CANCEL_REQUESTED,
        "unmatched": and_(*UNMATCHED),
        "to-do": SOMETHING_TO_DO,
        "awaiting-payment": _R.c.status == Status.AWAITING_PAYMENT,
        "decisions": _R.c.id.in_(select(Decision.reservation_id).where(Decision.decided_at.is_(None))),
        "letters": _R.c.id.in_(  # state by state: each is found by the index, among a million that went well
            union_all(*(select(OutboxRow.reservation_id).where(OutboxRow.state == one) for one in NEEDS_YOU))
        ),
        "refunds": _R.c.id.in_(
            union_all(
                select(Refund.reservation_id).where(NOT_THERE),
                select(Refund.reservation_id).where(WE_OWE),
            )
        ),
    }
    return of[box]


def refund_overdue(day: date) -> Any:
    """The condition that money we hold should have been seen by its traveler before this day."""
    return and_(WE_OWE, Refund.expected_to < day)


def departing(wanted: Filter, *, quiet: Quiet = as_it_is, quiet_day: Quiet = as_it_is) -> list[Any]:
    """The days of departure a list is narrowed to; `quiet` may wrap the instant, `quiet_day` the day."""
    day, at = quiet_day(_R.c.departs_on), quiet(_R.c.sort_at)
    made: list[Any] = []
    if wanted.first_day:
        made += [day >= wanted.first_day, at >= _earliest(wanted.first_day)]
    if wanted.last_day:
        made += [day <= wanted.last_day, at <= _latest(wanted.last_day)]
    return made


def departing_between(wanted: Filter) -> tuple[datetime | None, datetime | None]:
    """The instants between which whatever departs on the wanted days departs, wherever in the world."""
    return (
        _earliest(wanted.first_day) if wanted.first_day else None,
        _latest(wanted.last_day) if wanted.last_day else None,
    )


def zone_of(look: Connection, wanted: Filter) -> str:
    """The operator's zone, in which days of ordering are meant; '' where none are wanted."""
    if wanted.ordered_first is None and wanted.ordered_last is None:
        return ""
    return _zone(look)


def ordered(wanted: Filter, told_zone: str, *, quiet: Quiet = as_it_is) -> list[Any]:
    """The days of ordering a list is narrowed to, in the operator's zone."""
    if wanted.ordered_first is None and wanted.ordered_last is None:
        return []
    zone = ZoneInfo(told_zone)
    at = quiet(_R.c.ordered_at)
    made: list[Any] = []
    if wanted.ordered_first:
        made.append(at >= datetime.combine(in_reach(wanted.ordered_first), time(), zone))
    if wanted.ordered_last:
        made.append(at < datetime.combine(in_reach(wanted.ordered_last) + timedelta(days=1), time(), zone))
    return made


def _earliest(day: date) -> datetime:
    """The first instant at which this day begins anywhere."""
    return datetime.combine(in_reach(day), time(), UTC) - _FURTHEST_ZONE


def _latest(day: date) -> datetime:
    """The last instant at which this day ends anywhere."""
    return datetime.combine(in_reach(day) + timedelta(days=1), time(), UTC) + _FURTHEST_ZONE


def _zone(look: Connection) -> str:
    return str(look.execute(select(Operator.zone)).scalar_one())
