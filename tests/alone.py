"""Stands at a counter that is alone: makes its server say nothing, and looks at what was handed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select, text

from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.viewing import ticket_code
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry, ScanRow
from tests.builders import DEPARTS, a_product, a_reservation, tickets
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)
SOON_S = 0.15
"""A deadline that nobody has to wait long for."""

A, B, C = "a" * 36, "b" * 36, "c" * 36
"""Ids of scans."""


@contextmanager
def silent(door: Door) -> Iterator[None]:
    """Nobody at this counter gets an answer: what every scan wants is held, or the line is known to be cut."""
    server = door.server.database
    if server.is_sqlite:
        server.set_away(CannotDo("database-unreachable", where=server.where))
        try:
            yield
        finally:
            server.set_away(None)
        return
    door.deadline_s = SOON_S
    with server.transaction() as held:
        held.execute(text("lock table scans, reservations in access exclusive mode"))
        yield


def a_code(desk: Desk, one: int, which: int = 0) -> str:
    ticket = tickets(desk, one)[which]
    return ticket_code(ticket.number, ticket.key_version, desk=desk)


def guests(desk: Desk, clock: StillClock, party: int = 2, **product: object) -> int:
    """A reservation whose gate is open."""
    a_product(desk, **product)
    one = a_reservation(desk, Status.CONFIRMED, party=party, email="anna@example.com")
    clock.set(IN_TIME)
    return one


def ready(door: Door) -> Door:
    """Followed up to now."""
    assert not door.look_after().is_offline
    return door


def scans(desk: Desk) -> list[tuple[str, int, bool]]:
    """Every scan: its id's first sign, how many it let in, and whether it was taken back."""
    with desk.reading() as look:
        rows = look.execute(select(ScanRow).order_by(ScanRow.at, ScanRow.id)).all()
    return [(row.id[0], row.admitted, row.undone_at is not None) for row in rows]


def handed_over(desk: Desk, one: int) -> list[dict[str, object]]:
    """What the journal says about scans that were handed over."""
    with desk.reading() as look:
        asked = select(JournalEntry.details).where(JournalEntry.action == "hand-over")
        ours = asked.where(JournalEntry.subject == f"reservation:{one}").order_by(JournalEntry.seq)
        rows = look.execute(ours).scalars()
        return [json.loads(details) for details in rows]
