"""What we promised the outside world: one row a fact, written in the transaction of that fact.

A confirmation waits 60 seconds, visibly, so that a slip can be taken back. Where no address is
known the row is there as "no address": listed, not failed. Before a letter is handed over its row says
LEAVING; a row that still says so after its sender died is UNCERTAIN: shown, and never blindly sent again.
"""

from __future__ import annotations

import enum
from datetime import timedelta

CONFIRMATION_WAITS = timedelta(seconds=60)


class Letter(enum.StrEnum):
    """The kinds of what leaves the desk: letters to travelers, what staff write to them, notices to staff."""

    PAYMENT_AWAITED = "payment-awaited"
    PROCESSING = "processing"
    RECEIPT_DEPOSIT = "receipt-deposit"
    RECEIPT_TOTAL = "receipt-total"
    CONFIRMATION = "confirmation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    REFUND_COMING = "refund-coming"
    REFUND_DONE = "refund-done"
    COMMENT = "comment"
    MESSAGE = "message"
    NOTICE = "notice"


class LetterState(enum.StrEnum):
    """How far a letter is; PUT_AWAY is one that came back, and that somebody has dealt with."""

    WAITING = "WAITING"
    LEAVING = "LEAVING"
    NO_ADDRESS = "NO_ADDRESS"
    SENT = "SENT"
    BOUNCED = "BOUNCED"
    UNCERTAIN = "UNCERTAIN"
    FAILED = "FAILED"
    DROPPED = "DROPPED"
    PUT_AWAY = "PUT_AWAY"


STILL_HERE = frozenset({LetterState.WAITING, LetterState.NO_ADDRESS, LetterState.FAILED})
"""States in which a letter can be taken back without anybody outside having seen it."""

MAY_HAVE_LEFT = frozenset(
    {
        LetterState.LEAVING,
        LetterState.SENT,
        LetterState.UNCERTAIN,
        LetterState.BOUNCED,
        LetterState.PUT_AWAY,
    }
)
"""States in which somebody outside may have seen it."""

NEEDS_YOU = (LetterState.FAILED, LetterState.UNCERTAIN, LetterState.BOUNCED)
"""States in which a person has to decide what becomes of it."""

MAIL = "mail"
"""The route of letters; the notices' routes are named after their carriers."""


def letter_key(kind: Letter, reservation_id: int, fact: str | int) -> str:
    """The key of one fact's letter: the same fact never makes a second row."""
    return f"{kind}:{reservation_id}:{fact}"


def first_state(address: str) -> LetterState:
    """The state a new letter starts in."""
    return LetterState.WAITING if address else LetterState.NO_ADDRESS


HOLDS_BACK = timedelta(minutes=10)
"""A letter that leaves within this time holds back those that were promised later to the same traveler."""

SENDER_GONE = timedelta(minutes=4)
"""No carrier takes so long for one letter: who still says LEAVING after it has died in the middle."""

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 10, 30, 60, 120, 240, 480, 480, 480))
"""Between one try and the next; greylisting servers want some minutes, full mailboxes a day."""


def pause_after(tries: int) -> timedelta | None:
    """How long a letter waits after so many tries that were put off; None where there is no sense in another."""
    return _PAUSES[tries - 1] if 0 < tries <= len(_PAUSES) else None


class Trouble(enum.StrEnum):
    """What we say ourselves of a letter that did not go well; anything else are the words of the other side."""

    BAD_ADDRESS = "bad-address"
    SENDER_GONE = "sender-gone"
    LINE_CUT = "line-cut"
    NOT_WRITTEN = "not-written"
    ARRIVED_SAYS = "arrived-says"
    TOO_LATE = "too-late"
