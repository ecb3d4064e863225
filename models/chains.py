"""Walks a counter's chain of journal entries and says what does not agree: an entry changed, or one missing.

It goes on behind what it found, so that one look tells of everything. Where a chain was walked before, it begins
there: a tail that was cut together with the counter's own memory of it shows as well.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.frozen import frozen
from models.journal import link


class Wrong(enum.StrEnum):
    """What a chain can suffer: an entry that is not what was written, or one that is not there."""

    CHANGED = "changed"
    MISSING = "missing"


@frozen
class Break:
    """The entry at which a chain does not hold; `found` is the hash of what stands there now, '' for nothing."""

    seq: int
    kind: Wrong
    found: str = ""


@dataclass(slots=True)
class Walk:
    """A walk under way: the entry it stands on, that entry's hash, and what it has found."""

    counter_id: int
    seq: int = 0
    head: str = ""
    entries: int = 0
    breaks: list[Break] = field(default_factory=list)

    def over(self, rows: Iterable[Any]) -> None:
        """Walk on over these entries, in their order."""
        for row in rows:
            told = (row.at, row.staff_id, row.subject, row.action, row.details)
            follows = row.seq == self.seq + 1
            if not follows:
                self.breaks.append(Break(self.seq + 1, Wrong.MISSING))
            actual = link(row.previous_hash, self.counter_id, row.seq, *told)
            if row.hash != actual or (follows and row.previous_hash != self.head):
                self.breaks.append(Break(row.seq, Wrong.CHANGED, actual))
            self.seq, self.head = row.seq, row.hash
            self.entries += 1

    def to_end(self, seq: int, head: str) -> None:
        """Compare with the end that the counter remembers, once every entry up to it was walked over."""
        if self.seq != seq:
            self.breaks.append(Break(min(self.seq, seq) + 1, Wrong.MISSING))
        elif self.head != head:
            self.breaks.append(Break(seq, Wrong.CHANGED, self.head))
        self.seq, self.head = seq, head
