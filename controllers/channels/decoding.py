"""Turns the bytes of a file into text, whatever country's computer wrote it.

UTF-8 and UTF-16 are certain. The old East Asian encodings are not: the same bytes are valid
in several, so each is tried and the one whose letters are common in its own language wins.
"""

from __future__ import annotations

from collections.abc import Callable

from models.refusals import CannotDo

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KOREAN_EXCEL, _TAIWAN, _JAPAN = "cp949", "cp950", "cp932"
_SAMPLE = 3000


def decode(name: str, data: bytes) -> str:
    """The text of a file; CannotDo("file-not-readable") when it is no text at all."""
    text = _marked(data) or _utf8(data) or _utf16_without_mark(data) or _by_language(data)
    if text is None or _looks_binary(text):
        raise CannotDo("file-not-readable", file=name, why="it is not text")
    return text.replace("\x00", "")


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off inside its last letter is still UTF-8.
        return data[: error.start].decode("utf-8") if error.start >= max(len(data) - 3, 1) else None


def _utf16_without_mark(data: bytes) -> str | None:
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) * 5 < len(data) or min(even, odd) * 4 > max(even, odd):
        return None
    try:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _by_language(data: bytes) -> str | None:
    best, best_score = None, 0.3
    for encoding, commonness in _LANGUAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [letter for letter in text[: _SAMPLE * 20] if letter > "\x7f"][:_SAMPLE]
        score = sum(map(commonness, foreign)) / max(len(foreign), 1)
        if score > best_score:
            best, best_score = text, score
    return best if best is not None else _western(data)


def _western(data: bytes) -> str | None:
    high = sum(byte > 0x7F for byte in data)
    return data.decode("cp1252", "replace") if high * 4 < len(data) else None


def _common_in_korean(letter: str) -> float:
    if "가" <= letter <= "힣":
        return 1.0 if _fits(letter, "euc_kr") else -3.0
    return _punctuation(letter)


def _common_in_taiwan(letter: str) -> float:
    if "\u4e00" <= letter <= "\u9fff":
        return 1.0 if _first_byte(letter, _TAIWAN) < 0xC9 else -1.0
    return _punctuation(letter)


def _common_in_japan(letter: str) -> float:
    if "\u3041" <= letter <= "\u30ff":
        return 1.0
    if "\uff61" <= letter <= "\uff9f":
        return -1.0
    if "\u4e00" <= letter <= "\u9fff":
        return 0.8 if _first_byte(letter, _JAPAN) < 0x98 else -1.0
    return _punctuation(letter)


def _punctuation(letter: str) -> float:
    return 0.5 if letter in "·…‘’“”、。「」，：（）₩¥€£×～％㈜" else -0.3


def _fits(letter: str, encoding: str) -> bool:
    try:
        return len(letter.encode(encoding)) == 2
    except UnicodeEncodeError:
        return False


def _first_byte(letter: str, encoding: str) -> int:
    try:
        return letter.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0xFF


_LANGUAGES: tuple[tuple[str, Callable[[str], float]], ...] = (
    (_KOREAN_EXCEL, _common_in_korean),
    (_TAIWAN, _common_in_taiwan),
    (_JAPAN, _common_in_japan),
)


def _looks_binary(text: str) -> bool:
    sample = text[:20000]
    odd = sum((letter < " " and letter not in "\t\n\r\x0b\x0c") or letter == "\ufffd" for letter in sample)
    return odd * 50 > len(sample) + 50
