"""Tells who opened travelers' data: of one reservation, of one person at the desk, in a period.

It is the journal that tells: details that were opened, searches for a person, vouchers, prints, day sheets, exports
and what was handed out. An index holds these entries alone, in the order of time.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, Table, or_, select, tuple_

from controllers.desk import Desk
from controllers.rights import needs
from models.journal import canonical_time
from models.leaving import in_reach
from models.opened import Key, OpenedFilter, OpenedLine, OpenedPage
from models.rights import Right
from models.tables import Counter, JournalEntry, Reservation, Staff
from models.tables.journal import OPENED

_J: Table = JournalEntry.__table__  # type: ignore[assignment]
AT_ONCE = 100
_LOOKED_AT = 1_000  # of those that tell of many reservations at once
_OF_MANY = ("vouchers", "manifest", "export", "print")


@needs(Right.JOURNAL)
def who_opened(wanted: OpenedFilter, *, desk: Desk, after: Key | None = None) -> OpenedPage:
    """One page of it, the newest first."""
    with desk.reading() as look:
        zone = desk.operator(look).zone
        asked = _narrowed(look, wanted, zone)
        lines, end = _lines(look, asked, wanted.reservation_id, after)
        people = look.execute(select(Staff.id, Staff.name).order_by(Staff.name)).all()
        return OpenedPage(lines, end, tuple((row.id, row.name) for row in people), zone)


def _narrowed(look: Connection, wanted: OpenedFilter, zone: str) -> Select[Any]:
    asked = (
        select(_J, Staff.name.label("who"), Counter.name.label("counter"))
        .join(Counter, Counter.id == _J.c.counter_id)
        .outerjoin(Staff, Staff.id == _J.c.staff_id)
        .where(OPENED)
        .order_by(_J.c.at.desc(), _J.c.counter_id.desc(), _J.c.seq.desc())
    )
    if wanted.staff_id is not None:
        asked = asked.where(_J.c.staff_id == wanted.staff_id)
    if wanted.first is not None:
        asked = asked.where(_J.c.at >= _begin(in_reach(wanted.first), zone))
    if wanted.last is not None:
        asked = asked.where(_J.c.at < _begin(in_reach(wanted.last) + timedelta(days=1), zone))
    if wanted.reservation_id is not None:
        came = select(Reservation.received_at).where(Reservation.id == wanted.reservation_id)
        since = look.execute(came).scalar() or datetime(2000, 1, 1, tzinfo=UTC)
        told = or_(_J.c.subject == f"reservation:{wanted.reservation_id}", _J.c.action.in_(_OF_MANY))
        asked = asked.where(told, _J.c.at >= canonical_time(since))
    return asked


def _lines(
    look: Connection, asked: Select[Any], about: int | None, after: Key | None
) -> tuple[tuple[OpenedLine, ...], Key | None]:
    """Entries that tell of many reservations are read and those that do not name this one passed over."""
    found: list[OpenedLine] = []
    most = AT_ONCE if about is None else _LOOKED_AT
    while len(found) < AT_ONCE:
        page = asked
        if after is not None:
            page = asked.where(tuple_(_J.c.at, _J.c.counter_id, _J.c.seq) < after)
        rows = look.execute(page.limit(most)).all()
        for row in rows:
            after = (row.at, row.counter_id, row.seq)
            facts = json.loads(row.details)
            if about is None or _names(row.subject, facts, about):
                found.append(_line(row, facts, after))
                if len(found) == AT_ONCE:
                    return tuple(found), after
        if len(rows) < most:
            return tuple(found), None
    return tuple(found), after


def _line(row: Any, facts: dict[str, Any], key: Key) -> OpenedLine:
    at = datetime.fromisoformat(row.at)
    return OpenedLine(at, row.who or "", row.counter, row.action, row.subject, facts, key)


def _names(subject: str, facts: dict[str, Any], reservation_id: int) -> bool:
    return subject == f"reservation:{reservation_id}" or reservation_id in facts.get("reservations", ())


def _begin(day: date, zone: str) -> str:
    return canonical_time(datetime.combine(day, time(), ZoneInfo(zone)))
