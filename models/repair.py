"""Reads a voucher's code that a wrongly set scanner has garbled; believed only where the check digits agree.

A scanner set to another country's keyboard, a Shift that is stuck, digits of another script, signs sent before or
after the code: each is undone, and what comes out must be 26 digits whose HMAC is right. So a repair can never
let in what was not printed by this house.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from models import codes, keyboards
from models.frozen import frozen

LONGEST = 64


class Wrong(StrEnum):
    """What is wrong with the scanner."""

    KEYBOARD = "keyboard"
    SHIFT = "shift"
    SCRIPT = "script"
    EXTRA = "extra"


@frozen
class Repaired:
    """The 26 digits that were meant, and what garbled them."""

    code: str
    wrong: Wrong


def repaired(text: str, secrets: Mapping[int, bytes]) -> Repaired | None:
    """What a garbled text meant; None where it is readable as it is, or where no check digits agree."""
    if not codes.LENGTH <= len(text) <= LONGEST or codes.digits_of(text) is not None:
        return None
    for meant in _readings(text.strip()):
        if isinstance(codes.read(meant.code, secrets), codes.Genuine):
            return meant
    return None


def _readings(text: str) -> Iterator[Repaired]:
    """Everything the text may have been, the likeliest first."""
    half_width = "".join(unicodedata.normalize("NFKC", sign) if sign > "\uff00" else sign for sign in text)
    plain = unicodedata.normalize("NFC", half_width)
    for wrong, table in _tables():
        if len(plain) == codes.LENGTH and all(sign in table for sign in plain):
            yield Repaired("".join(table[sign] for sign in plain), wrong)
    if len(plain) == codes.LENGTH and all(unicodedata.digit(sign, None) is not None for sign in plain):
        yield Repaired("".join(str(unicodedata.digit(sign)) for sign in plain), Wrong.SCRIPT)
    for found in re.finditer(rf"(?=(\d{{{codes.LENGTH}}}))", codes.tidy(plain), re.ASCII):
        yield Repaired(found.group(1), Wrong.EXTRA)


@cache
def _tables() -> tuple[tuple[Wrong, Mapping[str, str]], ...]:
    """For each pair of countries, of the scanner and of whoever reads its keys: which sign stands for which digit."""
    found: dict[tuple[tuple[str, str], ...], Wrong] = {}
    for slipped, wrong in ((False, Wrong.KEYBOARD), (True, Wrong.SHIFT)):
        for scanner in keyboards.LAYOUTS:
            for reader in keyboards.LAYOUTS:
                table = _table(scanner, reader, slipped=slipped)
                if len(table) == 10 and any(sign != digit for sign, digit in table.items()):
                    found.setdefault(tuple(sorted(table.items())), wrong)
    return tuple((wrong, dict(table)) for table, wrong in found.items())


def _table(scanner: str, reader: str, *, slipped: bool) -> dict[str, str]:
    strokes, signs = keyboards.strokes_of(scanner), keyboards.signs_of(reader)
    table = {}
    for digit in "0123456789":
        code, shift = strokes[digit]
        sign = signs.get((code, shift is not slipped))
        if sign is not None:
            table[sign] = digit
    return table
