"""One process of the floor of `redeem_many`: the same rows by psycopg or sqlite3 alone, a transaction for each scan."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_AT = "2026-12-05 00:10:00.000000+00"
_DID = '{"version": 2, "tickets": [[10000001, 2, true]], "arrived_before": 0, "most": 2, "redeemed": true}'
_DETAILS = '{"arrived":2,"heads":2,"scan":"00000000-0000-0000-0000-000000000000"}'
_COUNTER = (
    "insert into counters (name, journal_seq, journal_hash, settings) values (%s, 0, '', '{}') returning id"
)
_LOOK = (
    "select r.id, r.status, r.heads, r.arrived_heads, r.email, t.state, t.uses_left from tickets t "
    "join reservations r on r.id = t.reservation_id where t.number = %s"
)
_LET_IN = (
    "update tickets set arrived_heads = 0, uses_left = uses_left - 1 where number = %s and uses_left > 0"
)
_STAMP = (
    "update reservations set status = 'REDEEMED', status_at = %s, version = version + 1, arrived_heads = 2, "
    "arrived_at = %s, redeemed_at = %s, redeemed_by_scan = %s, to_do = '' where id = %s"
)
_SCAN = (
    "insert into scans (id, at, counter_id, staff_id, source, text, kind, reservation_id, admitted, forced, "
    "facts, did) values (%s, %s, %s, 1, 'wedge', %s, %s, %s, %s, '', %s, %s)"
)
_ENTRIES = (
    "insert into journal (counter_id, seq, at, staff_id, subject, action, details, previous_hash, hash) values "
    "(%s, %s, '2026-12-05T00:10:00.000000Z', 1, %s, 'arrive', %s, %s, %s), "
    "(%s, %s, '2026-12-05T00:10:00.000000Z', 1, %s, 'redeem', %s, %s, %s)"
)
_HEAD = "update counters set journal_seq = %s, journal_hash = %s where id = %s"
_LETTER = (
    "insert into outbox (key, kind, reservation_id, language, address, state, leave_at, made_at, body) "
    "values (%s, 'comment', %s, '', %s, 'WAITING', '2026-12-05 05:00:00', '2026-12-05 00:10:00', '{}')"
)
Ask = Callable[..., Any]


def main(file: str) -> None:
    """Says when it is ready, begins when a line comes in, and tells when each scan began and ended."""
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    on_server = told["where"].startswith("postgresql:")
    ask = _server(told["where"]) if on_server else _file(told["where"])
    begin, look = ("begin", _LOOK + " for update of r, t") if on_server else ("begin immediate", _LOOK)
    counter = ask(_COUNTER, (f"Floor {told['counter']}",)).fetchone()
    print("ready", flush=True)
    sys.stdin.readline()
    spans = []
    for n, (scan, number) in enumerate(told["scans"]):
        began = time.monotonic()
        ask(begin)
        row = ask(look, (number,)).fetchone()
        _keep(ask, row, scan, number, counter[0], 2 * n)
        ask("commit")
        spans.append((began, time.monotonic()))
    print(json.dumps(spans), flush=True)


def _keep(ask: Ask, row: Any, scan: str, number: int, counter: int, seq: int) -> None:
    reservation, _status, _heads, _arrived, email, _state, uses_left = row
    text, said = f"{number:026d}", '{"message": "Admit 2. 2 of 2 in.", "arrived": 2}'
    if uses_left < 1:
        ask(_SCAN, (scan, _AT, counter, text, "USED", reservation, 0, said, _DID))
        return
    ask(_LET_IN, (number,))
    ask(_STAMP, (_AT, _AT, _AT, scan, reservation))
    ask(_SCAN, (scan, _AT, counter, text, "ADMIT", reservation, 2, said, _DID))
    subject, old, middle, new = f"reservation:{reservation}", "0" * 64, "1" * 64, "2" * 64
    first = (counter, seq + 1, subject, _DETAILS, old, middle)
    ask(_ENTRIES, (*first, counter, seq + 2, subject, _DETAILS, middle, new))
    ask(_LETTER, (f"comment:{reservation}:2", reservation, email))
    ask(_HEAD, (seq + 2, new, counter))


def _server(url: str) -> Ask:
    import psycopg

    return psycopg.connect(url, autocommit=True).execute  # we say begin and commit ourselves


def _file(path: str) -> Ask:
    import sqlite3

    driver = sqlite3.connect(path, isolation_level=None, timeout=0.01)
    driver.execute("pragma journal_mode=WAL")
    driver.execute("pragma synchronous=FULL")
    driver.execute("pragma wal_autocheckpoint=4000")

    def ask(words: str, told: tuple[Any, ...] = ()) -> Any:
        while True:
            try:
                return driver.execute(words.replace("%s", "?"), told)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                time.sleep(0.002)

    return ask


if __name__ == "__main__":
    main(sys.argv[1])
