"""Leaves a note at a reservation that must be read at the gate before anybody of it comes in."""

from __future__ import annotations

from sqlalchemy import Table, update

from controllers.desk import Desk
from controllers.reservations import Done, still_theirs, take
from controllers.rights import needs
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import GONE, Status, Verb, move
from models.rights import Right
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST = 160
"""What can be read at a glance, large, with somebody standing there."""


@needs(Right.ORDERS)
def leave_for_gate(reservation_id: int, *, desk: Desk, words: str, seen: int | None = None) -> Done:
    """Keeps the note, or takes it away ('' as its words); the journal says that, and not what it says."""
    words = " ".join(words.split())
    if len(words) > MOST:
        raise CannotDo("attention-too-long", count=len(words), most=MOST)
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        if row.status in GONE or row.status is Status.REDEEMED:
            move(row.status, Verb.REDEEM, number=number_of(row.id))
        if row.attention != words:
            work.connection.execute(
                update(_R)
                .where(_R.c.id == row.id)
                .values(attention=words, version=row.version + 1, **still_theirs(work, row))
            )
            told = {"before": work.digest(row.attention), "after": work.digest(words)}
            work.record(f"reservation:{row.id}", "attention", there=bool(words), **told)
            work.changed.add("reservations")
        return Done(row.id, number_of(row.id), row.status)
