"""Does what only the time decides: unpaid orders lapse, and trips close where their product leaves that to the clock.

Every open desk does it now and then, and several may at once. Whether there is anything to do is looked at first,
so that nobody waits for a desk that has nothing to write.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Table, select

from controllers.desk import Desk
from controllers.reservations import Done, expire
from controllers.trips import TripClosed, close_by_clock
from models.tables import Reservation
from models.tables.reservations import PAYMENT_AWAITED

_R: Table = Reservation.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class ByTheClock:
    """What the time has done."""

    expired: tuple[Done, ...] = ()
    closed: tuple[TripClosed, ...] = ()


def do_what_is_due(*, desk: Desk) -> ByTheClock:
    """Lets unpaid orders lapse and closes trips, where their time has come."""
    with desk.reading() as look:
        asked = select(_R.c.id).where(PAYMENT_AWAITED, _R.c.expires_at <= desk.now()).limit(1)
        lapses = look.execute(asked).first() is not None
    return ByTheClock(tuple(expire(desk=desk)) if lapses else (), close_by_clock(desk=desk))
