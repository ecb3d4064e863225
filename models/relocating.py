"""Compares two databases table by table: how many rows, and one sum over the canonical text of every row.

The sum does not depend on the order in which rows are read, and the text not on the database they are read from:
times in UTC with their microseconds, days as ISO 8601, bytes in hexadecimal, JSON with its keys in order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.journal import canonical_time

_WRAP = 1 << 256


@dataclass(slots=True)
class Tally:
    """What was seen of one table."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        """These rows were seen, each as its values in the order of the table's columns."""
        for row in rows:
            self.rows += 1
            text = _canonical(list(row)).encode("ascii")
            self.total = (self.total + int.from_bytes(hashlib.sha256(text).digest(), "big")) % _WRAP

    @property
    def checksum(self) -> str:
        """The sum, short enough to be read out."""
        return f"{self.total:064x}"[:16]


def _plain(value: Any) -> str:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return canonical_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    raise TypeError(f"a {type(value).__name__} has no canonical text")


_canonical = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=_plain).encode
