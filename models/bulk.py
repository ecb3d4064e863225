"""Writes very many rows at once, by the driver's own fast way, inside a transaction that is under way.

SQLite gets plain tuples by executemany, PostgreSQL a COPY. The columns keep their meaning: what is
not in the rows gets the default that its table declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Date, Enum, Table

from models.base import Base, Instant
from models.frozen import frozen

Convert = Callable[[Any], Any]


@frozen
class _Plan:
    """How rows with certain keys go into one table: columns as they are, columns to turn, constants."""

    columns: str
    count: int
    plain: tuple[str, ...]
    turned: tuple[tuple[str, Convert], ...]
    constants: tuple[Any, ...]

    def tuples(self, rows: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
        """The rows in the order of `columns`."""
        take = itemgetter(*self.plain)
        alone = len(self.plain) == 1
        turned, constants = self.turned, self.constants
        for row in rows:
            first = (take(row),) if alone else take(row)
            yield first + tuple([turn(row[name]) for name, turn in turned]) + constants


def pour(connection: Connection, table: type[Base] | Table, rows: list[dict[str, Any]]) -> None:
    """Inserts rows that all have the same keys."""
    if not rows:
        return
    of: Table = table if isinstance(table, Table) else table.__table__  # type: ignore[assignment]
    lite = connection.dialect.name == "sqlite"
    plan = _plan(of, tuple(rows[0]), lite)
    driver: Any = connection.connection.driver_connection
    if lite:
        marks = ",".join("?" * plan.count)
        driver.executemany(f"insert into {of.name} ({plan.columns}) values ({marks})", plan.tuples(rows))
        return
    with driver.cursor() as cursor, cursor.copy(f"copy {of.name} ({plan.columns}) from stdin") as copy:
        for values in plan.tuples(rows):
            copy.write_row(values)


@lru_cache(maxsize=64)
def _plan(table: Table, keys: tuple[str, ...], lite: bool) -> _Plan:
    plain: list[str] = []
    turned: list[tuple[str, Convert]] = []
    constants: list[tuple[str, Any]] = []
    for column in table.columns:
        convert = _converter(column.type, lite)
        if column.name in keys:
            if convert is None:
                plain.append(column.name)
            else:
                turned.append((column.name, convert))
        elif column.default is not None and column.default.is_scalar:
            value = column.default.arg  # type: ignore[attr-defined]
            constants.append((column.name, convert(value) if convert else value))
    names = [*plain, *(name for name, _ in turned), *(name for name, _ in constants)]
    return _Plan(
        ",".join(f'"{name}"' for name in names),
        len(names),
        tuple(plain),
        tuple(turned),
        tuple(value for _, value in constants),
    )


def _converter(kind: Any, lite: bool) -> Convert | None:
    if isinstance(kind, JSON):
        return _json_writer()
    if isinstance(kind, Enum):
        return _value
    if lite and isinstance(kind, Instant):
        return _written
    if lite and isinstance(kind, Date):
        return _day_written
    return None


def _json_writer() -> Convert:
    """JSON by pydantic's own writer, which is several times as fast as the standard library's."""
    from pydantic_core import to_json

    return lambda value: to_json(value).decode()


@lru_cache(maxsize=20_000)
def _written(at: datetime | None) -> str | None:
    """An instant as SQLAlchemy writes it into SQLite."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if at is not None else None


@lru_cache(maxsize=5_000)
def _day_written(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _value(choice: Any) -> Any:
    return choice.value if choice is not None else None
