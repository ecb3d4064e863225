"""One arrival that redeems, beside the same rows written by raw sqlite3."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
import uuid
from pathlib import Path

from sqlalchemy import select

from controllers import checkin
from controllers.desk import Desk
from models.codes import code_for
from models.tables import Ticket
from tests.bench.desks import a_desk, direct_file, take

WARM_UP = 20


def redeem_sqlite(n: int = 400) -> tuple[list[float], list[float]]:
    """Milliseconds of each redemption: ours, and the floor."""
    with a_desk() as desk:
        take(desk, "direct.csv", direct_file(n + WARM_UP))
        with desk.reading() as look:
            tickets = list(
                look.execute(select(Ticket.number, Ticket.reservation_id).order_by(Ticket.number)).tuples()
            )
        with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
            copy = Path(folder) / "floor.sqlite"
            with sqlite3.connect(str(desk.database.url.database)) as here:
                here.execute("pragma wal_checkpoint(truncate)")
            shutil.copy(str(desk.database.url.database), copy)
            ours = [_ours(desk, number) for number, _ in tickets]
            floor = _floor(copy, tickets)
    return ours[WARM_UP:], floor[WARM_UP:]


def _ours(desk: Desk, number: int) -> float:
    code = code_for(number, version=1, secret=desk.code_secrets[1])
    began = time.perf_counter()
    answer = checkin.scan(code, desk=desk, source="wedge")
    took = (time.perf_counter() - began) * 1000
    if answer.admitted != 2:
        raise SystemExit(f"the bench expected an admission and got {answer.kind}: {answer.message}")
    return took


def _floor(file: Path, tickets: list[tuple[int, int]]) -> list[float]:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode=WAL")
    connection.execute("pragma synchronous=FULL")
    took = []
    for n, (number, reservation) in enumerate(tickets):
        scan = str(uuid.uuid4())
        began = time.perf_counter()
        connection.execute("begin immediate")
        connection.execute("select reservation_id, state from tickets where number = ?", (number,)).fetchone()
        connection.execute(
            "select status, heads, arrived_heads from reservations where id = ?", (reservation,)
        ).fetchone()
        connection.execute(
            "update tickets set arrived_heads = 0, uses_left = uses_left - 1 where number = ? and uses_left > 0",
            (number,),
        )
        connection.execute(
            "update reservations set status = 'REDEEMED', version = version + 1, arrived_heads = 2, arrived_at = ?, "
            "redeemed_at = ?, redeemed_by_scan = ?, to_do = '' where id = ?",
            ("2026-12-05 00:10:00.000000", "2026-12-05 00:10:00.000000", scan, reservation),
        )
        connection.execute(
            "insert into scans (id, at, counter_id, staff_id, source, text, kind, reservation_id, admitted, forced, "
            "facts, did) values (?, '2026-12-05 00:10:00.000000', 1, 1, 'wedge', ?, 'ADMIT', ?, 2, '', ?, ?)",
            (scan, f"{number:026d}", reservation, '{"message": "Admit 2. 2 of 2 in.", "arrived": 2}', _DID),
        )
        connection.executemany(
            "insert into journal (counter_id, seq, at, staff_id, subject, action, details, previous_hash, hash) "
            "values (1, ?, '2026-12-05T00:10:00.000000Z', 1, ?, ?, ?, ?, ?)",
            [
                (10_000_000 + 2 * n, f"reservation:{reservation}", "arrive", _DETAILS, "0" * 64, "1" * 64),
                (10_000_001 + 2 * n, f"reservation:{reservation}", "redeem", _DETAILS, "1" * 64, "2" * 64),
            ],
        )
        connection.execute(
            "update counters set journal_seq = ?, journal_hash = ? where id = 1", (n, "2" * 64)
        )
        connection.execute(
            "insert into outbox (key, kind, reservation_id, language, address, state, leave_at, made_at, body) "
            "values (?, 'comment', ?, '', ?, 'WAITING', '2026-12-05 05:00:00', '2026-12-05 00:10:00', '{}')",
            (f"comment:{reservation}:2", reservation, f"traveler{n}@example.com"),
        )
        connection.execute("commit")
        took.append((time.perf_counter() - began) * 1000)
    connection.close()
    return took


_DID = '{"version": 2, "tickets": [[10000001, 2, true]], "arrived_before": 0, "most": 2, "redeemed": true}'
_DETAILS = '{"arrived":2,"heads":2,"scan":"00000000-0000-0000-0000-000000000000"}'
