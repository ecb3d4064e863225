"""The rows of a list that may be very long: it knows the number of every row, and reads the rows that are looked at.

Eight bytes a row are held, and some thousand rows in full. A row nobody has read yet is shown as a bar and asked
for; what is scrolled past is not asked for at all. Nothing moves by itself: other rows come only by `show_ids`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from ui.widgets.row_model import Column, Index, RowModel
from ui.widgets.ticks import Ticks

PAGE = 100
KEPT = 3_000
GATHER_MS = 40
"""So long questions are gathered: dragging the scroll bar shall not ask for every page it passes."""
_AT_ONCE = 3  # pages: more than any window shows


class SnapshotModel(RowModel):
    """`rows_wanted` brings the ids of rows to read; answer with `take_rows`, or with `give_up` where that failed.

    What is asked for is the newest first, one question at a time.
    """

    rows_wanted = Signal(object)

    def __init__(
        self, columns: Sequence[Column], say: Callable[[Any, str], str], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, lambda row: row.id, say, parent)
        self._ids = array("q")
        self._known: dict[int, Any] = {}  # the longest read first
        self._stale: set[int] = set()
        self._nowhere: set[int] = set()
        self._wanted: dict[int, None] = {}  # pages, the newest last
        self._asked: frozenset[int] = frozenset()
        self._ticks = Ticks()
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._ask)

    # the list

    @property
    def ids(self) -> array[int]:
        """Every row's number, in order. Not to be changed."""
        return self._ids

    def show_ids(self, ids: array[int]) -> None:
        """These rows in this order. What follows what is shown already is added below, without moving it."""
        shown = len(self._ids)
        if len(ids) > shown > 0 and ids[:shown] == self._ids:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        elif ids == self._ids:
            self._ids = ids  # the older one can go: a long one is eight megabytes
        else:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()

    def know(self, rows: Iterable[Any]) -> None:
        """Rows as they are now."""
        for row in rows:
            self._take(row)
        while len(self._known) > KEPT:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._stale.discard(oldest)
        if self._fresh:
            self._calm.start()
        if self._ids:
            self._changed(0, len(self._ids) - 1)

    def take_rows(self, rows: Sequence[Any]) -> None:
        """The rows that were wanted; those that did not come are nowhere any more."""
        self._nowhere |= self._asked - {row.id for row in rows}
        self._asked = frozenset()
        self.know(rows)
        if self._wanted and not self._gather.isActive():
            self._gather.start()

    def give_up(self) -> None:
        """The rows could not be read; they are asked for again when they are looked at again."""
        self._asked = frozenset()
        self._wanted.clear()

    def forget_facts(self) -> None:
        """Something has changed somewhere: rows are shown as they were until they are read again."""
        self._stale = set(self._known)
        self._nowhere.clear()

    def want(self, first: int, last: int) -> None:
        """Read the rows from here to there."""
        for at in range(max(0, first), min(last, len(self._ids) - 1) + 1):
            self._want(at)

    @property
    def is_waiting(self) -> bool:
        """Whether a row that was looked at is still to come."""
        return bool(self._wanted) or bool(self._asked)

    # one row

    def row(self, at: int) -> Any:
        """The row at a place, or None: there is none, or it has not been read yet."""
        if not 0 <= at < len(self._ids):
            return None
        number = self._ids[at]
        row = self._known.get(number)
        if row is None or number in self._stale:
            self._want(at)
        return row

    def identity_at(self, at: int) -> Hashable:
        return self._ids[at] if 0 <= at < len(self._ids) else None

    def place_of(self, identity: Hashable, near: int = 0) -> int:
        """Where the row with this number stands, or -1; looked for `near` a place first."""
        assert isinstance(identity, int)
        start = max(0, near - PAGE)
        for part, offset in ((self._ids[start : near + PAGE], start), (self._ids, 0)):
            try:
                return offset + part.index(identity)
            except ValueError:
                continue
        return -1

    # ticks

    @property
    def ticks(self) -> Ticks:
        """What is ticked, as it is now."""
        return self._ticks.copy()

    @property
    def ticked(self) -> frozenset[Hashable]:
        return frozenset(self._ticks.among(self._ids))

    @property
    def ticked_count(self) -> int:
        """How many are ticked."""
        return self._ticks.count(len(self._ids))

    @property
    def all_ticked(self) -> bool | None:
        count = self.ticked_count
        return (
            count == len(self._ids)
            if count in (0, len(self._ids)) and self._ids
            else (None if count else False)
        )

    def is_ticked(self, row: Any) -> bool:
        return self._ticks.has(row.id)

    def is_ticked_at(self, at: int) -> bool:
        return 0 <= at < len(self._ids) and self._ticks.has(self._ids[at])

    def tick_at(self, at: int, on: bool) -> None:
        if 0 <= at < len(self._ids):
            self._ticks.put(self._ids[at], on)
            self._changed(at)
            self.ticks_changed.emit()

    def tick_all(self, on: bool) -> None:
        self.set_ticks(Ticks(all_but=on and bool(self._ids)))

    def tick_span(self, first: int, last: int, besides: Ticks | None = None) -> None:
        """Tick the rows from here to there, and nothing else but `besides`."""
        low, high = sorted((first, last))
        made = besides.copy() if besides else Ticks()
        made.put_all(self._ids[max(0, low) : high + 1])
        self.set_ticks(made)

    def set_ticks(self, ticks: Ticks) -> None:
        """These, whatever was ticked before."""
        if ticks != self._ticks:
            self._ticks = ticks.copy()
            if self._ids:
                self._changed(0, len(self._ids) - 1)
            self.ticks_changed.emit()

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    # reading

    def _take(self, row: Any) -> None:
        before = self._known.pop(row.id, None)
        self._known[row.id] = row
        self._stale.discard(row.id)
        if before is not None and before != row:
            self._fresh.add(row.id)

    def _want(self, at: int) -> None:
        number = self._ids[at]
        if number in self._nowhere or number in self._asked:
            return
        page = at // PAGE
        self._wanted.pop(page, None)
        self._wanted[page] = None
        if not self._gather.isActive() and not self._asked:
            self._gather.start()

    def _ask(self) -> None:
        """The newest pages; what was passed by before is looked at no more."""
        pages = list(self._wanted)[-_AT_ONCE:]
        self._wanted.clear()
        wanted = []
        for page in reversed(pages):
            for number in self._ids[page * PAGE : (page + 1) * PAGE]:
                if number not in self._known or number in self._stale:
                    wanted.append(number)
        if wanted:
            self._asked = frozenset(wanted)
            self.rows_wanted.emit(tuple(wanted))
