"""Reads tables: finds the heading, knows each column by any of its spellings, gives row after row.

Columns may stand in any order, and there may be others: those are kept and ignored. The user's own
names for columns (`headers`: heading -> field) come before the known ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from controllers.channels.documents import Document, Kind
from controllers.channels.identities import safe_reference
from controllers.channels.raw import Raw, RowRefused, fingerprint, seed_of
from controllers.channels.text import clean, fold, line
from models.refusals import CannotDo

if TYPE_CHECKING:
    from models.orders import Order

Cells = dict[str, str]
"""What stands in a row, by our field names; a column the file lacks is ''."""

_HEADING_WITHIN = 10  # exports may put a title and a date above the heading
_ENOUGH_COLUMNS = 3


class Sheet:
    """One table with its heading understood: which column is which field, and how a row is read."""

    def __init__(self, reader: TableReader, top: int, heading: list[str], headers: Mapping[str, str]) -> None:
        self.top = top  # index of the heading row
        self.names = _unique(heading)
        self.columns = reader.columns_of(heading, headers)
        self._build = reader.build
        self._blank = dict.fromkeys(reader.columns, "")
        # Read always in the order of the headings' names: the same row gives the same fingerprint
        # in whatever order the columns stand.
        places = sorted(range(len(heading)), key=lambda index: (fold(heading[index]), index))
        self.in_order = itemgetter(*places) if len(places) > 1 else tuple
        self._fields = tuple(self.columns)
        self._pick = itemgetter(*self.columns.values()) if len(self.columns) > 1 else tuple
        mapping = sorted((fold(heading[index]), name) for name, index in self.columns.items())
        self.seed = seed_of(reader.key, mapping)

    @property
    def reference(self) -> int | None:
        """The column of the channel's number."""
        return self.columns.get("reference")

    def order(self, values: list[str]) -> Order:
        """What a row tells; RowRefused where it cannot be read."""
        if len(values) != len(self.names):
            raise RowRefused("row-not-readable")
        picked = self._pick(values)
        tidy = str.strip if "".join(picked).isprintable() else clean
        return self._build(self._blank | dict(zip(self._fields, map(tidy, picked), strict=True)))


class TableRow(Raw):
    """One row of a table."""

    __slots__ = ("_sheet", "_values")

    def __init__(self, row: int, digest: bytes, values: list[str], sheet: Sheet) -> None:
        self.row = row
        self.digest = digest
        self._values = values
        self._sheet = sheet

    @property
    def cells(self) -> Mapping[str, str]:
        """The row by its headings; cells beyond the heading are numbered."""
        names = self._sheet.names
        extra = [f"column {index + 1}" for index in range(len(names), len(self._values))]
        return dict(zip([*names, *extra], map(clean, self._values), strict=False))

    def _order(self) -> Order:
        return self._sheet.order(self._values)

    def _reference(self) -> str:
        index = self._sheet.reference
        if index is None or index >= len(self._values):
            return ""
        if len(self._values) != len(self._sheet.names):
            return safe_reference(self._values[index])
        return line(self._values[index], 120).lstrip("#").strip()


@dataclass(frozen=True)
class TableReader:
    """How a source's export looks: its columns by field, and how a row becomes an order.

    `marks` are the fields by which the table is known as this source's.
    """

    key: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    marks: tuple[str, ...]
    build: Callable[[Cells], Order]

    def columns_of(self, heading: list[str], headers: Mapping[str, str]) -> dict[str, int]:
        """Which column holds which field. The first column of a name wins."""
        spellings = {fold(name): each for each, names in self.columns.items() for name in names}
        own = {fold(name): each for name, each in headers.items() if each in self.columns}
        found: dict[str, int] = {}
        for table in (own, spellings):
            for index, name in enumerate(heading):
                each = table.get(fold(name))
                if each and each not in found and (table is own or index not in found.values()):
                    found[each] = index
        return found

    def certainty(self, document: Document, headers: Mapping[str, str]) -> int:
        """How sure it is that the table is of this source: 0 for not at all, else columns known."""
        sheet = self._sheet(document, headers)
        if sheet is None or len(sheet.columns) < _ENOUGH_COLUMNS:
            return 0
        marked = all(mark in sheet.columns for mark in self.marks)
        known = sum(1 for names in self.columns.values() if names)
        if not marked and len(sheet.columns) * 2 < known:
            return 0
        return len(sheet.columns) + 100 * marked

    def rows(self, document: Document, headers: Mapping[str, str]) -> Iterator[Raw]:
        """The rows below the heading; CannotDo where the table is not of this source, or not whole."""
        sheet = self._sheet(document, headers)
        missing = [each for each in self.required if sheet is None or each not in sheet.columns]
        if sheet is None or (missing and not headers and not self.certainty(document, headers)):
            raise CannotDo("not-what-it-claims", file=document.name, channel=self.title)
        if missing:
            words = ", ".join((self.columns[each] or (each,))[0] for each in missing)
            raise CannotDo("columns-missing", file=document.name, channel=self.title, columns=words)
        return _below(document.rows, sheet)

    def _sheet(self, document: Document, headers: Mapping[str, str]) -> Sheet | None:
        if document.kind is not Kind.TABLE:
            return None
        best, most = None, 0
        for top, cells in enumerate(document.rows[:_HEADING_WITHIN]):
            count = len(self.columns_of(cells, headers))
            if count > most:
                best, most = top, count
        return Sheet(self, best, document.rows[best], headers) if best is not None else None


def _below(rows: list[list[str]], sheet: Sheet) -> Iterator[Raw]:
    width, in_order, seed = len(sheet.names), sheet.in_order, sheet.seed
    for number, values in enumerate(islice(rows, sheet.top + 1, None), sheet.top + 2):
        if not any(values) or not (values[0] or any(value.strip() for value in values)):
            continue
        digest = fingerprint("\x1f".join(in_order(values) if len(values) == width else values), seed)
        yield TableRow(number, digest, values, sheet)


def _unique(heading: list[str]) -> list[str]:
    """Names for the kept cells: blank and repeated headings get a number."""
    names: list[str] = []
    for index, cell in enumerate(heading):
        name = line(cell, 100) or f"column {index + 1}"
        names.append(name if name not in names else f"{name} ({index + 1})")
    return names
