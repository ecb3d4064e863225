"""A counter is killed at a random moment: what it acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from controllers.desk import Desk, open_desk
from controllers.journal import verify
from models.reservations import HOLDERS, Status
from models.tables import (
    Departure,
    JournalEntry,
    OutboxRow,
    RawRow,
    Reservation,
    ScanRow,
    Ticket,
)
from tests.builders import a_product
from tests.conftest import DATABASES, NOW
from tests.fakes import StillClock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="counters are made by fork here")
ROOT = Path(__file__).resolve().parents[2]
LONGEST_S, MOST = 0.1, 6
"""So long after at most so many deeds of a counter; a deed takes some hundredths of a second."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """What makes counters."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_counter"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as made:
        yield made
        assert made.stdin is not None
        made.stdin.close()


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind, with a product to sell."""
    make: Callable[[], str] = request.getfixturevalue(f"fresh_{request.param}")
    url = make()
    desk = open_desk(url, practice=True, clock=StillClock(NOW))
    a_product(desk, capacity=100_000)
    desk.database.close()
    return url


class Killer:
    """Kills one counter after the other, and knows what each had acknowledged."""

    def __init__(self, nursery: subprocess.Popen[str], address: str, seed: int) -> None:
        self.nursery, self.address, self.chance = nursery, address, random.Random(seed)
        self.done: list[dict[str, Any]] = []
        self.begun: dict[str, Any] | None = None

    def kill_one(self) -> None:
        """A counter opens, works for a moment and is killed in the middle of it."""
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(f"{self.address} {self.chance.getrandbits(31)}\n")
        self.nursery.stdin.flush()
        self.done, self.begun = [], None
        opened = self._heard()
        assert "open" in opened, opened
        for _ in range(2 * self.chance.randrange(MOST)):  # a deed is begun and done
            self._note(self._heard())
        time.sleep(self.chance.uniform(0, LONGEST_S))
        os.kill(opened["open"], signal.SIGKILL)
        while "gone" not in (told := self._heard()):
            self._note(told)
        assert told["gone"] == signal.SIGKILL, "it was ended by something else"

    def _note(self, told: dict[str, Any]) -> None:
        if "done" in told:
            self.done.append(told)
            self.begun = None
        else:
            self.begun = told

    def _heard(self) -> dict[str, Any]:
        assert self.nursery.stdout is not None
        line = self.nursery.stdout.readline()
        assert line, "the nursery is gone"
        return dict(json.loads(line))


def look_over(desk: Desk, killer: Killer) -> None:
    """What was acknowledged is there; what was not is there whole or not at all; the books are right."""
    for deed in killer.done:
        assert _is_there(desk, deed) == _parts(deed), deed
    if killer.begun is not None:
        deed = {"done": killer.begun["begin"], **killer.begun}
        assert _is_there(desk, deed) in (0, _parts(deed)), deed
    assert [chain for chain in verify(desk=desk) if chain.broken_at is not None] == []
    _books_are_right(desk)


def _parts(deed: dict[str, Any]) -> int:
    return len(deed["id"]) if deed["done"] == "take" else 1


def _is_there(desk: Desk, deed: dict[str, Any]) -> int:
    """How many of its parts are there."""
    with desk.reading() as look:
        if deed["done"] == "scan":
            row = look.execute(select(ScanRow.kind, ScanRow.admitted).where(ScanRow.id == deed["id"])).first()
            if row is not None and "verdict" in deed:
                assert (row.kind.value, row.admitted) == (deed["verdict"], deed["admitted"])
            return int(row is not None)
        if deed["done"] == "confirm":
            told = look.execute(select(Reservation.status).where(Reservation.id == deed["id"])).scalar_one()
            return int(told is not Status.UNCONFIRMED)
        asked = select(Reservation.id).where(Reservation.reference.in_(deed["id"]))
        return len(look.execute(asked).all())


def _books_are_right(desk: Desk) -> None:
    """Every part of every deed, counted against every other."""
    with desk.reading() as look:
        rows = look.execute(select(Reservation)).all()
        tickets = look.execute(select(Ticket)).all()
        held, seats = (
            Counter[int](),
            {row.id: row.seats_taken for row in look.execute(select(Departure.id, Departure.seats_taken))},
        )
        raw = set(look.execute(select(RawRow.reservation_id)).scalars())
        letters = Counter(look.execute(select(OutboxRow.reservation_id)).scalars())
        let_in = Counter[int]()
        for scan in look.execute(select(ScanRow).where(ScanRow.admitted > 0)).all():
            assert scan.reservation_id is not None
            let_in[scan.reservation_id] += scan.admitted
        told = Counter(
            look.execute(
                select(JournalEntry.subject).where(JournalEntry.action.in_(("confirm", "arrive")))
            ).scalars()
        )
    valid = Counter(ticket.reservation_id for ticket in tickets if ticket.state == "VALID")
    for row in rows:
        holds = row.status in HOLDERS
        assert row.id in raw
        assert (valid[row.id] > 0) == holds
        assert letters[row.id] == int(holds)
        assert row.arrived_heads == let_in[row.id]
        assert bool(told[f"reservation:{row.id}"]) == holds
        if holds and row.departure_id is not None:
            held[row.departure_id] += row.heads
    assert seats == {number: held[number] for number in seats}
    if desk.database.is_sqlite:
        with desk.reading() as look:
            assert look.execute(text("pragma integrity_check")).scalar() == "ok"


def kill(nursery: subprocess.Popen[str], address: str, times: int, seed: int) -> Counter[str]:
    """So often; what the counters had done before."""
    killer = Killer(nursery, address, seed)
    desk = open_desk(address, practice=True, clock=StillClock(NOW), counter="Looking")
    did = Counter[str]()
    for _ in range(times):
        killer.kill_one()
        look_over(desk, killer)
        did.update(deed["done"] for deed in killer.done)
        did["broken off"] += killer.begun is not None
    desk.database.close()
    return did


def test_ten_killed_counters_leave_nothing_by_half(nursery: subprocess.Popen[str], address: str) -> None:
    did = kill(nursery, address, 10, seed=5)
    assert did["take"]
    assert did["scan"]
    assert did["confirm"]


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_two_hundred_killed_counters_leave_nothing_by_half(
    nursery: subprocess.Popen[str], address: str
) -> None:
    did = kill(nursery, address, 200, seed=random.SystemRandom().getrandbits(31))
    print(dict(did))
    assert did["broken off"] > 50
    assert sum(did[deed] for deed in ("take", "confirm", "scan")) > 200
