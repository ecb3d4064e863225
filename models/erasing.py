"""Says what forgetting a traveler changes: which of an order's facts and texts go, and which stay.

Everybody of an order may be forgotten, only who ordered it, or only one companion. What belongs to who ordered
(contacts, wishes, letters, messages, the channel's own rows) goes with that person; of everybody else only the
name is taken out of what was written. Amounts, days, products, statuses and numbers stay: reports add up.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from models.frozen import frozen
from models.leaving import over_at
from models.privacy import HIDDEN, without_names, without_traveler
from models.products import folded
from models.reservations import LIVING, Status

RETENTION, REQUEST = "retention", "request"
CONTACTS = ("lead", "email", "phone", "request", "pickup")
"""What a row tells of who ordered."""
_UNANSWERED = (Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED)


class Whose(enum.StrEnum):
    """Who of an order is forgotten."""

    EVERYBODY = "everybody"
    LEAD = "lead"
    COMPANION = "companion"


class Stays(enum.StrEnum):
    """Why somebody cannot be forgotten yet."""

    UNANSWERED = "unanswered"
    TRIP_AHEAD = "trip-ahead"
    REFUND_OWED = "refund-owed"
    TO_DECIDE = "to-decide"


@frozen
class Stand:
    """What of an order is still open."""

    refund_owed: bool = False
    to_decide: bool = False


def why_stays(row: Any, stand: Stand, now: datetime) -> tuple[Stays, ...]:
    """Everything for which the traveler is still needed; nothing once the order is settled."""
    over = over_at(row)
    ahead = row.status in LIVING and row.status is not Status.REDEEMED and (over is None or over > now)
    found = {
        Stays.UNANSWERED: row.status in _UNANSWERED,
        Stays.TRIP_AHEAD: ahead,
        Stays.REFUND_OWED: stand.refund_owed,
        Stays.TO_DECIDE: stand.to_decide,
    }
    return tuple(why for why, true in found.items() if true)


def is_due(row: Any, days: int, now: datetime) -> bool:
    """Whether an order's travelers have been remembered long enough: so many days after the trip was over."""
    over = over_at(row)
    if row.ends_at is not None and over is not None:
        over = max(over, row.ends_at)
    if row.open_dated and row.departs_at is None:  # used, given back or lapsed, whichever came
        over = row.redeemed_at or row.cancelled_at or over
    return over is not None and over + timedelta(days=days) <= now


def marks_of(whose: Whose, lead: str, companions: Iterable[str]) -> list[tuple[str, str]]:
    """Under which names it is kept who was forgotten; who has none has no name to be kept."""
    if whose is Whose.COMPANION:
        return [(whose.value, told_same(name)) for name in companions]
    return [(whose.value, told_same(lead))]


def told_same(name: str) -> str:
    """A name as it is compared: however a file writes its capitals and spaces."""
    return folded(name)


def facts_without(facts: Mapping[str, Any], whose: Whose, gone: Callable[[str], bool]) -> dict[str, Any]:
    """What a row told, without who is forgotten; `gone` knows companions by their name."""
    left = dict(facts)
    if whose is not Whose.COMPANION:
        for name in CONTACTS:
            left.pop(name, None)
    if "companions" in left:
        kept = [] if whose is Whose.EVERYBODY else [name for name in left["companions"] if not gone(name)]
        left["companions"] = kept
        if not kept:
            del left["companions"]
    return left


def words_without(text: str, whose: Whose, known: Iterable[str]) -> str:
    """What staff wrote, without the person: of who ordered also addresses, numbers and documents."""
    if whose is Whose.COMPANION:
        return without_names(text, known)
    return without_traveler(text, known)


def whole_names(known: Iterable[str]) -> Callable[[str], str]:
    """Takes these people out of texts that belong to no order, where they are told in full; made once for many texts.

    A single word in Latin letters is no full name: it is left where it may be a word like any other.
    """
    wanted = []
    for name in known:
        parts = [part for part in re.split(r"[\s,]+", name.strip()) if part]
        if _is_full(name, parts):
            orders = dict.fromkeys((_as_told(parts, name), _as_told(parts[::-1], name)))
            spellings = [re.compile(one, re.IGNORECASE) for one in orders]
            wanted.append((max(map(_plain, parts), key=len), spellings))

    def without(text: str) -> str:
        plain = _plain(text)
        for sign, spellings in wanted:
            if sign in plain:  # of thousands of notes hardly any names anybody: only those are looked through
                for spelling in spellings:
                    text = spelling.sub(HIDDEN, text)
        return text

    return without


def _as_told(parts: Sequence[str], name: str) -> str:
    whole = r"[\s,]+".join(map(re.escape, parts))
    return whole if _runs_on(name) else rf"(?<!\w){whole}(?!\w)"


def _plain(text: str) -> str:
    """So that whatever is the same to a search without regard to capitals is the same letters: also the Turkish i."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def _is_full(name: str, parts: Sequence[str]) -> bool:
    return len(parts) > 1 or "@" in name or (len(name) > 1 and not name.isascii()) or _is_number(name)


def _is_number(name: str) -> bool:
    return sum(sign.isdigit() for sign in name) > 6


def _runs_on(name: str) -> bool:
    """Whether it is written without spaces, so that a title may follow it at once: 김민지님."""
    return not name.isascii() and len(name) > 2


def within(value: Any, change: Callable[[str], str]) -> Any:
    """Anything that was kept as JSON, each text of it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: within(one, change) for key, one in value.items()}
    return [within(one, change) for one in value] if isinstance(value, list) else value
