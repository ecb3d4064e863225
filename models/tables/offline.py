"""What was scanned without the server and handed over later, and what two counters did against each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, false
from sqlalchemy import text as words

from models.base import Base, Holds, Id, Instant, choice, column, index_of, told
from models.offline import Conflict

STILL_OPEN = words("decided_at IS NULL")


class HandedOver(Base):
    """A scan that the server and a counter's replica both know.

    On the server: one that was made without it, with what the server said `against` it when it came. In a replica:
    every scan that the server has, `undone` where it knows that too; whatever has no row here waits.
    """

    __tablename__ = "handed_over"
    scan_id: Holds[str] = column(String(36), primary_key=True)
    at: Holds[datetime] = column(Instant)
    undone: Holds[bool] = column(default=False, server_default=false())
    against: Holds[str] = told(20)


class Incident(Base):
    """One conflict: which scan, what speaks against it, and how somebody decided; only `words` are free."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index(None, "reservation_id"),
        index_of("ix_incidents_open", STILL_OPEN, "at", "id"),
        Index("ix_incidents_at", "at", "id"),
    )
    id: Holds[str] = column(String(36), primary_key=True)
    kind: Holds[Conflict] = column(choice(Conflict))
    at: Holds[datetime] = column(Instant)
    found_at: Holds[datetime] = column(Instant)
    scan_id: Holds[str] = column(String(36))
    other_scan: Holds[str] = told(36)
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    ticket: Holds[int | None] = column(BigInteger)
    heads: Holds[int] = column(default=0, server_default="0")
    facts: Holds[dict[str, Any]] = column(JSON)
    decided_at: Holds[datetime | None] = column(Instant)
    decided_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    ruling: Holds[str] = told(20)
    words: Holds[str] = told(200)
