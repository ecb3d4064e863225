"""By what the outbox is looked through."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """What the outbox shows at a time."""

    NEEDS_YOU = "needs-you"
    WAITING = "waiting"
    NO_ADDRESS = "no-address"
    SENT = "sent"
    DROPPED = "dropped"
