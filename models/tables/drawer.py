"""The cash drawer of a counter: its shifts from count to count, and what was put in or taken out between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, own_id, told

STILL_OPEN = text("closed_at IS NULL")


class Shift(Base):
    """From one count of the drawer to the next. Amounts are minor units by currency: {"KRW": 50000}."""

    __tablename__ = "shifts"
    __table_args__ = (
        Index("ix_shifts_counter_id", "counter_id", "opened_at"),
        Index(
            "uq_shifts_open", "counter_id", unique=True, sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN
        ),
    )
    id: Mapped[int] = own_id()
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    opened_with: Mapped[dict[str, Any]] = mapped_column(JSON)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    expected: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    note: Mapped[str] = told()


class DrawerMove(Base):
    """Cash put in (above 0) or taken out without a sale: change from the bank, the evening's deposit."""

    __tablename__ = "drawer_moves"
    __table_args__ = (Index("ix_drawer_moves_counter_id", "counter_id", "at"),)
    id: Mapped[int] = own_id()
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = told(200)
