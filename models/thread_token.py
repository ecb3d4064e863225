"""The sign by which an answer finds its conversation: in the address it is sent to, and impossible to guess.

`desk+cf48217-1k7q2c7m2v5xa@example.com`: the reservation's number, the version of our key and twelve letters of an
HMAC. A guessed or altered sign opens nothing: it is as if there were none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

_TOKEN = re.compile(r"cf(\d{1,18})-([1-9])([a-z2-7]{12})")
_ADDRESS = re.compile(r"^([^@+]+)(\+[^@]*)?@([^@]+)$")


def token_for(reservation_id: int, *, version: int, secret: bytes) -> str:
    """The sign of a reservation's conversation under one key version (1 to 9)."""
    return f"cf{reservation_id}-{version}{_proof(reservation_id, version, secret)}"


def reply_address(mailbox: str, token: str) -> str:
    """The mailbox's address with the sign in it; '' where the mailbox has none that could carry it."""
    found = _ADDRESS.match(mailbox)
    return f"{found[1]}+{token}@{found[3]}" if found else ""


def read(address: str, secrets: Mapping[int, bytes]) -> int | None:
    """The reservation whose conversation an address belongs to; None where its sign is missing or not ours."""
    for number, version, proof in _TOKEN.findall(address.casefold()):
        secret = secrets.get(int(version))
        if secret and hmac.compare_digest(proof, _proof(int(number), int(version), secret)):
            return int(number)
    return None


def _proof(reservation_id: int, version: int, secret: bytes) -> str:
    told = f"thread {version} {reservation_id}".encode("ascii")
    whole = hmac.new(secret, told, hashlib.sha256).digest()
    return base64.b32encode(whole)[:12].decode("ascii").lower()
