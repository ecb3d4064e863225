"""What stands on a voucher, as plain facts; drawing it is somebody else's work."""

from __future__ import annotations

from datetime import date, datetime

from models.frozen import frozen
from models.prints import FIRST, Copy

LANGUAGES = ("en", "ko", "zh-TW", "ja")
"""The languages a voucher's own words exist in; other travelers get English."""


@frozen
class Symbol:
    """One ticket on the voucher: its 26 digits and how many heads it lets in, over how many visits."""

    code: str
    heads: int
    uses: int
    label: str = ""  # 'Adult 1' where there is one ticket per person


@frozen
class Voucher:
    """Everything a voucher prints.

    `departs_at` is aware, in the product's own zone; `departs_on` alone where the time is unknown,
    neither for an open-dated ticket. `refund_terms` are (until when, percent) from early to late, the
    instants aware in the product's zone. `lead` is '' where the name may not be shown.
    """

    language: str
    number: str  # our CF- number
    reference: str  # the channel's
    channel: str  # its name
    product: str
    option: str
    departs_on: date | None
    departs_at: datetime | None
    valid_until: date | None
    party: tuple[tuple[str, int], ...]  # (unit, how many); empty where unknown
    heads: int | None
    lead: str
    meeting_point: str
    operator: str
    contact: str
    symbols: tuple[Symbol, ...]
    refund_terms: tuple[tuple[datetime, int], ...] = ()
    request: str = ""
    practice: bool = False
    terms: str = ""  # the operator's own
    copy: Copy = FIRST
    together: bool = False  # all tickets under one another instead of a page for each


def voucher_language(language: str) -> str:
    """The voucher's language for a traveler's: one of LANGUAGES."""
    asked = language.replace("_", "-").lower()
    if asked.startswith("zh"):
        return "zh-TW"
    return next((known for known in LANGUAGES if asked.split("-")[0] == known), "en")
