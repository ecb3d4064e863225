"""Opens a file that somebody exported, saved or pasted, and says what it holds.

The content decides, never the ending of the name: a picture called orders.csv is refused as a
picture. Four things come out: a table, a mail, JSON or plain text.
"""

from __future__ import annotations

import csv
import enum
import io
import json
import re
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import PurePosixPath

from controllers.channels.decoding import decode
from controllers.channels.mails import looks_like_mail, open_letter
from controllers.channels.spreadsheet import rows_of_workbook
from models.frozen import frozen
from models.refusals import CannotDo

LARGEST = 64 * 1024 * 1024
_LONGEST_CELL = 1_000_000
_LONGEST_HEADING = 80
csv.field_size_limit(_LONGEST_CELL)

_NOT_OURS = (
    (b"%PDF", "it is a PDF"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"RIFF", "it is a picture or a recording"),
    (b"BM", "it is a picture"),
    (b"\xd0\xcf\x11\xe0", "it is an old or locked Excel file; save it as .xlsx or CSV"),
    (b"\x1f\x8b", "it is packed; unpack it first"),
    (b"Rar!", "it is packed; unpack it first"),
    (b"7z\xbc\xaf", "it is packed; unpack it first"),
    (b"SQLite format 3", "it is a database"),
)
_WEB_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|body|table|meta|div)\b", re.I | re.S
)


class Kind(enum.StrEnum):
    """What a file holds."""

    TABLE = "table"
    MAIL = "mail"
    JSON = "json"
    TEXT = "text"


@frozen
class Document:
    """A file, opened. `rows` serve for a table, `data` for JSON, `headers` for a mail, `text` for words."""

    name: str
    kind: Kind
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    data: object = None
    seen_on: date = date.min  # the day it was opened, for rosters that leave out the year


def open_document(name: str, data: bytes, *, today: date | None = None) -> Document:
    """What the file holds; CannotDo says why where it cannot be read."""
    name = PurePosixPath(name.replace("\\", "/")).name or "?"
    seen_on = today or datetime.now().astimezone().date()
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise CannotDo("file-empty", file=name)
    if len(data) > LARGEST:
        raise CannotDo("file-too-large", file=name)
    if data.startswith(b"PK\x03\x04"):
        return Document(name, Kind.TABLE, rows=_filled(name, rows_of_workbook(name, data)), seen_on=seen_on)
    for start, why in _NOT_OURS:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
            raise CannotDo("file-not-readable", file=name, why=why)
    return _of_text(name, data, decode(name, data).lstrip("\ufeff"), seen_on)


def _of_text(name: str, data: bytes, text: str, seen_on: date) -> Document:
    if not text.strip(' \t\r\n,;|"'):
        raise CannotDo("file-empty", file=name)
    start = text.lstrip()[:1]
    if _WEB_PAGE.match(text[:2000]):
        raise CannotDo(
            "file-not-readable",
            file=name,
            why="it is a web page, not an export; export the orders as CSV or Excel",
        )
    if start in ("{", "[") and (parsed := _json(name, text)) is not None:
        return Document(name, Kind.JSON, text=text, data=parsed[0], seen_on=seen_on)
    if looks_like_mail(text):
        letter = open_letter(data, text)
        return Document(name, Kind.MAIL, text=letter.body, headers=letter.headers, seen_on=seen_on)
    rows = _table(name, text)
    if rows is not None:
        return Document(name, Kind.TABLE, text=text, rows=_filled(name, rows), seen_on=seen_on)
    return Document(name, Kind.TEXT, text=text.replace("\r\n", "\n"), seen_on=seen_on)


def _filled(name: str, rows: list[list[str]]) -> list[list[str]]:
    if not any(any(cell.strip() for cell in row) for row in rows[:1000]):
        raise CannotDo("file-empty", file=name)
    return rows


def _json(name: str, text: str) -> tuple[object] | None:
    """The parsed content in a tuple; None where the brackets start something that is not JSON."""
    try:
        return (json.loads(text, parse_float=Decimal, parse_constant=_no_number),)
    except RecursionError as error:
        raise CannotDo("file-not-readable", file=name, why="it is nested too deeply") from error
    except ValueError as error:
        if text.lstrip()[:2].strip() in ("[", "{", '{"', "[{", "[["):
            raise CannotDo("file-not-readable", file=name, why="the JSON is damaged or cut off") from error
        return None


def _no_number(word: str) -> object:
    raise ValueError(word)


def _table(name: str, text: str) -> list[list[str]] | None:
    """The rows where the text starts like a table: a heading of short cells, and rows as wide as it."""
    first_line, _, rest = text.lstrip("\r\n").partition("\n")
    if re.fullmatch(r"sep=.", first_line.strip()):
        text = rest
    try:
        delimiter = max(",;\t|", key=lambda mark: len(_heading(text, mark)))
        heading = _heading(text, delimiter)
        if not heading:
            return None
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CannotDo("file-not-readable", file=name, why="a quotation mark is never closed") from error
    if len(rows) > 1 and len(rows[-1]) < len(heading) and any("\n" in cell for cell in rows[-1]):
        # The rest of the file, orders and all, would vanish into one cell.
        why = "a quotation mark is never closed, or the end is cut off"
        raise CannotDo("file-not-readable", file=name, why=why)
    return rows


def _heading(text: str, delimiter: str) -> list[str]:
    """The first row that can be a heading, titles above it passed over; empty where there is none."""
    rows = csv.reader(io.StringIO(text[:20000], newline=""), delimiter=delimiter)
    start = list(islice((cells for cells in rows if any(cell.strip() for cell in cells)), 8))
    for index, cells in enumerate(start[:6]):
        # A table goes on with cells; a greeting with commas in it goes on with words.
        below = start[index + 1 :]
        if _is_heading(cells) and sum(len(each) == 1 for each in below) * 2 <= len(below):
            return cells
    return []


def _is_heading(cells: list[str]) -> bool:
    """Not a sentence with commas, a "Label: value" of a mail, or a line of a roster."""
    if len(cells) < 3 or max(map(len, cells)) > _LONGEST_HEADING:
        return False
    labelled = any(re.search(r"[:：](\s|$)", cell) for cell in cells)
    return not labelled and sum(cell.count(" / ") for cell in cells) <= 2
