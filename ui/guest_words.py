"""Reads what the second screen says to a guest, in their own language; English where we have no words of theirs.

The words are in `resources/guest_words/`, one file a language, with the same keys in each. They are not part of
the translation of the program: a Korean desk greets a German in German.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "guest_words"
ENGLISH = "en"
_HANT = ("tw", "hk", "mo", "hant")


class GuestWords:
    """One language: `say("welcome")`, `say("many", n=3)`."""

    def __init__(self, language: str, words: dict[str, str]) -> None:
        self.language = language
        self._words = words

    def say(self, key: str, **blanks: object) -> str:
        """A word of it."""
        return self._words[key].format_map(blanks)

    def guests(self, count: int) -> str:
        """'1 guest', '3 guests'."""
        return self.say("one") if count == 1 else self.say("many", n=count)

    def party(self, adults: int, children: int, infants: int) -> str:
        """'2 adults, 1 child'."""
        counts = (
            ("adult", "adults", adults),
            ("child", "children", children),
            ("infant", "infants", infants),
        )
        told = [self.say(one if count == 1 else many, n=count) for one, many, count in counts if count]
        return self.say("between").join(told)


def languages() -> tuple[str, ...]:
    """Which ones there are, English first."""
    there = sorted(file.stem for file in FOLDER.glob("*.toml"))
    return (ENGLISH, *(one for one in there if one != ENGLISH))


def guest_words(language: str) -> GuestWords:
    """The words of a language tag ('zh-Hant', 'de-AT'), or English."""
    parts = language.replace("_", "-").lower().split("-")
    wanted = parts[0]
    if wanted == "zh":
        wanted = "zh-TW" if any(part in _HANT for part in parts) else "zh-CN"
    return _read(wanted if wanted in languages() else ENGLISH)


@cache
def _read(language: str) -> GuestWords:
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return GuestWords(language, tomllib.load(file))
