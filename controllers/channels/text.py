"""Makes text from files harmless and comparable: no control characters, no endless cells.

A text that starts with = or + stays as it is here; the exports take the sting out of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 500
LONGEST_REQUEST = 4000

# Line breaks and tabs stay (requests have several lines); everything that hides or reorders text goes.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_NOTHING = frozenset({"", "-", "--", "na", "n/a", "none", "null", "nan", "없음", "無", "无", "なし"})


def clean(text: str) -> str:
    """The text without control characters; line breaks stay."""
    if text.isprintable():
        return text.strip()
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(text: str, limit: int = LONGEST) -> str:
    """The text on one line, cut to a length a screen and a database can bear."""
    if not text.isprintable():
        text = _SPACES.sub(" ", clean(text))
    return text[:limit].strip() if len(text) > limit else text.strip()


def paragraph(text: str) -> str:
    """A request or remark: several lines, cut to a sane length."""
    return clean(text)[:LONGEST_REQUEST].strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For comparing headings and words: width, case and runs of spaces do not matter."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", _HIDDEN.sub("", text))).strip().casefold()


def nothing(text: str) -> bool:
    """Whether a cell says in words that it is empty: NA, -, none."""
    return not text or (len(text) < 6 and fold(text) in _NOTHING)


@lru_cache(maxsize=4096)
def distinct(*texts: str) -> tuple[str, ...]:
    """The spellings worth trying, in order, without blanks and repetitions."""
    return tuple(dict.fromkeys(kept for text in texts if (kept := line(text))))
