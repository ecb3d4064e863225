"""Reads the link that a notice carries: counterfoil://reservation/CF-10012 names one reservation, and nothing else.

Whatever a web page or a mail may put into a link comes here: a number is all that is taken from it.
"""

from __future__ import annotations

import re

from models.refusals import CannotDo

SCHEME = "counterfoil"
_FORM = re.compile(rf"{SCHEME}://reservation/(?:cf-)?([0-9]{{1,15}})/?", re.IGNORECASE | re.ASCII)


def is_link(word: str) -> bool:
    """Whether it is meant as one of our links, right or wrong."""
    return word.casefold().startswith(f"{SCHEME}:")


def reservation_of(link: str) -> int:
    """The reservation a link names. Raises CannotDo("link-wrong") for anything but a number."""
    found = _FORM.fullmatch(link)
    if found is None or not int(found.group(1)):
        raise CannotDo("link-wrong")
    return int(found.group(1))
