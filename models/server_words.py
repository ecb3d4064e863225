"""What another server said, as everybody at the desk may read it: without the addresses and numbers it repeats.

Servers like to name the address they refuse. Whose it is may still be hidden from whoever reads it here.
"""

from __future__ import annotations

import re

ADDRESS = re.compile(r"(?<![^\s<>\"'();:,@])[^\s<>\"'();:,@]+@[^\s<>\"'();:,]+")
_PHONE = re.compile(r"(?<![\w.])(?:\+|0)\d(?:[-. ]?\d){7,14}(?!\w)")
_SHORTEST = 4


def without_addresses(words: str) -> str:
    """The words with every address left out."""
    return ADDRESS.sub("…@…", words)


def unnamed(words: str, *hidden: str) -> str:
    """The words without any address or telephone number, without these in particular and their part before the @."""
    found = _PHONE.sub("…", without_addresses(words))
    for one in hidden:
        for part in (one, one.partition("@")[0]):
            if len(part) >= _SHORTEST:
                found = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", found, flags=re.IGNORECASE)
    return found
