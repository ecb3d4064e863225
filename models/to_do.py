"""What still has to be done at a reservation's channel: a word a deed, and there may be several.

They are kept in one short text ('confirm redeem'), so that "something is to do" stays one question of the
database. A cancellation makes what was to be done before it pointless, but for telling
the traveler why.
"""

from __future__ import annotations

from collections.abc import Iterable

CONFIRM, REDEEM, CANCEL, MOVE = "confirm", "redeem", "cancel", "move"
TELL = "tell"
"""The traveler is to be told the reason in the channel's own chat."""


def deeds(to_do: str) -> tuple[str, ...]:
    """The deeds one by one, the oldest first."""
    return tuple(to_do.split())


def with_deed(to_do: str, deed: str) -> str:
    """The text with one deed more; '' as the deed changes nothing."""
    if not deed:
        return to_do
    kept = [one for one in deeds(to_do) if (one == TELL if deed == CANCEL else one != deed)]
    return " ".join([*kept, deed])


def without(to_do: str, done: Iterable[str]) -> str:
    """The text without what has been done, or need not be done any more."""
    gone = frozenset(done)
    return " ".join(one for one in deeds(to_do) if one not in gone)
