"""One entry of a file as it came: its row number, its content and a fingerprint of it.

The fingerprint is cheap, the order behind it is read only when asked for: a file imported
again is mostly fingerprints that are already known.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from hashlib import blake2b

from models.orders import Order, RefusedRow


class RowRefused(Exception):
    """This row cannot be taken; the others can. `facts` carry nothing personal."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Raw(ABC):
    """One entry of a file. `row` counts as a person does: the heading is 1."""

    __slots__ = ("digest", "row")

    row: int
    digest: bytes

    def order(self) -> Order | RefusedRow:
        """What the entry tells, or why it cannot be taken."""
        try:
            return self._order()
        except RowRefused as refused:
            return RefusedRow(self.row, self._reference(), refused.code, dict(refused.facts))

    @property
    @abstractmethod
    def cells(self) -> Mapping[str, str]:
        """The content as it stood in the file, by its own headings."""

    @abstractmethod
    def _order(self) -> Order: ...

    @abstractmethod
    def _reference(self) -> str: ...


def fingerprint(text: str, seed: bytes) -> bytes:
    """16 bytes that are the same for the same content of the same source."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16, salt=seed).digest()


def seed_of(*parts: object) -> bytes:
    """The seed of a fingerprint: who reads, and by which mapping of headings."""
    text = json.dumps(parts, ensure_ascii=True, default=str)
    return blake2b(text.encode(), digest_size=16).digest()
