"""A nursery of counters that are killed: it loads everything once, and makes a fresh counter for each line it is told.

A line is an address and a seed. The counter takes orders, confirms them and lets guests in. It says what it begins
before each, and afterwards that it is done: whoever kills it knows what was acknowledged.
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from datetime import timedelta
from typing import Any, NoReturn

from sqlalchemy import select

from controllers import checkin, reservations
from controllers.desk import Desk, open_desk
from models.references import number_of
from models.reservations import Status
from models.tables import Reservation
from tests.builders import DEPARTS, kkday_row, take


def say(**told: Any) -> None:
    """One line in one write: it is there whole or not at all."""
    os.write(1, json.dumps(told).encode() + b"\n")


def work(address: str, seed: int) -> NoReturn:
    """Goes on until it is killed."""
    chance = random.Random(seed)
    at = DEPARTS - timedelta(minutes=20)
    desk = open_desk(address, practice=True, clock=lambda: at, counter="Killed")
    say(open=os.getpid())
    for turn in range(10_000):
        _one(desk, chance, f"{seed}X{turn}")
    os._exit(0)


def _one(desk: Desk, chance: random.Random, mark: str) -> None:
    waiting, confirmed = _known(desk)
    if confirmed and chance.random() < 0.5:
        code, scan_id = chance.choice(confirmed), str(uuid.UUID(int=chance.getrandbits(128), version=4))
        say(begin="scan", id=scan_id)
        answer = checkin.scan(code, desk=desk, scan_id=scan_id)
        say(done="scan", id=scan_id, verdict=answer.kind.value, admitted=answer.admitted)
    elif waiting and chance.random() < 0.6:
        number = chance.choice(waiting)
        say(begin="confirm", id=number)
        reservations.confirm(number, desk=desk)
        say(done="confirm", id=number)
    else:
        references = [f"27KK{mark}N{n}" for n in range(3)]
        say(begin="take", id=references)
        take(desk, *(kkday_row(reference=one, guests="2 x Adult") for one in references))
        say(done="take", id=references)


def _known(desk: Desk) -> tuple[list[int], list[str]]:
    """Orders that wait, and numbers of guests who are not in yet."""
    with desk.reading() as look:
        unanswered = select(Reservation.id).where(Reservation.status == Status.UNCONFIRMED)
        outside = (Reservation.status == Status.CONFIRMED, Reservation.arrived_heads == 0)
        there = look.execute(select(Reservation.id).where(*outside).limit(20)).scalars()
        return list(look.execute(unanswered.limit(20)).scalars()), [number_of(one) for one in there]


def main() -> None:
    """A child for each line; what became of it is said when it is gone."""
    for line in sys.stdin:
        address, seed = line.split()
        child = os.fork()
        if not child:
            work(address, int(seed))
        _, ended = os.waitpid(child, 0)
        say(gone=ended)


if __name__ == "__main__":
    main()
