"""Many counters on one database, each a process of its own: ours, and the same rows by the bare driver.

20,000 tickets, 2,000 of them offered to four counters at once, so 26,000 scans. The floor keeps the same scans in as
many processes: a transaction for each, which locks the reservation, looks at the ticket, and writes what we write. It
judges nothing, asks for nothing else, chains no hashes and tells nobody.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from controllers.desk import open_desk
from models.database import sqlite_url
from tests.bench.desks import NOW
from tests.bench.stock import stocked
from tests.counters import PROJECT, Scan, counters, offers, what_is_wrong
from tests.postgresql import make_data, newest_programs, running

DURABLE = {"fsync": "on", "synchronous_commit": "on", "max_connections": "150", "shared_buffers": "256MB"}
Pair = tuple[list[float], list[float]]


def redeem_pg(processes: int = 16, tickets: int = 20_000, shared: int = 2_000) -> Pair:
    """Milliseconds of each scan on one PostgreSQL that waits for its disk: ours, and the floor."""
    return _on_postgresql(processes, tickets, shared)[0]


def redeem_pg_rate(processes: int = 16, tickets: int = 20_000, shared: int = 2_000) -> Pair:
    """Milliseconds in which all of them together keep one scan: the whole run by the number of scans."""
    return _on_postgresql(processes, tickets, shared)[1]


def redeem_sqlite(processes: int = 4, tickets: int = 20_000, shared: int = 2_000) -> Pair:
    """The same on one file."""
    return _on_a_file(processes, tickets, shared)[0]


def redeem_sqlite_rate(processes: int = 4, tickets: int = 20_000, shared: int = 2_000) -> Pair:
    """The same on one file."""
    return _on_a_file(processes, tickets, shared)[1]


@lru_cache(maxsize=1)
def _on_postgresql(processes: int, tickets: int, shared: int) -> tuple[Pair, Pair]:
    programs = newest_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server programs are not here")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-bench-postgresql-"))
    try:
        make_data(programs, folder)
        with running(programs, folder, DURABLE) as server:
            server.tell("create database ours")
            numbers = stocked(server.url("ours"), tickets, folder)
            server.tell("vacuum analyze")
            server.tell("create database floor template ours")
            return _both(server.url("ours"), numbers, shared, processes, server.url("floor"))
    finally:
        shutil.rmtree(folder)


@lru_cache(maxsize=1)
def _on_a_file(processes: int, tickets: int, shared: int) -> tuple[Pair, Pair]:
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as told:
        folder = Path(told)
        ours = sqlite_url(folder / "ours.sqlite")
        numbers = stocked(ours, tickets, folder)  # the file's log goes with the last connection
        shutil.copy(folder / "ours.sqlite", folder / "floor.sqlite")
        return _both(ours, numbers, shared, processes, str(folder / "floor.sqlite"))


def _both(url: str, numbers: list[int], shared: int, processes: int, floor: str) -> tuple[Pair, Pair]:
    told = offers(numbers, shared=shared, counters=processes)
    ours, floors = _ours(url, told), _floor(floor, told)
    return tuple(zip(ours, floors, strict=True))  # type: ignore[return-value]


def _ours(url: str, told: list[list[Scan]]) -> tuple[list[float], list[float]]:
    desk = open_desk(url, practice=True)
    with (
        tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder,
        counters([url], desk, told, Path(folder), now=NOW) as at_work,
    ):
        at_work.begin()
        answers = at_work.finish(1800)
    wrong = what_is_wrong(desk, told, answers)
    if wrong:
        raise SystemExit(f"{len(wrong)} things are wrong, the first: {wrong[:3]}")
    desk.database.close()
    return _times([[(a["began"], a["ended"]) for a in counter] for counter in answers])


def _floor(where: str, told: list[list[Scan]]) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        started = [_floor_process(Path(folder) / str(n), where, n, scans) for n, scans in enumerate(told)]
        try:
            return _times(_at_once(started))
        finally:
            for process in started:
                process.kill()
                process.wait()


def _at_once(started: list[subprocess.Popen[str]]) -> list[list[tuple[float, float]]]:
    """Lets them begin when all are ready; when each of their scans began and ended."""
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate(timeout=1800)[0]) for process in started]


def _floor_process(file: Path, where: str, counter: int, scans: list[Scan]) -> subprocess.Popen[str]:
    file.write_text(json.dumps({"where": where, "counter": counter, "scans": scans}), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.redeem_floor", str(file)],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _times(spans: list[list[tuple[float, float]]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each scan, and those of the whole run for one scan."""
    each = [(ended - began) * 1000 for counter in spans for began, ended in counter]
    whole = max(counter[-1][1] for counter in spans) - min(counter[0][0] for counter in spans)
    return each, [whole * 1000 / len(each)]
