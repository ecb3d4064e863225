"""Does what only the time decides: unpaid orders lapse, and trips close where their product leaves that to the clock.

Every open desk does it now and then, and several may at once. Whether there is anything to do is looked at first,
where only is read, so that nobody waits for a desk that has nothing to write.
"""

from __future__ import annotations

from sqlalchemy import Table, select

from controllers.desk import Desk
from controllers.reservations import Done, expire
from controllers.rights import needs
from controllers.trips import TripClosed, close_by_clock
from models.frozen import frozen
from models.rights import Right
from models.tables import Reservation
from models.tables.reservations import PAYMENT_AWAITED
from models.trips import TripKey
from models.trips_reading import due

_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class Due:
    """What the time has come for: whether unpaid orders lapse, and which trips close."""

    lapses: bool = False
    trips: tuple[TripKey, ...] = ()

    def __bool__(self) -> bool:
        return self.lapses or bool(self.trips)


@frozen
class ByTheClock:
    """What the time has done."""

    expired: tuple[Done, ...] = ()
    closed: tuple[TripClosed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.expired or self.closed)


@needs(Right.OWN)
def what_is_due(*, desk: Desk) -> Due:
    """What the time has come for; nothing is written."""
    with desk.reading() as look:
        asked = select(_R.c.id).where(PAYMENT_AWAITED, _R.c.expires_at <= desk.now()).limit(1)
        return Due(look.execute(asked).first() is not None, tuple(due(look, desk.now())))


@needs(Right.OWN)
def do_what_is_due(what: Due, *, desk: Desk) -> ByTheClock:
    """Lets unpaid orders lapse and closes trips; what another desk has done meanwhile is left alone."""
    expired = tuple(expire(desk=desk)) if what.lapses else ()
    return ByTheClock(expired, close_by_clock(what.trips, desk=desk))
