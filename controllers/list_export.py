"""Writes a whole list of reservations into a file, some hundred rows at a time, so that a million need no memory.

What is hidden on screen is hidden in the file. That somebody took it out of the house is journaled, with
the names of the columns and the number of rows, before the file gets its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from controllers.desk import Desk
from controllers.exporting import Cell, open_draft
from controllers.viewing import see_rows
from models.frozen import frozen
from models.rights import Right, require
from models.rows import ReservationRow

AT_ONCE = 500
NAMED = 1_000
"""So many reservations of a list are named in the journal; of a longer one only the number is told."""


@frozen
class ExportColumn:
    """`key` is told in the journal, `title` stands in the file, `cell` makes of a row what stands below it."""

    key: str
    title: str
    cell: Callable[[ReservationRow], Cell]


@frozen
class Exported:
    """The file, and how many rows it has."""

    path: Path
    rows: int


class ListExport:
    """One export under way: call `step` until `is_over`, then `finish`; or `abandon` it.

    Each call may run on another thread, one after the other.
    """

    def __init__(
        self, ids: Sequence[int], columns: Sequence[ExportColumn], path: Path, *, desk: Desk
    ) -> None:
        require(desk.actor.role, Right.EXPORT)
        self._ids, self._columns, self._desk = ids, tuple(columns), desk
        self._draft = open_draft(path)
        self._draft.write([[column.title for column in columns]])
        self._at = self._rows = 0
        self._over = False

    @property
    def is_over(self) -> bool:
        """Whether every row is written."""
        return self._at >= len(self._ids)

    def step(self) -> int:
        """Write some rows; how many have been looked at by now. After `abandon` nothing more is written."""
        if self._over:
            return self._at
        rows = see_rows(self._ids[self._at : self._at + AT_ONCE], desk=self._desk)
        self._draft.write([[column.cell(row) for column in self._columns] for row in rows])
        self._at += AT_ONCE
        self._rows += len(rows)
        return min(self._at, len(self._ids))

    def finish(self) -> Exported:
        """Journal it, then let the file have its name: no list leaves the house unnoted."""
        with self._desk.work() as work:
            keys = [column.key for column in self._columns]
            told = named(self._ids)
            work.record("list", "export", rows=self._rows, columns=keys, kind=self._draft.kind, **told)
        made = Exported(self._draft.finish(), self._rows)
        self._over = True
        return made

    def abandon(self) -> None:
        """Leave nothing behind."""
        if not self._over:
            self._over = True
            self._draft.abandon()


def named(ids: Sequence[int]) -> dict[str, list[int]]:
    """The reservations of a list as the journal names them, so that each can tell who took it out of the house."""
    return {"reservations": [int(one) for one in ids]} if len(ids) <= NAMED else {}
