"""Finds what was bought together with a reservation: the other numbers of an EXP order, or of one reference."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from controllers.desk import Work
from models.purchases import Bought, is_split, together
from models.reservations import LIVING
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST = 20
_OF = select(
    *(
        _R.c[name]
        for name in "id channel reference_key departure_id departs_on ordered_at lead phone email".split()
    )
)
_ITSELF = _OF.where(_R.c.id == bindparam("id"))
_OTHERS = _OF.where(_R.c.id != bindparam("id"), _R.c.status.in_(LIVING)).order_by(_R.c.id).limit(_MOST)
_SAME_REFERENCE = _OTHERS.where(_R.c.channel == bindparam("channel"), _R.c.reference_key == bindparam("key"))
_SAME_DAY = _OTHERS.where(_R.c.departs_on == bindparam("day"), _R.c.channel == bindparam("channel")).limit(
    None
)
_SAME_DEPARTURE = _SAME_DAY.where(_R.c.departure_id == bindparam("departure"))
_NO_DEPARTURE = _SAME_DAY.where(_R.c.departure_id.is_(None))


def bought_with(work: Work, row: Any) -> list[int]:
    """The same, inside a transaction that is already under way."""
    return bought_together(work.connection, row)


def bought_together(look: Connection, row: Any) -> list[int]:
    """The other living reservations of the same purchase, for the same departure."""
    split = is_split(row.channel, row.reference_key)
    if not split and not (row.via_reference and row.reference_key):
        return []
    itself = look.execute(_ITSELF, {"id": row.id}).one()
    told = {"id": row.id, "channel": row.channel}
    if not split:
        found = look.execute(_SAME_REFERENCE, {**told, "key": row.reference_key}).all()
    elif itself.departs_on is None:
        return []
    elif itself.departure_id is not None:
        there = {**told, "day": itself.departs_on, "departure": itself.departure_id}
        found = look.execute(_SAME_DEPARTURE, there).all()
    else:
        found = look.execute(_NO_DEPARTURE, {**told, "day": itself.departs_on}).all()
    mine = _bought(itself)
    return [one.id for one in found if together(mine, _bought(one))][:_MOST]


def _bought(row: Any) -> Bought:
    return Bought(
        row.channel,
        row.reference_key,
        row.departure_id or row.departs_on,
        row.ordered_at,
        row.lead,
        row.phone,
        row.email,
    )
