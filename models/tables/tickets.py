"""Tickets, the foreign codes that scan like ours, and every scan that was ever judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy import text as words
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, given_id, own_id, told
from models.checkin import Kind
from models.tickets import TicketState

REFUSED = words("kind NOT IN ('ADMIT', 'PARTLY_IN', 'CHECK', 'UNREADABLE')")
"""What the index of refusals holds; a query that says the same words is answered from it."""


class Ticket(Base):
    """One code on paper. A use is one visit; `arrived_heads` counts who is in within the current one."""

    __tablename__ = "tickets"
    __table_args__ = (Index(None, "reservation_id"),)
    number: Mapped[int] = given_id()
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    key_version: Mapped[int] = mapped_column(default=1)
    state: Mapped[TicketState] = mapped_column(choice(TicketState), default=TicketState.VALID)
    label: Mapped[str] = told(120)
    heads: Mapped[int] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=1)
    uses_left: Mapped[int] = mapped_column(default=1)
    arrived_heads: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Instant)
    replaced_by: Mapped[int | None] = mapped_column(BigInteger)


class ForeignCode(Base):
    """A channel's own voucher code, tidied; it scans like ours."""

    __tablename__ = "foreign_codes"
    __table_args__ = (Index(None, "code"), Index(None, "reservation_id"))
    id: Mapped[int] = own_id()
    code: Mapped[str] = mapped_column(String(200))
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))


class ScanRow(Base):
    """One judged scan, refused ones too. `did` keeps per ticket what it changed, so that it can be undone."""

    __tablename__ = "scans"
    __table_args__ = (
        Index(None, "counter_id", "at"),
        Index(None, "reservation_id"),
        Index("ix_scans_refused", "at", "id", sqlite_where=REFUSED, postgresql_where=REFUSED),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    source: Mapped[str] = told(40)
    text: Mapped[str] = told(200)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    reservation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("reservations.id"))
    admitted: Mapped[int] = mapped_column(default=0)
    forced: Mapped[str] = told(200)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    did: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
