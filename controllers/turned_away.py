"""Counts and lists who was refused at the gate today, at every counter: it is data for the manager.

Whoever only redeems counts and sees their own. Both are answered from an index that holds the refusals only, so that
a year of scans makes neither slower.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, func, select, tuple_

from controllers.desk import Desk
from controllers.last_scans import SCANS, Scanned, may_be_seen, scanned, span_of_today
from controllers.rights import needs
from models.frozen import frozen
from models.rights import Right, Role
from models.tables import Counter, Reservation, ScanRow, Staff
from models.tables.tickets import REFUSED

_S: Table = ScanRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]
_P: Table = Staff.__table__  # type: ignore[assignment]
PAGE = 100
Place = tuple[datetime, str]


@frozen
class TurnedAway:
    """One refusal, who was at the counter then, and whether the same reservation came in afterwards all the same."""

    scan: Scanned
    staff: str
    came_in: bool

    @property
    def place(self) -> Place:
        """Where the next page goes on."""
        return self.scan.at, self.scan.answer.scan_id


@needs(Right.SCAN)
def count_turned_away(*, desk: Desk) -> int:
    """How many were refused on the operator's day."""
    counted = select(func.count()).select_from(_S).where(_today(desk))
    if desk.actor.role == Role.REDEEM:
        counted = counted.outerjoin(_R, _R.c.id == _S.c.reservation_id).where(may_be_seen(desk.actor))
    with desk.reading() as look:
        return int(look.execute(counted).scalar_one())


@needs(Right.SCAN)
def turned_away(*, desk: Desk, after: Place | None = None, most: int = PAGE) -> tuple[TurnedAway, ...]:
    """The newest of them first; `after` goes on below a row."""
    asked = (
        SCANS.add_columns(_C.c.name.label("counter"), _P.c.name.label("staff"), _R.c.arrived_at)
        .outerjoin(_C, _C.c.id == _S.c.counter_id)
        .outerjoin(_P, _P.c.id == _S.c.staff_id)
        .where(_today(desk), may_be_seen(desk.actor))
        .order_by(_S.c.at.desc(), _S.c.id.desc())
        .limit(most)
    )
    if after is not None:
        asked = asked.where(tuple_(_S.c.at, _S.c.id) < after)
    with desk.reading() as look:
        return tuple(
            TurnedAway(
                scanned(row, row.counter, desk.zone),
                row.staff or "",
                row.arrived_at is not None and row.arrived_at >= row.at,
            )
            for row in look.execute(asked)
        )


def _today(desk: Desk) -> ColumnElement[bool]:
    return and_(_S.c.at.between(*span_of_today(desk)), REFUSED)
