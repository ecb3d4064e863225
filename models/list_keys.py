"""Finds which reservations a list shows, in order: ids only, by short walks along an index.

A list of some statuses is walked status by status, each walk as long as one page, so that nothing between
is read. Where a list is ordered by one date and narrowed by the other, SQLite cannot tell which index is the
better one: a short range is read whole and sorted, along a long one the order is walked. A plus before a
column keeps SQLite from choosing its index; PostgreSQL counts for itself what its columns hold.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from models.filters import AMONG, departing, of_statuses, ordered, others
from models.reservations import Status
from models.rows import Filter, Key, Sort
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_AT_ONCE = 5_000
"""Ids fetched at once, so that the window gets its turn between."""
_SOON_SORTED = 30_000
"""So many of one status are sorted sooner than found by walking."""


def page_keys(
    look: Connection, wanted: Filter, now: datetime, after: Key | None, limit: int
) -> list[tuple[datetime, int]]:
    """Instant and id of the first `limit` rows after a key."""
    walk = _Walk(look, wanted, others(look, wanted, now), after)
    if _is_few(wanted):
        asked = walk.sorted().where(*of_statuses(wanted)).limit(limit)
    elif not (walk.where or walk.departing or walk.ordered or wanted.statuses):
        asked = walk.along().limit(limit)
    else:
        parts = [
            select(walk.of_status(status).limit(limit).subquery()) for status in sorted(_statuses(wanted))
        ]
        asked = _in_order(wanted, union_all(*parts).subquery("found")).limit(limit)
    return [(row.at, row.id) for row in look.execute(asked)]


def all_ids(look: Connection, wanted: Filter, now: datetime) -> array[int]:
    """Every id a list shows, in order. The numbers alone: a million of them are eight megabytes."""
    walk = _Walk(look, wanted, others(look, wanted, now), None)
    narrowed = walk.where or walk.departing or walk.ordered or wanted.statuses
    asked = walk.sorted() if narrowed else walk.along()
    found = asked.where(*of_statuses(wanted)).execution_options(yield_per=_AT_ONCE)
    ids = array("q")
    for some in look.execute(found).partitions():
        ids.extend([row[1] for row in some])
    return ids


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways to walk a list from a key on."""

    look: Connection
    wanted: Filter
    where: list[Any]
    after: Key | None

    @property
    def at(self) -> ColumnElement[Any]:
        """What the list is ordered by."""
        return _R.c.ordered_at if self.wanted.sort is Sort.ORDERED else _R.c.sort_at

    @property
    def departing(self) -> list[Any]:
        """The days of departure it is narrowed to."""
        return departing(self.wanted)

    @property
    def ordered(self) -> list[Any]:
        """The days of ordering it is narrowed to."""
        return ordered(self.look, self.wanted)

    def along(self) -> Select[Any]:
        """Along the index that has the order, passing over what the list does not show."""
        other = self._is_by_order()
        days = departing(self.wanted, quiet=self._quiet if other else _as_it_is)
        orders = ordered(self.look, self.wanted, quiet=_as_it_is if other else self._quiet)
        return self._from(self.at).where(*days, *orders)

    def sorted(self) -> Select[Any]:
        """All that the list shows, by whichever index finds it, and then in order."""
        return self._from(self._quiet(self.at)).where(*self.departing, *self.ordered)

    def of_status(self, status: Status) -> Select[Any]:
        """The part of one status, the way that is shorter."""
        short = self._crosses and self._is_short(status)
        return (self.sorted() if short else self.along()).where(_R.c.status == status)

    @property
    def _crosses(self) -> bool:
        """Whether it is ordered by one date and narrowed by the other."""
        return bool(self.departing if self._is_by_order() else self.ordered)

    def _is_short(self, status: Status) -> bool:
        if self.look.dialect.name != "sqlite":
            return False
        other = self.departing if self._is_by_order() else self.ordered
        some = select(_R.c.id).where(_R.c.status == status, *other).limit(_SOON_SORTED + 1)
        found = self.look.execute(select(func.count()).select_from(some.subquery())).scalar_one()
        return int(found) <= _SOON_SORTED

    def _is_by_order(self) -> bool:
        return self.wanted.sort is Sort.ORDERED

    def _quiet(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The same column, whose index SQLite does not think of."""
        if self.look.dialect.name != "sqlite":
            return column
        return literal_column(f"+reservations.{column.key}", type_=column.type)

    def _from(self, at: ColumnElement[Any]) -> Select[Any]:
        asked = select(at.label("at"), _R.c.id).where(*self.where)
        if self.after is not None:
            key = tuple_(at, _R.c.id)
            asked = asked.where(key < self.after if self.wanted.newest_first else key > self.after)
        if self.wanted.newest_first:
            return asked.order_by(at.desc(), _R.c.id.desc())
        return asked.order_by(at, _R.c.id)


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def _is_few(wanted: Filter) -> bool:
    """Whether what narrows the list leaves so few that they are sorted at once."""
    few = wanted.departure_id is not None or wanted.claimed_by is not None or wanted.text.strip()
    return bool(few or (wanted.needs and wanted.needs not in AMONG))


def _statuses(wanted: Filter) -> Iterable[Status]:
    """The statuses worth a walk."""
    every = wanted.statuses or frozenset(Status)
    return every & AMONG[wanted.needs] if wanted.needs in AMONG else every


def _in_order(wanted: Filter, found: Any) -> Select[Any]:
    asked = select(found.c.at, found.c.id)
    if wanted.newest_first:
        return asked.order_by(found.c.at.desc(), found.c.id.desc())
    return asked.order_by(found.c.at, found.c.id)
