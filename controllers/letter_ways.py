"""Keeps which letters of a product go by themselves, and where its comments are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from controllers.desk import Desk
from controllers.rights import needs
from models.frozen import frozen
from models.letters import BY_HAND, checked_address, goes_by_itself
from models.outbox import Letter
from models.refusals import CannotDo
from models.rights import Right, may
from models.tables import LetterWay, Product

HOUSE = 0
"""Stands for every product that says nothing itself."""


@frozen
class Ways:
    """What was switched, by product; a product that says nothing does as the house does."""

    switched: Mapping[int, Mapping[str, object]] = field(default_factory=dict)

    def go(self, kind: Letter, product_id: int | None) -> bool:
        """Whether this letter of a product goes by itself. Messages of staff and notices always do."""
        if kind not in BY_HAND:
            return True
        told = {**self.switched.get(HOUSE, {}), **self.switched.get(product_id or HOUSE, {})}
        return goes_by_itself(kind, told)


@frozen
class WaysPage:
    """The switches of one product (or of the house), and what the house does where it says nothing."""

    product_id: int
    switches: Mapping[str, bool]
    house: Mapping[str, bool]
    review_address: str
    version: int
    may_change: bool = True

    def goes(self, kind: Letter) -> bool:
        """Whether this letter goes by itself."""
        return goes_by_itself(kind, {**self.house, **self.switches})


def ways(look: Connection) -> Ways:
    """Every switch that was moved; few rows, read within the transaction that queues letters."""
    rows = look.execute(select(LetterWay.product_id, LetterWay.switches))
    return Ways({row.product_id: row.switches for row in rows if isinstance(row.switches, dict)})


@needs(Right.LOOK)
def see_ways(product_id: int, *, desk: Desk) -> WaysPage:
    """The switches of a product; 0 for the house's."""
    with desk.reading() as look:
        return replace(_page(look, product_id), may_change=may(desk.actor.role, Right.ROUTES))


@needs(Right.ROUTES)
def keep_ways(
    product_id: int,
    switches: Mapping[str, bool],
    review_address: str,
    *,
    desk: Desk,
    seen: int | None = None,
) -> WaysPage:
    """From now on these letters go by themselves. Waiting ones stay.

    Raises CannotDo("letters-kept-meanwhile") where somebody else changed it since version `seen`, and
    ("review-address-wrong").
    """
    address = checked_address(review_address)
    known = {kind.value for kind in BY_HAND}
    told = {name: bool(on) for name, on in switches.items() if name in known}
    with desk.work() as work:
        look = work.connection
        if product_id != HOUSE and look.execute(_named(product_id)).scalar() is None:
            raise CannotDo("letter-product-gone")
        before = _page(look, product_id)
        if seen is not None and before.version != seen:
            raise CannotDo("letters-kept-meanwhile")
        values: dict[str, Any] = {"switches": told, "review_address": address, "version": before.version + 1}
        where = (LetterWay.product_id == product_id, LetterWay.version == before.version)
        if before.version and not look.execute(update(LetterWay).where(*where).values(**values)).rowcount:
            raise CannotDo("letters-kept-meanwhile")
        if not before.version:
            _insert(look, {"product_id": product_id, **values})
        moved = sorted(n for n in known if told.get(n) != before.switches.get(n))
        work.record(_subject(product_id), "letter-ways", letters=moved)
        work.changed.add("letter-ways")
        return _page(look, product_id)


def _insert(look: Connection, row: dict[str, Any]) -> None:
    """Somebody at another counter may move the first switch of a product in the same moment."""
    try:
        look.execute(insert(LetterWay), row)
    except IntegrityError as error:
        raise CannotDo("letters-kept-meanwhile") from error


def _named(product_id: int) -> Any:
    return select(Product.id).where(Product.id == product_id)


def _subject(product_id: int) -> str:
    return f"product:{product_id}" if product_id else "operator:1"


def _page(look: Connection, product_id: int) -> WaysPage:
    asked = select(LetterWay).where(LetterWay.product_id.in_({product_id, HOUSE}))
    rows = {row.product_id: row for row in look.execute(asked)}
    row, house = rows.get(product_id), rows.get(HOUSE)
    return WaysPage(
        product_id,
        dict(row.switches) if row is not None else {},
        dict(house.switches) if house is not None else {},
        row.review_address if row is not None else "",
        row.version if row is not None else 0,
    )
