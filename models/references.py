"""Numbers that name a reservation: ours, the channel's, in any spelling.

References are compared after NFKC, upper case, without spaces and dashes. Viator writes its
number as #BR-1400000245, BR-1400000245 or 1400000245, so its letters are left out of the key.
"""

from __future__ import annotations

import re
import unicodedata

_OURS = re.compile(r"CF0*(\d{1,15})$")
_LEFT_OUT = re.compile(r"[\s\-‐-―−_#]")
_VIATOR = re.compile(r"BR(\d{6,})$")


_LOOKS_LIKE = (
    (re.compile(r"(TNA|EXP|TQ)\d"), "myrealtrip"),
    (re.compile(r"\d{2}KK\d"), "kkday"),
    (re.compile(r"\d{2}RZ\d"), "rezio"),
    (re.compile(r"GYG[A-Z0-9]"), "getyourguide"),
    (re.compile(r"BR\d{6}"), "viator"),
)


def likely_channel(text: str) -> str:
    """The channel whose numbers look like this, '' where it could be anybody's."""
    plain = _plain(text)
    return next((channel for form, channel in _LOOKS_LIKE if form.match(plain)), "")


def reference_key(reference: str, channel: str = "") -> str:
    """A reference as it is compared and kept in the unique key."""
    key = _plain(reference)
    found = _VIATOR.match(key) if channel in ("viator", "") else None
    return found.group(1) if found else key


def keys_to_try(text: str) -> tuple[str, ...]:
    """The keys under which a typed reference may be kept."""
    whole = _plain(text)
    short = reference_key(text)
    return (whole,) if short == whole else (whole, short)


def our_id(text: str) -> int | None:
    """The reservation id of one of our numbers (CF-48217, cf 48217), or None."""
    found = _OURS.match(_plain(text))
    return int(found.group(1)) if found else None


def number_of(reservation_id: int) -> str:
    """Our number of a reservation."""
    return f"CF-{reservation_id}"


def _plain(text: str) -> str:
    """Half-width, upper case, without spaces and dashes, nor the unprintable that a scanner may send."""
    kept = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))
    return (kept if kept.isprintable() else "".join(filter(str.isprintable, kept))).upper()
