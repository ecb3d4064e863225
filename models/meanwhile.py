"""What others did to a thing while a question about it is open here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.frozen import frozen
from models.watching import LOOKED

if TYPE_CHECKING:
    from models.details import HistoryLine


@frozen
class TheirDeed:
    """One entry of the journal, and the thing it is about ('reservation:17', 'product:3', 'operator')."""

    subject: str
    line: HistoryLine


@frozen
class News:
    """What was done, the oldest first, and where the counters' chains stood when it was read."""

    heads: Mapping[int, int]
    done: tuple[TheirDeed, ...] = ()


def subjects(kind: str, *ids: int | None) -> frozenset[str]:
    """How the journal names these; what is not in the database yet has no name."""
    return frozenset(f"{kind}:{one}" for one in ids if one is not None)


def tells(action: str) -> bool:
    """Whether this changed anything: who only looks or prints changes nothing."""
    return action not in LOOKED


def clashes(seen: Mapping[str, Any], now: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """What somebody else changed since it was seen, and what is wanted would overwrite; what both want is no clash."""
    names = dict.fromkeys((*now, *wanted, *seen))
    return tuple(one for one in names if now.get(one) not in (seen.get(one), wanted.get(one)))
