"""What lists ask for and what they get: plain frozen rows, known to every layer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.money import Money
from models.reservations import Status

Key = tuple[datetime, int]
"""Where a page ends: (sort_at, id)."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Empty means everything; `needs` names one of the dashboard's boxes."""

    statuses: frozenset[Status] = frozenset()
    text: str = ""
    channel: str = ""
    product_id: int | None = None
    departure_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    needs: str = ""  # unconfirmed, to-cancel, unmatched, overdue, decisions, to-do, letters, refunds
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """One reservation in a list. Times are instants; show them in `zone`."""

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
    unmatched: str
    confirm_by: datetime | None
    ordered_at: datetime
    to_do: str
    departure_id: int | None
    sort_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the key after which the next page starts (None at the end)."""

    rows: tuple[ReservationRow, ...]
    next: Key | None
