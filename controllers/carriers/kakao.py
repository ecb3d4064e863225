"""What both providers of KakaoTalk messages have in common: the message as approved, and what became of it later.

Accepted is not delivered: a provider takes a message and says afterwards whether KakaoTalk brought it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from controllers.carriers.carrier import Carrier, Parcel, Refused
from models.frozen import frozen
from models.notice_routes import LONGEST, Kakao, Template, difference, filled


class Fate(StrEnum):
    """What a provider says of a message it has taken."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


@frozen
class Told:
    """A message's fate and the provider's own words for it."""

    fate: Fate
    words: str = ""


class TellsFates(Carrier, Protocol):
    """A carrier that can be asked later what became of a message, and what was approved."""

    def fate_of(self, number: str) -> Told:
        """What became of the message of this number. Raises Refused where it cannot be asked."""
        ...

    def approved(self) -> Template:
        """The template as KakaoTalk approved it. Raises Refused where it cannot be asked, or is not approved."""
        ...


def message(settings: Kakao, parcel: Parcel) -> tuple[Template, dict[str, str]]:
    """The message and its blanks. Raises Refused where it would not be delivered."""
    differs = difference(settings.ours, settings.approved)
    if not settings.approved.text:
        raise Refused("template-not-approved", again=False)
    if differs:
        raise Refused(f"template-differs {differs}", again=False)
    made, values = filled(settings.ours, parcel.facts)
    if len(made.text) > LONGEST:
        raise Refused(f"template-too-long {len(made.text)}", again=False)
    return made, values


def dialled(phone: str) -> str:
    """A number as these providers want it: digits alone, Korean ones as they are dialled at home."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return "0" + digits[2:] if phone.startswith("+82") else digits
