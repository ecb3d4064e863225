"""Fills a database with tickets of the bench's day."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from controllers import products
from controllers.desk import open_desk
from models.tables import Ticket
from tests.bench.desks import PRODUCTS, Clock, direct_file, take


def stocked(url: str, tickets: int, folder: Path) -> list[int]:
    """A practice database with so many confirmed orders of two heads; the numbers of their tickets."""
    desk = open_desk(url, practice=True, clock=Clock().now)
    file = folder / "products.toml"
    file.write_text(PRODUCTS, encoding="utf-8")
    products.save_products(file, desk=desk)
    take(desk, "direct.csv", direct_file(tickets))
    desk.database.gather_statistics()
    with desk.reading() as look:
        numbers = list(look.execute(select(Ticket.number).order_by(Ticket.number)).scalars())
    desk.database.close()
    return numbers
