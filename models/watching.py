"""Tells from the journal what kind of thing was changed, and keeps apart what this program wrote itself.

Screens care for kinds of things ('reservations', 'departures'), the journal names single ones
('reservation:17'). What the journal does not know yet is taken for a change of everything: asking once
too often harms nobody, a number that stays wrong does.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Iterable

EVERYTHING = frozenset(
    (
        "reservations",
        "departures",
        "products",
        "scans",
        "letters",
        "payments",
        "refunds",
        "decisions",
        "messages",
        "imports",
        "holidays",
        "incidents",
        "views",
        "staff",
    )
)
UNWRITTEN = frozenset(("scans", "letters"))
"""What may change without a word in the journal: a refused scan, a letter on its way."""

LOOKED = frozenset(
    (
        "view",
        "voucher",
        "vouchers",
        "search",
        "backup",
        "manifest",
        "export",
        "hand-out",
        "print",
        "print-day-end",
        "sign-in",
        "sign-out",
        "wrong-try",
    )
)
"""Actions after which everything is as it was."""

_BY_SUBJECT = {
    "reservation": EVERYTHING - {"products", "imports", "holidays", "views", "staff"},
    "departure": frozenset(("departures",)),
    "view": frozenset(("views",)),
    "staff": frozenset(("staff",)),
    "redeem-group": frozenset(("staff",)),
    "saved-reply": frozenset(("messages",)),
    "import": frozenset(("imports", "reservations", "departures", "decisions", "letters")),
}
_MANY = 1_000  # spans that are remembered; those before are long past


def kinds_of(subject: str, action: str) -> frozenset[str]:
    """What an entry of the journal changed."""
    if action in LOOKED:
        return frozenset()
    return _BY_SUBJECT.get(subject.partition(":")[0], EVERYTHING)


class OwnEntries:
    """Which entries this program wrote: spans of numbers, by counter. Written on one lane, read on another.

    `name` is this program's among all that listen to one database.
    """

    def __init__(self) -> None:
        self.name = secrets.token_hex(6)
        self._spans: deque[list[int]] = deque(maxlen=_MANY)
        self._lock = threading.Lock()

    def add(self, counter: int, first: int, last: int) -> None:
        """These were written."""
        with self._lock:
            newest = self._spans[-1] if self._spans else None
            if newest is not None and newest[0] == counter and newest[2] == first - 1:
                newest[2] = last
            else:
                self._spans.append([counter, first, last])

    def forget(self, counter: int, first: int) -> None:
        """From `first` on they were not written after all: the transaction did not come to its end."""
        with self._lock:
            for span in self._spans:
                if span[0] == counter:
                    span[2] = min(span[2], first - 1)

    def others(self, counter: int, first: int, last: int) -> Iterable[tuple[int, int]]:
        """The spans between `first` and `last` that somebody else wrote."""
        with self._lock:
            ours = sorted((span[1], span[2]) for span in self._spans if span[0] == counter)
        for start, end in ours:
            if end < first or start > last:
                continue
            if start > first:
                yield first, start - 1
            first = end + 1
        if first <= last:
            yield first, last
