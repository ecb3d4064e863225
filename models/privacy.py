"""Hides a traveler until the reservation has once been confirmed.

It is the reading function that masks, not the widget: whoever fetches a name fetches it through
here. Reservations that our own staff typed are not hidden from the people who typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

HIDDEN = "•••"

_EMAIL = re.compile(r"[^\s<>()@,;]+@[^\s<>()@,;]+")
_PHONE = re.compile(r"(?<![\w-])\+?\d[\d\s().-]{6,}\d(?![\w-])")
_DOCUMENT = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{1,2}\d{7,9}(?![A-Za-z0-9-])")
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}")


def may_see(first_confirmed_at: datetime | None, channel: str, via: str) -> bool:
    """Whether the traveler's data may be shown at all."""
    return first_confirmed_at is not None or (channel == "direct" and via == "")


def without_traveler(text: str, known: Iterable[str]) -> str:
    """A free text with known names, addresses and phone numbers replaced."""
    text = without_names(text, known)
    text = _DOCUMENT.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))
    return _PHONE.sub(lambda found: found.group() if _DATE.match(found.group()) else HIDDEN, text)


def without_names(text: str, known: Iterable[str]) -> str:
    """A free text with known names replaced, and nothing else."""
    for name in sorted({n for n in _parts(known) if len(n) > 1}, key=len, reverse=True):
        text = re.sub(_whole(name), HIDDEN, text, flags=re.IGNORECASE)
    return text


def _parts(known: Iterable[str]) -> Iterable[str]:
    for value in known:
        yield value.strip()
        if "@" not in value:
            yield from (p for p in re.split(r"[\s,]+", value) if len(p) > 2 or p.isalpha() or not p.isascii())


def _whole(name: str) -> str:
    """A pattern for a name; Li and Bo are looked for as words of their own, or half of every text would go."""
    return rf"(?<!\w){re.escape(name)}(?!\w)" if len(name) < 3 and name.isascii() else re.escape(name)
