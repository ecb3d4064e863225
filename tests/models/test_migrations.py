"""Brings data of the first release to today's tables: nothing is lost, and references still hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Connection, MetaData, Table, insert, inspect, select, text
from sqlalchemy.types import Boolean, Date, DateTime, Integer, LargeBinary

from models.base import Base
from models.database import Database, migrate_on, sqlite_url
from tests.conftest import DATABASES

ROWS = 3
RULE = ("starts", "minutes", "capacity", "weekdays", "season_from", "season_until")


@dataclass(frozen=True)
class Migrated:
    """A database that came from the first release, and its rows before and after."""

    database: Database
    before: dict[str, list[dict[str, Any]]]
    after: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=DATABASES)
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    """Both databases in turn, filled as the first release kept them and then brought to today."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path_factory.mktemp("old") / "old.sqlite")
    else:
        server = request.getfixturevalue("postgresql")
        server.tell("create database old")
        url = server.url("old")
    found = _migrated(Database(url))
    yield found
    found.database.close()


def _migrated(database: Database) -> Migrated:
    with database.transaction() as connection:
        migrate_on(connection, "0001")
        before = _fill(connection)
    database.migrate()
    with database.reading() as look:
        after = _read(look)
    return Migrated(database, before, after)


def _fill(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """A few rows in every table, each pointing at the row of its own number; what was written, by table."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version":
            rows = [{c.name: _value(table, c, n) for c in table.columns} for n in range(1, ROWS + 1)]
            connection.execute(insert(table), rows)
    return _read(connection)


def _value(table: Table, column: Any, n: int) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return _value(target.table, target, n)
    if table.name == "options" and column.name == "starts":
        return f"{8 + n:02d}:30"
    of = {JSON: [], Boolean: n == 1, Integer: n, Date: date(2027, 2, n), LargeBinary: bytes([n])}
    of[DateTime] = datetime(2027, 2, n, 5, 0, tzinfo=UTC if _keeps_zone(column) else None)
    found = next((value for kind, value in of.items() if isinstance(column.type, kind)), None)
    return f"{column.name[:3]}{n}"[: column.type.length] if found is None else found


def _keeps_zone(column: Any) -> bool:
    return bool(getattr(column.type, "timezone", False))


def _read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    tables = MetaData()
    tables.reflect(connection)
    return {
        name: sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=repr)
        for name, table in tables.tables.items()
        if name in Base.metadata.tables
    }


def test_every_row_of_the_first_release_is_still_there(migrated: Migrated) -> None:
    before, after = migrated.before, migrated.after
    assert len(before) > 25
    for name, rows in before.items():
        kept = [column for column in rows[0] if column in after[name][0]]
        dropped = set(rows[0]) - set(kept)
        assert dropped == (set(RULE) if name == "options" else set())
        assert [{c: row[c] for c in kept} for row in after[name]] == [{c: r[c] for c in kept} for r in rows]


def test_each_option_goes_on_by_one_rule(migrated: Migrated) -> None:
    before, after = migrated.before, migrated.after
    told = [{"option_id": row["id"]} | {c: row[c] for c in RULE} for row in before["options"]]
    assert [{c: row[c] for c in ("option_id", *RULE)} for row in after["rules"]] == told


def test_what_points_at_a_departure_still_does_and_must(migrated: Migrated) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), migrated.database.transaction() as connection:
        connection.execute(text("delete from departures where id = 1"))


def test_an_option_may_leave_twice_a_day_but_not_twice_at_once(migrated: Migrated) -> None:
    departures = Base.metadata.tables["departures"]
    told = {"option_id": 1, "departs_on": date(2027, 2, 1), "ends_at": datetime(2027, 2, 1, 9, tzinfo=UTC)}
    told |= {"capacity": 8, "seats_taken": 0, "closed": False, "guide": ""}
    evening = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
    with migrated.database.transaction() as connection:
        connection.execute(insert(departures), {"id": 91, "departs_at": evening, **told})
    with pytest.raises(Exception, match=r"(?i)unique"), migrated.database.transaction() as connection:
        connection.execute(insert(departures), {"id": 92, "departs_at": evening, **told})


def test_the_migrated_tables_are_those_the_program_knows(migrated: Migrated) -> None:
    with migrated.database.reading() as look:
        found = inspect(look)
        for table in Base.metadata.sorted_tables:
            assert {c["name"] for c in found.get_columns(table.name)} == set(table.columns.keys())
            kept = {index["name"] for index in found.get_indexes(table.name)}
            if table.name in migrated.before:  # the search's own tables are made differently on each
                assert {index.name for index in table.indexes} <= kept


def test_each_reservation_says_how_it_stands_with_its_money(migrated: Migrated) -> None:
    refunded = {row["reservation_id"] for row in migrated.before["refunds"]}
    words = {row["id"]: row["payment"] for row in migrated.after["reservations"]}
    assert {i for i, word in words.items() if word == "refund"} == refunded
