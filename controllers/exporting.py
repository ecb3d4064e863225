"""Writes lists into files that other programs open: CSV, or a workbook for Excel and its kin.

A name that begins with = or + must never be run as a formula by whoever opens the file, so in CSV such a
cell gets an apostrophe before it; in a workbook it is marked as text and stays as it is. Amounts are
numbers, times tell their zone. A file has its own name only when it is whole.

    with table_file(path) as table:
        table.write(("Time", "Pax"))
        table.write((moment, 2))
"""

from __future__ import annotations

import csv
import re
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from models.money import Money, digits
from models.refusals import CannotDo

Cell = str | int | Decimal | date | None
"""What may stand in a cell. A time is text by then (`moment`): spreadsheets know no zones."""

KINDS = (".csv", ".xlsx")
MOST_ROWS = 1_048_576
"""So many rows a sheet of Excel holds, its heading among them; what is more goes to another sheet."""
_MOST_SIGNS = 32_767

# Also their full-width twins, which Excel takes for the same in Japanese and Chinese.
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Table(Protocol):
    """A file under way: the heading first, then row by row."""

    def write(self, cells: Sequence[Cell]) -> None:
        """One row."""

    def close(self) -> None:
        """The file is whole."""

    def drop(self) -> None:
        """The file is not wanted any more."""


@contextmanager
def table_file(path: Path) -> Iterator[Table]:
    """A table that becomes the file `path`, by its ending CSV or a workbook; after an error there is none.

    Raises CannotDo("file-not-writable") and CannotDo("ending-unknown").
    """
    draft = open_draft(path)
    try:
        yield draft.table
        draft.finish()
    except BaseException:
        draft.abandon()
        raise


def open_draft(path: Path, kinds: Sequence[str] = KINDS) -> Draft:
    """The same for who writes it bit by bit, with other work between; `kinds` are the endings that fit."""
    if path.suffix.lower() not in kinds:
        raise CannotDo("ending-unknown", file=path.name, endings=list(kinds))
    return Draft(path)


class Draft:
    """A file that is not whole yet, under another name beside its place; forgotten, it is gone."""

    def __init__(self, path: Path) -> None:
        self._path, self._draft = path, path.with_name(f".{path.name}.part")
        self.kind = path.suffix.lower().lstrip(".")
        self._forgotten = weakref.finalize(self, _remove, self._draft)
        with _as_refusal(path):
            self.table: Table = _TABLES[self.kind](self._draft)

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Some rows more."""
        with _as_refusal(self._path):
            for cells in rows:
                self.table.write(cells)

    def finish(self) -> Path:
        """It is whole: it takes its place, over an older one."""
        with _as_refusal(self._path):
            self.table.close()
            self._draft.replace(self._path)
        self._forgotten.detach()
        return self._path

    def abandon(self) -> None:
        """Nothing of it stays."""
        with suppress(OSError):
            self.table.drop()
        self._forgotten()


def _remove(draft: Path) -> None:
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def moment(at: datetime, zone: str) -> str:
    """A time on the clock of its place, with its distance from UTC: '2027-02-01 14:00+09:00'."""
    return at.astimezone(ZoneInfo(zone or "UTC")).isoformat(" ", "minutes")


def amount(money: Money | None) -> Decimal | None:
    """An amount as a number; its currency belongs into a column of its own."""
    return None if money is None else Decimal(money.minor).scaleb(-digits(money.currency))


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


@contextmanager
def _as_refusal(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotDo("file-not-writable", file=path.name, why=error.strerror or str(error)) from error


class _Csv:
    """UTF-8 with its mark, so that Excel reads every script; texts in quotes, numbers without."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, quoting=csv.QUOTE_NONNUMERIC)

    def write(self, cells: Sequence[Cell]) -> None:
        self._csv.writerow([self._cell(cell) for cell in cells])

    def close(self) -> None:
        self._file.close()

    def drop(self) -> None:
        self._file.close()

    @staticmethod
    def _cell(cell: Cell) -> str | int | float | Decimal:
        if isinstance(cell, str):
            return defused(_UNPRINTABLE.sub("", cell))
        if isinstance(cell, date):
            return cell.isoformat()
        return "" if cell is None else cell


class _Lines:
    """One text a line, as it is: for programs that read every line alone."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, cells: Sequence[Cell]) -> None:
        self._file.write(f"{cells[0]}\n")

    def close(self) -> None:
        self._file.close()

    def drop(self) -> None:
        self._file.close()


class _Workbook:
    """One sheet after the other, each written as it comes, so that a long list needs no memory."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook

        path.touch()  # refuses now, not after a million rows
        self._path = path
        self._book = Workbook(write_only=True)
        self._heading: Sequence[Cell] | None = None
        self._rows = MOST_ROWS
        self._sheet: Any = None

    def write(self, cells: Sequence[Cell]) -> None:
        if self._heading is None:
            self._heading = cells
        elif self._rows == MOST_ROWS:
            self._put(self._heading)
        self._put(cells)

    def close(self) -> None:
        if self._heading is None:
            self._put(())
        self._book.save(self._path)

    def drop(self) -> None:
        for sheet in self._book.worksheets:
            writer = getattr(sheet, "_writer", None)  # what it has written so far lies in a file of its own
            if writer is not None and Path(writer.out).exists():
                sheet.close()
                writer.cleanup()

    def _put(self, cells: Sequence[Cell]) -> None:
        if self._rows == MOST_ROWS:
            self._begin_sheet(cells)
        self._sheet.append([self._cell(cell) for cell in cells])
        self._rows += 1

    def _begin_sheet(self, heading: Sequence[Cell]) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet, self._rows = self._book.create_sheet(), 0
        self._sheet.freeze_panes = "A2"
        for at, title in enumerate(heading, start=1):
            self._sheet.column_dimensions[get_column_letter(at)].width = max(14, len(str(title)) + 3)

    def _cell(self, cell: Cell) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if not isinstance(cell, str):
            return cell
        text = _UNPRINTABLE.sub("", cell)[:_MOST_SIGNS]
        if not _RUNS.match(text):
            return text
        made: Any = WriteOnlyCell(self._sheet, text)
        made.data_type = "s"  # a text, whatever it begins with,
        made.quotePrefix = True  # and it stays one when somebody edits it
        return made


_TABLES: dict[str, Callable[[Path], Table]] = {"csv": _Csv, "xlsx": _Workbook, "jsonl": _Lines}
