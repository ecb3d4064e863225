"""Orders that fit no departure of ours, gathered by what their channel calls what was booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, Table, case, func, select

from models.filters import UNMATCHED
from models.frozen import frozen
from models.products import Catalogue, OptionFacts, ProductFacts, folded, option_meant, unit_meant
from models.references import number_of
from models.tables import Option, Product, Reservation, ReservationLine

_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST_DAYS, _A_FEW, _SOME = 60, 5, 500


@frozen
class GroupKey:
    """What a group of orders has in common: who sent them, the words, why they fit nothing, and what is known."""

    channel: str
    via: str
    product_text: str
    option_text: str
    reason: str
    product_id: int | None
    option_id: int | None

    @property
    def source(self) -> str:
        """Whose words these are: the sender's, else the channel's."""
        return self.via or self.channel

    @property
    def sources(self) -> tuple[str, ...]:
        """Both, the most telling first, as the catalogue is asked."""
        return (self.via, self.channel) if self.via else (self.channel,)


@frozen
class Group:
    """One group: how many orders and heads, and when the next of them departs."""

    key: GroupKey
    product: str
    option: str
    orders: int
    heads: int
    next_at: datetime | None
    zone: str


@frozen
class WantedDeparture:
    """A departure that orders of a group were made for: its local day, its time where it is told, how many."""

    day: date
    starts: time | None
    orders: int
    heads: int


@frozen
class GroupDetails:
    """What deciding about a group needs: its units, its departures, and some of its orders."""

    key: GroupKey
    units: tuple[tuple[str, int], ...]
    departures: tuple[WantedDeparture, ...]
    numbers: tuple[str, ...]


_KEY = (
    _R.c.channel,
    _R.c.via,
    _R.c.product_text,
    _R.c.option_text,
    _R.c.unmatched,
    _R.c.product_id,
    _R.c.option_id,
)

_NEVER: dict[str, Any] = {column.name: -1 if column.name.endswith("_id") else "" for column in _KEY}


def groups(look: Connection, now: datetime) -> tuple[Group, ...]:
    """Every group with living orders, the one whose next departure is nearest first."""
    coming = func.min(case((_R.c.sort_at >= now, _R.c.sort_at)))
    asked = (
        select(
            *_KEY,
            Product.name.label("product"),
            Option.name.label("option"),
            func.count().label("orders"),
            func.sum(_R.c.heads).label("heads"),
            coming.label("next_at"),
            func.max(_R.c.zone).label("zone"),
        )
        .select_from(_R)
        .outerjoin(Product, Product.id == _R.c.product_id)
        .outerjoin(Option, Option.id == _R.c.option_id)
        .where(*UNMATCHED)
        .group_by(*_KEY, Product.name, Option.name)
    )
    found = [_group(row) for row in look.execute(asked)]
    return tuple(
        sorted(found, key=lambda group: (group.next_at is None, group.next_at or now, -group.orders))
    )


def group_details(look: Connection, key: GroupKey) -> GroupDetails:
    """One group, closer. Its orders are walked once; the words for travelers are read from some of them."""
    columns = (_R.c.id, _R.c.departs_on, _R.c.departs_at, _R.c.zone, _R.c.heads)
    rows = look.execute(of_group(select(*columns), key).order_by(_R.c.id)).all()
    ids = [row.id for row in rows[:_SOME]]
    units = (
        select(ReservationLine.unit, func.count(ReservationLine.reservation_id.distinct()))
        .where(ReservationLine.reservation_id.in_(ids), ReservationLine.unit != "")
        .group_by(ReservationLine.unit)
        .order_by(func.count().desc(), ReservationLine.unit)
    )
    return GroupDetails(
        key,
        tuple((row[0], row[1]) for row in look.execute(units)),
        _departures(rows),
        tuple(number_of(one) for one in ids[:_A_FEW]),
    )


def _departures(rows: Sequence[Any]) -> tuple[WantedDeparture, ...]:
    """The departures of some orders, by day and time."""
    found: dict[tuple[date, time | None], list[int]] = defaultdict(list)
    for row in rows:
        if row.departs_on is not None:
            at = row.departs_at.astimezone(ZoneInfo(row.zone or "UTC")).time() if row.departs_at else None
            found[row.departs_on, at].append(row.heads)
    some = sorted(found, key=lambda one: (one[0], one[1] or time()))[:_MOST_DAYS]
    return tuple(WantedDeparture(*one, len(found[one]), sum(found[one])) for one in some)


def of_group(asked: Select[Any], key: GroupKey) -> Select[Any]:
    """A question narrowed to the living orders of a group."""
    told = (
        key.channel,
        key.via,
        key.product_text,
        key.option_text,
        key.reason,
        key.product_id,
        key.option_id,
    )
    for column, value in zip(_KEY, told, strict=True):
        # Not by an index of its own: that of the orders without a place has a few, any other has very many.
        asked = asked.where(
            column.is_(None) if value is None else func.coalesce(column, _NEVER[column.name]) == value
        )
    return asked.where(*UNMATCHED)


def unknown_units(option: OptionFacts, key: GroupKey, units: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Those words for travelers that mean no unit of this option yet."""
    return tuple(word for word, _count in units if unit_meant(option, key.sources, word) is None)


def product_meant(products: Catalogue, key: GroupKey) -> int | None:
    """The product that a group's words mean by name alone."""
    match = products.match(key.sources, (key.product_text,), _options(key), None, None)
    return match.product.id if match.product else None


def names_option(product: ProductFacts, option: OptionFacts, key: GroupKey) -> bool:
    """Whether a group's words name this option of a product already."""
    return option_meant(product, key.sources, (key.product_text,), _options(key), None, None) == option


def _options(key: GroupKey) -> tuple[str, ...]:
    return (key.option_text,) if key.option_text else ()


def _group(row: Any) -> Group:
    key = GroupKey(
        row.channel, row.via, row.product_text, row.option_text, row.unmatched, row.product_id, row.option_id
    )
    return Group(
        key,
        row.product or "",
        row.option or "",
        int(row.orders),
        int(row.heads or 0),
        row.next_at,
        row.zone or "UTC",
    )


def spelled(text: str) -> str:
    """A channel's words as the spellings keep them."""
    return folded(text)[:400]
