"""Reads the first filled sheet of an Excel file, and never more than a desk PC can bear.

A workbook is a zip of XML: a small one can unpack to gigabytes or name a million empty columns.
So sizes are looked at before anything is unpacked, and counted again while reading.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime, time

from openpyxl import load_workbook

from models.refusals import CannotDo

_MOST_PARTS = 2000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_ROWS = 200_000
_MOST_COLUMNS = 300
_MOST_EMPTY = 5000  # rows without content in a row: the sheet has ended


def rows_of_workbook(name: str, data: bytes) -> list[list[str]]:
    """The rows of the first sheet with content, every cell as text."""
    _check_sizes(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and drop-down lists, which are not read here
            return _first_filled(name, data)
    except CannotDo:
        raise
    except Exception as error:  # openpyxl raises a dozen kinds on a damaged workbook; all mean the same here
        raise CannotDo("file-not-readable", file=name, why="the Excel file is damaged") from error


def _first_filled(name: str, data: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables = (_rows(name, sheet) for sheet in sheets or book.worksheets)
    return next((rows for rows in tables if rows), [])


def _check_sizes(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise CannotDo("file-too-large", file=name)
            if "xl/workbook.xml" not in packed.namelist():
                raise CannotDo("file-not-readable", file=name, why="it is a zip file, not an Excel file")
            for part in parts:
                _check_part(name, packed, part)
    except CannotDo:
        raise
    except Exception as error:  # zipfile, too, raises many kinds (lzma, zlib, struct, encrypted) on damage
        raise CannotDo("file-not-readable", file=name, why="the Excel file is damaged or cut off") from error


def _check_part(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No XML of a workbook declares entities: that is how a small file grows in memory."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    with packed.open(part) as content:
        start = content.read(4096)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise CannotDo(
            "file-not-readable", file=name, why="the Excel file holds declarations that do not belong there"
        )


def _rows(name: str, sheet: object) -> list[list[str]]:
    reset = getattr(sheet, "reset_dimensions", None)
    if reset is None:  # a chart sheet
        return []
    reset()
    rows: list[list[str]] = []
    empty = 0
    for values in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):  # type: ignore[attr-defined]
        cells = _without_end(list(map(_text, values)))
        empty = 0 if cells else empty + 1
        rows.append(cells)
        if empty > _MOST_EMPTY:
            break
        if len(rows) > _MOST_ROWS + _MOST_EMPTY:
            raise CannotDo("file-too-large", file=name)
    return _squared(rows[: len(rows) - empty])


def _squared(rows: list[list[str]]) -> list[list[str]]:
    """Excel leaves out empty cells at the end of a row; a table has rows of one length."""
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _without_end(cells: list[str]) -> list[str]:
    """The row without empty cells at its end: a sheet may name thousands of them."""
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)
