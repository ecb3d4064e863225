"""Reads who comes along with some orders: what hides a traveler in a text hides these people with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from models.tables import Traveler


def companions_of(look: Connection, reservation_ids: Collection[int]) -> dict[int, list[str]]:
    """The names by order, [] for one where nobody else is named. Ask for no more orders than a page at once."""
    found: dict[int, list[str]] = defaultdict(list)
    if reservation_ids:
        asked = select(Traveler.reservation_id, Traveler.name).order_by(Traveler.id)
        for one, name in look.execute(asked.where(Traveler.reservation_id.in_(reservation_ids))):
            found[one].append(name)
    return found
