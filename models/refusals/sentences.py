"""Every sentence the desk refuses with, by its code; each stands in the file of what it is about."""

from __future__ import annotations

from models.refusals import database, letters, money, orders, people, products

SENTENCES: dict[str, str] = {
    **database.SENTENCES,
    **letters.SENTENCES,
    **money.SENTENCES,
    **orders.SENTENCES,
    **people.SENTENCES,
    **products.SENTENCES,
}
