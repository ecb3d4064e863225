"""What is promised to the outside world and how it gets there: the outbox, its carriers, who does the work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text

from models.base import Base, Holds, Id, Instant, choice, column, index_of, own_id, told
from models.outbox import Letter, LetterState

TO_STAFF = text("staff_id IS NOT NULL")
"""Notices to staff: few among the letters to travelers."""


class OutboxRow(Base):
    """A letter or notice that is promised: written in the transaction of the fact it tells, one key a fact.

    `carrier` is the route it takes ('mail', or a notice's); a letter is about a reservation, a notice goes to one
    of the staff and may be about none. `leave_at` is the earliest time it leaves, moved on with each `tries`.
    `message_id` is its Message-ID, made before the first try and kept for every other. `claimed_by` hands it over
    since `claimed_at`. `trouble` are the words of whoever refused it. `body` are the facts it tells of.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "state", "leave_at"),
        Index(None, "reservation_id"),
        Index(None, "message_id"),
        Index("ix_outbox_made", "made_at", "id"),
        index_of("ix_outbox_to_staff", TO_STAFF, "made_at", "id"),
    )
    id: Holds[int] = own_id()
    key: Holds[str] = column(String(120), unique=True)
    kind: Holds[Letter] = column(choice(Letter))
    carrier: Holds[str] = column(String(20), default="mail", server_default="mail")
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    language: Holds[str] = told(20)
    address: Holds[str] = told(320)
    state: Holds[LetterState] = column(choice(LetterState))
    leave_at: Holds[datetime] = column(Instant)
    made_at: Holds[datetime] = column(Instant)
    sent_at: Holds[datetime | None] = column(Instant)
    message_id: Holds[str] = told(255)
    tries: Holds[int] = column(default=0, server_default="0")
    claimed_by: Holds[str] = told(80)
    claimed_at: Holds[datetime | None] = column(Instant)
    trouble: Holds[str] = told()
    body: Holds[dict[str, Any]] = column(JSON)


class CarrierRow(Base):
    """How one route out or in is reached, for every counter and the worker: 'smtp', 'imap', 'solapi', 'ntfy', …

    `secret` is its password, sealed (see `controllers.carriers.keeping`); it never goes into a replica. `reached_at`
    is when it was last gone with success.
    """

    __tablename__ = "carriers"
    name: Holds[str] = column(String(20), primary_key=True)
    settings: Holds[dict[str, Any]] = column(JSON, default=dict, server_default="{}")
    secret: Holds[bytes | None] = column(LargeBinary)
    version: Holds[int] = column(default=1, server_default="1")
    trouble: Holds[str] = told()
    trouble_since: Holds[datetime | None] = column(Instant)
    reached_at: Holds[datetime | None] = column(Instant)


class Lease(Base):
    """Who does the work by the clock: the holder keeps it until `until`, then anybody may take it."""

    __tablename__ = "leases"
    name: Holds[str] = column(String(40), primary_key=True)
    holder: Holds[str] = told(80)
    counter_id: Holds[int | None] = column(Id, ForeignKey("counters.id"))
    since: Holds[datetime] = column(Instant)
    until: Holds[datetime] = column(Instant)


class BadAddress(Base):
    """An address that sent a letter back: as a keyed digest, so that the person can be forgotten."""

    __tablename__ = "bad_addresses"
    digest: Holds[str] = column(String(32), primary_key=True)
    at: Holds[datetime] = column(Instant)
    status: Holds[str] = told(20)
