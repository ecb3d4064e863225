"""Finds a traveler's names, addresses and numbers in a text, however somebody has spelled them there.

`홍길동` is written 홍 길동, 길동이 or 홍길동입니다, `王小美` 小美, `Gil-dong` GILDONG; a telephone with +82, dots or
full-width figures; a file's name with its letters taken apart. Whatever is compared is folded first, and what is
found is told by its place in the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from models.frozen import frozen

_BETWEEN = r"[\s·・.,'’\-]{0,2}"
_BETWEEN_FIGURES = r"[^0-9a-z가-힣]{0,3}"
_COUNTRY = rf"(?<![0-9a-z])[+(]{{0,2}}(?:[0-9]{_BETWEEN_FIGURES}){{0,6}}"
_FEWEST_FIGURES, _TELLING_FIGURES = 7, 8
_TWO_SIGNS = frozenset("남궁 황보 제갈 사공 선우 독고 서문 동방".split())
"""Korean family names of two signs."""
_HANGUL, _HAN = (("가", "힣"),), (("\u3400", "\u9fff"),)
_SIGNS = (("\u1100", "\u11ff"), ("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"))
_LONGEST = 200


@frozen
class _Form:
    """One way to write what is known: its pattern, and what is left of all it finds without what stands between.

    Looking for that is quick, and hardly a text holds any of it; making a pattern takes milliseconds.
    """

    pattern: str
    core: str
    figures: bool = False
    """A number: its core are its figures, whatever stands between them."""


def places(text: str, known: Iterable[str]) -> list[tuple[int, int]]:
    """Where something known stands in a text: first and last place (the last one not of it), in their order."""
    forms = _all_forms(tuple(dict.fromkeys(known)))
    if not forms or not text:
        return []
    folded, at = _folded(text)
    possible = _possible(forms, folded)
    if not possible:
        return []
    found = [one.span() for one in _compiled(possible).finditer(folded) if one.group()]
    return [(first, last) if at is None else (at[first], at[last - 1] + 1) for first, last in found]


def _possible(forms: tuple[_Form, ...], folded: str) -> tuple[str, ...]:
    """The patterns that may find something in this text."""
    signs, figures = "".join(filter(str.isalnum, folded)), _figures(folded)
    return tuple(form.pattern for form in forms if form.core in (figures if form.figures else signs))


@lru_cache(maxsize=512)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _folded(text: str) -> tuple[str, Sequence[int] | None]:
    """A text to compare with, and of each of its signs the place in the text; None where both are the same."""
    if text.isascii():
        return text.casefold(), None
    pieces = [_fold(sign) for sign in text]
    folded = "".join(pieces)
    if all(len(piece) == 1 for piece in pieces):
        return folded, None
    return folded, [place for place, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=8192)
def _fold(sign: str) -> str:
    """One sign without case, width and accents; nothing of what is not seen."""
    if unicodedata.category(sign) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", sign).casefold()
    if plain.isascii() or _written_in(plain, _SIGNS):
        return plain
    apart = unicodedata.normalize("NFD", plain)
    return "".join(each for each in apart if not unicodedata.combining(each)) or plain


@lru_cache(maxsize=512)
def _all_forms(known: tuple[str, ...]) -> tuple[_Form, ...]:
    """Every way to write everything that is known, the longest first."""
    forms = {form for value in known for form in _forms(value.strip()[:_LONGEST])}
    return tuple(sorted(forms, key=lambda form: (-len(form.pattern), form.pattern)))


def _forms(value: str) -> Iterator[_Form]:
    """How one name, address or number may be written."""
    folded = _folded(unicodedata.normalize("NFC", value))[0]
    if len(folded) < 2:
        return
    yield _whole(folded)
    if "@" in folded:
        yield _form(r"\s{0,2}".join(map(re.escape, re.findall(r"[^@.]+|[@.]", folded))), folded)
        return
    figures = _figures(folded)
    if len(figures) >= _FEWEST_FIGURES:
        last = figures[-_TELLING_FIGURES:]
        yield _Form(_COUNTRY + _BETWEEN_FIGURES.join(last) + r"(?![0-9])", last, figures=True)
    words = [word for word in re.split(r"[\s,]+", folded) if word]
    for word in words:
        if len(word) > 2 or word.isalpha() or not word.isascii():
            yield from _of_word(word)
    yield from _of_word("".join(words))


def _of_word(word: str) -> Iterator[_Form]:
    """A name in one word, with whatever may stand between its letters, and the name its friends use."""
    letters = "".join(filter(str.isalnum, word))
    if len(letters) < 2:
        return
    yield _whole(word)
    spread = _BETWEEN.join(map(re.escape, letters))
    if _written_in(letters, _SIGNS):
        yield _form(spread, letters)
        yield from (_form(_BETWEEN.join(given), given) for given in _given(letters))
    elif len(letters) > 3:
        yield _form(rf"(?<![a-z0-9]){spread}(?![a-z0-9])", letters)


def _form(pattern: str, name: str) -> _Form:
    return _Form(pattern, "".join(filter(str.isalnum, name)))


def _figures(folded: str) -> str:
    return "".join(sign for sign in folded if "0" <= sign <= "9")


def _written_in(name: str, spans: Iterable[tuple[str, str]]) -> bool:
    """Whether each sign of a name is of a script; a pattern of so many signs would take a millisecond to make."""
    return bool(name) and all(any(first <= sign <= last for first, last in spans) for sign in name)


def _whole(name: str) -> _Form:
    """A name as it stands; Li and Bo are looked for as words of their own, or half of every text would go."""
    alone = len(name) < 3 and name.isascii()
    return _form(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if alone else re.escape(name), name)


def _given(name: str) -> tuple[str, ...]:
    """The given name in a Korean or Chinese one: what stands alone where people speak of themselves."""
    if _written_in(name, _HANGUL):
        given = name[2:] if len(name) == 4 and name[:2] in _TWO_SIGNS else name[1:]
        return (given,) if 3 <= len(name) <= 4 else ()
    if _written_in(name, _HAN):
        return {3: (name[1:],), 4: (name[:2], name[2:])}.get(len(name), ())
    return ()
