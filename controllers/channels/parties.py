"""Reads who comes: "2 x Adult, 1 x Child", "대인 x2, 소인 x1", "Adults: 2", "4 Adults", "3명".

Out come the lines (so many of which unit) and the heads. A bare number gives heads without
lines; a unit that may hold several people (a family, a boat) leaves the heads unknown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from controllers.channels.raw import RowRefused
from controllers.channels.text import line, nothing
from models.money import Money, parse
from models.orders import Line

Party = tuple[tuple[Line, ...], int | None]

_MOST = 9999
_HEADS = (
    r"명|인|人|名|位|pax|persons?|people|heads?|travell?ers?|participants?|guests?|tickets?|passengers?|"
    r"여행자|personen|명\s*예약"
)
_BARE = re.compile(rf"(?:총\s*)?(\d{{1,6}})(?:\.0)?\s*(?:x\s*)?(?:{_HEADS})?", re.I)
_NUMBER_FIRST = re.compile(
    r"(\d{1,6})\s*(?:[x×*]\s+|[×*]|(?-i:x(?=[A-Z가-힣]))|\s|(?=[^\W\dx_]))\s*(\D.*)", re.I
)
_UNIT_FIRST = re.compile(
    r"(.*?[^\s:x×*\d])\s*(?::|\s[x×*]|[×*]|(?<=[^\x00-\x7f])x|\s)\s*[x×*]?\s*(\d{1,6})\s*(?:명|인|人|名|位|매|장|張|枚)?",
    re.I,
)
_RUN = re.compile(r"([^\W\d_][^\d,;]*?)\s*:?\s+(\d{1,6})(?=\s|$)")
_KOREAN_RUN = re.compile(r"([가-힣]+)\s*(\d{1,6})\s*(?:명|인|매|장)?(?=\s|$)")
_BRACKET = re.compile(r"\(([^()]*)\)|（([^（）]*)）")
_SEPARATOR = re.compile(r"\s*[,;，、·\n|]\s*|\s+and\s+|\s*&\s*(?=\d)|\s*\+\s*|\s+/\s+", re.I)
_SEVERAL = re.compile(
    r"famil|group|couple|vehicle|car\b|van\b|boat|private|set\b|team|가족|단체|커플|그룹|팀|大|包|組", re.I
)
_PLURALS = {"children": "child", "people": "person", "families": "family", "persons": "person", "babies": "baby",
            "juniors": "junior", "toddlers": "toddler"}  # fmt: skip
_SINGULAR = re.compile(
    r"(?:adult|infant|senior|student|youth|traveler|traveller|passenger|participant|guest|ticket|concession)s",
    re.I,
)


@lru_cache(maxsize=4096)
def party_of(text: str) -> Party:
    """The lines and the heads a text tells; refuses the row where it tells neither."""
    text = unicodedata.normalize("NFKC", line(text)).strip()
    if nothing(text):
        return (), None
    if bare := _BARE.fullmatch(text):
        return (), _count(bare.group(1))
    lines: list[Line] = []
    for part in _parts(text):
        lines.extend(_lines(part))
    if not lines:
        raise RowRefused("quantity-not-understood")
    return tuple(one for one in lines if one.quantity), heads(lines)


def heads(lines: list[Line] | tuple[Line, ...]) -> int | None:
    """How many people the lines are, None where a unit holds an unknown number."""
    total = 0
    for each in lines:
        if each.heads_each is None and _SEVERAL.search(each.unit):
            return None
        total += each.quantity * (1 if each.heads_each is None else each.heads_each)
    return total


def count_of(text: str) -> int:
    """A cell that holds a number of people and nothing else: "2", "2.0", '' for none."""
    if text.isdecimal() and len(text) < 5:
        return int(text)
    if nothing(text):
        return 0
    found = _BARE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise RowRefused("quantity-not-understood")
    return _count(found.group(1))


def singular(unit: str) -> str:
    """Adults as Adult, Children as Child; other words stay."""
    word = unit.strip(" .:-")
    if one := _PLURALS.get(word.casefold()):
        return one.upper() if word.isupper() else one.capitalize() if word[0].isupper() else one
    return word[:-1] if _SINGULAR.fullmatch(word) else word


def _parts(text: str) -> list[str]:
    """The text cut at its commas, but not inside brackets: (Age 4 - 11, with ID)."""
    inside: list[str] = []

    def hide(found: re.Match[str]) -> str:
        inside.append(found.group())
        return f"({len(inside) - 1})"

    pieces = _SEPARATOR.split(_BRACKET.sub(hide, text))
    return [
        re.sub(r"\((\d+)\)", lambda found: inside[int(found.group(1))], piece)
        for piece in pieces
        if piece.strip()
    ]


def _lines(part: str) -> list[Line]:
    price = _price(part)
    bare = re.sub(r"\s{2,}", " ", _BRACKET.sub(" ", part)).strip()
    if found := _NUMBER_FIRST.fullmatch(bare):
        return [_line(found.group(2), found.group(1), price)]
    for pattern in (_RUN, _KOREAN_RUN):
        runs = pattern.findall(bare)
        if len(runs) > 1 and not pattern.sub("", bare).strip():
            return [_line(unit, quantity, None) for unit, quantity in runs]
    found = _UNIT_FIRST.fullmatch(bare) or _KOREAN_RUN.fullmatch(bare)
    if found is None:
        raise RowRefused("quantity-not-understood")
    return [_line(found.group(1), found.group(2), price)]


def _line(unit: str, quantity: str, price: Money | None) -> Line:
    return Line(singular(unit)[:100], _count(quantity), price=price)


def _count(text: str) -> int:
    number = int(text)
    if number > _MOST:
        raise RowRefused("quantity-not-understood")
    return number


def _price(part: str) -> Money | None:
    for found in _BRACKET.finditer(part):
        inner = found.group(1) or found.group(2) or ""
        try:
            return parse(inner)
        except ValueError:
            continue
    return None
