"""Tries waiting orders again after the products changed, and touches only those whose place is another one now.

Orders of an unknown product are looked at by what they are called, all with the same words at once: however
many wait, what nobody knows yet costs one look.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from sqlalchemy import Table, Text, cast, select

from controllers.desk import Work
from controllers.following import confirm_if_instant, merged_facts, replace_place
from controllers.placing import Place, Places
from controllers.reservations import take
from models.intake import Facts, order_of
from models.orders import Order
from models.products import UNKNOWN_PRODUCT
from models.reservations import Status
from models.tables import RawRow, Reservation
from models.tables.reservations import NOWHERE_MATCHED

_R: Table = Reservation.__table__  # type: ignore[assignment]
_W: Table = RawRow.__table__  # type: ignore[assignment]
_AT_ONCE = 400
_A_FEW = 4  # orders that find their place take some ten milliseconds each
_CALLED = (
    _R.c.channel,
    _W.c.via,
    cast(_W.c.facts["products"], Text).label("products"),
    cast(_W.c.facts["options"], Text).label("options"),
)
_COLUMNS = [
    _R.c[name]
    for name in "id version channel via reference unmatched product_id option_id ordered_at".split()
]

Found = tuple[Facts, Order, Place]


def rematch(where: Places, product_id: int | None = None) -> int:
    """How many waiting orders found their place; `product_id` says that only this product has changed."""
    ids = to_try(where, product_id)
    return sum(_try_some(where, ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))


def to_try(where: Places, product_id: int | None = None) -> list[int]:
    """The waiting orders that may have a place after a change of the products, or of this one."""
    return sorted({*_of_unknown_products(where), *_of_known_products(where.work, product_id)})


def rematch_for(where: Places, ids: Sequence[int], seconds: float) -> int:
    """Tries these orders until the time is over, but a few at least; how many it came to."""
    until, done = monotonic() + seconds, 0
    while done < len(ids) and (not done or monotonic() < until):
        _try_some(where, ids[done : done + _A_FEW])
        done += _A_FEW
    return done


def _try_some(where: Places, ids: Sequence[int]) -> int:
    return sum(_try(where, row, told) for row, told in _read(where.work, ids))


def _of_unknown_products(where: Places) -> Iterator[int]:
    """Orders whose product nobody knew, and that is known now."""
    unknown = (_R.c.unmatched == UNKNOWN_PRODUCT, NOWHERE_MATCHED)
    joined = _R.join(_W, (_W.c.reservation_id == _R.c.id) & _W.c.latest.is_(True))
    groups = select(*_CALLED).select_from(joined).where(*unknown).distinct()
    known = {tuple(row) for row in where.work.connection.execute(groups) if _is_known(where, row)}
    if known:
        each = select(_R.c.id, *_CALLED).select_from(joined).where(*unknown)
        for row in where.work.connection.execute(each):
            if tuple(row[1:]) in known:
                yield row.id


def _is_known(where: Places, row: Any) -> bool:
    sources = (row.via, row.channel) if row.via else (row.channel,)
    products, options = (tuple(json.loads(words or "null") or ()) for words in (row.products, row.options))
    return where.catalogue.match(sources, products, options, None, None).product is not None


def _of_known_products(work: Work, product_id: int | None) -> list[int]:
    """Orders that have a product of ours, and no departure of it."""
    asked = select(_R.c.id).where(_R.c.unmatched != UNKNOWN_PRODUCT, NOWHERE_MATCHED)
    if product_id is not None:
        asked = asked.where(_R.c.product_id == product_id)
    return list(work.connection.execute(asked).scalars())


def _read(work: Work, ids: Sequence[int]) -> Iterator[tuple[Any, list[Any]]]:
    """Each order with the latest word of every sender."""
    told: dict[int, list[Any]] = defaultdict(list)
    words = select(_W).where(_W.c.reservation_id.in_(ids), _W.c.latest.is_(True)).order_by(_W.c.id)
    for word in work.connection.execute(words):
        told[word.reservation_id].append(word)
    for row in work.connection.execute(select(*_COLUMNS).where(_R.c.id.in_(ids)).order_by(_R.c.id)).all():
        yield row, told[row.id]


def _try(where: Places, row: Any, told: list[Any]) -> bool:
    """Puts an order at its place, if that is another one than before; whether it has a place now."""
    work = where.work
    facts, order, place = _best_place(where, row, told)
    if _is_where_it_was(row, place):
        return False
    whole = take(work, row.id)
    if whole.version != row.version:  # somebody was quicker: look again, now that nobody else can change it
        ((row, told),) = _read(work, [row.id])
        facts, order, place = _best_place(where, row, told)
        if _is_where_it_was(row, place):
            return False
    replace_place(where, whole, order, place)
    work.record(f"reservation:{row.id}", "match", before=row.unmatched, after=place.unmatched)
    if not place.unmatched and whole.status is Status.UNCONFIRMED:
        confirm_if_instant(where, take(work, row.id), facts)
    return not place.unmatched


def _is_where_it_was(row: Any, place: Place) -> bool:
    product, option = place.match.product, place.match.option
    ours = (product.id if product else None, option.id if option else None)
    return (place.unmatched, *ours) == (row.unmatched, row.product_id, row.option_id)


def _best_place(where: Places, row: Any, told: list[Any]) -> Found:
    """The best place that any sender's word gives a reservation; its own channel's where none is known."""
    senders: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for word in told:
        senders[word.via, word.via_reference].append(word)
    found = [
        _placed(where, row, *sender, words)
        for sender, words in sorted(senders.items(), key=lambda one: (one[0][0] != row.via, one[0]))
    ]
    own = found[0]
    agreeing = [one for one in found if _agrees(one[2], own[2])]
    known = [one for one in agreeing if not one[2].unmatched]
    known = known or [one for one in agreeing if one[2].match.product]
    return (known or [own])[0]


def _placed(where: Places, row: Any, via: str, via_reference: str, words: list[Any]) -> Found:
    facts = merged_facts(words)
    order = order_of(
        facts, channel=row.channel, reference=row.reference, via=via, via_reference=via_reference
    )
    return facts, order, where.place(order, row.ordered_at)


def _agrees(place: Place, own: Place) -> bool:
    """Whether another sender's place contradicts nothing that the reservation's own sender tells."""
    same_day = own.departs_on in (None, place.departs_on)
    return same_day and own.departs_at in (None, place.departs_at)
