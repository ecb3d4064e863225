"""Takes forgotten travelers out of what belongs to no order: the names of lists, and notes at the drawer.

People call a list after a guest, or write down for whom cash was taken out. There only a whole name is taken for
that person: one called May must not take the word out of "Boats in May".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Table, select, update

from controllers.desk import Work
from models.erasing import whole_names
from models.tables import DrawerMove, SavedView, Shift

_V: Table = SavedView.__table__  # type: ignore[assignment]
_NOTES = ((Shift.__table__, "note"), (DrawerMove.__table__, "reason"))


def take_out(work: Work, known: Iterable[str]) -> None:
    """Every name, address and number of `known`, wherever it stands as it is."""
    wanted = [one for one in known if one]
    if not wanted:
        return
    without = whole_names(wanted)
    _from_views(work, without)
    for table, column in _NOTES:
        _from_notes(work, table, column, without)


def _from_views(work: Work, without: Callable[[str], str]) -> None:
    rows = work.connection.execute(select(_V.c.id, _V.c.staff_id, _V.c.name).order_by(_V.c.id)).all()
    taken = {(row.staff_id, row.name.casefold()) for row in rows}
    for row in rows:
        name = without(row.name)
        if name == row.name:
            continue
        name = _free(name, row.staff_id, taken)
        taken.add((row.staff_id, name.casefold()))
        work.connection.execute(update(_V).where(_V.c.id == row.id).values(name=name))
        work.changed.add("views")


def _free(name: str, staff_id: int, taken: set[tuple[int, str]]) -> str:
    """Nobody has two lists of one name, also not where both were called after guests."""
    free, number = name, 1
    while (staff_id, free.casefold()) in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _from_notes(work: Work, table: Any, column: str, without: Callable[[str], str]) -> None:
    said = table.c[column]
    for row in work.connection.execute(select(table.c.id, said.label("said")).where(said != "")).all():
        left = without(row.said)
        if left != row.said:
            work.connection.execute(update(table).where(table.c.id == row.id).values({column: left}))
