"""How soon an order that another process takes in is a message of the counter's tray, on a real screen and bus.

From the other process's commit to the moment at which the desktop is asked to show the message. The floor is how long
the desktop's own bus takes to hear of one.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from controllers.desk import open_desk
from models.database import sqlite_url
from tests.bench.server import a_server
from tests.builders import a_product, a_reservation
from tests.journeys import x_keys
from tests.journeys.test_tray import a_program, until
from tests.peers.bus import Desktop, a_desktop

Pair = tuple[list[float], list[float]]
ROUNDS = 15


def tray_sqlite() -> Pair:
    """On a file, which the window asks four times a second."""
    with tempfile.TemporaryDirectory() as folder:
        return _rung(sqlite_url(Path(folder) / "desk.sqlite"))


def tray_postgresql() -> Pair:
    """On a server, which calls by itself."""
    with a_server() as address:
        return _rung(address)


def _rung(address: str) -> Pair:
    desk = open_desk(address, practice=True, counter="Second desk")
    a_product(desk)
    chance, ours, floor = random.Random(1), [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        a_desktop() as desktop,
        x_keys.a_screen() as display,
        a_program(display, desktop.address, Path(folder), address) as ask,
    ):
        until(lambda: ask()["listens"] and bool(desktop.items))
        for _ in range(ROUNDS):
            time.sleep(3 + chance.random())
            number = f"CF-{a_reservation(desk)}"
            kept_at = time.time()
            shown = until_shown(desktop, number)
            ours.append((shown - kept_at) * 1000)
            began = time.perf_counter()
            desktop.item("Status")
            floor.append((time.perf_counter() - began) * 1000)
    desk.database.close()
    return ours, floor


def until_shown(desktop: Desktop, number: str) -> float:
    """When the message of a new order was to be shown."""
    found: list[float] = []

    def is_shown() -> bool:
        found.extend(
            at for at, title, _ in desktop.shown if title.startswith("New") and title.endswith(number)
        )
        return bool(found)

    until(is_shown)
    return found[0]
