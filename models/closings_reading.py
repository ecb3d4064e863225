"""Reads the closings of trips that were made: what each did, who made it, and what of it cannot be called back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, select

from models.outbox import MAY_HAVE_LEFT, Letter
from models.reservations import Status
from models.tables import ClosedOrder, Closing, Departure, Option, OutboxRow, Product, Reservation, Staff
from models.to_do import REDEEM
from models.trips import ClosingMade, key_of

_R: Table = Reservation.__table__  # type: ignore[assignment]
_C: Table = Closing.__table__  # type: ignore[assignment]
_L: Table = ClosedOrder.__table__  # type: ignore[assignment]
MOST = 100


def closings(look: Connection, since: datetime) -> tuple[ClosingMade, ...]:
    """The closings that were made since, the latest first."""
    asked = (
        select(_C, Staff.name.label("who"), Departure.departs_at, Departure.departs_on, Product.zone)
        .add_columns(Product.name.label("product"), Option.name.label("option"))
        .outerjoin(Staff, Staff.id == _C.c.staff_id)
        .outerjoin(Departure, Departure.id == _C.c.departure_id)
        .outerjoin(Option, Option.id == Departure.option_id)
        .outerjoin(Product, Product.id == Option.product_id)
        .where(_C.c.at >= since)
        .order_by(_C.c.at.desc(), _C.c.id.desc())
        .limit(MOST)
    )
    rows = look.execute(asked).all()
    ids = [row.id for row in rows]
    did, gone = _did(look, ids), left_behind(look, ids)
    staff = dict(look.execute(select(Staff.id, Staff.name)).all())
    names = _product_names(look, [key_of(row.trip).product_id for row in rows])
    return tuple(_made(row, did[row.id], gone[row.id], staff, names) for row in rows)


def left_behind(look: Connection, closing_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """What taking each closing back would leave behind, of the orders that still stand as it left them.

    Comment letters that have left the house, and orders that were redeemed at their channels: those where nothing of
    it is to do any more. The letters' state is only counted, never looked for: most letters of a house have left.
    """
    stands = and_(_R.c.id == _L.c.reservation_id, _R.c.status == _L.c.became, _R.c.status_at == _C.c.at)
    asked = _C.join(_L, _L.c.closing_id == _C.c.id).join(_R, stands)
    sent = func.sum(case((OutboxRow.state.in_(MAY_HAVE_LEFT), 1), else_=0))
    of_it = and_(OutboxRow.reservation_id == _R.c.id, OutboxRow.made_at == _C.c.at)
    letters = (
        select(_C.c.id, sent)
        .select_from(asked.join(OutboxRow, and_(of_it, OutboxRow.kind == Letter.COMMENT)))
        .where(_C.c.id.in_(closing_ids))
        .group_by(_C.c.id)
    )
    theirs = and_(_L.c.became == Status.REDEEMED, ~and_(_R.c.channel == "direct", _R.c.via == ""))
    channels = (
        select(_C.c.id, func.count())
        .select_from(asked)
        .where(_C.c.id.in_(closing_ids), theirs, _R.c.to_do.not_like(f"%{REDEEM}%"))
        .group_by(_C.c.id)
    )
    left, told = (dict(look.execute(one).all()) for one in (letters, channels))
    return defaultdict(lambda: (0, 0), {i: (int(left.get(i, 0)), int(told.get(i, 0))) for i in closing_ids})


def _did(look: Connection, closing_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Redeemed, no-shows and those left as they were, by closing."""

    def how_many(status: Status) -> Any:
        return func.sum(case((_L.c.became == status, 1), else_=0))

    asked = (
        select(
            _L.c.closing_id,
            how_many(Status.REDEEMED),
            how_many(Status.NO_SHOW),
            how_many(Status.CONFIRMED),
        )
        .where(_L.c.closing_id.in_(closing_ids))
        .group_by(_L.c.closing_id)
    )
    found: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for closing, redeemed, missing, stayed in look.execute(asked):
        found[closing] = (int(redeemed), int(missing), int(stayed))
    return found


def _product_names(look: Connection, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {one for one in ids if one}
    return dict(look.execute(select(Product.id, Product.name).where(Product.id.in_(wanted))).all())


def _made(
    row: Any, did: tuple[int, int, int], gone: tuple[int, int], staff: dict[int, str], names: dict[int, str]
) -> ClosingMade:
    key = key_of(row.trip)
    return ClosingMade(
        row.id,
        key,
        row.product or names.get(key.product_id or 0, ""),
        row.option or "",
        row.zone or "UTC",
        row.departs_on or key.day,
        row.departs_at,
        row.at,
        row.who or "",
        row.by_clock,
        *did,
        letters_left=gone[0],
        channels_told=gone[1],
        undone_at=row.undone_at,
        undone_by=staff.get(row.undone_by or 0, ""),
    )
