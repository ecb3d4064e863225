"""The cash drawer of a counter: its shifts from count to count, and what was put in or taken out between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, text

from models.base import Base, Holds, Id, Instant, column, index_of, own_id, told

STILL_OPEN = text("closed_at IS NULL")


class Shift(Base):
    """From one count of the drawer to the next. Amounts are minor units by currency: {"KRW": 50000}."""

    __tablename__ = "shifts"
    __table_args__ = (
        Index("ix_shifts_counter_id", "counter_id", "opened_at"),
        index_of("uq_shifts_open", STILL_OPEN, "counter_id", unique=True),
    )
    id: Holds[int] = own_id()
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    opened_at: Holds[datetime] = column(Instant)
    opened_by: Holds[int] = column(Id, ForeignKey("staff.id"))
    opened_with: Holds[dict[str, Any]] = column(JSON)
    closed_at: Holds[datetime | None] = column(Instant)
    closed_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    expected: Holds[dict[str, Any] | None] = column(JSON)
    counted: Holds[dict[str, Any] | None] = column(JSON)
    note: Holds[str] = told()


class DrawerMove(Base):
    """Cash put in (above 0) or taken out without a sale: change from the bank, the evening's deposit."""

    __tablename__ = "drawer_moves"
    __table_args__ = (Index("ix_drawer_moves_counter_id", "counter_id", "at"),)
    id: Holds[int] = own_id()
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"))
    at: Holds[datetime] = column(Instant)
    amount_minor: Holds[int] = column(BigInteger)
    currency: Holds[str] = column(String(3))
    reason: Holds[str] = told(200)
