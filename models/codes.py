"""The 26 digits on a voucher: readable by every scanner, and impossible to invent.

1 key version + 11 ticket number + 14 digits of HMAC-SHA256 over the first 12, keyed by the
installation's secret of that version. Digits only, because they survive every keyboard layout
and input method; an HMAC, because a counter can judge a code of which it has no row.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping

from models.frozen import frozen

LENGTH = 26
_MAC_DIGITS = 14
_NOT_PART_OF_A_CODE = re.compile(r"[\s\-‐-―_.·]")


@frozen
class Genuine:
    """A code we made: the ticket's number."""

    ticket: int


@frozen
class Forged:
    """26 digits whose check digits do not agree with our key."""


@frozen
class ForeignKey:
    """26 digits of a key version this installation does not know."""

    version: int


Reading = Genuine | Forged | ForeignKey


def code_for(ticket: int, *, version: int, secret: bytes) -> str:
    """The 26 digits of a ticket number (0 to 99,999,999,999) under one key version (1 to 9)."""
    if not 0 <= ticket < 10**11 or not 1 <= version <= 9:
        raise ValueError("ticket number or key version out of range")
    body = f"{version}{ticket:011d}"
    return body + _check_digits(body, secret)


def read(code: str, secrets: Mapping[int, bytes]) -> Reading:
    """What 26 digits (as `digits_of` gives them) turn out to be; `secrets` by key version."""
    version = int(code[0])
    secret = secrets.get(version)
    if secret is None:
        return ForeignKey(version)
    if hmac.compare_digest(code[12:], _check_digits(code[:12], secret)):
        return Genuine(int(code[1:12]))
    return Forged()


def tidy(text: str) -> str:
    """A scanned or typed text in one spelling: half-width, upper case, without spaces and dashes."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable())
    return _NOT_PART_OF_A_CODE.sub("", kept).upper()


def digits_of(text: str) -> str | None:
    """The 26 digits a text holds in any spelling, or None when it is something else."""
    code = tidy(text)
    return code if len(code) == LENGTH and code.isascii() and code.isdigit() else None


def grouped(code: str) -> str:
    """The digits as they are printed: '1 00000 48217 3904 6118 2775 01'."""
    return " ".join((code[0], code[1:6], code[6:12], code[12:16], code[16:20], code[20:24], code[24:]))


def _check_digits(body: str, secret: bytes) -> str:
    mac = hmac.new(secret, body.encode("ascii"), hashlib.sha256).digest()
    return f"{int.from_bytes(mac, 'big') % 10**_MAC_DIGITS:0{_MAC_DIGITS}d}"
