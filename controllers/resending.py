"""Sends a traveler the valid voucher once more, where the one they show was replaced."""

from __future__ import annotations

from sqlalchemy import Table, update

from controllers import letters
from controllers.desk import Desk
from controllers.reservations import Done, still_theirs, take
from controllers.rights import needs
from models.outbox import STILL_HERE, Letter
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Right
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_HAS_VOUCHER = frozenset({Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.NO_SHOW})


@needs(Right.ORDERS)
def send_again(reservation_id: int, *, desk: Desk) -> Done:
    """Promises the confirmation letter with the valid voucher anew; it leaves at once.

    Raises CannotDo("voucher-no-more"), ("no-address"), or ("letter-still-waits") where one has not left yet.
    """
    with desk.work() as work:
        row = take(work, reservation_id)
        number = number_of(row.id)
        if row.status not in _HAS_VOUCHER:
            raise CannotDo("voucher-no-more", number=number, status=row.status)
        if not row.email:
            raise CannotDo("no-address", number=number)
        if letters.count(work, row.id, Letter.CONFIRMATION, STILL_HERE):
            raise CannotDo("letter-still-waits", number=number)
        letters.queue(work, row, Letter.CONFIRMATION, by_hand=True)
        work.connection.execute(
            update(_R).where(_R.c.id == row.id).values(version=row.version + 1, **still_theirs(work, row))
        )
        work.record(f"reservation:{row.id}", "send-again")
        work.changed.add("reservations")
        return Done(row.id, number, row.status)
