"""A mail that waits for a person, as screens get it: hidden where it would give away who a traveler is.

Pure facts and rules: no clock, no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from models.frozen import frozen
from models.privacy import HIDDEN, without_traveler

_NAMED = re.compile(
    r"^[ \t\-•*]{0,20}(?:대표\s?여행자|여행자\s?인솔자\s?이름|여행자\s?이름|예약자|이름|旅客代表人|訂購人|姓名"
    r"|Lead\s(?:Traveler|participant)(?:\sName)?|Traveler\sNames?|Customer\sname|Main\scustomer|Name)\s*[:：]\s*(.*)$",
    re.I | re.M,
)
"""Lines of order mails that name a traveler; the name may stand on the next line."""


@frozen
class WaitingMail:
    """One line of the list, `at` in the operator's zone; `why` it waits, and what `number` may be meant."""

    id: int
    at: datetime
    sender: str
    subject: str
    why: str
    number: str = ""
    is_file: bool = False


@frozen
class OpenMail:
    """One mail, opened: what it says as text, what hangs on it, and who could read it as an order."""

    mail: WaitingMail
    text: str
    hung: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hidden: bool = False


def names_told(text: str) -> tuple[str, ...]:
    """Whom an order mail names: these stay hidden until the order has been confirmed."""
    return tuple(found.strip() for found in _NAMED.findall(text) if found.strip())


def hidden_words(text: str, known: Iterable[str]) -> str:
    """A mail's words without whoever must not be known yet."""
    return without_traveler(text, [*known, *names_told(text)])


def hidden_sender(sender: str) -> str:
    """In place of the address of somebody who must not be known yet."""
    return HIDDEN if sender else ""
