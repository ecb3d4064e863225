"""Keeps what staff note down about a reservation for each other; it never reaches the traveler."""

from __future__ import annotations

from sqlalchemy import Table, update

from controllers.desk import Desk
from controllers.reservations import Done, say, still_theirs, take
from controllers.rights import needs
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


@needs(Right.ORDERS)
def add_note(reservation_id: int, *, desk: Desk, words: str) -> Done:
    """Adds an internal note; the journal says that there is one, and not what it says."""
    if not words.strip():
        raise CannotDo("note-empty")
    with desk.work() as work:
        row = take(work, reservation_id)
        say(work, row.id, "note", words.strip())
        kept = still_theirs(work, row)
        if kept:
            work.connection.execute(update(_R).where(_R.c.id == row.id).values(**kept))
        work.record(f"reservation:{row.id}", "note", words=work.digest(words.strip()))
        return Done(row.id, number_of(row.id), row.status)
