"""Decides about several reservations at once: all that can be done is done, and the rest is told one by one.

One transaction and one entry in the journal beside each reservation's own; so what was confirmed together is
taken back together, while the letters wait. Reservations are locked first, in the order of their numbers, and
departures after them, in the order of theirs: two counters that choose the same ones wait, and never for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from controllers import claims, reservations
from controllers.desk import Desk, Work
from controllers.reservations import Done
from controllers.rights import needs
from models.frozen import frozen
from models.pages import closed_of, rows_of, seats_of
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.rights import Right
from models.rows import ReservationRow
from models.seating import Asking, in_turn, seated
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST = 500
"""So many at once: more than fits on a screen to be looked at, and done within a second or two."""


@frozen
class DepartureSeats:
    """One departure as confirming would leave it. `short` is what all of the chosen ones would lack."""

    first: ReservationRow
    orders: int
    taken: int
    after: int
    capacity: int
    short: int


@frozen
class LeftOut:
    """One that stays as it is, and why."""

    id: int
    number: str
    no: CannotDo
    row: ReservationRow | None = None


@frozen
class BulkPreview:
    """What confirming these would do; `seen` are the versions it was judged by."""

    rows: tuple[ReservationRow, ...]
    departures: tuple[DepartureSeats, ...]
    left_out: tuple[LeftOut, ...]
    letters: int
    no_address: int
    now: datetime
    seen: dict[int, int] = field(default_factory=dict)

    @property
    def heads(self) -> int:
        """How many travelers that makes, an unknown party counted as one."""
        return sum(1 if row.party is None else row.party for row in self.rows)

    @property
    def uncounted(self) -> int:
        """How many of them take no seats, because we know no departure of theirs."""
        return sum(row.departure_id is None for row in self.rows)


@frozen
class BulkDone:
    """What became of them."""

    done: tuple[Done, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Those that were done."""
        return tuple(one.id for one in self.done)


@needs(Right.ORDERS)
def preview_confirm(ids: Sequence[int], *, desk: Desk) -> BulkPreview:
    """What confirming these reservations would do, departure by departure; nothing is changed.

    Raises CannotDo("too-many-at-once").
    """
    refuse_too_many(ids)
    with desk.reading() as look:
        rows = {row.id: row for row in rows_of(look, ids)}
        facts = look.execute(_facts(ids)).all()
        asked = {fact.departure_id for fact in facts if fact.departure_id is not None}
        free, closed = seats_of(look, asked), closed_of(look, asked)
    left_out = {i: CannotDo("not-found", reference=number_of(i)) for i in ids if i not in rows}
    left_out |= _refused_by_status(rows.values())
    left_out |= {row.id: _is_closed(row) for row in rows.values() if row.departure_id in closed}
    asking = [_asking(fact) for fact in facts if fact.id not in left_out]
    found = seated(asking, {key: capacity - taken for key, (taken, capacity) in free.items()})
    bills = _bills(asking, found, rows, free)
    left_out |= {one.id: _no_seats(one, bills, rows) for one in asking if one.id not in found}
    addressed = {fact.id for fact in facts if fact.id in found and fact.email}
    return BulkPreview(
        rows=tuple(rows[i] for i in ids if i in found),
        departures=tuple(bills.values()),
        left_out=tuple(LeftOut(i, number_of(i), left_out[i], rows.get(i)) for i in ids if i in left_out),
        letters=len(addressed),
        no_address=len(found) - len(addressed),
        now=desk.now(),
        seen={row.id: row.version for row in rows.values()},
    )


@needs(Right.ORDERS)
def confirm_all(ids: Sequence[int], *, desk: Desk, seen: Mapping[int, int] | None = None) -> BulkDone:
    """Confirms those of these reservations that can be, in the order they were made; nobody is overbooked."""
    return do_all(ids, "confirm-all", lambda work, row: _confirm(work, row, seen or {}), desk)


@needs(Right.ORDERS)
def unconfirm_all(ids: Sequence[int], *, desk: Desk) -> BulkDone:
    """Takes confirmations back together, each while its letter still waits."""
    return do_all(ids, "unconfirm-all", reservations.unconfirm_row, desk)


@needs(Right.ORDERS)
def tick_off_all(ids: Sequence[int], *, desk: Desk) -> BulkDone:
    """What was to do at their channels has been done there."""
    return do_all(ids, "tick-off-all", reservations.tick_off_row, desk)


@needs(Right.ORDERS)
def claim_all(ids: Sequence[int], *, desk: Desk) -> BulkDone:
    """Whoever acts is in charge of them from now on; those that somebody else has stay theirs."""
    return do_all(ids, "claim-all", claims.claim_row, desk)


@needs(Right.ORDERS)
def do_all(ids: Sequence[int], action: str, deed: Callable[[Work, Any], Done], desk: Desk) -> BulkDone:
    """A verb refuses before it writes, so one refusal leaves the others as they are."""
    refuse_too_many(ids)
    with desk.work() as work:
        locked = select(_R).where(_R.c.id.in_(ids)).order_by(_R.c.id).with_for_update(key_share=True)
        rows = {row.id: row for row in work.connection.execute(locked)}
        left_out = [
            LeftOut(i, number_of(i), CannotDo("not-found", reference=number_of(i)))
            for i in ids
            if i not in rows
        ]
        made = []
        for one in in_turn(_asking(row) for row in rows.values()):
            try:
                made.append(deed(work, rows[one.id]))
            except CannotDo as no:
                left_out.append(LeftOut(one.id, number_of(one.id), no))
        if made:
            work.record("bulk", action, reservations=[one.id for one in made], left_out=len(left_out))
        return BulkDone(tuple(made), tuple(left_out))


def _confirm(work: Work, row: Any, seen: Mapping[int, int]) -> Done:
    if seen.get(row.id, row.version) != row.version:
        raise CannotDo("changed-meanwhile", number=number_of(row.id))
    return reservations.confirm_row(work, row, Verb.CONFIRM)


def refuse_too_many(ids: Sequence[int]) -> None:
    """Raises CannotDo("too-many-at-once")."""
    if len(ids) > MOST:
        raise CannotDo("too-many-at-once", count=len(ids), most=MOST)


def _facts(ids: Sequence[int]) -> Any:
    columns = (_R.c.id, _R.c.departure_id, _R.c.ordered_at, _R.c.heads, _R.c.email)
    return select(*columns).where(_R.c.id.in_(ids))


def _asking(fact: Any) -> Asking:
    return Asking(fact.id, fact.departure_id, fact.ordered_at, 0 if fact.departure_id is None else fact.heads)


def _refused_by_status(rows: Iterable[ReservationRow]) -> dict[int, CannotDo]:
    refused = {}
    for row in rows:
        try:
            move(row.status, Verb.CONFIRM, Status.CONFIRMED, number=row.number)
        except CannotDo as no:
            refused[row.id] = no
    return refused


def _is_closed(row: ReservationRow) -> CannotDo:
    return CannotDo("departure-closed", departure=row.departs_on.isoformat() if row.departs_on else "")


def _bills(
    asking: Iterable[Asking],
    found: set[int],
    rows: Mapping[int, ReservationRow],
    seats: Mapping[int, tuple[int, int]],
) -> dict[int, DepartureSeats]:
    wanting: defaultdict[int, list[Asking]] = defaultdict(list)
    for one in in_turn(asking):
        if one.departure_id is not None:
            wanting[one.departure_id].append(one)
    made = {}
    for departure_id, orders in wanting.items():
        taken, capacity = seats[departure_id]
        made[departure_id] = DepartureSeats(
            first=rows[orders[0].id],
            orders=len(orders),
            taken=taken,
            after=taken + sum(one.needs for one in orders if one.id in found),
            capacity=capacity,
            short=max(0, taken + sum(one.needs for one in orders) - capacity),
        )
    return dict(sorted(made.items(), key=lambda bill: (bill[1].first.sort_at, bill[0])))


def _no_seats(
    one: Asking, bills: Mapping[int, DepartureSeats], rows: Mapping[int, ReservationRow]
) -> CannotDo:
    assert one.departure_id is not None, "only where seats are counted they can be missing"
    bill, row = bills[one.departure_id], rows[one.id]
    return CannotDo(
        "no-seats",
        short=max(1, bill.after + one.needs - bill.capacity),
        departure=row.departs_on or row.number,
        taken=bill.after,
        capacity=bill.capacity,
    )
