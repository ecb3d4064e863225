"""The rows a list shows: frozen rows as they were read, a page or two of them, and which are ticked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from models.frozen import frozen

Index = QModelIndex | QPersistentModelIndex
_ROW = int(Qt.ItemDataRole.UserRole)
_SAY = int(Qt.ItemDataRole.AccessibleTextRole)
_TITLE = int(Qt.ItemDataRole.DisplayRole)
_FRESH_MS = 1500


@frozen
class Column:
    """`key` is what the delegate asks for, `title` what the header says (marked for translation).

    `inset` keeps a first column as far from the window's edge as everything else is.
    """

    key: str
    title: str
    width: int = 100
    right: bool = False
    stretch: bool = False
    sortable: bool = False
    inset: int = 0


class RowModel(QAbstractTableModel):
    """`identify(row)` is what stays the same when a row is read again; `say(row, key)` its cell in words.

    Titles are translated in the context 'columns'. `more_wanted` comes when the last row is near.
    """

    more_wanted = Signal()
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        identify: Callable[[Any], Hashable],
        say: Callable[[Any, str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._identify, self._say = identify, say
        self._rows: list[Any] = []
        self._ticked: set[Hashable] = set()
        self._fresh: set[Hashable] = set()
        self._more = self._asking = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_FRESH_MS)
        self._calm.timeout.connect(self._forget_fresh)

    def show_rows(self, rows: Iterable[Any], *, more: bool = False) -> None:
        """Show these rows. The same rows with other facts change in place, and are marked for a moment."""
        new = list(rows)
        self._more, self._asking = more, False
        if [self._identify(row) for row in new] != [self._identify(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        for at, (old, row) in enumerate(zip(self._rows, new, strict=True)):
            if old != row:
                self._rows[at] = row
                self._fresh.add(self._identify(row))
                self._changed(at)
        if self._fresh:
            self._calm.start()

    def append_rows(self, rows: Iterable[Any], *, more: bool) -> None:
        """The next page."""
        new = list(rows)
        self._more, self._asking = more, False
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    @property
    def rows(self) -> tuple[Any, ...]:
        """Every row that is shown, from the top."""
        return tuple(self._rows)

    def row(self, at: int) -> Any:
        """The row at a place, or None."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place_of(self, identity: Hashable) -> int:
        """Where the row with this identity stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if self._identify(row) == identity), -1)

    def identity(self, row: Any) -> Hashable:
        """What stays the same about a row."""
        return self._identify(row)

    def identity_at(self, at: int) -> Hashable:
        """The same of the row at a place; None where there is no row."""
        row = self.row(at)
        return None if row is None else self._identify(row)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, or the same in another order."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    # ticks

    @property
    def ticked(self) -> frozenset[Hashable]:
        """The identities of the ticked rows, also of those on other pages."""
        return frozenset(self._ticked)

    @property
    def all_ticked(self) -> bool | None:
        """True for all, False for none, None for some of the rows shown."""
        shown = {self._identify(row) for row in self._rows}
        if not shown & self._ticked:
            return False
        return True if shown <= self._ticked else None

    def is_ticked(self, row: Any) -> bool:
        """Whether this row is ticked."""
        return self._identify(row) in self._ticked

    def is_ticked_at(self, at: int) -> bool:
        """Whether the row at this place is ticked."""
        row = self.row(at)
        return row is not None and self.is_ticked(row)

    def is_fresh(self, row: Any) -> bool:
        """Whether this row has changed a moment ago."""
        return self._identify(row) in self._fresh

    def tick(self, row: Any, on: bool) -> None:
        """Tick a row or take the tick away."""
        (self._ticked.add if on else self._ticked.discard)(self._identify(row))
        self._changed(self.place_of(self._identify(row)))
        self.ticks_changed.emit()

    def tick_at(self, at: int, on: bool) -> None:
        """Tick the row at a place, or take its tick away."""
        row = self.row(at)
        if row is not None:
            self.tick(row, on)

    def tick_all(self, on: bool) -> None:
        """Tick every row shown, or none at all."""
        self._ticked = {self._identify(row) for row in self._rows} if on else set()
        if self._rows:
            self._changed(0, len(self._rows) - 1)
        self.ticks_changed.emit()

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _TITLE) -> Any:
        if role not in (_ROW, _SAY) or not index.isValid():
            return None
        row = self.row(index.row())
        if role == _ROW:
            return row
        return "" if row is None else self._say(row, self.columns[index.column()].key)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TITLE) -> Any:
        if (
            orientation is Qt.Orientation.Horizontal
            and role in (_TITLE, _SAY)
            and 0 <= section < len(self.columns)
        ):
            return QCoreApplication.translate("columns", self.columns[section].title)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asking

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asking = True
            self.more_wanted.emit()

    def _changed(self, first: int, last: int = -1) -> None:
        if first >= 0:
            bottom = self.index(max(first, last), len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), bottom)

    def _forget_fresh(self) -> None:
        self._fresh.clear()
        if self.rowCount():
            self._changed(0, self.rowCount() - 1)
