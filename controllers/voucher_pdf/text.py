"""Turns a text into lines for the voucher: the right font for every character, broken where a reader would.

A base and its marks stay together. Korean and Latin break at spaces, Chinese and Japanese between
characters (but not before a full stop or after an opening bracket), Thai at spaces and, in a long
stretch without any, between syllable signs. What no font has is drawn as U+FFFD and remembered.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from controllers.voucher_pdf import fonts
from models.frozen import frozen

_IGNORED = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
_IGNORED += "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{_IGNORED}]")
_LOOSE = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_MARKS = _LOOSE + "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
TO_SHAPE = re.compile(f"[{_LOOSE}\u0e01-\u0e4e]")
"""What the font's own rules must place: loose accents, and Thai."""
_CLUSTER = re.compile(f".(?:[{_MARKS}{_IGNORED}\U0001f3fb-\U0001f3ff]|(?<=\u200d).)*", re.DOTALL)
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u3001-\u3098\u309b-\u9fff\uac00-\ud7a3\uff01-\uff60]*")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_JAMO = re.compile("[\u1100-\u11ff]")

_NEVER_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}!?,.:;…”’%％"
)
_NEVER_LAST = frozenset("（［｛「『【〈《〔([{“‘")
_THAI_LEADING = frozenset("เแโใไ")
_THAI_FOLLOWING = frozenset("ะาำๅๆฯ")


class Atom(NamedTuple):
    """A base with its marks, in its font; `width` in thousandths of the size."""

    text: str
    face: fonts.Face
    width: float
    missing: str = ""


class Piece(NamedTuple):
    """Neighbours of one font."""

    face: fonts.Face
    text: str


@frozen
class Line:
    """One line, ready to be drawn at `size`, `width` points wide; not `whole` when it had to be cut."""

    pieces: tuple[Piece, ...]
    size: float
    width: float
    whole: bool = True


class Typesetter:
    """Sets lines for a reader of one language and remembers in `missing` what no font had."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(self._missing)

    def line(self, text: str, size: float, *, bold: bool = False, width: float = 0) -> Line:
        """The text on one line, cut with an ellipsis where it is wider than `width` points."""
        if width:
            return (self.wrap(text, size, width, lines=1, bold=bold) or [Line((), size, 0)])[0]
        return self._join(self._atoms(_tidy(text), bold), size)

    def wrap(self, text: str, size: float, width: float, *, lines: int, bold: bool = False) -> list[Line]:
        """The text on at most so many lines; the last one ends in an ellipsis where that is not enough."""
        room = width * 1000 / size
        readable = int(lines * room / 150) + 8  # no more than can be drawn, however long the text is
        broken: list[list[Atom]] = []
        rest = False
        for paragraph in text[:readable].splitlines():
            atoms = self._atoms(_tidy(paragraph), bold)
            start = 0
            while start < len(atoms) and len(broken) < lines:
                end = _end_of_line(atoms, start, room)
                broken.append(atoms[start:end])
                start = end
            rest = rest or start < len(atoms)
        whole = not rest and len(text) <= readable
        if broken and not whole:
            broken[-1] = self._cut(broken[-1], room, bold)
        return [self._join(atoms, size, whole) for atoms in broken]

    def fit(
        self, text: str, sizes: tuple[float, ...], width: float, *, lines: int, bold: bool = False
    ) -> list[Line]:
        """The text in the first of these sizes in which it needs no cutting, else cut in the last."""
        for size in sizes[:-1]:
            room = width * 1000 / size
            if len(text) < lines * room / 150 and self._lines_needed(text, room, bold) <= lines:
                break
        else:
            size = sizes[-1]
        return self.wrap(text, size, width, lines=lines, bold=bold)

    def _lines_needed(self, text: str, room: float, bold: bool) -> int:
        count = 0
        for paragraph in text.splitlines():
            atoms, start = self._atoms(_tidy(paragraph), bold), 0
            while start < len(atoms):
                start, count = _end_of_line(atoms, start, room), count + 1
        return count

    def _atoms(self, text: str, bold: bool) -> list[Atom]:
        reader = _hand(text, self.reader)
        han = "".join(dict.fromkeys(filter(fonts.is_han, text)))
        one_hand = fonts.face_for_all(han, reader, bold) if han else None
        clusters: Iterable[str] = text if _PLAIN.fullmatch(text) else map(_composed, _CLUSTER.findall(text))
        atoms: list[Atom] = []
        for c in clusters:
            if c == " " and atoms:
                atoms.append(_space_of(atoms[-1].face))
            elif one_hand and c in han:
                atoms.append(Atom(c, one_hand, one_hand.advance(c)))
            elif c:
                atoms.append(_atom(c, reader, bold))
        return atoms

    def _cut(self, atoms: list[Atom], room: float, bold: bool) -> list[Atom]:
        dots = _atom("…", "en", bold)
        kept = list(atoms)
        while kept and (kept[-1].text == " " or sum(a.width for a in kept) + dots.width > room):
            kept.pop()
        return [*kept, dots]

    def _join(self, atoms: list[Atom], size: float, whole: bool = True) -> Line:
        while atoms and atoms[-1].text == " ":
            atoms = atoms[:-1]
        pieces: list[Piece] = []
        for atom in atoms:
            if atom.missing:
                self._missing[atom.missing] = None
            if pieces and pieces[-1].face is atom.face:
                pieces[-1] = Piece(atom.face, pieces[-1].text + atom.text)
            else:
                pieces.append(Piece(atom.face, atom.text))
        return Line(tuple(pieces), size, sum(atom.width for atom in atoms) * size / 1000, whole)


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", text).strip()
    return unicodedata.normalize("NFC", text) if _JAMO.search(text) else text


def _hand(text: str, reader: str) -> str:
    """Whose way of writing Chinese characters suits a text: its own, where it shows one."""
    if any(map(fonts.is_kana, text)):
        return "ja"
    return "ko" if any(map(fonts.is_hangul, text)) else reader


def _composed(cluster: str) -> str:
    """A cluster as one character where one exists; alone, an invisible sign draws nothing."""
    return unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else _INVISIBLE.sub("", cluster)


@functools.lru_cache(maxsize=20_000)
def _atom(cluster: str, reader: str, bold: bool) -> Atom:
    shown = _INVISIBLE.sub("", cluster)
    face = fonts.face_for(shown[0], reader, bold) if shown else None
    if face and all(map(face.has, shown)):
        return Atom(shown, face, face.advance(shown))
    mark = fonts.face_for(fonts.REPLACEMENT, reader, bold)
    assert mark is not None  # fonts.require saw to it
    return Atom(fonts.REPLACEMENT, mark, mark.advance(fonts.REPLACEMENT), missing=cluster)


@functools.cache
def _space_of(face: fonts.Face) -> Atom:
    """The space of the font before it: another font for every space would double the file's switches."""
    return Atom(" ", face, face.advance(" ")) if face.has(" ") else _atom(" ", "en", False)


def _end_of_line(atoms: list[Atom], start: int, room: float) -> int:
    """Where the line that begins at `start` ends, the space it breaks at included."""
    used = good_at = 0.0
    good = poor = 0
    for index in range(start, len(atoms)):
        before, atom = atoms[index - 1].text, atoms[index]
        if index > start:
            how = _may_break(before, atom.text)
            if how == "good":
                good, good_at = index, used
            elif how == "poor":
                poor = index
        used += atom.width
        if used > room and atom.text != " ":
            syllables = poor and fonts.is_thai(atoms[poor].text[0]) and good_at < 0.6 * room
            return (poor if syllables else good or poor) or max(index, start + 1)
    return len(atoms)


@functools.lru_cache(maxsize=20_000)
def _may_break(before: str, after: str) -> str:
    if before == " ":
        return "good"
    if after == " " or after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return "no"
    if _is_wide(before[0]) or _is_wide(after[0]) or (before == "-" and after.isalpha()):
        return "good"
    if before[0] in _THAI_LEADING or after[0] in _THAI_FOLLOWING:
        return "no"
    return "poor"


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char < "\ua4d0" or fonts.is_han(char) or "\uff00" <= char < "\uffef"
