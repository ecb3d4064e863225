"""Payments and refunds: who takes the money, how much, and whether it has moved yet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, own_id, told
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
        Index(
            "ix_payments_taken_here", "counter_id", "at", sqlite_where=TAKEN_HERE, postgresql_where=TAKEN_HERE
        ),
    )
    id: Mapped[int] = own_id()
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    method: Mapped[str] = told(40)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[MoneyState] = mapped_column(choice(MoneyState))
    collector: Mapped[Collector] = mapped_column(choice(Collector))
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    slip: Mapped[str] = told(80)
    handed_minor: Mapped[int | None] = mapped_column(BigInteger)
    handed_currency: Mapped[str] = told(3)
    change_minor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    told: Mapped[bool] = mapped_column(default=False)  # by the channel; a newer row of its replaces it


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
        Index("ix_refunds_owed", "expected_to", "made_at", sqlite_where=WE_OWE, postgresql_where=WE_OWE),
    )
    id: Mapped[int] = own_id()
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[MoneyState] = mapped_column(choice(MoneyState))
    collector: Mapped[Collector] = mapped_column(choice(Collector))
    cause: Mapped[Cause] = mapped_column(choice(Cause))
    tier: Mapped[str] = told(40)
    expected_from: Mapped[date] = mapped_column(Date)
    expected_to: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
