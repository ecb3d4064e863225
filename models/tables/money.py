"""Payments and refunds: who takes the money, how much, and whether it has moved yet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text

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
"""Refunds that staff have to pay; the dashboard has an index of them."""


class Refund(Base):
    """Money that goes back. Staff pay only what we hold; a row of the channel's only says so."""

    __tablename__ = "refunds"
    __table_args__ = (
        Index(None, "reservation_id"),
        Index(None, "state"),
        Index(None, "made_at"),
        Index(None, "done_at"),
        index_of("ix_refunds_owed", WE_OWE, "expected_to", "made_at"),
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
