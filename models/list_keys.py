"""Finds which reservations a list shows, in order: ids only, by short walks along an index.

A list of some statuses is walked status by status, each walk as long as one page, so that nothing between
is read. Where a list is ordered by one date and narrowed by the other, SQLite cannot tell which index is the
better one: a short range is read whole and sorted, along a long one the order is walked. A plus before a
column keeps SQLite from choosing its index; PostgreSQL counts for itself what its columns hold.

People page through one list for a while, so its question is written once and then handed to the driver as it
is: putting it together takes SQLAlchemy ten times as long as the database takes to answer it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from models.filters import AMONG, departing, of_statuses, ordered, others, zone_of
from models.reservations import Status
from models.rows import Filter, Key, Sort
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_AT_ONCE = 5_000
"""Ids fetched at once, so that the window gets its turn between."""
_LITTLE = -1_000
"""So much of the file is kept while a whole list is read: a megabyte, as SQLite writes it."""
_SOON_SORTED = 30_000
"""So many of one status are sorted sooner than found by walking."""


def page_keys(
    look: Connection, wanted: Filter, now: datetime, after: Key | None, limit: int
) -> list[tuple[datetime, int]]:
    """Instant and id of the first `limit` rows after a key."""
    zone = zone_of(look, wanted)
    if wanted.text.strip() or wanted.needs:  # asked once, and never quite the same again
        walk = _Walk(look.dialect, wanted, zone, others(look, wanted, now), after)
        return [(row.at, row.id) for row in look.execute(walk.page(limit, _short(look, wanted, zone)))]
    driver: Any = look.connection.driver_connection
    short = _short(look, wanted, zone)
    asked, places = _written(look.dialect, wanted, zone, after is not None, limit, short)
    told = (_told(look.dialect, after[0]), after[1]) * places if after else ()
    return [(_heard(at), i) for at, i in driver.execute(asked, told).fetchall()]


def all_ids(look: Connection, wanted: Filter, now: datetime) -> array[int]:
    """Every id a list shows, in order. The numbers alone: a million of them are eight megabytes."""
    walk = _Walk(look.dialect, wanted, zone_of(look, wanted), others(look, wanted, now), None)
    asked = walk.sorted() if walk.is_narrowed else walk.along()
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


@dataclass(frozen=True, slots=True)
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
        return bool(self.where or _is_dated(self.wanted) or self.wanted.statuses)

    def page(self, limit: int, short: frozenset[Status]) -> Select[Any]:
        """The first rows after the key; the statuses in `short` are sorted, along the others it walks."""
        if _is_few(self.wanted):
            return self.sorted().where(*of_statuses(self.wanted)).limit(limit)
        if not self.is_narrowed:
            return self.along().limit(limit)
        parts = [
            select(
                (self.sorted() if status in short else self.along())
                .where(_R.c.status == status)
                .limit(limit)
                .subquery()
            )
            for status in sorted(_statuses(self.wanted))
        ]
        found = union_all(*parts).subquery("found")
        return _in_order(self.wanted, found).limit(limit)

    def along(self) -> Select[Any]:
        """Along the index that has the order, passing over what the list does not show."""
        by_order = self.wanted.sort is Sort.ORDERED
        days = departing(self.wanted, quiet=self._quiet if by_order else _as_it_is)
        orders = ordered(self.wanted, self.zone, quiet=_as_it_is if by_order else self._quiet)
        return self._from(self.at).where(*days, *orders)

    def sorted(self) -> Select[Any]:
        """All that the list shows, by whichever index finds it, and then in order."""
        return self._from(self._quiet(self.at)).where(
            *departing(self.wanted), *ordered(self.wanted, self.zone)
        )

    def _quiet(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The same column, whose index SQLite does not think of."""
        if self.dialect.name != "sqlite":
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


# --- questions written once ---------------------------------------------------------------------


@lru_cache(maxsize=256)
def _written(
    dialect: Dialect, wanted: Filter, zone: str, has_key: bool, limit: int, short: frozenset[Status]
) -> tuple[str, int]:
    """A page's question as the driver takes it, and how often the key stands in it."""
    key = tuple_(*map(literal_column, _KEY)) if has_key else None
    walk = _Walk(dialect, wanted, zone, others(None, wanted, _NEVER), key)
    asked = _as_text(dialect, walk.page(limit, short))
    places = asked.count(_KEY[0])
    mark = "?" if dialect.name == "sqlite" else "%s"
    for name in _KEY:
        asked = asked.replace(name, mark)
    return asked, places


@lru_cache(maxsize=64)
def _counting(dialect: Dialect, wanted: Filter, zone: str) -> tuple[str, tuple[Status, ...]]:
    """How many of each status the other date leaves, counted as far as it matters, in one question."""
    other = departing(wanted) if wanted.sort is Sort.ORDERED else ordered(wanted, zone)
    statuses = tuple(sorted(_statuses(wanted)))
    counts = []
    for status in statuses:
        some = select(_R.c.id).where(_R.c.status == status, *other).limit(_SOON_SORTED + 1)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return _as_text(dialect, select(*counts)), statuses


def _short(look: Connection, wanted: Filter, zone: str) -> frozenset[Status]:
    """The statuses of which the other date leaves so few that they are sorted at once."""
    crosses = departing(wanted) if wanted.sort is Sort.ORDERED else ordered(wanted, zone)
    if look.dialect.name != "sqlite" or not crosses or _is_few(wanted):
        return frozenset()
    dates = Filter(
        statuses=wanted.statuses,
        needs=wanted.needs,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        ordered_first=wanted.ordered_first,
        ordered_last=wanted.ordered_last,
        sort=wanted.sort,
    )
    asked, statuses = _counting(look.dialect, dates, zone)
    driver: Any = look.connection.driver_connection
    counts = driver.execute(asked).fetchone()
    return frozenset(status for status, n in zip(statuses, counts, strict=True) if n <= _SOON_SORTED)


def _as_text(dialect: Dialect, asked: Select[Any]) -> str:
    return str(asked.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


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


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def _is_dated(wanted: Filter) -> bool:
    return any((wanted.first_day, wanted.last_day, wanted.ordered_first, wanted.ordered_last))


def _is_few(wanted: Filter) -> bool:
    """Whether what narrows the list leaves so few that they are sorted at once."""
    few = wanted.departure_id is not None or wanted.text.strip()
    return bool(few or (wanted.needs and wanted.needs not in AMONG))


def _statuses(wanted: Filter) -> frozenset[Status]:
    """The statuses worth a walk."""
    every = wanted.statuses or frozenset(Status)
    return every & AMONG[wanted.needs] if wanted.needs in AMONG else every


def _in_order(wanted: Filter, found: Any) -> Select[Any]:
    asked = select(found.c.at, found.c.id)
    if wanted.newest_first:
        return asked.order_by(found.c.at.desc(), found.c.id.desc())
    return asked.order_by(found.c.at, found.c.id)
