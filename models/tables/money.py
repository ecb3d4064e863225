"""Payments and refunds: who takes the money, how much, and whether it has moved yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, text

from models.base import Base, Holds, Id, Instant, choice, column, index_of, own_id, told
from models.orders import Collector
from models.payments import MoneyState
from models.reservations import Cause

TAKEN_HERE = text("counter_id IS NOT NULL")
"""Payments that a counter took; the drawer and the day-end sheet have an index of them."""


class Payment(Base):
    """Money of the traveler: DUE until it has been taken. Only what is due to us gives COLLECT.

    What was taken at a counter names it, who took it, the slip of the card terminal or the transfer, and in cash
    what was handed over (`handed_minor`, perhaps in another currency) and given back (`change_minor`, in `currency`).
    """

    __tablename__ = "payments"
    __table_args__ = (
        Index("ix_payments_sums", "reservation_id", "state", "collector", "currency", "amount_minor"),
        index_of("ix_payments_taken_here", TAKEN_HERE, "counter_id", "at"),
    )
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    method: Holds[str] = told(40)
    amount_minor: Holds[int] = column(BigInteger)
    currency: Holds[str] = column(String(3))
    state: Holds[MoneyState] = column(choice(MoneyState))
    collector: Holds[Collector] = column(choice(Collector))
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int | None] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    slip: Holds[str] = told(80)
    handed_minor: Holds[int | None] = column(BigInteger)
    handed_currency: Holds[str] = told(3)
    change_minor: Holds[int] = column(BigInteger, default=0, server_default="0")
    told: Holds[bool] = column(default=False)  # by the channel; a newer row of its replaces it


WE_OWE = text("state = 'DUE' AND collector = 'us'")
"""Refunds that staff have to pay; the dashboard and the list of refunds have an index of them."""
THEY_OWE = text("state = 'DUE' AND collector = 'channel'")
"""Refunds that a channel pays; nobody here can."""
NOT_THERE = text("state = 'FAILED'")
"""Refunds that did not go back."""
GIVEN_BACK = text("done_at IS NOT NULL")
"""Refunds that were paid."""


class Refund(Base):
    """Money that goes back. Staff pay only what we hold; a row of the channel's only says so.

    `done_by` gave it back at `done_at` at a counter by a `method`, under a `reference` of the bank or the terminal;
    `trouble` is why it did not go, since `failed_at`. `version` counts what staff marked, so that nobody overwrites it.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        Index(None, "reservation_id"),
        Index(None, "made_at"),
        Index(None, "done_at"),
        index_of("ix_refunds_owed", WE_OWE, "expected_to", "id", "made_at"),
        index_of("ix_refunds_theirs", THEY_OWE, "made_at", "id"),
        index_of("ix_refunds_failed", NOT_THERE, "failed_at", "id", "made_at"),
        index_of("ix_refunds_given_back", GIVEN_BACK, "done_at", "id"),
    )
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    amount_minor: Holds[int] = column(BigInteger)
    currency: Holds[str] = column(String(3))
    state: Holds[MoneyState] = column(choice(MoneyState))
    collector: Holds[Collector] = column(choice(Collector))
    cause: Holds[Cause] = column(choice(Cause))
    tier: Holds[str] = told(40)
    expected_from: Holds[date] = column(Date)
    expected_to: Holds[date] = column(Date)
    made_at: Holds[datetime] = column(Instant)
    done_at: Holds[datetime | None] = column(Instant)
    counted_from: Holds[date | None] = column(Date)  # where its days are not counted from the day it was made
    method: Holds[str] = told(40)
    reference: Holds[str] = told(80)
    done_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    counter_id: Holds[int | None] = column(Id, ForeignKey("counters.id"))
    failed_at: Holds[datetime | None] = column(Instant)
    trouble: Holds[str] = told()
    version: Holds[int] = column(default=1, server_default="1")


class CancelReason(Base):
    """A reason for cancelling in the house's own words: what a traveler reads, by language."""

    __tablename__ = "cancel_reasons"
    place: Holds[int] = column(primary_key=True, autoincrement=False)
    title: Holds[str] = told(60)
    texts: Holds[dict[str, Any]] = column(JSON)
