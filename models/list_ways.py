"""Chooses how the orders of each status are found for a list: by walking along its order, or by sorting the few.

A list is walked in its own order and ends with the page, which is quick where many belong to it. Where few do,
they are found by what they have in common and sorted: the orders of some days in the order of the other date
(`DATED`), those of a channel, a product or a payment by the index that holds each such group together
(`GROUPED`). A status that has none of them is left out. Counting ends as soon as there are many.

SQLite cannot weigh this up by itself; PostgreSQL can, and is left to it.
"""

from __future__ import annotations

import enum
import sys
import time
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Dialect, Select, Table, func, literal_column, select

from models.filters import AMONG, Quiet, as_it_is, departing, kinds, ordered
from models.payments import PaymentStatus
from models.reservations import Status
from models.rows import Filter, Sort
from models.tables import Channel, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


class Way(enum.Enum):
    """How the orders of one status are found."""

    WALKED = "walked"
    DATED = "dated"
    GROUPED = "grouped"


_MOST = {Way.DATED: 75_000, Way.GROUPED: 4_000}
"""So many of one status are sorted sooner than found by walking. The days of one date lie together in the order
of the other, so that a walk passes over everything before them; what a group holds is spread more evenly.
"""
_NO_END = sys.maxsize
_KNOWN_FOR_S, _KNOWN_DATES = 300, 100
_KNOWN: WeakKeyDictionary[Dialect, dict[Any, tuple[float, tuple[int, ...]]]] = WeakKeyDictionary()

Ways = tuple[tuple[Status, Way], ...]


def ways(look: Connection, wanted: Filter, zone: str) -> Ways:
    """The way for every status that has something to show."""
    every = tuple((status, Way.WALKED) for status in sorted(statuses_of(wanted)))
    if look.dialect.name != "sqlite" or is_few(wanted):
        return every
    dated, grouped = bool(_other_date(wanted, zone, as_it_is)), is_grouped(wanted)
    if not dated and not grouped:
        return every
    at, of_statuses = _other_date_only(wanted), tuple(status for status, _ in every)
    many = (_NO_END,) * len(every)
    by_date = _known(look, at, zone, of_statuses) if dated else many
    by_group = _counted(look, _groups_only(wanted), zone, of_statuses, Way.GROUPED) if grouped else many
    return tuple(
        (status, _best(of_date, of_group))
        for status, of_date, of_group in zip(of_statuses, by_date, by_group, strict=True)
        if of_group
    )


def _best(of_date: int, of_group: int) -> Way:
    """The way that has fewest to sort, unless all have many."""
    if of_group <= min(of_date, _MOST[Way.GROUPED]):
        return Way.GROUPED
    return Way.DATED if of_date <= _MOST[Way.DATED] else Way.WALKED


def statuses_of(wanted: Filter) -> frozenset[Status]:
    """The statuses in which there can be something."""
    every = wanted.statuses or frozenset(Status)
    return every & AMONG[wanted.needs] if wanted.needs in AMONG else every


def is_few(wanted: Filter) -> bool:
    """Whether what narrows the list leaves so few that they are sorted at once."""
    few = wanted.departure_id is not None or wanted.text.strip()
    return bool(few or (wanted.needs and wanted.needs not in AMONG))


def is_grouped(wanted: Filter) -> bool:
    """Whether a channel, a product or a payment narrows the list."""
    return bool(wanted.channels or wanted.product_id is not None or wanted.payment)


def in_groups(wanted: Filter) -> list[Any]:
    """The groups the list is of, each column named, so that the index of groups leads to them."""
    made: list[Any] = kinds(wanted)
    if wanted.payment is None:
        made.append(_R.c.payment.in_(sorted(PaymentStatus)))
    if not wanted.channels and wanted.product_id is not None:
        made.append(_R.c.channel.in_(select(Channel.key)))
    return made


def quietly(dialect: Dialect) -> Quiet:
    """Makes a column one whose index SQLite does not think of, and that it compares as it stands.

    A day it would take for a number, and try to read the other side as one for every row.
    """
    return _plus if dialect.name == "sqlite" else as_it_is


def _plus(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return literal_column(f"+reservations.{column.key}", type_=column.type)


def _other_date(wanted: Filter, zone: str, quiet_day: Quiet) -> list[Any]:
    """The days of that date which the list is not ordered by."""
    return departing(wanted, quiet_day=quiet_day) if wanted.sort is Sort.ORDERED else ordered(wanted, zone)


def _other_date_only(wanted: Filter) -> Filter:
    """What the question for the other date depends on, so that it is asked once for many lists."""
    if wanted.sort is Sort.ORDERED:
        return Filter(first_day=wanted.first_day, last_day=wanted.last_day, sort=wanted.sort)
    return Filter(ordered_first=wanted.ordered_first, ordered_last=wanted.ordered_last)


def _groups_only(wanted: Filter) -> Filter:
    return Filter(channels=wanted.channels, product_id=wanted.product_id, payment=wanted.payment)


def _known(look: Connection, at: Filter, zone: str, statuses: tuple[Status, ...]) -> tuple[int, ...]:
    """How many orders the days have, counted once in a while: it decides the way only, not what is shown."""
    kept, key, now = _KNOWN.setdefault(look.dialect, {}), (at, zone, statuses), time.monotonic()
    found = kept.get(key)
    if found is None or now - found[0] > _KNOWN_FOR_S:
        if len(kept) > _KNOWN_DATES:
            kept.clear()
        found = kept[key] = (now, _counted(look, at, zone, statuses, Way.DATED))
    return found[1]


def _counted(
    look: Connection, part: Filter, zone: str, statuses: tuple[Status, ...], way: Way
) -> tuple[int, ...]:
    driver: Any = look.connection.driver_connection
    asked = _counting(look.dialect, part, zone, statuses, way)
    return tuple(driver.execute(asked).fetchone())


@lru_cache(maxsize=64)
def _counting(dialect: Dialect, part: Filter, zone: str, statuses: tuple[Status, ...], way: Way) -> str:
    """How many of each status there are, counted as far as it matters, in one question."""
    where = in_groups(part) if way is Way.GROUPED else _other_date(part, zone, quietly(dialect))
    counts = []
    for status in statuses:
        some = select(_R.c.id).where(_R.c.status == status, *where).limit(_MOST[way] + 1)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return as_text(dialect, select(*counts))


def as_text(dialect: Dialect, asked: Select[Any]) -> str:
    """A question as the driver takes it."""
    return str(asked.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
