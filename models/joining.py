"""The code by which a further counter joins: short enough to be read out, too long to guess, gone in half an hour."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

from models.codes import tidy

VALID = timedelta(minutes=30)
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are mistaken for others: I, O, 0 and 1."""

_LENGTH, _GROUP = 16, 4


class Way(StrEnum):
    """How a counter gets in."""

    OWN_LOGIN = "own-login"
    """It has a name and a password of its own on the server; the code is its first password."""
    SHARED_LOGIN = "shared-login"
    """It is told the address with the password that all use; the code only says which counter it is."""


def new_code() -> str:
    """80 bits that nobody can guess, in groups of four."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def as_made(typed: str) -> str:
    """A code as it was made, however it was typed."""
    signs = tidy(typed)
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def code_hash(code: str) -> str:
    """What is kept of it. With 80 random bits behind it, it needs no salt and no slow hash."""
    return hashlib.sha256(as_made(code).encode()).hexdigest()


def is_called(name: str, typed: str) -> bool:
    """Whether somebody who typed this means the counter of this name."""
    return " ".join(typed.split()).casefold() == name.casefold()


def login_for(database: str, counter_id: int) -> str:
    """The name of a counter on the server, which serves other databases, too."""
    return f"{group_of(database)[:50]}_{counter_id}"


def group_of(database: str) -> str:
    """What all counters of a database belong to on the server: it holds their rights."""
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "_" for sign in database.lower())
    mark = hashlib.sha256(database.encode()).hexdigest()[:6]
    return f"counterfoil_{plain[:24]}_{mark}"
