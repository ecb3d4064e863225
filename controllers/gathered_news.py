"""Rings once for the orders of one intake, though each came by a mail of its own and was kept by itself.

Each order is noted with itself, in one transaction; what was noted so is told when the intake is over. Whoever dies in
between leaves notes that the next intake tells.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select, update

from controllers.desk import Desk
from controllers.notices import UNTOLD, newest, tell_of_orders
from controllers.rights import needs
from models.notices import Event
from models.rights import Right
from models.tables import NoticeRow

_N: Table = NoticeRow.__table__  # type: ignore[assignment]
_LOOK_BACK = 2_000
"""Among so many last notices is looked for what was not told."""


@needs(Right.ORDERS)
def tell_gathered(*, desk: Desk) -> int:
    """Tells of the orders that were noted and not told; how many they were."""
    with desk.reading() as look:
        if not _untold(look):
            return 0
    with desk.work(by_clock=True) as work:
        rows = _untold(work.connection)
        tell_of_orders(work, [(row.reservation_id, row.facts[UNTOLD]) for row in rows], "taken-in")
        for row in rows:
            work.connection.execute(update(_N).where(_N.c.id == row.id).values(facts={}))
        work.changed.add("notices")
    return len(rows)


def _untold(look: Connection) -> list[Any]:
    asked = select(_N.c.id, _N.c.reservation_id, _N.c.facts).where(
        _N.c.id > newest(look) - _LOOK_BACK, _N.c.event == Event.NEW, _N.c.gathered.is_(True)
    )
    return [row for row in look.execute(asked.order_by(_N.c.id)) if UNTOLD in row.facts]
