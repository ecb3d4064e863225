"""Says to which conversation a mail belongs, by the signs it carries, the surest first.

The sign in an address that only we can make; the Message-ID of a letter of ours that it answers; any mail of the
conversation that it goes on from; the booking's own number, if whoever writes may write about it. Whatever is less
sure is only a suggestion for a person: never does a mail come to a reservation because it might belong there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from models.frozen import frozen

_NUMBERS = re.compile(
    r"""(?<![A-Z0-9])(?:
        \#?BR-?\d{6,12} | GYG[A-Z0-9]{6,14} | \d{2}KK\d{6,15} | \d{2}RZ\d{6,15}
      | TNA-\d{6,8}-\d{4,10} | EXP-?\d{6,15} | TQ\d{8,12} | CF-\d{1,15} | [A-Z]{3,5}\d{6,12}
    )(?![A-Z0-9])""",
    re.X,
)
_MOST = 20


class Sign(StrEnum):
    """By what a mail was placed, or what speaks for a place."""

    ADDRESS = "address"
    ANSWER = "answer"
    THREAD = "thread"
    NUMBER = "number"
    SENDER = "sender"
    STRANGER = "stranger"
    SEVERAL = "several"
    NOTHING = "nothing"


@frozen
class Booking:
    """A reservation that a number or a sender names: whether it lives, and whether this sender may write about it."""

    id: int
    lives: bool
    sender_fits: bool


@frozen
class Known:
    """What we know of the signs of one mail: of addresses, of Message-IDs, of numbers, of the sender."""

    by_address: int | None = None
    by_mail: Mapping[str, int] = field(default_factory=dict)
    by_number: Sequence[Booking] = ()
    by_sender: Sequence[Booking] = ()


@frozen
class Placed:
    """Where a mail belongs. Only what is `sure` is shown in a conversation without a person's word."""

    reservation: int | None
    sure: bool
    sign: Sign


def place(answers: Sequence[str], refers: Sequence[str], known: Known) -> Placed:
    """The conversation of a mail that answers these Message-IDs and goes on from those (the oldest first)."""
    if known.by_address is not None:
        return Placed(known.by_address, True, Sign.ADDRESS)
    for sign, ids in ((Sign.ANSWER, answers), (Sign.THREAD, tuple(reversed(refers)))):
        found = next((known.by_mail[each] for each in ids if each in known.by_mail), None)
        if found is not None:
            return Placed(found, True, sign)
    if known.by_number:
        return _by_number(known.by_number)
    meant = _the_only(known.by_sender)
    return Placed(meant.id if meant else None, False, Sign.SENDER if known.by_sender else Sign.NOTHING)


def _by_number(found: Sequence[Booking]) -> Placed:
    """One reservation, or the only living one of several; and only for who may write about it."""
    meant = _the_only(found)
    if meant is None:
        return Placed(None, False, Sign.SEVERAL)
    return Placed(meant.id, meant.sender_fits, Sign.NUMBER if meant.sender_fits else Sign.STRANGER)


def _the_only(found: Sequence[Booking]) -> Booking | None:
    living = [each for each in found if each.lives] if len(found) > 1 else list(found)
    return living[0] if len(living) == 1 else None


def numbers_in(*texts: str) -> tuple[str, ...]:
    """What looks like a booking's number in these texts, in its order, each once."""
    found = (number for text in texts for number in _NUMBERS.findall(text.upper()))
    return tuple(dict.fromkeys(found))[:_MOST]
