"""What was said and what is promised to the outside world: messages, the outbox, reviews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String

from models.base import Base, Holds, Id, Instant, choice, column, own_id, told
from models.outbox import Letter, LetterState


class Message(Base):
    """One utterance about a reservation: to or from the traveler, or a system line in words."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "reservation_id"), Index(None, "at", "direction"))
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    at: Holds[datetime] = column(Instant)
    direction: Holds[str] = column(String(10))  # out, in, note
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    body: Holds[str] = told()


class OutboxRow(Base):
    """A letter that is promised: written in the transaction of the fact it tells, one key a fact."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "leave_at"), Index(None, "reservation_id"))
    id: Holds[int] = own_id()
    key: Holds[str] = column(String(120), unique=True)
    kind: Holds[Letter] = column(choice(Letter))
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    language: Holds[str] = told(20)
    address: Holds[str] = told(320)
    state: Holds[LetterState] = column(choice(LetterState))
    leave_at: Holds[datetime] = column(Instant)
    made_at: Holds[datetime] = column(Instant)
    sent_at: Holds[datetime | None] = column(Instant)
    trouble: Holds[str] = told()
    body: Holds[dict[str, Any]] = column(JSON)


class Review(Base):
    """What a traveler said afterwards: 1 to 5, and words."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "reservation_id"),)
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    rating: Holds[int] = column()
    words: Holds[str] = told()
    at: Holds[datetime] = column(Instant)
