"""What we promised the outside world: one row a fact, written in the transaction of that fact.

A confirmation waits 60 seconds, visibly, so that a slip can be taken back. Where no address is
known the row is there as "no address": listed, not failed.
"""

from __future__ import annotations

import enum
from datetime import timedelta

CONFIRMATION_WAITS = timedelta(seconds=60)


class Letter(enum.StrEnum):
    """The kinds of letter that leave the desk."""

    CONFIRMATION = "confirmation"
    CANCELLATION = "cancellation"
    COMMENT = "comment"
    NOTICE = "notice"


class LetterState(enum.StrEnum):
    """How far a letter is."""

    WAITING = "WAITING"
    NO_ADDRESS = "NO_ADDRESS"
    SENT = "SENT"
    FAILED = "FAILED"
    DROPPED = "DROPPED"


STILL_HERE = frozenset({LetterState.WAITING, LetterState.NO_ADDRESS, LetterState.FAILED})
"""States in which a letter can be taken back without anybody outside having seen it."""


def letter_key(kind: Letter, reservation_id: int, fact: str | int) -> str:
    """The key of one fact's letter: the same fact never makes a second row."""
    return f"{kind}:{reservation_id}:{fact}"


def first_state(address: str) -> LetterState:
    """The state a new letter starts in."""
    return LetterState.WAITING if address else LetterState.NO_ADDRESS
