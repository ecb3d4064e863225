"""Closes trips that have ended: who arrived is redeemed, who did not is proposed as no-show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select, update

from controllers.admitting import promise_comment_letter
from controllers.desk import Desk, Work
from controllers.reservations import Done, to_do_at_channel
from models.references import number_of
from models.reservations import Status, Verb, move
from models.tables import Product, Reservation, Ticket
from models.tickets import TicketState
from models.to_do import REDEEM

_R: Table = Reservation.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing the trips did, and whom staff should look at."""

    redeemed: tuple[Done, ...]
    no_show_proposed: tuple[Done, ...]


def close_trips(*, desk: Desk) -> Closed:
    """Redeems the arrived of every trip that has ended; the others are only proposed."""
    with desk.work() as work:
        redeemed = [_redeem(work, row) for row in _ended(work, arrived=True)]
        missing = [Done(r.id, number_of(r.id), r.status) for r in _ended(work, arrived=False)]
        return Closed(tuple(redeemed), tuple(missing))


def _ended(work: Work, *, arrived: bool) -> list[Any]:
    """Confirmed reservations whose trip is over; an unknown end is the end of the day, one day later."""
    columns = [*_R.c, Product.comment_hours]
    rows = work.connection.execute(
        select(*columns)
        .select_from(_R.outerjoin(Product.__table__, _R.c.product_id == Product.id))
        .where(_R.c.status == Status.CONFIRMED, _R.c.sort_at <= work.now)
        .where(_R.c.arrived_heads > 0 if arrived else _R.c.arrived_heads == 0)
        .where(_R.c.open_dated.is_(False))
        .order_by(_R.c.id)
        .with_for_update(of=_R)
    ).all()
    rows = [row for row in rows if _is_over(work, row)]
    return rows + (_spent_open_dated(work, columns) if arrived else [])


def _is_over(work: Work, row: Any) -> bool:
    if row.ends_at is not None:
        return bool(row.ends_at <= work.now)
    today = work.now.astimezone(ZoneInfo(row.zone or "UTC")).date()
    return row.departs_on is not None and row.departs_on < today


def _spent_open_dated(work: Work, columns: list[Any]) -> list[Any]:
    """Open-dated reservations with no use left, the day after their last visit."""
    left = (
        select(func.coalesce(func.sum(Ticket.uses_left), 0))
        .where(Ticket.reservation_id == _R.c.id, Ticket.state == TicketState.VALID)
        .scalar_subquery()
    )
    rows = work.connection.execute(
        select(*columns)
        .select_from(_R.outerjoin(Product.__table__, _R.c.product_id == Product.id))
        .where(_R.c.status == Status.CONFIRMED, _R.c.open_dated.is_(True), _R.c.arrived_heads > 0)
        .where(left == 0, _R.c.arrived_at <= work.now - timedelta(hours=12))
        .order_by(_R.c.id)
    )
    return list(rows.all())


def _redeem(work: Work, row: Any) -> Done:
    moved = move(row.status, Verb.REDEEM, number=number_of(row.id))
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(
            status=moved.after,
            status_at=work.now,
            version=row.version + 1,
            redeemed_at=work.now,
            redeemed_by_scan="",
            to_do=to_do_at_channel(row, REDEEM),
        )
    )
    work.record(f"reservation:{row.id}", moved.verb, before=moved.before, after=moved.after)
    promise_comment_letter(work, row)
    work.changed.add("reservations")
    return Done(row.id, number_of(row.id), moved.after)
