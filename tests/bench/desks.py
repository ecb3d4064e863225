"""Throw-away desks for measuring: a file database with products and many confirmed reservations."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from controllers import imports, products
from controllers.desk import Desk, open_desk

NOW = datetime(2026, 12, 5, 0, 10, tzinfo=UTC)

PRODUCTS = """
[operator]
name = "Bench Tours"
zone = "Asia/Seoul"
currency = "KRW"

[[product]]
code = "GATE"
name = "Palace Gate Ticket"
redeem = "on arrival"
  [[product.option]]
  name = "Morning"
  starts = "09:30"
  minutes = 180
  capacity = 100000
  units = [ { name = "Adult", price = "49000" } ]

[[product]]
code = "TOUR"
name = "Palace & Market Walking Tour"
known_as = [ { channel = "rezio", name = "[TOUR] Palace & Market Walking Tour" } ]
  [[product.option]]
  name = "Morning"
  starts = "09:30"
  minutes = 180
  capacity = 100000
  [[product.option]]
  name = "Evening"
  starts = "17:00"
  minutes = 180
  capacity = 100000
"""


@contextmanager
def a_desk() -> Iterator[Desk]:
    """A practice desk in a folder of its own, with the bench's products."""
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        desk = open_desk(f"sqlite:///{folder}/bench.sqlite", practice=True)
        clock = Clock()
        desk.clock = clock.now
        file = Path(folder) / "products.toml"
        file.write_text(PRODUCTS, encoding="utf-8")
        products.save_products(file, desk=desk)
        try:
            yield desk
        finally:
            desk.database.close()


class Clock:
    """A clock that never stands still, so that every row has its own time."""

    def __init__(self) -> None:
        self._at = NOW

    def now(self) -> datetime:
        """The next moment."""
        self._at += timedelta(milliseconds=1)
        return self._at


def direct_file(rows: int) -> bytes:
    """A direct.csv of confirmed gate tickets for the bench's day."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        "reference status product option date time adults children name email phone amount currency notes".split()
    )
    for n in range(rows):
        writer.writerow([
            f"D-{n:06d}", "confirmed", "Palace Gate Ticket", "Morning", "2026-12-05", "09:30", 2, 0,
            f"Example Traveler {n}", f"traveler{n}@example.com", "", 98000, "KRW", "",
        ])  # fmt: skip
    return out.getvalue().encode()


def rezio_file(rows: int, seed: int = 1) -> bytes:
    """A rezio order list of the size a busy operator exports."""
    chance = random.Random(seed)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([
        "Order Number", "Order Status", "[Code] Product/Option", "Customer", "Amount", "Payment Status", "Balance",
        "Source", "Order Date", "Departure Date", "Person in Charge",
    ])  # fmt: skip
    for n in range(rows):
        status = chance.choice(
            ("New & Paid", "Confirmed", "Confirmed", "Confirmed", "Canceled", "Check-In & Redeem")
        )
        option, clock = chance.choice((("Morning", "09:30"), ("Evening", "17:00")))
        writer.writerow([
            f"26KK{n:09d}", status, f"[TOUR] Palace & Market Walking Tour/{option}", f"EXAMPLE, NAME {n}",
            f"TWD {chance.randint(8, 60) * 100:,}", "Paid", "TWD 0", "KKday",
            f"2026-11-{chance.randint(1, 20):02d} {chance.randint(8, 20):02d}:{chance.randint(0, 59):02d}",
            f"2026-12-{chance.randint(1, 31):02d} {clock}", "Kim" if n % 3 else "",
        ])  # fmt: skip
    return out.getvalue().encode()


def take(desk: Desk, name: str, data: bytes) -> imports.Account:
    """Imports a file through the real use case."""
    return imports.import_file(name, data, desk=desk)
