"""The list on a million reservations: any page of any order and narrowing, and a jump into the middle.

The floor is the same keyset SQL, run by the bare driver and fetched into tuples.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from controllers import viewing
from controllers.desk import Desk
from models import list_keys, list_ways, pages
from models.filters import zone_of
from models.payments import PaymentStatus
from models.reservations import LIVING, Status
from models.rows import Filter, Key, Sort
from tests.bench.million import FEW, desk_at, million

PAGE = 100
_DAY = date(2026, 12, 5)
_WAITING = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))
NARROWED = {
    "all": Filter(),
    "needs you": Filter(statuses=_WAITING),
    "living": Filter(statuses=LIVING),
    "no-show": Filter(statuses=frozenset((Status.NO_SHOW,))),
    "upcoming": Filter(statuses=LIVING, first_day=_DAY + timedelta(days=1)),
    "today": Filter(statuses=LIVING, first_day=_DAY, last_day=_DAY),
    "a month": Filter(first_day=_DAY - timedelta(days=300), last_day=_DAY - timedelta(days=270)),
    "ordered last week": Filter(ordered_first=_DAY - timedelta(days=7), ordered_last=_DAY),
    "a channel": Filter(channels=frozenset(("viator",))),
    "a product": Filter(product_id=1),
    "to collect": Filter(payment=PaymentStatus.DUE),
    "paid": Filter(payment=PaymentStatus.PAID, channels=frozenset(("klook", "viator"))),
    "confirmed of a channel": Filter(
        statuses=frozenset((Status.CONFIRMED,)), channels=frozenset(("klook",)), product_id=1
    ),
}
Pair = tuple[list[float], list[float]]
PROJECT = Path(__file__).resolve().parents[2]

_OPEN_LIST = """
import sys
import time

import app
import ui.program
from models.rows import Filter


def listed(program):
    program.show()
    _wait(program, lambda: program.is_open and program.is_quiet())
    program.window.go("reservations", wanted=Filter(), title="All")
    table = program.window.screen_in_front.table
    _wait(program, lambda: program.is_quiet() and table.model().rowCount() > 900)
    bar = table.verticalScrollBar()
    for where in (2, 1, 3):
        bar.setValue(bar.maximum() // where)
        _wait(program, program.is_quiet)
    # Not by getrusage: what it tells is inherited from whoever started the process.
    told = open("/proc/self/status").read()
    print(int(told.split("VmHWM:")[1].split()[0]) / 1024)
    program.window.close()
    return 0


def _wait(program, ready):
    until = time.monotonic() + 100
    calm = 0
    while calm < 40:
        program.app.processEvents()
        time.sleep(0.005)
        calm = calm + 1 if ready() else 0
        if time.monotonic() > until:
            raise SystemExit("the list never stood still")


ui.program.Program.run = listed
app.main(["--data", sys.argv[1], "--practice", "--now", "2026-12-05T09:10+09:00"])
"""


def orders() -> Iterator[tuple[str, Filter]]:
    """Every narrowing in every offered order."""
    for words, wanted in NARROWED.items():
        for sort in Sort:
            for newest_first in (False, True):
                way = "newest" if newest_first else "oldest"
                yield (
                    f"{words}, by {sort}, {way} first",
                    replace(wanted, sort=sort, newest_first=newest_first),
                )


def list_page() -> Pair:
    """The first page and one from anywhere, of every list."""
    return _measure(lambda desk, wanted: [None, _somewhere(desk, wanted)], viewing_page)


def list_middle() -> Pair:
    """A page in the middle of every list, by the ids the list holds."""
    file = million()
    desk, bare = desk_at(file), _bare(file)
    ours, floor = [], []
    for _words, wanted in orders():
        ids = viewing.see_all(wanted, desk=desk).ids
        middle = list(ids[len(ids) // 2 : len(ids) // 2 + PAGE])
        key = _key_of(desk, wanted, middle[0])
        floors, tries = [], []
        for _ in range(5):
            floors.append(_timed(lambda key=key, wanted=wanted: _raw_page(bare, desk, wanted, key)))
            tries.append(_timed(lambda middle=middle: viewing.see_rows(middle, desk=desk)))
        ours.append(sorted(tries)[2])
        floor.append(sorted(floors)[2])
    desk.database.close()
    bare.close()
    return ours, floor


def list_memory() -> Pair:
    """Megabytes of the whole program with every reservation listed and scrolled through: a million, a thousand."""
    ours, floor = [], []
    for _ in range(3):
        ours.append(_megabytes(million()))
        floor.append(_megabytes(million(FEW)))
    return ours, floor


def _megabytes(file: Path) -> float:
    """What a desk holds that has its whole list open, been to its middle and to its end."""
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        (Path(folder) / "practice.sqlite").symlink_to(file)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}
        words = [sys.executable, "-c", _OPEN_LIST, folder]
        told = subprocess.run(
            words, env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=120
        )
    return float(told.stdout.split()[-1])


def viewing_page(desk: Desk, wanted: Filter, after: Key | None) -> None:
    """One page by the use case."""
    viewing.see_page(wanted, desk=desk, after=after, limit=PAGE)


def _measure(
    starts: Callable[[Desk, Filter], list[Key | None]],
    page: Callable[[Desk, Filter, Key | None], None],
) -> Pair:
    file = million()
    desk, bare = desk_at(file), _bare(file)
    ours, floor = [], []
    for words, wanted in orders():
        for after in starts(desk, wanted):
            floors, tries = [], []
            for _ in range(5):
                floors.append(_timed(lambda a=after, w=wanted: _raw_page(bare, desk, w, a)))
                tries.append(_timed(lambda a=after, w=wanted: page(desk, w, a)))
            ours.append(sorted(tries)[2])
            floor.append(sorted(floors)[2])
            if ours[-1] > 10:
                print(f"  over 10 ms: {words}{', anywhere' if after else ''}: {ours[-1]:.1f} ms")
    desk.database.close()
    bare.close()
    return ours, floor


def _somewhere(desk: Desk, wanted: Filter) -> Key | None:
    ids = viewing.see_all(wanted, desk=desk).ids
    return _key_of(desk, wanted, random.Random(7).choice(ids)) if ids else None


def _key_of(desk: Desk, wanted: Filter, reservation_id: int) -> Key:
    row = viewing.see_rows([reservation_id], desk=desk)[0]
    return (row.ordered_at if wanted.sort is Sort.ORDERED else row.sort_at, row.id)


def _bare(file: Path) -> sqlite3.Connection:
    line = sqlite3.connect(file)
    line.execute("pragma cache_size=-32000")
    return line


def _raw_page(line: sqlite3.Connection, desk: Desk, wanted: Filter, after: Key | None) -> None:
    """The page's two questions, as plain SQL."""
    asked, told = _keyset_sql(desk, wanted, after)
    ids = [row[1] for row in line.execute(asked, told).fetchall()] if asked else []
    line.execute(pages._rows_sql(desk.database.engine.dialect), (str(ids),)).fetchall()


def _keyset_sql(desk: Desk, wanted: Filter, after: Key | None) -> tuple[str, tuple[Any, ...]]:
    """What the use case hands to the driver for the page's ids."""
    dialect = desk.database.engine.dialect
    key = (wanted, after)
    if key not in _WRITTEN:
        with desk.reading() as look:
            zone = zone_of(look, wanted)
            how = list_ways.ways(look, wanted, zone)
        if not how:
            return "", ()
        asked, places = list_keys._written(dialect, wanted, zone, after is not None, PAGE + 1, how)
        told = (list_keys._told(dialect, after[0]), after[1]) * places if after else ()
        _WRITTEN[key] = (asked, told)
    return _WRITTEN[key]


_WRITTEN: dict[Any, tuple[str, tuple[Any, ...]]] = {}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
