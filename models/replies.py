"""Fills the placeholders of a saved reply, and says which of them would stay empty.

A placeholder is written `{{ product }}`. What is unknown or empty stays as it is written, so that nobody sends
a sentence with a hole in it without seeing the hole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.frozen import frozen
from models.talk import SavedReply

MOST_TITLE = 80
_FIRST_ONES = Path(__file__).resolve().parents[1] / "resources" / "saved_replies.toml"
_LATIN = "en"
_READ_AS = {"ko": ("ko",), "ja": ("ja", "zh-TW"), "zh-TW": ("zh-TW",)}
_SIGNS = (
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("zh-TW", re.compile(r"[\u4e00-\u9fff]")),
    (_LATIN, re.compile(r"[A-Za-z]")),
)
"""By which signs words give their language away. Names in Latin letters stand in every text, so they come last."""
_PLACE = re.compile(r"\{\{\s*([A-Za-z_]+)\s*\}\}")


@frozen
class Filled:
    """A text that is ready, but for what is `missing`."""

    text: str
    missing: tuple[str, ...] = ()


def fill(body: str, facts: Mapping[str, str]) -> Filled:
    """A reply with everything filled in that is known."""
    missing: list[str] = []

    def told(found: re.Match[str]) -> str:
        value = facts.get(found[1].casefold(), "").strip()
        if not value:
            missing.append(found[1])
        return value or found[0]

    text = _PLACE.sub(told, body)
    return Filled(text, tuple(dict.fromkeys(missing)))


def written_in(body: str, language: str, travelers: str) -> str:
    """The language the dates of a reply are told in: its own, else that of its signs, else the traveler's."""
    if language:
        return language
    words = _PLACE.sub("", body)
    signs = next((told for told, every in _SIGNS if every.search(words)), "")
    fits = _READ_AS.get(travelers, (_LATIN,))
    return travelers if not signs or signs in fits else signs


def left_open(text: str) -> tuple[str, ...]:
    """The placeholders that still stand in a text that is about to be sent."""
    return tuple(dict.fromkeys(found[1] for found in _PLACE.finditer(text)))


def for_language(replies: Sequence[SavedReply], language: str) -> tuple[SavedReply, ...]:
    """Those in the traveler's language first, then those for everybody, then the others; else as they stand."""
    own = language.replace("_", "-").casefold()

    def rank(one: SavedReply) -> tuple[int, int, int]:
        told = one.language.replace("_", "-").casefold()
        if told and told == own:
            return 0, one.place, one.id
        if told and own and told.partition("-")[0] == own.partition("-")[0]:
            return 1, one.place, one.id
        return (2 if not told else 3), one.place, one.id

    return tuple(sorted(replies, key=rank))


def first_replies() -> tuple[SavedReply, ...]:
    """The answers a new house starts with, each in every language; they are its own from then on."""
    told = tomllib.loads(_FIRST_ONES.read_text("utf-8"))["reply"]
    every = [
        (one["title"], language, one[language]) for one in told for language in one if language != "title"
    ]
    return tuple(SavedReply(0, *told, place) for place, told in enumerate(every, 1))
