"""A counter whose server does not answer: it goes on by its replica, and hands over what it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from controllers import journal
from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from controllers.viewing import ticket_code
from models.checkin import Kind
from models.database import Database
from models.offline import UNCHECKED
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import DEPARTS, a_product, a_reservation, reservation, tickets
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)
SOON_S = 0.15
"""A deadline that nobody has to wait long for."""


def a_code(desk: Desk, one: int, which: int = 0) -> str:
    ticket = tickets(desk, one)[which]
    return ticket_code(ticket.number, ticket.key_version, desk=desk)


@contextmanager
def silent(server: Desk) -> Iterator[None]:
    """Nobody gets an answer from here on: what every scan wants is held, or the line is known to be cut."""
    if server.database.is_sqlite:
        server.database.set_away(CannotDo("database-unreachable", where=server.database.where))
        yield
        server.database.set_away(None)
        return
    with server.database.transaction() as held:
        held.execute(text("lock table scans, reservations in access exclusive mode"))
        yield


@pytest.fixture
def replica(tmp_path: Path, clock: StillClock) -> Iterator[Replica]:
    """This counter's file."""
    made = Replica(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def counter(desk: Desk) -> Iterator[Desk]:
    """The same desk with a line of its own to the server; `desk` sees what is there whatever happens to that."""
    line = Database(desk.database.url)
    yield Desk(line, desk.actor, desk.practice, desk.clock)
    line.close()


@pytest.fixture
def door(counter: Desk, replica: Replica) -> Iterator[Door]:
    """The gate of this counter."""
    made = Door(counter, replica, deadline_s=SOON_S)
    yield made
    made.close()


def guests(desk: Desk, clock: StillClock, party: int = 2, **product: object) -> int:
    a_product(desk, **product)
    one = a_reservation(desk, Status.CONFIRMED, party=party)
    clock.set(IN_TIME)
    return one


def test_a_scan_goes_on_by_the_replica_and_is_handed_over(
    desk: Desk, counter: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    code = a_code(desk, one)
    assert not door.look_after().is_offline
    with silent(counter):
        answer = door.scan(code, scan_id="a" * 36)
        again = door.scan(code, scan_id="b" * 36)
    assert (answer.kind, answer.admitted) == (Kind.ADMIT, 2)
    assert answer.alone is not None
    assert (answer.alone.since, answer.alone.unchecked) == (IN_TIME, UNCHECKED)
    assert again.scan_id == answer.scan_id  # within five seconds it is the same scan
    assert reservation(desk, one).arrived_heads == 0
    clock.forward(minutes=5)
    state = door.look_after()
    assert (state.is_offline, state.waiting) == (False, 0)
    row = reservation(desk, one)
    assert (row.arrived_heads, row.arrived_at) == (2, IN_TIME)
    assert [(t.uses_left, t.arrived_heads) for t in tickets(desk, one)] == [(0, 0)]
    assert all(chain.broken_at is None for chain in journal.verify(desk=desk))
