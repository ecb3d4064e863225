"""One line of the journal in words: its shape, what happened, and a smaller line about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HistoryWords:
    """A shape, what happened, and a smaller line about it ('' where there is nothing to add)."""

    shape: str
    head: str
    text: str = ""
