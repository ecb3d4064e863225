"""Turns the bytes of a mail into text, whatever the mail claims they are written in."""

from __future__ import annotations

import codecs
import re
from email.errors import MessageError
from email.header import decode_header

from controllers.channels.decoding import decode
from models.refusals import CannotDo

_CALLED = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "cp950",
    "x-big5": "cp950",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_3",
    "unicode-1-1-utf-7": "utf-7",
}
"""What a mail says, and the encoding that programs really mean by it."""
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
"""What Python can decode and no mail is written in; some of it takes for ever."""
_WESTERN = frozenset(("iso8859-1", "iso8859-15", "cp1252"))
"""In these every byte is a letter: programs say so that do not know what they send."""
_LONGEST_HEADER = 20_000
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls, and marks that turn the direction of writing: they only ever hide something."""


def text_of(data: bytes, charset: str) -> str:
    """The text as its charset says; where that is wrong, as its letters say. Never fails."""
    name = charset.strip(" \"'").casefold()
    for each in (_CALLED.get(name, name), name):
        try:
            known = codecs.lookup(each).name if each else ""
            if known in _WESTERN and not data.isascii():
                return _western(data)
            return _plain(data.decode(each)) if known and known not in _NO_CHARSETS else _guessed(data)
        except (LookupError, UnicodeError, ValueError):
            continue
    return _guessed(data)


def _western(data: bytes) -> str:
    """As it says, but where its letters say otherwise."""
    guess = _guessed(data) if _is_eastern(data) else "\ufffd"
    return _plain(data.decode("cp1252", "replace")) if "\ufffd" in guess else guess


def _is_eastern(data: bytes) -> bool:
    """Whether bytes that pass for Western ones are whole UTF-8, or so many that they are half signs of the East."""
    high = sum(byte > 0x7F for byte in data)
    if high * 3 > len(data):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def header_text(raw: str) -> str:
    """A header as a reader sees it, on one line: encoded words, and bytes that should never have been sent so."""
    told = raw[:_LONGEST_HEADER]
    if not told.isascii():
        told = _guessed(told.encode("utf-8", "surrogateescape"))
    if "=?" in told:
        told = _words(told)
    return " ".join(_plain(told).split())


def _words(told: str) -> str:
    try:
        pieces = decode_header(told)
    except (MessageError, ValueError, LookupError):
        return told
    return "".join(p if isinstance(p, str) else text_of(p, charset or "") for p, charset in pieces)


def _guessed(data: bytes) -> str:
    try:
        return _plain(decode("mail", data))
    except CannotDo:
        return _plain(data.decode("utf-8", "replace"))


def _plain(text: str) -> str:
    """Without what cannot be seen, and without halves of signs that no database keeps."""
    return _UNSEEN.sub("", text.encode("utf-8", "replace").decode("utf-8"))
