"""What is kept of a reservation's people, and what a typed text looks for among it.

Of each person a line is kept with everything the name may be looked for under (as written, in Latin letters,
as most people spell it), and a line for the address. Lines never run together. A text is taken apart at its
blanks; all its words must stand in one line, in whatever order they were typed: 'min su kim' finds 김민수.

A line is found by its grams: every two and every three letters that stand side by side in it. Three letters
alone (the usual trigram index) would silently miss names of two syllables.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from models.frozen import frozen
from models.search.folding import folded, in_latin, traced, with_umlauts
from models.search.spellings import as_most_write, latin_words, native_family, other_spellings

SHORTEST = 2
_BETWEEN_WORDS = re.compile(r"[\s,;/·・、，;／]+")
_MOST_WORDS = 20
"""Nobody has so many names; of a whole mail that was pasted the first ones are looked for."""
_LATIN_WORD = re.compile(r"[a-z]{2,}")

Words = tuple[str, ...]


@frozen
class Asked:
    """The folded words of a text. `spelled` are the same in Latin letters, for who is kept only in those."""

    words: Words
    spelled: Words = ()

    @property
    def ways(self) -> tuple[tuple[Words, bool], ...]:
        """The words to look for, and whether only among people kept in Latin letters."""
        return ((self.words, False), (self.spelled, True)) if self.spelled else ((self.words, False),)


def asked(text: str) -> Asked | None:
    """What a text looks for among people; None while it is shorter than two letters."""
    parts = [folded(part) for part in _BETWEEN_WORDS.split(text)]
    words = tuple(dict.fromkeys(part for part in parts if part))
    whole = "".join(parts)
    if len(whole) < SHORTEST:
        return None
    if all(len(word) < SHORTEST for word in words):
        words = (whole,)
    words = words[:_MOST_WORDS]
    return Asked(words, () if whole.isascii() else _spelled(words))


def kept_text(lead: str, companions: Iterable[str], email: str) -> str:
    """The lines that are kept of one reservation: the lead traveler's (empty where unknown), companions, address."""
    lines = [" ".join(_forms(name)) for name in (lead, *companions)]
    address = folded(email) if "@" in email else ""
    return "\n".join([*lines, address] if address else lines)


def grams_kept(text: str) -> list[int]:
    """The numbers of all grams of kept lines."""
    found: set[str] = set()
    for line in text.split("\n"):
        if "@" in line:
            found.add(line[:2])
            found.update([line[i : i + 3] for i in range(len(line) - 2)])
            continue
        for form in line.split(" "):
            found.update([form[i : i + 2] for i in range(len(form) - 1)])
            found.update([form[i : i + 3] for i in range(len(form) - 2)])
    found.discard("")
    return [_number(gram) for gram in found]


def grams_asked(words: Words, enough: int = 3, *, thorough: bool = False) -> list[int]:
    """The numbers of the grams to look up: at most `enough` of each word, those that cover it first.

    Each one more has another list read; where that costs little, `thorough` takes those between, too.
    Grams with digits or of other scripts stand in fewer names, so where a word has some they are taken: their
    lists are short, and the text is compared afterwards anyway.
    """
    found: dict[str, None] = {}
    for word in words:
        if SHORTEST <= len(word) <= 3:
            found[word] = None
        elif len(word) > 3:
            local = word.partition("@")[0]
            best = local if len(local) > 3 else word  # half the world has its address at the same place
            last = len(best) - 3
            pieces = list(dict.fromkeys(best[i : i + 3] for i in (*range(0, last, 3), last)))
            if enough > len(pieces) and (thorough or len(pieces) < 2):
                pieces = list(dict.fromkeys([*pieces, *(best[i : i + 3] for i in range(1, last))]))
            rare = [piece for piece in pieces if not (piece.isascii() and piece.isalpha())]
            found.update(dict.fromkeys((rare if len(rare) > 1 else pieces)[:enough]))
    return [_number(gram) for gram in found]


def line_of(text: str, words: Words, *, only_latin: bool = False) -> int | None:
    """Which of the kept lines holds all words; None when they stand in several only."""
    for number, line in enumerate(text.split("\n")):
        if all(word in line for word in words) and not (only_latin and not line.isascii()):
            return number
    return None


def is_address(text: str, line: int) -> bool:
    """Whether a kept line is the address."""
    return "@" in text.split("\n")[line]


def differs_by_one(word: str, line: str) -> bool:
    """Whether a line holds the word but for one letter: another one, one more, one less, or two changed about."""
    length = len(word)
    for start in range(len(line) - length + 2):
        rest = line[start : start + length + 1]
        same = next((at for at in range(length) if at >= len(rest) or rest[at] != word[at]), length)
        ways = (
            word[same + 1 :] == rest[same + 1 : length],
            word[same + 1 :] == rest[same : length - 1],
            word[same:] == rest[same + 1 : length + 1],
            word[same : same + 2] == rest[same : same + 2][::-1]
            and word[same + 2 :] == rest[same + 2 : length],
        )
        if any(ways) and (" " not in rest[: length - 1]):
            return True
    return False


def marks(shown: str, words: Words) -> tuple[tuple[int, int], ...]:
    """Where the words stand in what is shown: first sign and the one after the last, in order."""
    found: list[tuple[int, int]] = []
    for word in words:
        for letters, places in _readings(shown, word):
            at = letters.find(word)
            if at >= 0:
                found.append((places[at], places[at + len(word) - 1] + 1))
                break
    return _joined(sorted(found))


def _readings(shown: str, word: str) -> Iterator[tuple[str, list[int]]]:
    """What is shown as it may have been looked for, with the sign each letter came from."""
    kept, places = traced(shown)
    yield kept, places
    yield traced(shown, latin=True)
    family, spelled = native_family(kept)
    for spelling in spelled:
        for spell in (in_latin, as_most_write):
            letters = [*zip(spelling, [places[0]] * len(spelling), strict=True)]
            for at in range(len(family), len(kept)):
                letters += [(letter, places[at]) for letter in spell(kept[at])]
            yield "".join(letter for letter, _ in letters), [place for _, place in letters]
    for found in _LATIN_WORD.finditer(shown.casefold()):
        if word in other_spellings([found.group(), ""]):
            yield (
                word,
                [found.start(), *range(found.start() + 1, found.start() + len(word) - 1), found.end() - 1],
            )


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for first, after in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(after, joined[-1][1]))
        else:
            joined.append((first, after))
    return tuple(joined)


def _forms(name: str) -> list[str]:
    """Everything a name may be looked for under, each in one piece, without the '@' that tells an address."""
    whole = folded(name).replace("@", "")
    if not whole:
        return []
    forms = [whole]
    if whole.isascii():
        forms += other_spellings(latin_words(name)) if name.isascii() else [with_umlauts(name)]
    else:
        forms += _latin_forms(whole)
    return [form for form in dict.fromkeys(forms) if form]


def _latin_forms(whole: str) -> list[str]:
    """A name in other letters, in Latin ones: by the rule, as most write it, and its family's other spellings."""
    family, spelled = native_family(whole)
    given = whole[len(family) :]
    forms = [in_latin(whole)]
    for way in dict.fromkeys((in_latin(given), as_most_write(given))) if spelled else ():
        forms += [f"{spelled[0]}{way}"] if way else []
    if not spelled and as_most_write(whole):
        forms.append(as_most_write(whole))
    return [*forms, *spelled[1:]]


def _spelled(words: Words) -> Words:
    """Words in other letters as they would be kept of somebody whose name was told in Latin ones."""
    made: list[str] = []
    for word in words:
        family, spelled = native_family(word) if len(word) > 2 else ("", ())
        if spelled:
            made += [spelled[0], in_latin(word[len(family) :])]
        else:
            made.append(in_latin(word))
    long_enough = any(len(word) >= SHORTEST for word in made)
    return tuple(word for word in made if word) if long_enough else ()


@lru_cache(maxsize=100_000)
def _number(gram: str) -> int:
    """A gram as a number of 32 bits; that two may share one costs a comparison and no more."""
    return zlib.crc32(gram.encode()) - 2**31
