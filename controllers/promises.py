"""Counts the promises of waiting orders again when other days are closed; what a channel demands stays."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, select, update

from controllers.desk import Work
from models.products import ConfirmFrom
from models.promise import counted_again, counts_from_departure
from models.reservations import Status
from models.tables import Operator, Product, RawRow, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_WAITING = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING)
_MOVE = update(_R).where(_R.c.id == bindparam("waiting")).values(confirm_by=bindparam("at"))


def lock_calendar(work: Work) -> None:
    """Promises are counted from one calendar to the next: of two who change it, the second waits for the first."""
    work.connection.execute(select(Operator.id).with_for_update())


def count_again(work: Work, before: Container[date], after: Container[date], zone: str) -> int:
    """Moves the promises of waiting orders from one calendar of closed days to another; how many moved.

    A promise keeps its number of open days, also where its product promises others by now.
    """
    moved = {row.id: at for row in _promised(work) if (at := _again(row, before, after, zone)) is not None}
    for told in _told_by_channel(work, list(moved)):
        del moved[told]
    if moved:
        work.connection.execute(_MOVE, [{"waiting": one, "at": at} for one, at in moved.items()])
        work.changed.add("reservations")
    return len(moved)


def _promised(work: Work) -> list[Any]:
    asked = (
        select(
            _R.c.id, _R.c.confirm_by, _R.c.ordered_at, _R.c.departs_on, _R.c.departs_at, _R.c.sort_at,
            Product.confirm_from,
        )
        .join(Product, Product.id == _R.c.product_id)
        .where(_R.c.status.in_(_WAITING), _R.c.confirm_by.is_not(None))
    )  # fmt: skip
    return list(work.connection.execute(asked).all())


def _again(row: Any, before: Container[date], after: Container[date], zone: str) -> datetime | None:
    """The promise of a row as it is counted now; None where it stays."""
    start = row.ordered_at
    if row.confirm_from is ConfirmFrom.DEPARTURE:
        start = counts_from_departure(row.departs_at, row.departs_on, row.sort_at)
    if start is None:
        return None
    at = counted_again(row.confirm_by, row.confirm_from, start, zone=zone, before=before, after=after)
    return at if at != row.confirm_by else None


def _told_by_channel(work: Work, reservations: list[int]) -> set[int]:
    """Those whose sender gave a deadline of its own: our closed days do not move it."""
    found: set[int] = set()
    for start in range(0, len(reservations), 500):
        some = reservations[start : start + 500]
        asked = select(RawRow.reservation_id, RawRow.facts).where(
            RawRow.reservation_id.in_(some), RawRow.latest.is_(True)
        )
        found.update(one for one, facts in work.connection.execute(asked) if "confirm_by" in facts)
    return found
