"""Takes an order on, hands it over and lets it go, so that everybody sees who works on it.

A claim blocks nothing. It lapses by itself (`models.claims`); taking over names from whom, in the journal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, select, update

from controllers.desk import Desk, Work
from controllers.reservations import Done, take
from controllers.rights import needs
from models.claims import Claim, of_another, standing
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Reservation, Staff

_R: Table = Reservation.__table__  # type: ignore[assignment]


@needs(Right.ORDERS)
def claim(reservation_id: int, *, desk: Desk) -> Done:
    """Whoever acts is in charge from now on. Raises CannotDo("claimed") while somebody else is."""
    with desk.work() as work:
        return claim_row(work, take(work, reservation_id))


def claim_row(work: Work, row: Any) -> Done:
    """Claiming inside a transaction that is already under way."""
    other = of_another(claim_of(work, row), work.desk.actor.staff_id, work.now)
    if other is not None:
        raise CannotDo("claimed", number=number_of(row.id), who=other.staff)
    return _claim(work, row)


@needs(Right.ORDERS)
def take_over(reservation_id: int, *, desk: Desk) -> Done:
    """Whoever acts is in charge instead of whoever was; nobody is asked, and the journal says from whom."""
    with desk.work() as work:
        row = take(work, reservation_id)
        other = of_another(claim_of(work, row), desk.actor.staff_id, work.now)
        if other is None:
            return _claim(work, row)
        work.record(
            f"reservation:{row.id}", "take-over", from_staff=other.staff_id, to_staff=desk.actor.staff_id
        )
        return _write(work, row, desk.actor.staff_id)


@needs(Right.ORDERS)
def release(reservation_id: int, *, desk: Desk) -> Done:
    """Whoever has claimed it lets it go. Raises CannotDo("not-claimed") where it is not theirs."""
    with desk.work() as work:
        row = take(work, reservation_id)
        held = standing(claim_of(work, row), work.now)
        if held is None or held.staff_id != desk.actor.staff_id:
            raise CannotDo("not-claimed", number=number_of(row.id))
        work.record(f"reservation:{row.id}", "release", from_staff=row.claimed_by)
        return _write(work, row, None)


def claim_of(work: Work, row: Any) -> Claim | None:
    """The claim a reservation's row carries, lapsed or not."""
    if row.claimed_by is None or row.claimed_at is None:
        return None
    name = work.connection.execute(select(Staff.name).where(Staff.id == row.claimed_by)).scalar_one()
    return Claim(row.claimed_by, name, row.claimed_at)


def _claim(work: Work, row: Any) -> Done:
    work.record(f"reservation:{row.id}", "claim", to_staff=work.desk.actor.staff_id)
    return _write(work, row, work.desk.actor.staff_id)


def _write(work: Work, row: Any, staff_id: int | None) -> Done:
    """The version stays: a dialog that is open is not out of date because somebody has claimed the order."""
    at = work.now if staff_id is not None else None
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(claimed_by=staff_id, claimed_at=at))
    work.changed.add("reservations")
    return Done(row.id, number_of(row.id), row.status)
