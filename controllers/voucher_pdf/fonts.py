"""Finds the letters a voucher is printed with, and knows which font has which character.

No font has every script, and reportlab drops a character its font lacks without a word, so each
character is asked for by its script, in an order the reader's language decides. The fonts lie in
`resources/fonts/` (the set-up puts them there) or in the system's folders. They are opened when
the first character needs them, once for the program: the big ones take a fifth of a second.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.refusals import CannotDo

_OURS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")

# By script: the regular and the bold file. '' means there is none, and bold is drawn with a thin outline.
_FILES = {
    "latin": ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    "thai": ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    "korean": ("NanumGothic.ttf", "NanumGothicBold.ttf"),
    "japanese": ("ipaexg.ttf", ""),
    "chinese": ("wqy-zenhei.ttc", ""),
}
_SHAPED = ("latin", "thai")
_OWN_SCRIPT = {"en": "latin", "ko": "korean", "ja": "japanese", "zh-TW": "chinese"}
_HAN = {
    "ja": ("japanese", "chinese", "korean"),
    "ko": ("korean", "chinese", "japanese"),
    "zh-TW": ("chinese", "japanese", "korean"),
    "en": ("chinese", "japanese", "korean"),
}
_PRIVATE = range(0xE000, 0xF900)
REPLACEMENT = "\ufffd"
"""Drawn, visibly, for what no font has."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One opened font: `font` is reportlab's, `thickened` a regular one that stands in for a bold.

    `stand_ins` are characters lent to what reportlab could not print otherwise: by glyph in a font
    that `shapes`, by code in the others.
    """

    name: str
    font: Any
    thickened: bool
    shapes: bool
    stand_ins: dict[int, str] = field(default_factory=dict)

    def has(self, char: str) -> bool:
        code = ord(char)
        return code in self.font.face.charToGlyph and code not in _PRIVATE

    def advance(self, text: str) -> float:
        """The width of a text in thousandths of its size."""
        widths, usual = self.font.face.charWidths, self.font.face.defaultWidth
        total: float = sum(widths.get(ord(char), usual) for char in text)
        return total


def require(language: str) -> None:
    """Refuse at once when the letters of the voucher's own language are not installed."""
    for script in dict.fromkeys(("latin", _OWN_SCRIPT[language])):
        name = _FILES[script][0]
        if not _find(name):
            raise CannotDo("fonts-missing", font=name)


def first_face() -> Face:
    """The font every voucher uses: for the numbers, if for nothing else."""
    face = _face("latin", False)
    if not face:
        raise CannotDo("fonts-missing", font=_FILES["latin"][0])
    return face


@functools.cache
def face_for(char: str, reader: str, bold: bool) -> Face | None:
    """The font that draws a character for a reader of `reader`, or None when no font has it."""
    for script in _scripts(char, reader):
        face = _face(script, bold)
        if face and face.has(char):
            return face
    return None


def face_for_all(chars: str, reader: str, bold: bool) -> Face | None:
    """One font that has all of these Han characters, so that a name is not set in two hands."""
    faces = (_face(script, bold) for script in _HAN[reader])
    return next((face for face in faces if face and all(map(face.has, chars))), None)


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one, which several languages share."""
    code = ord(char)
    return 0x4E00 <= code < 0xA000 or 0x2E80 <= code < 0x2FE0 or 0x3400 <= code < 0x4DC0 or _is_rare_han(code)


def _is_rare_han(code: int) -> bool:
    return 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x32000 or code in (0x3005, 0x3007)


def is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u3130" <= char < "\u3190"


def is_kana(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\uff66" <= char <= "\uff9f"


def is_thai(char: str) -> bool:
    return "\u0e00" <= char < "\u0e80"


def _scripts(char: str, reader: str) -> tuple[str, ...]:
    if is_thai(char):
        return ("thai",)
    if is_hangul(char):
        return ("korean", "chinese")
    if is_kana(char):
        return ("japanese", "chinese")
    if is_han(char) or "\u3000" <= char < "\u3040" or "\uff00" <= char < "\uffef":
        return _HAN[reader]
    return ("latin", *_HAN[reader], "thai")


@functools.cache
def _face(script: str, bold: bool) -> Face | None:
    regular, heavy = _FILES[script]
    wanted = heavy if bold and heavy and _find(heavy) else regular
    path = _find(wanted)
    if not path:
        return None
    return _open(path, script, wanted, thickened=bold and wanted == regular)


def _open(path: Path, script: str, wanted: str, *, thickened: bool) -> Face:
    font = _registered(wanted, path)
    return Face(font.fontName, font, thickened, script in _SHAPED, _stand_ins(font, script in _SHAPED))


@functools.cache
def _registered(wanted: str, path: Path) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Not asciiReadable: that would embed 96 letters whether the voucher uses them or not.
    font = TTFont(f"voucher-{Path(wanted).stem}", path, asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


@functools.cache
def _stand_ins(font: Any, shapes: bool) -> dict[int, str]:
    return _name_glyphs(font) if shapes else _shorten_codes(font)


def _name_glyphs(font: Any) -> dict[int, str]:
    """Give every glyph a character, since shaping picks glyphs and reportlab can only print characters.

    Done in the order of the glyphs when the font is opened, so the same voucher is the same file.
    """
    face, free = font.face, _free_codes(font)
    named = {glyph: chr(min(codes)) for glyph, codes in face.glyphToChar.items() if min(codes) <= 0xFFFF}
    for glyph, (advance, _) in enumerate(face.hmetrics[: face.numGlyphs]):
        if glyph not in named:
            named[glyph] = _lend(face, next(free), glyph, face._pdfScale(advance))
    return named


def _shorten_codes(font: Any) -> dict[int, str]:
    """Lend the characters beyond U+FFFF (rare names) a shorter code: reportlab writes four digits."""
    face, free = font.face, _free_codes(font)
    beyond = sorted(code for code in face.charToGlyph if code > 0xFFFF)
    lent = {}
    for code, short in zip(beyond, free, strict=False):
        lent[code] = _lend(face, short, face.charToGlyph[code], face.charWidths[code])
    return lent


def _free_codes(font: Any) -> Any:
    return iter([code for code in _PRIVATE if code not in font.face.charToGlyph])


def _lend(face: Any, code: int, glyph: int, width: float) -> str:
    face.charToGlyph[code] = glyph
    face.charWidths[code] = width
    return chr(code)


@functools.cache
def _find(name: str) -> Path | None:
    if (_OURS / name).is_file():
        return _OURS / name
    for folder in _SYSTEM:
        for here, _, files in os.walk(folder):
            if name in files:
                return Path(here) / name
    return None
