"""What was said and what is promised to the outside world: messages, the outbox, reviews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, own_id, told
from models.outbox import Letter, LetterState


class Message(Base):
    """One utterance about a reservation: to or from the traveler, or a system line in words."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "reservation_id"), Index(None, "at", "direction"))
    id: Mapped[int] = own_id()
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    direction: Mapped[str] = mapped_column(String(10))  # out, in, note
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    body: Mapped[str] = told()


class OutboxRow(Base):
    """A letter that is promised: written in the transaction of the fact it tells, one key a fact."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "leave_at"), Index(None, "reservation_id"))
    id: Mapped[int] = own_id()
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[Letter] = mapped_column(choice(Letter))
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    language: Mapped[str] = told(20)
    address: Mapped[str] = told(320)
    state: Mapped[LetterState] = mapped_column(choice(LetterState))
    leave_at: Mapped[datetime] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str] = told()
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Review(Base):
    """What a traveler said afterwards: 1 to 5, and words."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "reservation_id"),)
    id: Mapped[int] = own_id()
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"))
    rating: Mapped[int] = mapped_column()
    words: Mapped[str] = told()
    at: Mapped[datetime] = mapped_column(Instant)
