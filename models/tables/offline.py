"""What was scanned without the server and handed over later, and what two counters did against each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, false
from sqlalchemy import text as words
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, told
from models.offline import Conflict

STILL_OPEN = words("decided_at IS NULL")


class HandedOver(Base):
    """A scan that the server and a counter's replica both know.

    On the server: one that was made without it, with what the server said `against` it when it came. In a replica:
    every scan that the server has, `undone` where it knows that too; whatever has no row here waits.
    """

    __tablename__ = "handed_over"
    scan_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    undone: Mapped[bool] = mapped_column(default=False, server_default=false())
    against: Mapped[str] = told(20)


class Incident(Base):
    """One conflict: which scan, what speaks against it, and how somebody decided; only `words` are free."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index(None, "reservation_id"),
        Index("ix_incidents_open", "at", "id", sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
        Index("ix_incidents_at", "at", "id"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[Conflict] = mapped_column(choice(Conflict))
    at: Mapped[datetime] = mapped_column(Instant)
    found_at: Mapped[datetime] = mapped_column(Instant)
    scan_id: Mapped[str] = mapped_column(String(36))
    other_scan: Mapped[str] = told(36)
    reservation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("reservations.id"))
    ticket: Mapped[int | None] = mapped_column(BigInteger)
    heads: Mapped[int] = mapped_column(default=0, server_default="0")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    ruling: Mapped[str] = told(20)
    words: Mapped[str] = told(200)
