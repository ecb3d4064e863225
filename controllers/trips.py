"""Closes trips that have ended: who arrived is redeemed, who did not is a no-show, and all of it can be taken back.

A close is one transaction: everybody on the trip is moved together, in few statements, so that five hundred orders
hold other counters up no longer than one does. It is kept with what it did, so that one deed takes all of it back.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, select, update

from controllers import letters
from controllers.desk import Desk, Work
from controllers.letter_ways import ways
from controllers.reservations import Done, to_do_at_channel
from controllers.rights import needs
from models.bulk import pour
from models.frozen import frozen
from models.outbox import MAY_HAVE_LEFT, Letter
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.rights import Right
from models.tables import ClosedOrder, Closing, OutboxRow, Product, Reservation
from models.to_do import REDEEM
from models.trips import TripKey, TripOrder, Trips, left_alone, proposed
from models.trips_reading import (
    due_by_clock,
    ended,
    may_be_over,
    orders,
    over_on,
    trip_of,
    trips,
    untouched,
)

log = logging.getLogger(__name__)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_SOME = 500  # rows that one statement moves
_VERBS = {Status.REDEEMED: Verb.REDEEM, Status.NO_SHOW: Verb.NO_SHOW}


@frozen
class Closed:
    """What closing the trips did, and whom staff should look at."""

    redeemed: tuple[Done, ...]
    no_show_proposed: tuple[Done, ...]


@frozen
class TripClosed:
    """What one close did. `stayed` are those that were left as they were, or were not yet seen as they are now."""

    closing_id: int
    key: TripKey
    redeemed: tuple[Done, ...]
    no_shows: tuple[Done, ...]
    stayed: int


@needs(Right.TRIPS)
def see_trips(*, desk: Desk) -> Trips:
    """What is to be closed, and what was closed in the last days."""
    with desk.reading() as look:
        return trips(look, desk.now(), desk.operator(look).zone)


@needs(Right.TRIPS)
def see_trip(key: TripKey, *, desk: Desk) -> tuple[TripOrder, ...]:
    """Who is on a trip that is to be closed."""
    with desk.reading() as look:
        return orders(look, key, desk.now())


@needs(Right.TRIPS)
def close_trip(
    key: TripKey,
    *,
    desk: Desk,
    leave: Collection[int] = (),
    seen: Mapping[int, int] | None = None,
) -> TripClosed:
    """Closes one trip as it was proposed, but for those in `leave`; they stay confirmed.

    `seen` are the orders that were looked at, with their versions: who was not seen, or has changed since, stays and
    is proposed again. Raises CannotDo("nothing-to-close").
    """
    with desk.work() as work:
        there = _locked(work, key)
        rows = [row for row in there if seen is None or seen.get(row.id) == row.version]
        if not any(row.id not in leave for row in rows):
            raise CannotDo("nothing-to-close")
        became = {row.id: _became(row, leave) for row in rows}
        return _close(work, key, became, rows, unseen=len(there) - len(rows))


@needs(Right.TRIPS)
def close_trips(*, desk: Desk) -> Closed:
    """Redeems the arrived of every trip that has ended; the others are only proposed.

    Whom somebody has decided about since the trip ended is left to people.
    """
    with desk.reading() as look:
        rows = ended(look, desk.now())
    keys = {trip_of(row): None for row in rows if row.arrived_heads and left_alone(untouched(row))}
    redeemed = [done for key in keys for done in _close_arrived(key, desk)]
    missing = [Done(row.id, number_of(row.id), row.status) for row in rows if not row.arrived_heads]
    return Closed(_in_order(redeemed), _in_order(missing))


@needs(Right.OWN)
def close_by_clock(due: Iterable[TripKey], *, desk: Desk) -> tuple[TripClosed, ...]:
    """Closes the trips whose product leaves that to the clock, when their grace time is over.

    Several desks may do this at once: who comes second finds nothing left to do.
    """
    closed = []
    for key in due:
        try:
            closed.append(_close_due(key, desk))
        except CannotDo as no:  # the next round tries it again; the trips after it do not wait for that
            log.warning("a trip could not be closed by the clock: %s", no.code)
    return tuple(one for one in closed if one is not None)


# --- closing ----------------------------------------------------------------------------------


def _close_arrived(key: TripKey, desk: Desk) -> tuple[Done, ...]:
    with desk.work() as work:
        rows = [r for r in _locked(work, key) if r.arrived_heads and left_alone(untouched(r))]
        if not rows:
            return ()
        return _close(work, key, dict.fromkeys((row.id for row in rows), Status.REDEEMED), rows).redeemed


def _close_due(key: TripKey, desk: Desk) -> TripClosed | None:
    with desk.work(by_clock=True) as work:
        rows = [row for row in _locked(work, key) if due_by_clock([row], work.now)]
        if not rows:
            return None
        return _close(work, key, {r.id: proposed(r.arrived_heads) for r in rows}, rows)


def _locked(work: Work, key: TripKey) -> Sequence[Any]:
    """The orders to close, as they are now, locked in the order of their numbers until the transaction ends."""
    ids = select(may_be_over(key, work.now).order_by(None).with_only_columns(_R.c.id).subquery().c.id)
    mine = select(_R.c.id).where(_R.c.id.in_(ids)).order_by(_R.c.id).with_for_update(of=_R, key_share=True)
    locked = set(work.connection.execute(mine).scalars())
    now = over_on(work.connection, key, work.now)  # who was closed meanwhile is gone
    return [row for row in now if row.id in locked]


def _became(row: Any, leave: Collection[int]) -> Status:
    return Status.CONFIRMED if row.id in leave else proposed(row.arrived_heads)


def _close(
    work: Work, key: TripKey, became: Mapping[int, Status], rows: Sequence[Any], *, unseen: int = 0
) -> TripClosed:
    whole = _whole(work, [row.id for row in rows])
    closing_id = _keep_closing(work, key)
    made: dict[Status, list[Done]] = {Status.REDEEMED: [], Status.NO_SHOW: []}
    for status, did in made.items():
        moving = [row for row in whole if became[row.id] is status]
        _move(work, moving, status)
        for row in moving:
            moved = move(row.status, _VERBS[status], number=number_of(row.id))
            told = {"before": moved.before, "after": moved.after, "closing": closing_id}
            work.record(f"reservation:{row.id}", moved.verb, **told)
            did.append(Done(row.id, number_of(row.id), moved.after))
    _promise_letters(work, [row for row in whole if became[row.id] is Status.REDEEMED])
    kept = [{"closing_id": closing_id, "reservation_id": i, "became": to} for i, to in became.items()]
    pour(work.connection, ClosedOrder, kept)
    redeemed, missing = made[Status.REDEEMED], made[Status.NO_SHOW]
    stayed = len(became) - len(redeemed) - len(missing) + unseen
    figures = {"redeemed": len(redeemed), "no_shows": len(missing), "stayed": stayed}
    work.record(key.word, "close-trip", closing=closing_id, **figures)
    work.changed.update(("reservations", "trips"))
    return TripClosed(closing_id, key, tuple(redeemed), tuple(missing), stayed)


def _whole(work: Work, ids: Sequence[int]) -> list[Any]:
    """The whole rows, with when their comment letter leaves; locked already."""
    found: list[Any] = []
    for some in portions(ids):
        asked = select(_R, Product.comment_hours).outerjoin(Product, Product.id == _R.c.product_id)
        found += work.connection.execute(asked.where(_R.c.id.in_(some)).order_by(_R.c.id)).all()
    return found


def _keep_closing(work: Work, key: TripKey) -> int:
    row = {
        "trip": key.word,
        "departure_id": key.departure_id,
        "at": work.now,
        "counter_id": work.desk.actor.counter_id,
        "staff_id": work.staff_id,
        "by_clock": work.by_clock,
    }
    return int(work.connection.execute(insert(Closing).returning(Closing.id), row).scalar_one())


def _move(work: Work, rows: Sequence[Any], status: Status) -> None:
    """Everybody who becomes the same is moved by one statement, also where the channel has to be told."""
    by_to_do: dict[str, list[int]] = {}
    for row in rows:
        told = to_do_at_channel(row, REDEEM) if status is Status.REDEEMED else row.to_do
        by_to_do.setdefault(told, []).append(row.id)
    redeemed = {"redeemed_at": work.now, "redeemed_by_scan": ""} if status is Status.REDEEMED else {}
    for to_do, ids in by_to_do.items():
        put(work, ids, status=status, to_do=to_do, **redeemed)


def put(work: Work, ids: Sequence[int], **values: Any) -> None:
    """Moves many reservations to another status at once."""
    for some in portions(ids):
        told = {"status_at": work.now, "version": _R.c.version + 1, **values}
        work.connection.execute(update(_R).where(_R.c.id.in_(some)).values(**told))


def _promise_letters(work: Work, rows: Iterable[Any]) -> None:
    """The letters that ask for a comment; who got one, because a close was taken back too late, gets no second."""
    rows = list(rows)
    asked = {
        reservation for some in portions([row.id for row in rows]) for reservation in _were_asked(work, some)
    }
    do = ways(work.connection)
    queued = [
        letters.letter_row(work, row, Letter.COMMENT, row.version + 1, letters.comment_waits(row, work.now))
        for row in rows
        if row.id not in asked and do.go(Letter.COMMENT, row.product_id)
    ]
    if queued:
        pour(work.connection, OutboxRow, queued)
        work.changed.add("letters")


def _were_asked(work: Work, ids: Sequence[int]) -> Iterable[int | None]:
    asked = select(OutboxRow.reservation_id).where(OutboxRow.reservation_id.in_(ids))
    sent = asked.where(OutboxRow.kind == Letter.COMMENT, OutboxRow.state.in_(MAY_HAVE_LEFT))
    return work.connection.execute(sent).scalars()


def portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Some hundred at a time."""
    return (ids[start : start + _SOME] for start in range(0, len(ids), _SOME))


def _in_order(made: Iterable[Done]) -> tuple[Done, ...]:
    return tuple(sorted(made, key=lambda done: done.id))
