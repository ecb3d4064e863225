"""Reminds staff of what the clock brings: promises that run out, travelers who wait, money that is late, the morning.

Each is told once, by the key of its fact. What is due is looked up where only is read; nothing is written where there
is nothing to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, delete, func, select

from controllers.desk import Desk, Work
from controllers.notice_people import steps_of
from controllers.notices import key_of, people, tell, tell_all
from controllers.rights import needs
from models.boxes import boxes
from models.filters import refund_overdue
from models.notices import REMIND_ANSWER, Event, Person, Route, digest_is_due, due_step, hears
from models.outbox import NEEDS_YOU, Letter
from models.reservations import Status
from models.rights import Right
from models.tables import Conversation, Incident, NoticeRow, Operator, OutboxRow, Refund, Reservation
from models.tables.money import NOT_THERE, WE_OWE
from models.tables.offline import STILL_OPEN
from models.tables.reservations import ANSWER_WANTED
from models.tables.talk import WAITS

_N: Table = NoticeRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_LOOKED_BACK = timedelta(days=3)
_KEPT_FOR = timedelta(days=60)
_MOST = 1000
"""So many are looked at, the newest: what was told of long ago must not hide what nobody has heard of."""
_CHUNK = 500

Fact = tuple[int | None, object, dict[str, Any]]
"""The reservation it is about, what makes it this happening, and what its words need."""


@needs(Right.ROUTES)
def remind(*, desk: Desk) -> bool:
    """Tells what has become due; whether there was anything."""
    with desk.reading() as look:
        found = {event: _untold(look, event, facts) for event, facts in _due(look, desk.now()).items()}
        mornings = _mornings(look, desk.now())
    found = {event: facts for event, facts in found.items() if facts}
    if not found and not mornings:
        return False
    with desk.work(by_clock=True) as work:
        for event, facts in found.items():
            tell_all(work, event, facts)
        for person in mornings:
            _good_morning(work, person)
    return True


@needs(Right.ROUTES)
def forget_old(*, desk: Desk) -> bool:
    """Old notices are nobody's news any more; those whose outbox row still tells of them go with it."""
    old = _N.c.at < desk.now() - _KEPT_FOR
    with desk.reading() as look:
        if look.execute(select(_N.c.id).where(old).limit(1)).first() is None:
            return False
    with desk.work(by_clock=True) as work:
        some = select(_N.c.id).where(old).order_by(_N.c.id).limit(_MOST)
        ids = list(work.connection.execute(some).scalars())
        done = work.connection.execute(delete(_N).where(_N.c.id.in_(ids)))
        return done.rowcount == _MOST


# --- what is due ------------------------------------------------------------------------------


def _due(look: Connection, now: datetime) -> dict[Event, list[Fact]]:
    zone = look.execute(select(Operator.zone)).scalar_one()
    day = now.astimezone(ZoneInfo(zone)).date()
    return {
        Event.PROMISE: _promises(look, now),
        Event.ANSWER: _answers(look, now),
        Event.LETTER: _letters(look, now),
        Event.REFUND: _open(look, Refund, refund_overdue(day), Refund.expected_to),
        Event.INCIDENT: _open(look, Incident, STILL_OPEN, Incident.at),
    }


def _open(look: Connection, table: Any, which: Any, since: Any) -> list[Fact]:
    asked = select(table.id, table.reservation_id).where(which).order_by(since.desc(), table.id.desc())
    return [(row.reservation_id, row.id, {}) for row in look.execute(asked.limit(_MOST))]


def _promises(look: Connection, now: datetime) -> list[Fact]:
    steps = steps_of(look)
    if not steps:
        return []
    asked = (
        select(_R.c.id, _R.c.confirm_by, _R.c.received_at)
        .where(ANSWER_WANTED, _R.c.status.in_((Status.UNCONFIRMED, Status.PENDING)))
        .where(_R.c.confirm_by > now, _R.c.confirm_by <= now + timedelta(hours=steps[0]))
        .order_by(_R.c.confirm_by)
        .limit(_MOST)
    )
    found: list[Fact] = []
    for row in look.execute(asked):
        hours = due_step(row.confirm_by, now, steps, since=row.received_at)
        if hours is not None:
            found.append((row.id, f"{row.confirm_by:%Y-%m-%dT%H:%M:%S}:{hours}", {"hours": hours}))
    return found


def _answers(look: Connection, now: datetime) -> list[Fact]:
    waits = Conversation.waits_since
    asked = select(Conversation.reservation_id, waits).where(
        WAITS, waits <= now - REMIND_ANSWER, waits > now - REMIND_ANSWER - _LOOKED_BACK
    )
    return [
        (row.reservation_id, f"{row.waits_since:%Y-%m-%dT%H:%M:%S}", {})
        for row in look.execute(asked.order_by(waits.desc()).limit(_MOST))
    ]


def _letters(look: Connection, now: datetime) -> list[Fact]:
    """Notices that did not leave are not told by notices: that would never end."""
    since = now - _LOOKED_BACK
    asked = select(_O.c.id, _O.c.reservation_id, _O.c.tries).where(_O.c.kind != Letter.NOTICE).limit(_MOST)
    found: list[Fact] = []
    for state in NEEDS_YOU:  # one by one: so each is found by its index, among a million that went well
        mine = asked.where(_O.c.state == state, _O.c.leave_at > since)
        rows = look.execute(mine.order_by(_O.c.leave_at.desc()))
        found += [(row.reservation_id, f"{row.id}:{row.tries}", {}) for row in rows]
    return found


def _untold(look: Connection, event: Event, facts: list[Fact]) -> list[Fact]:
    """Those of which nobody has been told yet."""
    keys = [key_of(event, about, fact) for about, fact, _ in facts]
    told: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        told.update(
            look.execute(select(_N.c.key).where(_N.c.key.in_(keys[start : start + _CHUNK]))).scalars()
        )
    return [one for key, one in zip(keys, facts, strict=True) if key not in told]


# --- the morning ------------------------------------------------------------------------------


def _mornings(look: Connection, now: datetime) -> list[Person]:
    """Who is to be told of the day now."""
    local = now.astimezone(ZoneInfo(look.execute(select(Operator.zone)).scalar_one()))
    due = [one for one in people(look) if digest_is_due(one, local) and _wants_mornings(one)]
    if not due:
        return []
    keys = {key_of(Event.DIGEST, None, _morning(one, local)): one for one in due}
    told = set(look.execute(select(_N.c.key).where(_N.c.key.in_(keys))).scalars())
    return [one for key, one in keys.items() if key not in told]


def _good_morning(work: Work, person: Person) -> None:
    """One person's morning; where there is nothing to tell, that is only remembered."""
    local = work.now.astimezone(ZoneInfo(work.connection.execute(select(Operator.zone)).scalar_one()))
    counts = counted(work.connection, work.now)
    told: dict[str, Any] = {name: n for name, n in counts.items() if n}
    tell(work, Event.DIGEST, None, _morning(person, local), facts=told, only=person, gathered=not told)


def counted(look: Connection, now: datetime) -> dict[str, int]:
    """What a morning's digest counts."""
    zone = look.execute(select(Operator.zone)).scalar_one()
    day = now.astimezone(ZoneInfo(zone)).date()
    found = {box.key: box.count for box in boxes(look, now, day)}
    counts = {name: found.get(name, 0) for name in ("departing", "overdue", "to-cancel", "letters")}
    counts["refunds"] = sum(_count(look, Refund.id, (late,)) for late in (refund_overdue(day), NOT_THERE))
    counts["unconfirmed"] = found.get("unconfirmed", 0) + found.get("pending", 0)
    counts["waiting"] = _count(look, Conversation.reservation_id, (WAITS,))
    counts["refunds_due"] = _count(look, Refund.id, (WE_OWE,))
    return counts


def _count(look: Connection, of: Any, which: Iterable[Any]) -> int:
    return int(look.execute(select(func.count(of)).where(*which)).scalar_one())


def _morning(person: Person, local: datetime) -> str:
    return f"{local:%Y-%m-%d}:{person.id}"


def _wants_mornings(person: Person) -> bool:
    return any(hears(person, Event.DIGEST, route) for route in Route)
