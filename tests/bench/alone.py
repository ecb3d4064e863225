"""Scans at a counter whose server was frozen: the first, which finds that out, and those that follow.

The door of the running program is asked as its lane asks it. The floor of what follows writes the same rows into a
copy of the replica by raw sqlite3; the first one's is the time that the door gives the server.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from controllers.desk import open_desk
from controllers.offline.door import DEADLINE_S, Door
from controllers.offline.replica import Replica
from models.codes import code_for
from models.reservations import Status
from models.tables import Ticket
from tests.bench.redeem import _floor
from tests.builders import DEPARTS, a_product, a_reservation
from tests.postgresql import OwnServer, newest_programs

FROZEN, EACH, WARM_UP = 3, 60, 5


def scan_offline() -> tuple[list[float], list[float]]:
    """Milliseconds of each scan after the first: ours, and the floor."""
    with _a_counter() as (server, door, tickets):
        half = len(tickets) // 2
        server.freeze()
        _scan(door, tickets[0][0])
        ours = [_scan(door, number) for number, _ in tickets[1:half]]
        server.thaw()
        copy = door.replica.file.with_name("floor.sqlite")
        with closing(sqlite3.connect(door.replica.file)) as here:
            here.execute("pragma wal_checkpoint(truncate)")
        shutil.copy(door.replica.file, copy)
        floor = _floor(copy, tickets[half:])
    return ours[WARM_UP:], floor[WARM_UP:]


def first_scan() -> tuple[list[float], list[float]]:
    """Milliseconds of the scan during which the server falls silent, some times over."""
    with _a_counter() as (server, door, tickets):
        took = []
        for number, _ in tickets[:FROZEN]:
            server.freeze()
            took.append(_scan(door, number))
            server.thaw()
            while door.look_after().is_offline:
                time.sleep(0.1)
    return took, [DEADLINE_S * 1000] * FROZEN


@contextmanager
def _a_counter() -> Iterator[tuple[OwnServer, Door, list[tuple[int, int]]]]:
    programs = newest_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server programs are not here")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-bench-alone-"))
    folder.chmod(0o755)
    data = folder / "server"
    data.mkdir()
    server = OwnServer(programs, data)
    try:
        server.server.tell("create database bench")
        desk = open_desk(server.server.url("bench"), practice=True)
        desk.clock = lambda: DEPARTS - timedelta(minutes=10)
        a_product(desk, capacity=2 * EACH * 2 + 10)
        for _ in range(2 * EACH):
            a_reservation(desk, Status.CONFIRMED, party=2)
        with desk.reading() as look:
            asked = select(Ticket.number, Ticket.reservation_id).order_by(Ticket.number)
            tickets = list(look.execute(asked).tuples())
        door = Door(desk, Replica(folder / "counter", desk.clock))
        door.look_after(seconds=30)
        _ = desk.code_secrets, desk.zone
        yield server, door, tickets
        door.close()
        desk.database.close()
    finally:
        if server.runs:
            server.kill()
        shutil.rmtree(folder)


def _scan(door: Door, number: int) -> float:
    code = code_for(number, version=1, secret=door.server.code_secrets[1])
    began = time.perf_counter()
    answer = door.scan(code, scan_id=str(uuid.uuid4()), source="wedge")
    took = (time.perf_counter() - began) * 1000
    if answer.admitted != 2 or answer.alone is None:
        raise SystemExit(f"the bench expected an admission offline and got {answer.kind}: {answer.message}")
    return took
