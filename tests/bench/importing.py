"""Imports of 20,000 orders: new ones beside executemany, known ones beside reading and one keyed select."""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from controllers.desk import Desk
from models.search.keeping import as_tokens
from models.search.words import grams_kept
from tests.bench.desks import a_desk, rezio_file, take

ROWS = 20_000
_FILLED = ("reservations", "raw_rows", "tickets", "payments", "journal", "departures", "search_texts")


def import_new(rounds: int = 3) -> tuple[list[float], list[float]]:
    """Milliseconds of a whole new file: ours, and executemany into the same tables."""
    data = rezio_file(ROWS)
    ours, floor = [], []
    for _ in range(rounds):
        with a_desk() as desk:
            ours.append(_timed(desk, data, taken=ROWS))
            floor.append(_same_rows(desk))
    return ours, floor


def import_again(rounds: int = 5) -> tuple[list[float], list[float]]:
    """Milliseconds of the same file once more: ours, and reading it with one keyed select a row."""
    data = rezio_file(ROWS)
    ours, floor = [], []
    with a_desk() as desk:
        take(desk, "rezio.csv", data)
        for _ in range(rounds):
            ours.append(_timed(desk, data, unchanged=ROWS))
            floor.append(_read_and_select(desk, data))
    return ours, floor


def _timed(desk: Desk, data: bytes, **expected: int) -> float:
    began = time.perf_counter()
    account = take(desk, "rezio.csv", data)
    took = (time.perf_counter() - began) * 1000
    for name, count in expected.items():
        if getattr(account, name) != count:
            raise SystemExit(f"the bench expected {count} {name} and got {getattr(account, name)}")
    return took


def _same_rows(desk: Desk) -> float:
    """The rows the import made, written once more into an empty copy of the same tables."""
    source = sqlite3.connect(str(desk.database.url.database))
    rows: dict[str, list[Any]] = {t: source.execute(f"select * from {t}").fetchall() for t in _FILLED}
    schema = [
        sql
        for (sql,) in source.execute(
            "select sql from sqlite_master where sql is not null and type in ('table', 'index') "
            "and name not like 'search_grams_%' order by type desc"  # those SQLite makes by itself
        )
    ]
    grams = [(place, as_tokens(grams_kept(text))) for place, _, text, *_ in sorted(rows["search_texts"])]
    parents = {t: source.execute(f"select * from {t}").fetchall() for t in _PARENTS}
    source.close()
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        target = sqlite3.connect(Path(folder) / "floor.sqlite", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
            target.execute(f"pragma {pragma}")
        for sql in schema:
            target.execute(sql)
        for table, kept in parents.items():
            _pour(target, table, kept)
        began = time.perf_counter()
        target.execute("begin immediate")
        for table in ("departures", *(t for t in _FILLED if t != "departures")):
            _pour(target, table, rows[table])
        target.executemany("insert into search_grams (rowid, grams) values (?, ?)", grams)
        target.execute("commit")
        took = (time.perf_counter() - began) * 1000
        target.close()
    return took


_PARENTS = ("staff", "counters", "channels", "products", "options", "units")


def _pour(target: sqlite3.Connection, table: str, rows: list[Any]) -> None:
    if rows:
        target.executemany(f"insert into {table} values ({','.join('?' * len(rows[0]))})", rows)


def _read_and_select(desk: Desk, data: bytes) -> float:
    connection = sqlite3.connect(str(desk.database.url.database))
    began = time.perf_counter()
    for row in csv.DictReader(io.StringIO(data.decode())):
        connection.execute(
            "select id, status from reservations where channel = 'kkday' and reference_key = ?",
            (row["Order Number"],),
        ).fetchone()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    return took
