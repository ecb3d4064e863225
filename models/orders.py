"""One order as a sales channel tells it, in our words, before anything is decided about it.

An adapter fills what its source tells and leaves the rest at None or ''. Nothing here is
looked up: which product it is, whether seats are left and what changes is decided later.
"""

from __future__ import annotations

import enum
from dataclasses import field
from datetime import date, datetime, time

from models.frozen import frozen
from models.money import Money
from models.reservations import Status


class Telling(enum.StrEnum):
    """Whether the source lists how things stand, or announces one event of a booking."""

    STATE = "state"
    BOOKED = "booked"
    CANCELLED = "cancelled"


class Collector(enum.StrEnum):
    """Who takes the traveler's money."""

    US = "us"
    CHANNEL = "channel"


@frozen
class Line:
    """So many of one unit: 2 x Adult. `heads_each` only where the source says a unit holds several."""

    unit: str
    quantity: int
    heads_each: int | None = None
    price: Money | None = None  # of one unit


@frozen
class Order:
    """What one row, mail or object tells.

    `reference` is the channel's number as written. `via` is who sent it where that is not the
    channel itself, `via_reference` that sender's own number where the reference alone is not one booking.
    `products` and `options` hold every spelling worth trying, the text to show first.
    A departure is told as a local date (`departs_on`), a local time (`starts`) or an instant with its
    offset (`departs_at`). Naive `ordered_at` and `confirm_by` are in the operator's zone.
    `lines` empty and `party` None mean that the source does not tell how many come.
    """

    channel: str
    reference: str
    via: str = ""
    via_reference: str = ""
    telling: Telling = Telling.STATE
    status_word: str = ""
    status: Status | None = None  # None: a word nobody knows
    products: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    departs_on: date | None = None
    starts: time | None = None
    departs_at: datetime | None = None
    open_dated: bool = False
    lines: tuple[Line, ...] = ()
    party: int | None = None
    lead: str = ""
    companions: tuple[str, ...] = ()  # the other travelers' names; placeholders are left out
    email: str = ""
    phone: str = ""
    language: str = ""  # en, ko, ja, zh-TW, zh-CN, de, … or '' where not told
    country: str = ""  # as told
    request: str = ""
    pickup: str = ""
    amount: Money | None = None
    balance: Money | None = None  # still to be paid, by what the source says
    paid: bool | None = None
    payment_word: str = ""
    collector: Collector | None = None
    ordered_at: datetime | date | None = None
    confirm_by: datetime | None = None
    expires_at: datetime | None = None
    voucher_codes: tuple[str, ...] = ()


@frozen
class RefusedRow:
    """A row that cannot be taken: `reference` may be '', `facts` carry nothing personal."""

    row: int
    reference: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)
