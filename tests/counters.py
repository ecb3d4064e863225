"""Several counters, each a process of its own, that scan on one database at the same time; and what must hold after.

Most tickets are offered to one counter, some to several at once: of those exactly one lets in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections import Counter as Count
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from controllers import journal
from controllers.desk import Desk
from models.codes import code_for
from models.tables import Reservation, ScanRow, Ticket

PROJECT = Path(__file__).resolve().parents[1]
Scan = tuple[str, int]
"""The id a scan was given once, and the ticket's number."""


def offers(tickets: Sequence[int], *, shared: int, counters: int, group: int = 4) -> list[list[Scan]]:
    """What each counter is shown: the first `shared` tickets to all of a group, every other to one counter alone.

    A group meets its shared tickets in the same order, with tickets of each one's own between them.
    """
    group = min(group, counters)
    groups = counters // group
    told: list[list[int]] = []
    for counter in range(counters):
        both = list(tickets[counter // group : shared : groups])
        own = list(tickets[shared + counter :: counters])
        told.append(_mixed(both, own))
    return [[(str(uuid.uuid4()), number) for number in numbers] for numbers in told]


def _mixed(both: list[int], own: list[int]) -> list[int]:
    """Shared tickets spread evenly among one's own."""
    apart = len(own) // max(len(both), 1)
    mixed = []
    for place, number in enumerate(both):
        mixed += [number, *own[place * apart : (place + 1) * apart]]
    return mixed + own[len(both) * apart :]


@dataclass
class Counters:
    """Counters under way: what each was told, and what each has been answered so far."""

    told: list[list[Scan]]
    files: list[Path]
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def begin(self) -> None:
        """All at once, from now on."""
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()

    def answers(self) -> list[list[dict[str, Any]]]:
        """What was acknowledged until now, counter by counter."""
        return [_lines(file) for file in self.files]

    def states(self) -> list[list[tuple[float, bool, int]]]:
        """When each counter found that it is without its server or has it again, and how many scans waited."""
        return [_lines(file.with_suffix(".states")) for file in self.files]

    def acknowledged(self) -> int:
        """How many scans were answered until now."""
        return sum(file.read_bytes().count(b"\n") for file in self.files if file.exists())

    def finish(self, within_s: float) -> list[list[dict[str, Any]]]:
        """Waits for all of them; what they were answered."""
        until = time.monotonic() + within_s
        for process in self.processes:
            assert process.wait(max(1.0, until - time.monotonic())) == 0, "a counter fell over"
        return self.answers()


@contextmanager
def counters(
    urls: Sequence[str],
    desk: Desk,
    told: list[list[Scan]],
    folder: Path,
    *,
    now: datetime,
    pause_s: float = 0.0,
    replicas: bool = False,
) -> Iterator[Counters]:
    """Processes that stand ready: each at one of the addresses, with a name of its own. They end with the block.

    `pause_s` is between two scans; with `replicas` each goes on without its server where it has to.
    """
    running = Counters(told, [folder / f"answers-{n}" for n in range(len(told))])
    try:
        for n, scans in enumerate(told):
            codes = [
                (scan, code_for(number, version=1, secret=desk.code_secrets[1])) for scan, number in scans
            ]
            words = {
                "url": urls[n % len(urls)], "counter": f"Counter {n + 1}", "now": now.isoformat(), "scans": codes,
                "answers": str(running.files[n]), "pause_s": pause_s,
                "replica": str(folder / f"replica-{n}") if replicas else "",
            }  # fmt: skip
            (folder / f"told-{n}").write_text(json.dumps(words), encoding="utf-8")
            running.processes.append(_start(folder / f"told-{n}"))
        for process in running.processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", "a counter did not open the desk"
        yield running
    finally:
        for process in running.processes:
            _end(process)


def _start(file: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.a_counter", str(file)]
    return subprocess.Popen(
        words,
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def _lines(file: Path) -> list[Any]:
    if not file.exists():
        return []
    return [
        json.loads(line)
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
        if "\n" in line
    ]


def what_is_wrong(desk: Desk, told: list[list[Scan]], answers: list[list[dict[str, Any]]]) -> list[str]:
    """What does not hold after all have scanned; nothing where every ticket let in once and nothing was lost."""
    wrong = []
    if [len(scans) for scans in told] != [len(given) for given in answers]:
        wrong.append("scans without an answer")
    given = {answer["id"]: answer for counter in answers for answer in counter}
    ticket_of = {scan: number for scans in told for scan, number in scans}
    let_in = Count(ticket_of[scan] for scan, answer in given.items() if answer["admitted"])
    with desk.reading() as look:
        asked = select(ScanRow.id, ScanRow.admitted, ScanRow.kind)
        kept = {row.id: row for row in look.execute(asked) if row.id in ticket_of}
        whole = select(Ticket.number, Ticket.heads, Ticket.uses_left, Reservation.arrived_heads)
        tickets = {row.number: row for row in look.execute(whole.join(Reservation))}
    for scan, answer in given.items():
        row = kept.get(scan)
        if row is None or (row.admitted, row.kind) != (answer["admitted"], answer["kind"]):
            wrong.append(f"the acknowledged scan {scan} was lost, or is another")
    for number in set(ticket_of.values()):
        row = tickets[number]
        if let_in[number] != 1 or row.uses_left or row.arrived_heads != row.heads:
            wrong.append(f"ticket {number} let in {let_in[number]} times, {row.uses_left} uses left")
    wrong += [
        f"the chain of {c.counter} is broken at {c.broken_at}"
        for c in journal.verify(desk=desk)
        if c.broken_at
    ]
    return wrong
