"""What lists ask for and what they get: plain frozen rows, known to every layer."""

from __future__ import annotations

import enum
from array import array
from dataclasses import dataclass, field
from datetime import date, datetime

from models.frozen import frozen
from models.money import Money
from models.payments import PaymentStatus
from models.reservations import Status

Key = tuple[datetime, int]
"""Where a page ends: the instant it is sorted by, and the id."""


class Sort(enum.StrEnum):
    """What a list can be ordered by, both ways round."""

    DEPARTURE = "departure"
    ORDERED = "ordered"


LISTED_BOXES = frozenset(
    "unconfirmed pending overdue to-cancel unmatched to-do awaiting-payment decisions letters refunds".split()
)
"""The boxes of the dashboard whose reservations can be listed."""


@frozen
class Filter:
    """What a list shows. Empty means everything; `needs` names one of the dashboard's boxes.

    Days of departure are local to the product, days of ordering to the operator; both ends are included.
    """

    statuses: frozenset[Status] = frozenset()
    text: str = ""
    channels: frozenset[str] = frozenset()
    product_id: int | None = None
    departure_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    ordered_first: date | None = None
    ordered_last: date | None = None
    payment: PaymentStatus | None = None
    needs: str = ""  # one of LISTED_BOXES
    sort: Sort = Sort.DEPARTURE
    newest_first: bool = False


@dataclass(slots=True, unsafe_hash=True)
class ReservationRow:
    """One reservation in a list. Times are instants; show them in `zone`.

    Nobody changes a row. It is not frozen only because freezing its thirty fields takes longer than reading them.
    """

    id: int
    version: int
    number: str
    channel: str
    via: str
    reference: str
    status: Status
    channel_status: str
    product: str
    option: str
    departs_on: date | None
    departs_at: datetime | None
    zone: str
    open_dated: bool
    party: int | None
    arrived: int
    traveler: str | None  # None while hidden
    amount: Money | None
    due: Money | None  # to be collected by us
    paid: Money | None  # what has been paid, to whomever
    balance: Money | None  # what is still open, to whomever
    unmatched: str
    confirm_by: datetime | None
    ordered_at: datetime
    to_do: str
    departure_id: int | None
    sort_at: datetime
    claimed_by: str = ""
    claimed_at: datetime | None = None
    product_code: str = ""  # ours; '' where we know no such product


@frozen
class Page:
    """Some rows, and the key after which the next page starts (None at the end)."""

    rows: tuple[ReservationRow, ...]
    next: Key | None


@frozen
class Listing:
    """A whole list as it stood at one moment: every id in order, eight bytes each.

    `newest_id` is the highest number given out by then: what is above it has come since.
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    newest_id: int = 0
