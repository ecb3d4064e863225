"""The log of what was printed: what came out of one thing, what is still open, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, Update, and_, or_, select, update

from controllers.desk import Desk, Work
from controllers.rights import needs
from controllers.spooling import Sent
from models.prints import Fate, Order, Printing
from models.rights import Right
from models.tables import Counter, Print, Staff
from models.tables.paper import CAME_OUT, STILL_OPEN

_P: Table = Print.__table__  # type: ignore[assignment]
MOST_SHOWN = 50
UNDER_WAY = timedelta(minutes=1)
"""Whoever printed it later than this ago is still at it."""
Fates = tuple[tuple[int, Sent], ...]
"""What became of prints, by their ids in the log."""


def printed(look: Connection, order: Order, zone: str = "UTC") -> list[Printing]:
    """What came out of one thing, or may still, the first copy first."""
    asked = _asked().where(_P.c.key.in_(order.keys), CAME_OUT).order_by(_P.c.id)  # in the words of the index
    return [_line(row, zone) for row in look.execute(asked)]


@needs(Right.LOOK)
def see_prints(reservation_id: int, *, desk: Desk) -> tuple[Printing, ...]:
    """What was printed of a reservation, the newest first."""
    with desk.reading() as look:
        asked = _asked().where(_P.c.reservation_id == reservation_id).order_by(_P.c.id.desc())
        zone = desk.operator(look).zone
        return tuple(_line(row, zone) for row in look.execute(asked.limit(MOST_SHOWN)))


@needs(Right.PRINT)
def left_open(*, desk: Desk) -> tuple[Printing, ...]:
    """What this counter printed some time ago, and nobody has noted yet what became of it."""
    mine = _P.c.counter_id == desk.actor.counter_id
    with desk.reading() as look:
        asked = _asked().where(mine, STILL_OPEN, _P.c.at < desk.now() - UNDER_WAY).order_by(_P.c.id)
        return tuple(_line(row, "UTC") for row in look.execute(asked))


@needs(Right.PRINT)
def settle_fates(told: Fates, *, desk: Desk) -> None:
    """Notes what became of them and of all that lay in the same job, where nobody has found out meanwhile."""
    with desk.work() as work:
        noted: set[int] = set()
        for print_id, sent in told:
            if print_id in noted:
                continue  # with another one of its job
            for row in work.connection.execute(_same_job(print_id, desk)).all():
                _settle_one(work, row, sent)
                noted.add(row.id)


def _same_job(print_id: int, desk: Desk) -> Any:
    job = select(_P.c.job).where(_P.c.id == print_id).scalar_subquery()
    mine = and_(_P.c.counter_id == desk.actor.counter_id, _P.c.job == job, _P.c.job != "")
    return select(_P).where(STILL_OPEN, or_(_P.c.id == print_id, mine))


def _settle_one(work: Work, row: Any, sent: Sent) -> None:
    fate = sent.fate
    if row.state is fate.state:
        return
    order = Order(row.document, row.key, row.name, row.reservation_id, row.ticket)
    why = {Fate.NOT: "withdrawn", Fate.UNSURE: "print-unsure"}.get(fate, "")
    work.connection.execute(update_open([row.id]).values(state=fate.state, why=why, job=sent.job))
    if fate is Fate.UNSURE:
        work.record(order.subject, "print-unsure", document=order.document, why=why)
    work.changed.add("prints")


def update_open(ids: Sequence[int]) -> Update:
    """A change of these, those of which nobody knows yet what became of them."""
    return update(_P).where(_P.c.id.in_(ids), STILL_OPEN)


def _asked() -> Any:
    return (
        select(_P, Counter.name.label("counter"), Staff.name.label("staff"))
        .join(Counter, Counter.id == _P.c.counter_id)
        .join(Staff, Staff.id == _P.c.staff_id)
    )


def _line(row: Any, zone: str) -> Printing:
    at = row.at.astimezone(ZoneInfo(zone))
    order = Order(row.document, row.key, row.name, row.reservation_id, row.ticket)
    return Printing(
        row.id, order, at, row.counter, row.staff, row.paper, row.printer, row.copy, row.state, row.job
    )
