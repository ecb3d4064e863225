"""Decides which reservations were bought together, though they have numbers of their own.

MyRealTrip gives every ticket of an EXP order a number: two adults and a child are three reservations. One
reference of a channel may stand on several bookings of the system that sent it. They are one party when they are
for the same departure; an EXP order is told by its moment and its buyer, since nothing else joins its numbers.
"""

from __future__ import annotations

import re
from datetime import datetime

from models.frozen import frozen

SPLIT_CHANNEL, SPLIT_NUMBER = "myrealtrip", "EXP"


@frozen
class Bought:
    """What tells who bought it, and when. `departure` is our departure, or its day where we know none."""

    channel: str
    reference_key: str
    departure: object
    ordered_at: datetime
    name: str = ""
    phone: str = ""
    email: str = ""


def is_split(channel: str, reference_key: str) -> bool:
    """Whether this number is one of several of a purchase."""
    return channel == SPLIT_CHANNEL and reference_key.startswith(SPLIT_NUMBER)


def together(one: Bought, other: Bought) -> bool:
    """Whether both were bought in one purchase, for the same departure."""
    if one.channel != other.channel or one.departure != other.departure:
        return False
    if one.reference_key == other.reference_key:
        return bool(one.reference_key)
    if not (is_split(one.channel, one.reference_key) and is_split(other.channel, other.reference_key)):
        return False
    return one.ordered_at == other.ordered_at and _same_buyer(one, other)


def _same_buyer(one: Bought, other: Bought) -> bool:
    """The same telephone or address; without any of them the same name. Nobody is told apart by nothing."""
    for ours, theirs in (
        (_digits(one.phone), _digits(other.phone)),
        (_plain(one.email), _plain(other.email)),
    ):
        if ours and theirs:
            return ours == theirs
    return bool(_plain(one.name)) and _plain(one.name) == _plain(other.name)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-8:]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
