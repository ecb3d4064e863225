"""Reads the list of refunds, a page at a time, each tab from an index that holds nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, select, tuple_

from models.filters import refund_overdue
from models.money import Money
from models.privacy import may_see
from models.references import number_of
from models.refunds import COUNTED, Place, RefundPage, RefundRow, Tab
from models.tables import Option, Product, Refund, Reservation, Staff
from models.tables.money import GIVEN_BACK, NOT_THERE, THEY_OWE, WE_OWE

_F: Table = Refund.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
PAGE = 60
MOST = 1000
"""So far a tab's rows are counted: whoever has more of them needs no figure."""

_LISTED = (
    select(
        _F,
        *(_R.c[name] for name in "channel via lead first_confirmed_at zone option_text product_text".split()),
        _R.c.reference.label("reference_there"),
        Product.name.label("product"),
        Option.name.label("option"),
        Staff.name.label("giver"),
    )
    .select_from(_F)
    .join(_R, _R.c.id == _F.c.reservation_id)
    .outerjoin(Product, Product.id == _R.c.product_id)
    .outerjoin(Option, Option.id == _R.c.option_id)
    .outerjoin(Staff, Staff.id == _F.c.done_by)
)
_CONDITIONS: dict[Tab, Callable[[date], Any]] = {
    Tab.DUE: lambda day: and_(WE_OWE, _F.c.expected_to >= day),
    Tab.OVERDUE: refund_overdue,
    Tab.FAILED: lambda _day: NOT_THERE,
    Tab.DONE: lambda _day: GIVEN_BACK,
    Tab.THEIRS: lambda _day: THEY_OWE,
}
_SORTED: dict[Tab, ColumnElement[Any]] = {
    Tab.DUE: _F.c.expected_to,
    Tab.OVERDUE: _F.c.expected_to,
    Tab.FAILED: _F.c.failed_at,
    Tab.DONE: _F.c.done_at,
    Tab.THEIRS: _F.c.made_at,
}
_NEWEST_FIRST = frozenset((Tab.DONE, Tab.THEIRS))


def page(
    look: Connection, tab: Tab, day: date, zone: str, after: Place | None, most: int = PAGE
) -> RefundPage:
    """One page of a tab; `day` is today at the operator's, `after` the place of the last row that is known."""
    found = look.execute(page_query(tab, day, after, most + 1)).all()
    rows = tuple(_row(row, zone) for row in found[:most])
    counts = {one: _count(look, one, day) for one in COUNTED}
    return RefundPage(tab, rows, len(found) > most, counts, day)


def page_query(tab: Tab, day: date, after: Place | None, most: int) -> Select[Any]:
    """The rows of a page: their numbers from the tab's own index first, then what is told of each."""
    key, newest = (_SORTED[tab], _F.c.id), tab in _NEWEST_FIRST
    chosen = select(_F.c.id).where(_CONDITIONS[tab](day))
    if after is not None:
        here, there = tuple_(*key), tuple_(*after)
        chosen = chosen.where(here < there if newest else here > there)
    order = tuple(column.desc() for column in key) if newest else key
    ids = chosen.order_by(*order).limit(most).subquery("chosen")
    return _LISTED.join(ids, ids.c.id == _F.c.id).order_by(*order)


def one(look: Connection, refund_id: int, zone: str) -> RefundRow | None:
    """One refund as it stands now, None where there is none."""
    row = look.execute(_LISTED.where(_F.c.id == refund_id)).first()
    return _row(row, zone) if row is not None else None


def of_reservation(look: Connection, reservation_id: int, zone: str) -> tuple[RefundRow, ...]:
    """The refunds of one reservation, in the order they were promised."""
    asked = _LISTED.where(_F.c.reservation_id == reservation_id).order_by(_F.c.id)
    return tuple(_row(row, zone) for row in look.execute(asked))


def _count(look: Connection, tab: Tab, day: date) -> int:
    some = select(_F.c.id).where(_CONDITIONS[tab](day)).limit(MOST).subquery()
    return int(look.execute(select(func.count()).select_from(some)).scalar_one())


def _row(row: Any, zone: str) -> RefundRow:
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    return RefundRow(
        id=row.id,
        version=row.version,
        reservation_id=row.reservation_id,
        number=number_of(row.reservation_id),
        reference_there=row.reference_there,
        channel=row.channel,
        traveler=row.lead if seen else None,
        what=row.option or row.option_text or row.product or row.product_text or "",
        zone=row.zone or zone,
        amount=Money(row.amount_minor, row.currency),
        state=row.state,
        collector=row.collector,
        cause=row.cause,
        tier=row.tier,
        expected_from=row.expected_from,
        expected_to=row.expected_to,
        made_at=row.made_at,
        done_at=row.done_at,
        done_by=row.giver or "",
        method=row.method,
        reference=row.reference,
        failed_at=row.failed_at,
        trouble=row.trouble,
    )
