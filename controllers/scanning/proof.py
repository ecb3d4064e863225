"""Tells a code of ours by its check digits alone: what cannot be misread need not be read twice."""

from __future__ import annotations

from collections.abc import Callable

from controllers.desk import Desk
from controllers.rights import needs
from models import codes
from models.rights import Right


@needs(Right.SCAN)
def proof(*, desk: Desk) -> Callable[[str], bool]:
    """How to tell, in any thread and without asking the database again, that a text is a code this desk has made."""
    secrets = dict(desk.code_secrets)

    def proven(text: str) -> bool:
        digits = codes.digits_of(text)
        return digits is not None and isinstance(codes.read(digits, secrets), codes.Genuine)

    return proven
