"""Pours all tables of one database into another one that is empty, keys included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, select, text

from models.base import Base
from models.bulk import pour
from models.search.keeping import rebuild
from models.tables import SearchText

CHUNK = 1000
Rows = list[dict[str, Any]]


def poured_tables() -> list[Table]:
    """Every table, those that others point at first; but what is found by, each database keeps in its own way."""
    return [table for table in Base.metadata.sorted_tables if table is not SearchText.__table__]


def chunks(look: Connection, table: Table) -> Iterator[Rows]:
    """All rows of a table, some at a time."""
    with look.execution_options(yield_per=CHUNK).execute(select(table)) as rows:
        names = tuple(rows.keys())
        for chunk in rows.partitions(CHUNK):
            yield [dict(zip(names, row, strict=True)) for row in chunk]


def pour_all(
    look: Connection,
    there: Connection,
    saw: Callable[[Table, Rows], None] | None = None,
    before_search: Callable[[], None] | None = None,
) -> None:
    """Every table, and what is found by made anew; `saw` is told what is begun, and what has been poured."""
    for table in poured_tables():
        if saw is not None:
            saw(table, [])
        for rows in chunks(look, table):
            pour(there, table, rows)
            if saw is not None:
                saw(table, rows)
    if before_search is not None:
        before_search()
    rebuild(there)


def empty(there: Connection) -> None:
    """Takes away everything of ours."""
    Base.metadata.drop_all(there)
    there.execute(text("drop function if exists journal_is_final() cascade"))
    there.execute(text("drop function if exists counterfoil_joined(text)"))
    there.execute(text("drop table if exists alembic_version"))


def set_rolls(there: Connection) -> None:
    """Numbers that PostgreSQL counts itself go on after the highest that came."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            highest = f"(select coalesce(max({column.name}), 0) + 1 from {table.name})"
            there.execute(text(f"select setval({name}, {highest}, false) where {name} is not null"))
