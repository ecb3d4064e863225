"""Works in a folder until its disk is full, then makes room and goes on; says what came of each step, a line each.

    python -m tests.journeys.small_disk FOLDER

The folder is on a disk of its own of a few megabytes (see test_disk.py).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from controllers import backup, sealed
from controllers.desk import Desk
from controllers.journal import verify
from controllers.place import Place
from models.refusals import CannotDo
from models.tables import RawRow, Reservation
from tests.builders import a_product, kkday_row, take


def say(**told: Any) -> None:
    """One line."""
    print(json.dumps(told), flush=True)


def count(desk: Desk) -> tuple[int, int]:
    """Orders, and the rows of files behind them."""
    with desk.reading() as look:
        asked = (select(func.count()).select_from(table) for table in (Reservation, RawRow))
        orders, rows = (int(look.execute(one).scalar_one()) for one in asked)
        return orders, rows


def until_refused(desk: Desk) -> tuple[int, CannotDo]:
    """Takes orders until the desk says no; how many were acknowledged."""
    taken = 0
    while True:
        try:
            taken += take(desk, *(kkday_row() for _ in range(20))).taken
        except CannotDo as no:
            return taken, no


def main(folder: Path) -> None:
    """The whole story."""
    sealed._COST = 4  # the key of an example costs little
    ballast = folder / "ballast"
    desk = Place(folder, practice=True).open("Desk")
    a_product(desk, capacity=100_000)
    backup.keep_passphrase("an example phrase", desk=desk)
    ballast.write_bytes(os.urandom(500_000))
    taken, no = until_refused(desk)
    say(step="full", code=no.code, sentence=no.sentence, taken=taken, there=count(desk))
    say(step="whole", whole=all(chain.broken_at is None for chain in verify(desk=desk)))
    try:
        backup.back_up(desk=desk)
        say(step="backup", code="")
    except CannotDo as no:
        left = [str(file) for file in folder.rglob("*") if file.name.endswith(".part") or "room" in file.name]
        say(step="backup", code=no.code, left=left)
    ballast.unlink()
    more = take(desk, kkday_row()).taken
    say(step="room", taken=more, there=count(desk))
    desk.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
