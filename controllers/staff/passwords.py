"""Keeps passwords and PINs as argon2id hashes, and compares them. Slow on purpose: on a lane only.

`PROFILE` is the cost, by its name in `argon2.profiles`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PROFILE = "RFC_9106_LOW_MEMORY"


def hash_of(secret: str) -> str:
    """What is kept of it."""
    return _hasher(PROFILE).hash(_signs(secret))


def agrees(kept: str, secret: str) -> bool:
    """Whether it is the one that was kept. Where none was, it takes just as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    against = _nobodys(PROFILE)  # made whoever asks: the first of all tries takes no longer for a known name
    try:
        return _hasher(PROFILE).verify(kept or against, _signs(secret)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def _signs(secret: str) -> bytes:
    """What was typed, also where an odd terminal handed over half a sign: that is a wrong password like another."""
    return secret.encode("utf-8", "surrogatepass")


def is_outdated(kept: str) -> bool:
    """Whether it was hashed at another cost than today's."""
    return _hasher(PROFILE).check_needs_rehash(kept)


def proof_of(kept: str) -> str:
    """Which password it is, for a desk that must notice another one; '' for none. It says nothing about it."""
    return hashlib.sha256(kept.encode()).hexdigest()[:16] if kept else ""


@cache
def _hasher(profile: str) -> PasswordHasher:
    from argon2 import PasswordHasher, profiles

    return PasswordHasher.from_parameters(getattr(profiles, profile))


@cache
def _nobodys(profile: str) -> str:
    return _hasher(profile).hash("nobody's")
