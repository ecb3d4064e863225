"""How soon another process's confirmation stands in this window, and what waiting for it costs.

The floor of the first is a bare loop that hears of the change the same way and reads the one row; the
floor of the second is the same idle window that does not watch. Processes share the machine's steady clock.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from controllers.desk import open_desk
from tests.bench.desks import PRODUCTS, direct_file, take
from tests.bench.server import a_server

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 30
FILE_S = 0.25
IDLE_S, SETTLE_S = 20.0, 6.0
Pair = tuple[list[float], list[float]]

_OTHER = """
import sys, time
from controllers.desk import open_desk
from controllers import reservations
desk = open_desk(sys.argv[1], practice=True, counter="Second desk")
print("ready", flush=True)
for line in sys.stdin:
    reservations.confirm(int(line), desk=desk)
    print(time.monotonic(), flush=True)
"""

_IDLE = """
import sys
import app
import ui.watching
if sys.argv[1] == "deaf":
    ui.watching.Watching.start = lambda self: None
app.main(["--practice", *sys.argv[2:]])
"""


def seen_sqlite() -> Pair:
    """Milliseconds from the other process's commit to the row in this window, on a file."""
    with _a_file() as address:
        return _seen(address, _bare_file)


def seen_postgresql() -> Pair:
    """The same on a server."""
    with a_server() as address:
        return _seen(address, _bare_line)


def idle_sqlite() -> Pair:
    """Milliseconds of a core in each second of doing nothing, on a file: watching, and not."""
    with _a_file() as address:
        return _idle(address)


def idle_postgresql() -> Pair:
    """The same on a server."""
    with a_server() as address:
        return _idle(address)


# --- until it is seen ----------------------------------------------------------------------------


def _seen(address: str, bare: Callable[[str, Callable[[], bool]], None]) -> Pair:
    orders = _stock(address)
    with _another_process(address) as confirm:
        ours = _in_the_window(address, orders[:ROUNDS], confirm)
        floor = [_in_a_bare_loop(address, order, confirm, bare) for order in orders[ROUNDS : 2 * ROUNDS]]
    return ours, floor


def _stock(address: str) -> list[int]:
    """Fills the database with orders; those that wait to be confirmed."""
    from sqlalchemy import select

    from controllers import products
    from models.reservations import Status
    from models.tables import Reservation

    desk = open_desk(address, practice=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "products.toml"
        file.write_text(PRODUCTS, encoding="utf-8")
        products.save_products(file, desk=desk)
    take(desk, "direct.csv", direct_file(2 * ROUNDS).replace(b",confirmed,", b",unconfirmed,"))
    with desk.reading() as look:
        asked = select(Reservation.id).where(Reservation.status == Status.UNCONFIRMED)
        found = list(look.execute(asked.order_by(Reservation.id)).scalars())
    desk.database.close()
    return found


@contextmanager
def _another_process(address: str) -> Iterator[Callable[[int], Callable[[], float | None]]]:
    """Confirms in a process of its own; what it gives back tells when that was committed, once it was."""
    words = [sys.executable, "-c", _OTHER, address]
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=_environment()
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    says = process.stdout

    def confirm(order: int) -> Callable[[], float | None]:
        process.stdin.write(f"{order}\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
        return lambda: float(says.readline())

    yield confirm
    process.stdin.close()
    process.wait(20)


def _in_the_window(address: str, orders: list[int], confirm: Any) -> list[float]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import app
    from controllers.place import Place
    from models.reservations import Status
    from models.rows import Filter
    from ui.program import Program

    chance = random.Random(1)
    took = []
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Place(Path(folder), practice=True, told_database=address), app.SCREENS)
        program.show()
        _live(program, lambda: program.is_open)
        program.window.go("reservations", wanted=Filter(), title="All")
        table: Any = program.window.screen_in_front.table  # type: ignore[union-attr]
        _live(program, lambda: table.model_.rowCount() > 0)
        _live(program, lambda: False, seconds=3)
        for order in orders:
            _live(program, lambda: False, seconds=chance.uniform(0.2, 0.9))
            committed = confirm(order)
            _live(program, lambda order=order: _stands(table, order, Status.CONFIRMED))
            at = time.monotonic()
            if not _stands(table, order, Status.CONFIRMED):
                raise SystemExit(f"the confirmation of CF-{order} was not seen")
            took.append((at - committed()) * 1000)
        program.window.close()
    return took


def _stands(table: Any, order: int, status: Any) -> bool:
    row = table.model_.row(table.model_.place_of(order))
    return row is not None and row.status is status


def _live(program: Any, until: Callable[[], bool], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not until() and time.monotonic() < ends:
        program.app.processEvents()
        time.sleep(0.001)


def _in_a_bare_loop(address: str, order: int, confirm: Any, bare: Any) -> float:
    began: list[Any] = []

    def go() -> None:
        time.sleep(random.Random(order).uniform(0, FILE_S))
        began.append(confirm(order))

    seen = bare(address, order, go)
    return float((seen - began[0]()) * 1000)


def _bare_file(address: str, order: int, go: Callable[[], None]) -> float:
    import sqlite3

    driver = sqlite3.connect(address.removeprefix("sqlite:///"))
    before = driver.execute("pragma data_version").fetchone()
    go()
    while driver.execute("pragma data_version").fetchone() == before:
        time.sleep(FILE_S)
    driver.execute("select status from reservations where id = ?", (order,)).fetchone()
    at = time.monotonic()
    driver.close()
    return at


def _bare_line(address: str, order: int, go: Callable[[], None]) -> float:
    import psycopg

    with psycopg.connect(address, autocommit=True) as driver:
        driver.execute("listen counterfoil")
        go()
        heard = list(driver.notifies(timeout=30, stop_after=1))  # while it waits the line takes no question
        if not heard:
            raise SystemExit("nobody called")
        driver.execute("select status from reservations where id = %s", (order,)).fetchone()
        return time.monotonic()


# --- doing nothing ------------------------------------------------------------------------------


def _idle(address: str) -> Pair:
    _stock(address)
    return [_core(address, "watching")], [_core(address, "deaf")]


def _core(address: str, how: str) -> float:
    """Milliseconds of a core that an idle window uses each second."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-c", _IDLE, how, "--data", folder, "--db", address]
        process = subprocess.Popen(words, cwd=PROJECT, env=_environment())
        time.sleep(SETTLE_S)
        before = _used_s(process.pid)
        time.sleep(IDLE_S)
        used = _used_s(process.pid) - before
        process.terminate()
        process.wait(20)
    return used * 1000 / IDLE_S


def _used_s(pid: int) -> float:
    """What a process's threads have had of the cores, by the scheduler's own account."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


@contextmanager
def _a_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        yield f"sqlite:///{folder}/bench.sqlite"


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}
