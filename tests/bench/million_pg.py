"""The same million reservations on a PostgreSQL server of the bench's own, kept beside the file they came from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from controllers.desk import Desk, open_desk
from controllers.restoring import restore
from tests.bench.desks import NOW
from tests.bench.million import ROWS, million
from tests.postgresql import make_data, newest_programs, running

_SETTINGS = {"shared_buffers": "3GB", "maintenance_work_mem": "512MB", "max_wal_size": "4GB"}
_NAME = "million"


@contextmanager
def a_million_on_postgresql(rows: int = ROWS) -> Iterator[Desk]:
    """A desk on it, at the bench's time, whose server has been at work for a while. The first time takes minutes."""
    programs = newest_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server programs are not on this machine")
    source = million(rows)
    folder = source.with_suffix(".postgresql")
    if not folder.exists():
        for old in source.parent.glob(f"{rows}-*.postgresql"):
            shutil.rmtree(old)
        _make(programs, source, folder)
    with running(programs, folder, _SETTINGS) as server:
        _warm(server.url(_NAME))
        desk = open_desk(server.url(_NAME), practice=True, clock=lambda: NOW, counter="Bench")
        try:
            yield desk
        finally:
            desk.database.close()


def _make(programs: Path, source: Path, folder: Path) -> None:
    half = folder.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    make_data(programs, half)
    with running(programs, half, {**_SETTINGS, "fsync": "off", "full_page_writes": "off"}) as server:
        server.tell(f"create database {_NAME}")
        restore(source, server.url(_NAME))
        _look_over(server.url(_NAME))
    half.rename(folder)


def _warm(url: str) -> None:
    """Has in memory what a server that has run since the morning has there."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as line:
        line.execute("create extension if not exists pg_prewarm")
        line.execute(
            "select pg_prewarm(oid) from pg_class where relkind in ('r', 'i') "
            "and relnamespace = 'public'::regnamespace and relname !~ '^(pk_|ix_)?(raw_rows|journal)'"
        )


def _look_over(url: str) -> None:
    """What the server does by itself within the hour: counts what there is, and tidies its indexes."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as line:
        line.execute("vacuum analyze")
