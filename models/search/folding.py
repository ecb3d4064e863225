"""Brings names of every script into letters that can be compared, knowing which sign each came from.

Capitals, accents, half widths, spaces, hyphens and dots do not matter. What is written in other letters than
Latin ones is kept as it is and spelled in Latin letters, too; hiragana and katakana are one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = 0x60
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """A text as it is compared: 'Müller-Lüdenscheidt' is 'mullerludenscheidt', '김 민수' is '김민수'."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return "".join([sign for sign in text.casefold() if sign.isalnum() or sign == "@"])
    return "".join(map(_kept, text))


def in_latin(text: str) -> str:
    """The same in Latin letters only: '김민수' is 'gimminsu'."""
    return "".join(map(_spelled, unicodedata.normalize("NFKC", text)))


def with_umlauts(text: str) -> str:
    """A name as it is spelled on a keyboard without umlauts: 'Müller' is 'mueller'; '' where it has none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    turned = plain.translate(_UMLAUTS)
    return folded(turned) if turned != plain else ""


def traced(text: str, *, latin: bool = False) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place of the sign in `text` that it came from."""
    fold = _spelled if latin else _kept
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in "".join(map(fold, unicodedata.normalize("NFKC", sign))):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=20_000)
def _kept(sign: str) -> str:
    """One sign as it is compared; '' for what does not matter."""
    if sign == "@":
        return sign
    kind = unicodedata.category(sign)[0]
    if kind not in "LNM":
        return ""
    if ord(sign) in _KATAKANA:
        return chr(ord(sign) - _TO_HIRAGANA)
    if sign.isascii() or unicodedata.name(sign, "").startswith("LATIN"):
        return _spelled(sign)
    if kind == "M" and unicodedata.name(sign, "").startswith("COMBINING"):
        return ""  # an accent that stands alone
    return sign.casefold()


@lru_cache(maxsize=20_000)
def _spelled(sign: str) -> str:
    """One sign in Latin letters and digits."""
    if sign.isascii():
        return sign.casefold() if sign.isalnum() or sign == "@" else ""
    from anyascii import anyascii  # late: not before somebody has a name to fold

    return "".join(letter for letter in anyascii(sign).casefold() if letter.isalnum())
