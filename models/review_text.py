"""Reads the rating out of a traveler's answer to the comment letter: "5", "★★★★☆", "5/5 lovely", "별점 4점", "星5つ".

What cannot be misunderstood is sure; where a number may mean something else (5 people, 17:00, 8 of 10) it is a
proposal, and a person decides. Nothing is guessed from the words themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from models.frozen import frozen

_FULL, _EMPTY = "★⭐🌟✭✮", "☆✩"
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5,
    "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
_NUMBER = rf"[1-5]|{'|'.join(_WORDS)}"
_AFTER = r"(?=$|[\s,.;:!?~\-–—。、，！？…)]|です|でした|이에요|입니다|드려요|드립니다|推薦|推荐)"
_STARS = re.compile(rf"[{_FULL}{_EMPTY}\ufe0f]{{1,20}}")
_NAMED = re.compile(
    rf"(?:rating|stars?|score|별점|평점|評分|評価|評價|星)?\s*[:：は]?\s*(?<![\d.:/])({_NUMBER})\s*"
    rf"(?:/\s*5|out of 5|of 5|stars?|점|개|顆星|颗星|星|つ星|つ|點|点|分){_AFTER}",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    rf"(?:rating|stars?|score|별점|평점|評分|評価|評價|星|☆|★|⭐)\s*[:：は]?\s*([1-5])\s*(?:つ|점|分|点|點)?{_AFTER}",
    re.IGNORECASE,
)
_ALONE = re.compile(r"([1-5])(?:\.0)?\s*[.!~]*$")
_FIRST = re.compile(r"([1-5])\s*[-–—:,.!]\s+\S")
_MAYBE = re.compile(r"(?:^([1-5])(?![\d:/.-])|(?<![\d.:/-])([1-5])[.!~]*$)")
_MOST_MAYBE = 40  # signs of a line in which a bare number may be meant as a rating
_OF_FIVE = re.compile(r"5\s*점\s*만점에\s*")
_OTHER_SCALE = re.compile(
    r"(?<!\d)(10|[0-9])(?:\.\d)?\s*(?:/|out of|of)\s*10(?!\d)|10\s*점\s*만점에\s*(\d+)", re.IGNORECASE
)
_HALF = re.compile(r"(?<!\d)([1-4])\.5\s*(?:/\s*5|stars?|점|星|点)", re.IGNORECASE)
_CLOSING = " \t\n.,!?~…。！？、)"
_MOST = 4000


@frozen
class Reading:
    """What an answer says. `sure`: nobody has to look at it. `words` is what they wrote beside the rating."""

    rating: int
    words: str
    sure: bool


def read(text: str) -> Reading | None:
    """The rating of an answer and its words; None where there is no trace of a rating."""
    told = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").strip()[:_MOST]
    told = _OF_FIVE.sub("", told)
    head = next((line.strip() for line in told.split("\n") if line.strip()), "")
    said = [*_clear(told)]
    found = {rating for rating, _ in said}
    if _OTHER_SCALE.search(told) or _HALF.search(told):
        return Reading(_nearest(told), told, sure=False)
    first = _at_the_beginning(head)
    if first is not None:
        rating, used = first
        return Reading(rating, _rest(told, used), sure=not found - {rating})
    if found:
        at_the_end = len(found) == 1 and max(end for _, end in said) >= len(told.rstrip(_CLOSING))
        return Reading(min(found), told, sure=at_the_end)
    maybe = _MAYBE.search(head) if len(head) <= _MOST_MAYBE else None
    return Reading(int(maybe.group(1) or maybe.group(2)), told, sure=False) if maybe else None


def _at_the_beginning(head: str) -> tuple[int, str] | None:
    """A rating that opens the answer, with the signs that say it."""
    alone = _ALONE.fullmatch(head)
    if alone:
        return int(alone.group(1)), head
    for pattern in (_PREFIXED, _NAMED):
        found = pattern.match(head)
        if found:
            return _of(found.group(1)), found.group()
    stars = _STARS.match(head)
    if stars and _of_stars(stars.group()):
        return _of_stars(stars.group()), stars.group()
    first = _FIRST.match(head)
    return (int(first.group(1)), head[: first.end() - 1]) if first else None


def _clear(told: str) -> Iterator[tuple[int, int]]:
    """Every rating that is said with its scale or its stars, and where it ends."""
    for pattern in (_NAMED, _PREFIXED):
        for one in pattern.finditer(told):
            yield _of(one.group(1)), one.end()
    for one in _STARS.finditer(told):
        if _of_stars(one.group()) and not told[one.end() : one.end() + 1].isdigit():
            yield _of_stars(one.group()), one.end()


def _of_stars(signs: str) -> int:
    """Full stars counted; 0 where nobody can tell: more than five, or only empty ones."""
    full = sum(sign in _FULL for sign in signs)
    empty = sum(sign in _EMPTY for sign in signs)
    return full if full >= 1 and full + empty <= 5 else 0


def _of(word: str) -> int:
    return _WORDS.get(word.casefold()) or int(word)


def _nearest(told: str) -> int:
    """The nearest of five, of ten or of a half: only to be proposed."""
    ten = _OTHER_SCALE.search(told)
    if ten:
        return max(1, min(5, (int(ten.group(1) or ten.group(2)) + 1) // 2))
    half = _HALF.search(told)
    return int(half.group(1)) if half else 3


def _rest(told: str, used: str) -> str:
    """What they wrote beside the rating; all of it where the rating is a part of a sentence."""
    rest = told[told.find(used) + len(used) :]
    return told if rest[:1].isalnum() else rest.lstrip(" \t\n,.;:!-–—~、。，！：").strip()
