"""Writes that every scan makes: compiled once, and into a file handed straight to the driver.

While one counter writes into a file all others wait, so what is done around each statement is everybody's time.
A server has many writers; there SQLAlchemy stays in between, since it knows what a broken connection looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update

from models.frozen import frozen

Row = Mapping[str, Any]
_Turn = Callable[[Any], Any] | None


@frozen
class _Ready:
    """The words for the driver, and per mark in them: what it is called, what stands there untold, how it is turned."""

    words: str
    marks: tuple[tuple[str, Any, _Turn], ...]

    def values(self, row: Row) -> list[Any]:
        """What stands at the marks for one row."""
        found = []
        for name, untold, turn in self.marks:
            value = row.get(name, untold)
            found.append(value if turn is None else turn(value))
        return found


class Prepared:
    """One INSERT or UPDATE. What the database counts by itself need not be told, nor what is the same for every row."""

    def __init__(self, statement: Insert | Update) -> None:
        self._statement = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def run(self, connection: Connection, row: Row) -> int:
        """Writes one row; how many rows an UPDATE changed."""
        if connection.dialect.name != "sqlite":
            return int(connection.execute(self._statement, row).rowcount)
        ready = self._for(connection, row)
        driver: Any = connection.connection.driver_connection
        return int(driver.execute(ready.words, ready.values(row)).rowcount)

    def run_all(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Writes rows that all have the same keys."""
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, rows)
            return
        ready = self._for(connection, rows[0])
        driver: Any = connection.connection.driver_connection
        driver.executemany(ready.words, map(ready.values, rows))

    def _for(self, connection: Connection, row: Row) -> _Ready:
        keys = tuple(row)
        found = self._ready.get(keys)
        if found is None:
            found = self._ready[keys] = _compiled(self._statement, keys, connection.dialect)
        return found


def _compiled(statement: Insert | Update, keys: tuple[str, ...], dialect: Dialect) -> _Ready:
    alone = statement.inline()  # the database's own numbers are not asked for
    compiled: Any = alone.compile(dialect=dialect, column_keys=list(keys) if _is_plain(statement) else None)
    usual = {column.key: _usual(column) for column in (*compiled.insert_prefetch, *compiled.update_prefetch)}
    marks = []
    for name in compiled.positiontup:
        bind = compiled.binds[name]
        if bind.required and name not in keys and name not in usual:
            raise ValueError(f"a prepared write needs {name}")
        turn = bind.type.dialect_impl(dialect).bind_processor(dialect)
        marks.append((name, usual.get(name, bind.value), turn))
    return _Ready(str(compiled), tuple(marks))


def _usual(column: Any) -> Any:
    """What a column holds where nothing is told; only what is the same for every row can be prepared."""
    if not column.default.is_scalar:
        raise ValueError(f"a prepared write needs {column.key}")
    return column.default.arg


def _is_plain(statement: Insert | Update) -> bool:
    """An INSERT of the values it is told; every other statement says itself where they go."""
    return isinstance(statement, Insert) and statement.select is None
