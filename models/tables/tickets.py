"""Tickets, the foreign codes that scan like ours, and every scan that was ever judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy import text as words

from models.base import Base, Holds, Id, Instant, choice, column, given_id, index_of, own_id, told
from models.checkin import Kind
from models.tickets import TicketState

REFUSED = words("kind NOT IN ('ADMIT', 'PARTLY_IN', 'CHECK', 'UNREADABLE')")
"""What the index of refusals holds; a query that says the same words is answered from it."""


class Ticket(Base):
    """One code on paper. A use is one visit; `arrived_heads` counts who is in within the current one."""

    __tablename__ = "tickets"
    __table_args__ = (Index(None, "reservation_id"),)
    number: Holds[int] = given_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    key_version: Holds[int] = column(default=1)
    state: Holds[TicketState] = column(choice(TicketState), default=TicketState.VALID)
    label: Holds[str] = told(120)
    heads: Holds[int] = column(default=1)
    uses: Holds[int] = column(default=1)
    uses_left: Holds[int] = column(default=1)
    arrived_heads: Holds[int] = column(default=0)
    made_at: Holds[datetime] = column(Instant)
    replaced_by: Holds[int | None] = column(BigInteger)


class ForeignCode(Base):
    """A channel's own voucher code, tidied; it scans like ours."""

    __tablename__ = "foreign_codes"
    __table_args__ = (Index(None, "code"), Index(None, "reservation_id"))
    id: Holds[int] = own_id()
    code: Holds[str] = column(String(200))
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))


class ScanRow(Base):
    """One judged scan, refused ones too. `did` keeps per ticket what it changed, so that it can be undone."""

    __tablename__ = "scans"
    __table_args__ = (
        Index(None, "counter_id", "at"),
        Index(None, "reservation_id"),
        index_of("ix_scans_refused", REFUSED, "at", "id"),
    )
    id: Holds[str] = column(String(36), primary_key=True)
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    source: Holds[str] = told(40)
    text: Holds[str] = told(200)
    kind: Holds[Kind] = column(choice(Kind))
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    admitted: Holds[int] = column(default=0)
    forced: Holds[str] = told(200)
    facts: Holds[dict[str, Any]] = column(JSON)
    did: Holds[dict[str, Any]] = column(JSON)
    undone_at: Holds[datetime | None] = column(Instant)
