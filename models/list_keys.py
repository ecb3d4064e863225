"""Finds which reservations a list shows, in order: ids only, by short walks along an index.

A list of some statuses is walked status by status, each walk as long as one page, so that nothing between
is read; where a walk would be long, `models.list_ways` tells which orders are rather sorted at once. A plus
before a column keeps SQLite from choosing its index; PostgreSQL counts for itself what its columns hold.

People page through one list for a while, so its question is written once and then handed to the driver as it
is: putting it together takes SQLAlchemy ten times as long as the database takes to answer it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    literal_column,
    select,
    tuple_,
    union_all,
)

from models.filters import Quiet, as_it_is, departing, kinds, of_statuses, ordered, others, zone_of
from models.frozen import frozen
from models.list_found import keys_found
from models.list_ways import Way, Ways, as_text, in_groups, is_few, is_grouped, quietly, ways
from models.reservations import Status
from models.rows import Filter, Key, Sort
from models.search.narrowing import passing
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_AT_ONCE = 5_000
"""Ids fetched at once, so that the window gets its turn between."""
_OFTEN = frozenset((Status.CONFIRMED, Status.REDEEMED))
"""What most orders are: who walks past all of them meets many of these."""
_LITTLE = -1_000
"""So much of the file is kept while a whole list is read: a megabyte, as SQLite writes it."""


def page_keys(
    look: Connection, wanted: Filter, now: datetime, after: Key | None, limit: int
) -> list[tuple[datetime, int]]:
    """Instant and id of the first `limit` rows after a key."""
    zone = zone_of(look, wanted)
    how = ways(look, wanted, zone)
    if not how:
        return []
    if wanted.text.strip() and look.dialect.name == "sqlite":
        found = _typed(look, wanted, zone, now, after, limit)
        if found is not None:
            return found
    if wanted.text.strip() or wanted.needs:  # asked once, and never quite the same again
        walk = _Walk(look.dialect, wanted, zone, others(look, wanted, now), after)
        return [(row.at, row.id) for row in look.execute(walk.page(limit, how))]
    driver: Any = look.connection.driver_connection
    asked, places = _written(look.dialect, wanted, zone, after is not None, limit, how)
    told = (_told(look.dialect, after[0]), after[1]) * places if after else ()
    return [(_heard(at), i) for at, i in driver.execute(asked, told).fetchall()]


def _typed(
    look: Connection, wanted: Filter, zone: str, now: datetime, after: Key | None, limit: int
) -> list[tuple[datetime, int]] | None:
    """A page of whom a text finds, where many are found and little else narrows the list; else None.

    By departure the search index has the order. By order date the walk along that index meets a common name soon.
    """
    if wanted.sort is Sort.DEPARTURE:
        return keys_found(look, wanted, now, after, limit)
    rest = replace(wanted, text="")
    if is_few(rest) or is_grouped(rest) or _is_dated(rest) or (_OFTEN - (rest.statuses or _OFTEN)):
        return None
    met = passing(look, wanted.text)
    if met is None:
        return None
    walk = _Walk(look.dialect, rest, zone, [*others(look, rest, now), met], after)
    quiet = [quietly(look.dialect)(_R.c.status).in_(sorted(rest.statuses))] if rest.statuses else []
    return [(row.at, row.id) for row in look.execute(walk.along().where(*quiet).limit(limit))]


def all_ids(look: Connection, wanted: Filter, now: datetime) -> array[int]:
    """Every id a list shows, in order. The numbers alone: a million of them are eight megabytes."""
    walk = _Walk(look.dialect, wanted, zone_of(look, wanted), others(look, wanted, now), None)
    asked = walk.dated() if walk.is_narrowed else walk.along()
    asked = asked.where(*of_statuses(wanted)).with_only_columns(_R.c.id)
    ids = array("q")
    for some in _numbers(look, asked):
        ids.extend(some)
    return ids


def _numbers(look: Connection, asked: Select[Any]) -> Iterator[list[int]]:
    """Some thousand at a time, so that the window gets its turn between.

    On SQLite from the driver itself: to make a row of each costs SQLAlchemy three times what finding it does. What
    is read once, from end to end, shall not fill the memory that is kept for what is read again and again.
    """
    if look.dialect.name != "sqlite":
        found = look.execute(asked.execution_options(yield_per=_AT_ONCE))
        yield from (list(some) for some in found.scalars().partitions())
        return
    driver: Any = look.connection.driver_connection
    (usual,) = driver.execute("PRAGMA cache_size").fetchone()
    driver.execute(f"PRAGMA cache_size={_LITTLE}")
    try:
        cursor: Any = look.execute(asked).cursor
        while some := cursor.fetchmany(_AT_ONCE):
            yield [number for (number,) in some]
    finally:
        driver.execute(f"PRAGMA cache_size={usual}")


@frozen
class _Walk:
    """The ways to walk a list from a key on; the key stands there as `after`, or as two marks to be filled."""

    dialect: Dialect
    wanted: Filter
    zone: str
    where: list[Any]
    after: Any

    @property
    def at(self) -> ColumnElement[Any]:
        """What the list is ordered by."""
        return _R.c.ordered_at if self.wanted.sort is Sort.ORDERED else _R.c.sort_at

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves anything out."""
        wanted = self.wanted
        return bool(self.where or is_grouped(wanted) or _is_dated(wanted) or wanted.statuses)

    def page(self, limit: int, how: Ways) -> Select[Any]:
        """The first rows after the key, each status found its own way."""
        if is_few(self.wanted):
            return self.dated().where(*of_statuses(self.wanted)).limit(limit)
        if not self.is_narrowed:
            return self.along().limit(limit)
        by_way = {Way.WALKED: self.along, Way.DATED: self.dated, Way.GROUPED: self.grouped}
        parts = [
            select(by_way[way]().where(_R.c.status == status).limit(limit).subquery()) for status, way in how
        ]
        found = union_all(*parts).subquery("found")
        return _in_order(self.wanted, found).limit(limit)

    def along(self) -> Select[Any]:
        """Along the index that has the order, passing over what the list does not show."""
        by_order = self.wanted.sort is Sort.ORDERED
        days = departing(self.wanted, quiet=self._quiet if by_order else as_it_is, quiet_day=self._quiet)
        orders = ordered(self.wanted, self.zone, quiet=as_it_is if by_order else self._quiet)
        return self._from(self.at).where(*days, *orders, *self._kinds)

    def dated(self) -> Select[Any]:
        """All that the list shows, by its days or whatever else finds it, and then in order."""
        days = (*departing(self.wanted, quiet_day=self._quiet), *ordered(self.wanted, self.zone))
        return self._from(self._quiet(self.at)).where(*days, *self._kinds)

    def grouped(self) -> Select[Any]:
        """All that the list shows, by the index that holds its groups together, and then in order."""
        days = departing(self.wanted, quiet=self._quiet, quiet_day=self._quiet)
        orders = ordered(self.wanted, self.zone, quiet=self._quiet)
        return self._from(self._quiet(self.at)).where(*days, *orders, *in_groups(self.wanted))

    @property
    def _kinds(self) -> list[Any]:
        return kinds(self.wanted, quiet=self._quiet)

    @property
    def _quiet(self) -> Quiet:
        return quietly(self.dialect)

    def _from(self, at: ColumnElement[Any]) -> Select[Any]:
        asked = select(at.label("at"), _R.c.id).where(*self.where)
        if self.after is not None:
            key = tuple_(at, _R.c.id)
            asked = asked.where(key < self.after if self.wanted.newest_first else key > self.after)
        if self.wanted.newest_first:
            return asked.order_by(at.desc(), _R.c.id.desc())
        return asked.order_by(at, _R.c.id)


# --- questions written once ---------------------------------------------------------------------


@lru_cache(maxsize=256)
def _written(
    dialect: Dialect, wanted: Filter, zone: str, has_key: bool, limit: int, how: Ways
) -> tuple[str, int]:
    """A page's question as the driver takes it, and how often the key stands in it."""
    key = tuple_(*map(literal_column, _KEY)) if has_key else None
    walk = _Walk(dialect, wanted, zone, others(None, wanted, _NEVER), key)
    asked = as_text(dialect, walk.page(limit, how))
    places = asked.count(_KEY[0])
    mark = "?" if dialect.name == "sqlite" else "%s"
    for name in _KEY:
        asked = asked.replace(name, mark)
    return asked, places


def _told(dialect: Dialect, at: datetime) -> Any:
    """An instant as the driver takes it."""
    if dialect.name != "sqlite":
        return at
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _heard(at: Any) -> datetime:
    """An instant as the driver gives it."""
    return datetime.fromisoformat(at + "+00:00") if isinstance(at, str) else at.astimezone(UTC)


_KEY = ("the_key_at", "the_key_id")
_NEVER = datetime.min.replace(tzinfo=UTC)


def _is_dated(wanted: Filter) -> bool:
    return any((wanted.first_day, wanted.last_day, wanted.ordered_first, wanted.ordered_last))


def _in_order(wanted: Filter, found: Any) -> Select[Any]:
    asked = select(found.c.at, found.c.id)
    if wanted.newest_first:
        return asked.order_by(found.c.at.desc(), found.c.id.desc())
    return asked.order_by(found.c.at, found.c.id)
