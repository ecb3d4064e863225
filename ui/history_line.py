"""One line of the journal in words: its shape, what happened, and a smaller line about it."""

from __future__ import annotations

from typing import Any

from models.frozen import frozen

Facts = dict[str, Any]


@frozen
class HistoryWords:
    """A shape, what happened, and a smaller line about it ('' where there is nothing to add)."""

    shape: str
    head: str
    text: str = ""
