"""What managers do about departures beside the rules of an option: they add them by hand, and take them away."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, func, select, update

from controllers.departures import refuse_no_number_of_seats
from controllers.desk import Desk, Work
from controllers.placing import make_departures, places
from controllers.rematching import rematch
from controllers.rescheduling import drop_empty
from controllers.rights import needs
from models.catalogue import timetable
from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import LIVING
from models.rights import Right
from models.schedule import clock_of, instant
from models.tables import Departure, Option, Product, Reservation

_D: Table = Departure.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class Added:
    """A departure added by hand, and how many waiting orders found their place by it."""

    departure_id: int
    matched: int


@needs(Right.CATALOGUE)
def add_departure(
    option_id: int, day: date, starts: time, minutes: int, capacity: int, *, desk: Desk
) -> Added:
    """Adds one departure, whatever the rules say; orders that waited for it find their place.

    Raises CannotDo("departure-exists") where the option leaves at that instant already, and
    CannotDo("capacity-wrong").
    """
    refuse_no_number_of_seats(capacity)
    with desk.work() as work:
        option = _option(work, option_id)
        at = instant(day, starts, option.zone)
        row = _row_at(work, option_id, at)
        planned = timetable(work.connection, option_id).departures(day, option.zone)
        if at in planned:
            raise CannotDo("departure-exists", option=option.name, at=f"{day} {starts:%H:%M}")
        columns = {"ends_at": at + timedelta(minutes=minutes), "capacity": capacity}
        columns |= {"by_hand": True, "closed": False}
        if row is None:
            told = {"option_id": option_id, "departs_on": day, "departs_at": at, **columns}
            make_departures(work, [told])
            departure_id = _row_at(work, option_id, at).id
        else:
            departure_id = _adopt(work, row, columns)
        _record(work, option, "add-departure", day=day.isoformat(), starts=f"{starts:%H:%M}", after=capacity)
        return Added(departure_id, _rematch(work))


@needs(Right.CATALOGUE)
def remove_departure(departure_id: int, *, desk: Desk) -> None:
    """Takes away a departure that was added by hand.

    Raises CannotDo("departure-reserved") where people are expected, and CannotDo("departure-of-rules").
    """
    with desk.work() as work:
        asked = select(_D).where(_D.c.id == departure_id).with_for_update()
        row = work.connection.execute(asked).first()
        if row is None:
            raise CannotDo("not-found", reference=departure_id)
        option = _option(work, row.option_id)
        at = clock_of(row.departs_at, option.zone)
        if not row.by_hand:
            raise CannotDo("departure-of-rules", at=f"{row.departs_on} {at}")
        people = _people(work, departure_id)
        if people:
            raise CannotDo("departure-reserved", at=f"{row.departs_on} {at}", reservations=people)
        # The row stays where a cancelled order still names it; nothing plans it, so nobody sees it.
        work.connection.execute(update(_D).where(_D.c.id == departure_id).values(by_hand=False))
        drop_empty(work, [departure_id])
        _record(work, option, "remove-departure", day=row.departs_on.isoformat(), starts=at)


def _option(work: Work, option_id: int) -> Any:
    """An option with its product and its zone, locked: of two who change its times, the second waits."""
    asked = select(Option.id, Option.name, Option.product_id, Product.zone)
    asked = asked.join(Product, Product.id == Option.product_id).where(Option.id == option_id)
    row = work.connection.execute(asked.with_for_update(of=Option, key_share=True)).first()
    if row is None:
        raise CannotDo("not-found", reference=option_id)
    return row


def _record(work: Work, option: Any, action: str, **told: Any) -> None:
    work.record(f"product:{option.product_id}", action, option=option.id, **told)
    work.changed.update(("products", "departures"))


def _rematch(work: Work) -> int:
    found = rematch(places(work))
    if found:
        work.changed.add("reservations")
    return found


def _row_at(work: Work, option_id: int, at: datetime) -> Any:
    asked = select(_D).where(_D.c.option_id == option_id, _D.c.departs_at == at).with_for_update()
    return work.connection.execute(asked).first()


def _adopt(work: Work, row: Any, columns: dict[str, Any]) -> int:
    """A departure that the rules left behind, with the people who have it, is on sale again."""
    if columns["capacity"] < row.seats_taken:
        day, wanted = row.departs_on.isoformat(), columns["capacity"]
        raise CannotDo("below-sold", sold=row.seats_taken, day=day, capacity=wanted, departures=1)
    work.connection.execute(update(_D).where(_D.c.id == row.id).values(**columns))
    return int(row.id)


def _people(work: Work, departure_id: int) -> int:
    """How many living reservations are for this departure."""
    asked = select(func.count()).where(_R.c.departure_id == departure_id, _R.c.status.in_(LIVING))
    return int(work.connection.execute(asked).scalar_one())
