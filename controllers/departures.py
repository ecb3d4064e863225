"""What people do with one departure: close or open it for sale, change its seats, write down its guide.

A departure that only the rules know gets its row here. Closing stops selling and confirming; what is sold
stays sold and is let in. See docs/decisions/010.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, update

from controllers.desk import Desk, Work
from controllers.placing import make_departures
from controllers.rights import needs
from models.calendar_facts import DepartureKey
from models.catalogue import timetable
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right
from models.schedule import MOST_SEATS
from models.tables import Departure, Option, Product

_D: Table = Departure.__table__  # type: ignore[assignment]
_LONGEST_NAME = 200


@frozen
class Changed:
    """What a departure is like afterwards."""

    id: int
    capacity: int
    taken: int
    closed: bool
    guide: str


@needs(Right.DEPARTURES)
def close(key: DepartureKey, *, desk: Desk) -> Changed:
    """Stops selling and confirming on a departure. Who is on it stays."""
    return _set_closed(key, True, desk)


@needs(Right.DEPARTURES)
def open_(key: DepartureKey, *, desk: Desk) -> Changed:
    """Sells it again."""
    return _set_closed(key, False, desk)


@needs(Right.OVERRULE)
def change_capacity(key: DepartureKey, capacity: int, *, desk: Desk, seen: int | None = None) -> Changed:
    """Gives a departure another number of seats; a manager's right.

    Raises CannotDo("capacity-below-sold") where fewer are wanted than are sold. One that is sold above its
    capacity may get more seats, also while they are not enough yet. CannotDo("seats-changed-meanwhile") where it
    had another number than was `seen` by whoever decided.
    """
    refuse_no_number_of_seats(capacity)
    with desk.work() as work:
        row = _take(work, key)
        if seen is not None and row.capacity not in (seen, capacity):
            raise CannotDo("seats-changed-meanwhile", now=row.capacity)
        if capacity < min(row.seats_taken, row.capacity):
            raise CannotDo("capacity-below-sold", sold=row.seats_taken, capacity=capacity)
        if capacity != row.capacity:
            told = {"before": row.capacity, "after": capacity, "sold": row.seats_taken}
            _keep(work, row, "capacity", told, capacity=capacity)
        return _changed(row, capacity=capacity)


@needs(Right.DEPARTURES)
def set_guide(key: DepartureKey, name: str, *, desk: Desk, seen: str | None = None) -> Changed:
    """Writes down who guides a departure, '' for nobody yet. The journal keeps a digest, not the name.

    Raises CannotDo("guide-changed-meanwhile") where it was another than was `seen` by whoever decided.
    """
    guide = " ".join(name.split())[:_LONGEST_NAME]
    with desk.work() as work:
        row = _take(work, key)
        if seen is not None and row.guide not in (seen, guide):
            raise CannotDo("guide-changed-meanwhile", now=row.guide, named=row.guide or "–")
        if guide != row.guide:
            told = {"before": work.digest(row.guide), "after": work.digest(guide)}
            _keep(work, row, "guide", told, guide=guide)
        return _changed(row, guide=guide)


def refuse_no_number_of_seats(capacity: int) -> None:
    """Raises CannotDo("capacity-wrong") for what no departure can have."""
    if not 0 <= capacity <= MOST_SEATS:
        raise CannotDo("capacity-wrong", capacity=capacity, most=MOST_SEATS)


def _set_closed(key: DepartureKey, closed: bool, desk: Desk) -> Changed:
    with desk.work() as work:
        row = _take(work, key)
        if closed != row.closed:
            told = {"before": row.closed, "after": closed, "sold": row.seats_taken, "capacity": row.capacity}
            _keep(work, row, "close" if closed else "open", told, closed=closed)
        return _changed(row, closed=closed)


def _take(work: Work, key: DepartureKey) -> Any:
    """The row of a departure, locked; made where only the rules know it. Raises CannotDo("departure-not-planned")."""
    asked = (
        select(_D).where(_D.c.option_id == key.option_id, _D.c.departs_at == key.departs_at).with_for_update()
    )
    row = work.connection.execute(asked).first()
    if row is None:
        make_departures(work, [_planned(work, key)])
        row = work.connection.execute(asked).one()
    return row


def _planned(work: Work, key: DepartureKey) -> dict[str, Any]:
    of = select(Product.zone).join(Option, Option.product_id == Product.id).where(Option.id == key.option_id)
    zone = work.connection.execute(of).scalar() or "UTC"
    day = key.departs_at.astimezone(ZoneInfo(zone)).date()
    rule = timetable(work.connection, key.option_id).departures(day, zone).get(key.departs_at)
    if rule is None:
        raise CannotDo("departure-not-planned")
    return {
        "option_id": key.option_id,
        "departs_on": day,
        "departs_at": key.departs_at,
        "ends_at": rule.ends_at(day, zone),
        "capacity": rule.capacity,
    }


def _keep(work: Work, row: Any, action: str, told: dict[str, Any], **values: Any) -> None:
    work.connection.execute(update(_D).where(_D.c.id == row.id).values(**values))
    work.record(f"departure:{row.id}", action, **told)
    work.changed.add("departures")


def _changed(row: Any, **values: Any) -> Changed:
    now = {"capacity": row.capacity, "taken": row.seats_taken, "closed": row.closed, "guide": row.guide}
    return Changed(row.id, **{**now, **values})
