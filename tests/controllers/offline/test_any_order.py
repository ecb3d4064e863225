"""Five counters that were alone hand over in any order: it ends the same, and every conflict is listed once."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from controllers import incidents, journal, reservations
from controllers.desk import Desk, open_desk
from controllers.offline.door import Door
from controllers.offline.handing import hand_over
from controllers.offline.replica import Replica
from models.codes import code_for
from models.offline import Conflict
from models.reservations import Status
from models.tables import Incident, Reservation, ScanRow, Ticket
from tests.alone import IN_TIME
from tests.builders import a_product, direct_row, taken
from tests.fakes import StillClock

COUNTERS = 5
UNLIKE = {"version", "status_at"}
"""What tells how often and when something was written: that may differ."""


@dataclass(frozen=True)
class Outcome:
    """What is left in the end: every reservation, ticket, scan and conflict."""

    reservations: list[dict[str, Any]]
    tickets: list[tuple[Any, ...]]
    scans: list[tuple[Any, ...]]
    incidents: list[tuple[Any, ...]]


def outcome(desk: Desk) -> Outcome:
    with desk.reading() as look:
        rows = look.execute(select(Reservation.__table__).order_by(Reservation.id)).mappings()
        kept = [{k: v for k, v in row.items() if k not in UNLIKE} for row in rows]
        counts = select(Ticket.number, Ticket.uses_left, Ticket.arrived_heads).order_by(Ticket.number)
        scans = look.execute(select(ScanRow.__table__).order_by(ScanRow.id)).all()
        listed = select(
            Incident.id, Incident.kind, Incident.scan_id, Incident.other_scan, Incident.heads, Incident.ticket
        )
        return Outcome(
            kept,
            [tuple(row) for row in look.execute(counts)],
            [(s.id, s.at, s.counter_id, s.admitted, s.undone_at, s.did.get("tickets")) for s in scans],
            [tuple(row) for row in look.execute(listed.order_by(Incident.id))],
        )


@dataclass
class Stand:
    """Five counters on one database, and a folder for what each of them keeps."""

    address: str
    clock: StillClock
    folder: Path
    doors: list[Door]

    def close(self) -> None:
        for door in self.doors:
            door.server.database.close()
            door.close()


@contextmanager
def five_counters(address: str, clock: StillClock, folder: Path) -> Iterator[Stand]:
    """Each with a replica of its own, made now."""
    with standing_at(address, clock, folder) as stand:
        for door in stand.doors:
            assert door.replica.follow(door.server)
        yield stand


def orders(desk: Desk, clock: StillClock, many: int) -> list[int]:
    """Many parties of one to four, some with a ticket each, some redeemed on arrival."""
    a_product(desk, "ALL", "Long Walk", capacity=9999)
    a_product(desk, "ONE", "Short Walk", capacity=9999, tickets="per person", redeem="on arrival")
    clock.set(IN_TIME - timedelta(hours=1))
    rows = [
        direct_row(product=("Long Walk", "Short Walk")[n % 2], adults=str(1 + n % 4), status="confirmed")
        for n in range(many)
    ]
    made = taken(desk, *rows)
    return made


def scan_alone(stand: Stand, codes: list[str], each: int, seed: int) -> None:
    """Each counter scans what it likes, at its own times, and takes some of it back."""
    dice = Random(seed)
    ids = (str(uuid.UUID(int=dice.getrandbits(128))) for _ in count())
    for door in stand.doors:
        door.lost()
    for door in stand.doors:
        stand.clock.set(IN_TIME)
        for _ in range(each):
            stand.clock.forward(seconds=dice.uniform(6, 12) if each < 100 else 0.6)
            answer = door.scan(dice.choice(codes), scan_id=next(ids), heads=dice.choice((None, None, 1)))
            if answer.admitted and not answer.again and dice.random() < 0.1:
                door.undo(answer.scan_id)


def all_codes(desk: Desk, made: list[int]) -> list[str]:
    """The vouchers of all, and some numbers as they are typed."""
    secret = desk.code_secrets[1]
    with desk.reading() as look:
        numbers = look.execute(select(Ticket.number)).scalars().all()
    return [code_for(number, version=1, secret=secret) for number in numbers] + [f"CF-{one}" for one in made]


def meanwhile(desk: Desk, made: list[int]) -> None:
    """What the office does while nobody hears of it."""
    for one in made[:: max(len(made) // 4, 1)]:
        reservations.cancel(one, desk=desk, reason="the guide is ill")


def hand_all_over(stand: Stand, order: list[int]) -> None:
    """One counter after the other, a few scans at a time and in turn, as they come back."""
    stand.clock.set(IN_TIME + timedelta(hours=8))
    left = list(order)
    while left:
        for number in list(left):
            door = stand.doors[number]
            door.server.database.set_away(None)
            hand_over(door.replica, door.server, most=20)
            if not door.replica.count_waiting():
                left.remove(number)


def run(
    fresh: Callable[[], str],
    copy: Callable[[str], str],
    clock: StillClock,
    folder: Path,
    parties: int,
    each: int,
) -> list[Outcome]:
    """The same scans handed over in three orders, each on a copy of the same database."""
    address = fresh()
    desk = open_desk(address, practice=True, clock=clock)
    made = orders(desk, clock, parties)
    with five_counters(address, clock, folder / "first") as stand:
        scan_alone(stand, all_codes(desk, made), each, seed=parties)
        meanwhile(desk, made)
        waiting = sum(door.replica.count_waiting() for door in stand.doors)
    assert waiting >= COUNTERS * each * 0.9
    desk.database.close()
    outcomes = []
    for number, order in enumerate(([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3])):
        here = folder / f"order-{number}"
        shutil.copytree(folder / "first", here)
        with standing_at(copy(address), clock, here) as stand:
            hand_all_over(stand, order)
            outcomes.append(outcome(stand.doors[0].server))
            judged_right(stand.doors[0].server)
    return outcomes


@contextmanager
def standing_at(address: str, clock: StillClock, folder: Path) -> Iterator[Stand]:
    """The counters again, as they were when they were closed; one line to the server is enough for all of them."""
    first = open_desk(address, practice=True, clock=clock, counter="Gate 0")
    desks = [first.at_counter(f"Gate {number}") for number in range(COUNTERS)]
    doors = [Door(at, Replica(folder / f"gate-{number}", clock)) for number, at in enumerate(desks)]
    stand = Stand(address, clock, folder, doors)
    try:
        yield stand
    finally:
        stand.close()


def judged_right(desk: Desk) -> None:
    """The journal is whole, nobody is in more often than may be, and nobody is lost."""
    owner = replace(desk.actor, role="owner")
    at = Desk(desk.database, owner, desk.practice, desk.clock)
    assert all(chain.broken_at is None for chain in journal.verify(desk=at))
    with at.reading() as look:
        tickets = {t.number: t for t in look.execute(select(Ticket.__table__))}
        scans = look.execute(
            select(ScanRow.__table__).where(ScanRow.admitted > 0, ScanRow.undone_at.is_(None))
        ).all()
        gone = set(
            look.execute(select(Reservation.id).where(Reservation.status == Status.CANCELLED)).scalars()
        )
        listed = look.execute(select(Incident.__table__)).all()
    came: dict[int, int] = {}
    for scan in scans:
        if scan.reservation_id not in gone:
            for ticket, heads, _ in scan.did["tickets"]:
                came[ticket] = came.get(ticket, 0) + heads
    assert all(heads <= tickets[number].heads * tickets[number].uses for number, heads in came.items())
    too_many = {one.scan_id: one.heads for one in listed if one.kind is Conflict.TWICE}
    for scan in scans:
        if scan.reservation_id not in gone:
            counted = sum(heads for _, heads, _ in scan.did["tickets"])
            assert counted + too_many.get(scan.id, 0) == scan.admitted
    cancelled = {one.scan_id for one in listed if one.kind is Conflict.CANCELLED}
    assert cancelled == {scan.id for scan in scans if scan.reservation_id in gone}
    assert (
        len({(one.kind, one.scan_id) for one in listed}) == len(listed) == incidents.count_incidents(desk=at)
    )


@pytest.fixture
def a_copy_of(kind: str, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Makes a copy of a database and tells its address."""
    if kind == "sqlite":
        made = count()

        def copy_file(address: str) -> str:
            file = Path(address.removeprefix("sqlite:///"))
            other = file.with_name(f"{file.stem}-{next(made)}.sqlite")
            shutil.copyfile(file, other)
            return f"sqlite:///{other}"

        return copy_file
    server = request.getfixturevalue("postgresql")
    numbers = count()

    def copy_database(address: str) -> str:
        name = f"order_{next(numbers)}"
        server.tell(f"drop database if exists {name} with (force)")
        server.copy(name, address.rsplit("/", 1)[1].split("?")[0])
        return str(server.url(name))

    return copy_database


def test_five_counters_in_any_order_end_the_same(
    kind: str,
    request: pytest.FixtureRequest,
    a_copy_of: Callable[[str], str],
    clock: StillClock,
    tmp_path: Path,
) -> None:
    first, *others = run(request.getfixturevalue(f"fresh_{kind}"), a_copy_of, clock, tmp_path, 12, 8)
    assert {one[1] for one in first.incidents} == {Conflict.TWICE, Conflict.CANCELLED}
    for other in others:
        assert other == first


@pytest.mark.soak
def test_five_counters_with_a_thousand_scans_each(
    kind: str,
    request: pytest.FixtureRequest,
    a_copy_of: Callable[[str], str],
    clock: StillClock,
    tmp_path: Path,
) -> None:
    first, *others = run(request.getfixturevalue(f"fresh_{kind}"), a_copy_of, clock, tmp_path, 1_500, 1_000)
    assert len(first.scans) > 0.9 * COUNTERS * 1_000
    assert len(first.incidents) > 100
    for other in others:
        assert other == first
