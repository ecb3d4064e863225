"""Teaches what a channel's words mean, and puts the orders that waited for it at their places.

Thousands may have waited. They are placed in short transactions of a few each, so that other counters get in
between. What was learned is kept first: whoever breaks off finds the rest still waiting, and may say it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from time import sleep

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from controllers.desk import Desk, Work
from controllers.meanwhile import last_hand
from controllers.placing import places
from controllers.rematching import rematch_for, to_try
from controllers.reservations import is_manager
from controllers.rights import needs
from models.catalogue import catalogue
from models.frozen import frozen
from models.mapping import (
    Group,
    GroupDetails,
    GroupKey,
    group_details,
    groups,
    names_option,
    of_group,
    product_meant,
    spelled,
)
from models.products import Catalogue
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Reservation, Spelling
from models.tables.reservations import NOWHERE_MATCHED

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = Spelling.__table__  # type: ignore[assignment]
AT_MOST_S = 0.05
"""So long orders are placed in one transaction."""
PAUSE_S = 0.01
"""So long nobody writes between two; a counter that waits for its turn looks every few milliseconds."""


@frozen
class Unmatched:
    """Every group of orders that fit nothing, and all that they could mean."""

    groups: tuple[Group, ...]
    catalogue: Catalogue
    now: datetime
    zone: str
    may_change: bool


@frozen
class Mapped:
    """How many orders of a group found their place, and how many still have none, by the reason."""

    placed: int
    left: tuple[tuple[str, int], ...]


@needs(Right.LOOK)
def see_unmatched_groups(*, desk: Desk) -> Unmatched:
    """What waits to be given a meaning."""
    with desk.reading() as look:
        now = desk.now()
        return Unmatched(groups(look, now), catalogue(look), now, desk.operator(look).zone, is_manager(desk))


@needs(Right.LOOK)
def see_group(key: GroupKey, *, desk: Desk) -> GroupDetails:
    """One group, closer."""
    with desk.reading() as look:
        return group_details(look, key)


@needs(Right.CATALOGUE)
def map_orders(
    key: GroupKey,
    *,
    product_id: int,
    option_id: int | None = None,
    units: Mapping[str, int] | None = None,
    desk: Desk,
    seen: Catalogue | None = None,
) -> Mapped:
    """Keeps what the words of a group mean here, and tries its orders (and whatever else this fits) again.

    `units` says for a word which unit it means. Raises CannotDo("nothing-to-name") for orders whose channel
    tells neither product nor option, and ("mapped-meanwhile") where somebody else has taught these words another
    product since the catalogue was `seen`.
    """
    with desk.work() as work:
        if seen is not None:
            _refuse_overwriting(work, key, product_id, seen)
        waiting = list(work.connection.execute(of_group(select(_R.c.id), key)).scalars())
        kept = _teach(work, key, product_id, option_id, units or {})
        trying = to_try(places(work), product_id)
        work.record(f"product:{product_id}", "map", source=key.source, kept=kept, orders=len(waiting))
        work.changed.add("products")
    while trying:
        trying = trying[_place_some(desk, trying) :]
        sleep(PAUSE_S)
    with desk.reading() as look:
        left = _still_waiting(look, waiting)
    return Mapped(len(waiting) - sum(count for _, count in left), left)


def _refuse_overwriting(work: Work, key: GroupKey, product_id: int, seen: Catalogue) -> None:
    """What somebody else taught is not taught anew by whoever has not seen it."""
    known = catalogue(work.connection)
    meant = product_meant(known, key)
    if meant is None or meant in (product_id, product_meant(seen, key)):
        return
    who, counter = last_hand(work.connection, f"product:{meant}", ("map", "product"))
    raise CannotDo("mapped-meanwhile", who=who, counter=counter, product=known.product(meant).name)


def _place_some(desk: Desk, ids: list[int]) -> int:
    """One transaction's worth of orders; how many were tried."""
    with desk.work() as work:
        work.changed.update(("reservations", "departures"))
        return rematch_for(places(work), ids, AT_MOST_S)


def _teach(
    work: Work, key: GroupKey, product_id: int, option_id: int | None, units: Mapping[str, int]
) -> list[str]:
    """Writes the spellings that are missing; what kinds of words were learned."""
    known = catalogue(work.connection)
    try:
        product = known.product(product_id)
    except KeyError:
        raise CannotDo("not-found", reference=product_id) from None
    option = next((one for one in product.options if one.id == option_id), None)
    if option_id is not None and option is None:
        raise CannotDo("not-found", reference=option_id)
    if not key.product_text and not (key.option_text and option):
        raise CannotDo("nothing-to-name")
    learned = []
    if key.product_text and product_meant(known, key) != product_id:
        _spell(work, key, key.product_text, product_id)
        learned.append("product")
    if option is not None and not names_option(product, option, key):
        _spell(work, key, key.option_text or key.product_text, product_id, option.id)
        learned.append("option")
    for word, unit_id in sorted(units.items()):
        if option is None or unit_id not in {unit.id for unit in option.units}:
            raise CannotDo("not-found", reference=unit_id)
        _spell(work, key, word, product_id, option.id, unit_id)
        learned.append("unit")
    return learned


def _spell(
    work: Work,
    key: GroupKey,
    words: str,
    product_id: int,
    option_id: int | None = None,
    unit_id: int | None = None,
) -> None:
    """One meaning for a source's words: what they meant before, they mean no more."""
    row = {"source": key.source, "name": spelled(words)}
    of: list[ColumnElement[bool]] = [_S.c.source == row["source"], _S.c.name == row["name"]]
    if unit_id is not None:
        of += [_S.c.option_id == option_id, _S.c.unit_id.is_not(None)]
    elif option_id is not None:
        of += [_S.c.product_id == product_id, _S.c.option_id.is_not(None), _S.c.unit_id.is_(None)]
    else:
        of += [_S.c.option_id.is_(None)]
    work.connection.execute(delete(_S).where(*of))
    told = {"product_id": product_id, "option_id": option_id, "unit_id": unit_id}
    work.connection.execute(insert(_S), {**row, **told})


def _still_waiting(look: Connection, ids: list[int]) -> tuple[tuple[str, int], ...]:
    left: dict[str, int] = {}
    for start in range(0, len(ids), 500):
        asked = select(_R.c.unmatched, func.count()).where(
            _R.c.id.in_(ids[start : start + 500]), NOWHERE_MATCHED
        )
        for reason, count in look.execute(asked.group_by(_R.c.unmatched)):
            left[reason] = left.get(reason, 0) + count
    return tuple(sorted(left.items()))
