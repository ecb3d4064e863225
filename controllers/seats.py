"""Takes and frees seats, in the same transaction as the move that needs them.

One conditional update decides: two counters, one seat, exactly one wins.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, select, update

from controllers.desk import Work
from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import Status, holds_seats
from models.tables import Departure

_D: Table = Departure.__table__  # type: ignore[assignment]
_IF_FREE = (
    update(_D)
    .where(_D.c.id == bindparam("departure"), _D.c.seats_taken + bindparam("n") <= _D.c.capacity)
    .where(_D.c.closed.is_(False))
    .values(seats_taken=_D.c.seats_taken + bindparam("n"))
)
_ANYHOW = (
    update(_D).where(_D.c.id == bindparam("departure")).values(seats_taken=_D.c.seats_taken + bindparam("n"))
)
_COUNT = select(_D.c.seats_taken, _D.c.capacity, _D.c.departs_on, _D.c.closed).where(
    _D.c.id == bindparam("departure")
)


@frozen
class SeatMove:
    """Seats of a departure before and after, as the journal and the dialogs tell it."""

    before: int
    after: int
    capacity: int
    closed: bool = False

    @property
    def over(self) -> int:
        """How many more than the capacity hold seats now."""
        return max(0, self.after - self.capacity)

    def told(self) -> dict[str, int]:
        """The three numbers for the journal."""
        return {"seats_before": self.before, "seats_after": self.after, "capacity": self.capacity}


def follow(work: Work, row: Any, after: Status, *, overbook: bool = False) -> SeatMove | None:
    """Takes or frees the seats of a reservation that goes from its status to `after`.

    None where no seats are counted. Raises CannotDo("no-seats") when they are not there, and
    CannotDo("departure-closed") where nothing is sold any more, unless somebody overbooks.
    """
    if row.departure_id is None:
        return None
    held = holds_seats(row.status, own_sale=row.own_sale)
    wanted = holds_seats(after, own_sale=row.own_sale)
    if held == wanted:
        return None
    n = row.heads if wanted else -row.heads
    return shift(work, row.departure_id, n, overbook=overbook or not wanted)


def has_room(work: Work, row: Any) -> bool:
    """Whether confirming finds its seats: held already, not counted, or free."""
    if row.departure_id is None:
        return not row.unmatched
    if holds_seats(row.status, own_sale=row.own_sale):
        return True
    taken, capacity, _, closed = work.connection.execute(_COUNT, {"departure": row.departure_id}).one()
    return bool(taken + row.heads <= capacity) and not closed


def shift(work: Work, departure_id: int, heads: int, *, overbook: bool = True) -> SeatMove:
    """Adds heads to a departure, or takes them away; whatever the capacity says, unless told otherwise.

    Raises CannotDo("no-seats") when they are not there and nobody overbooks, and CannotDo("departure-closed").
    """
    anyhow = overbook or heads <= 0
    done = work.connection.execute(_ANYHOW if anyhow else _IF_FREE, {"departure": departure_id, "n": heads})
    taken, capacity, day, closed = work.connection.execute(_COUNT, {"departure": departure_id}).one()
    if not done.rowcount and closed:
        raise CannotDo("departure-closed", departure=day.isoformat())
    if not done.rowcount:
        short = taken + heads - capacity
        raise CannotDo("no-seats", short=short, departure=day.isoformat(), taken=taken, capacity=capacity)
    work.changed.add("departures")
    return SeatMove(taken - heads, taken, capacity, closed)
