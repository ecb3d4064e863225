"""Hides a traveler until the reservation has once been confirmed.

It is the reading function that masks, not the widget: whoever fetches a name fetches it through
here. Reservations that our own staff typed are not hidden from the people who typed them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from models.spellings import places

HIDDEN = "•••"

_EMAIL = re.compile(r"(?<![^\s<>()@＠,;])[^\s<>()@＠,;]+[@＠][^\s<>()@＠,;]+")
_PHONE = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-)[+＋]?\d[\d\s().（）．·‐-―－-]{6,40}\d(?!-?[A-Za-z0-9])"
)
"""Letters around it make it somebody's number of an order; a Korean particle (…5678로) does not."""
_DOCUMENT = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Za-z]{1,2}\d{7,9}|[A-Za-z]\d{3}[A-Za-z]\d{4})(?![A-Za-z0-9-])"
)
_DATE = re.compile(r"(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")


def may_see(first_confirmed_at: datetime | None, channel: str, via: str) -> bool:
    """Whether the traveler's data may be shown at all."""
    return first_confirmed_at is not None or (channel == "direct" and via == "")


def without_traveler(text: str, known: Iterable[str]) -> str:
    """A free text with known names, addresses and phone numbers replaced."""
    text = without_names(text, known)
    text = _DOCUMENT.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))
    return _PHONE.sub(_unless_date, text)


def without_names(text: str, known: Iterable[str]) -> str:
    """A free text with known names replaced in whatever spelling, and nothing else."""
    text = unicodedata.normalize("NFC", text)
    kept, done = [], 0
    for first, last in places(text, known):
        kept += [text[done:first], HIDDEN] if first >= done else []
        done = max(done, last)
    return "".join([*kept, text[done:]])


def _unless_date(found: re.Match[str]) -> str:
    """A number is hidden; a date that opens it stays, and what follows it is looked at alone."""
    whole = found.group()
    date = _DATE.match(whole)
    return date.group() + _PHONE.sub(_unless_date, whole[date.end() :]) if date else HIDDEN
