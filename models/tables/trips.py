"""How trips were closed: each closing, and what it did to every order of the trip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, own_id, told
from models.reservations import Status


class Closing(Base):
    """One closing of one trip, by a person or by the clock; `trip` is a `models.trips.TripKey` as a word."""

    __tablename__ = "closings"
    __table_args__ = (Index(None, "at"), Index(None, "trip"))
    id: Mapped[int] = own_id()
    trip: Mapped[str] = mapped_column(String(40))
    departure_id: Mapped[int | None] = mapped_column(Id, ForeignKey("departures.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    by_clock: Mapped[bool] = mapped_column(default=False, server_default=false())
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    undo_reason: Mapped[str] = told(200)


class ClosedOrder(Base):
    """What a closing made of one order; CONFIRMED where somebody left it as it was."""

    __tablename__ = "closed_orders"
    __table_args__ = (Index(None, "reservation_id"),)
    closing_id: Mapped[int] = mapped_column(Id, ForeignKey("closings.id"), primary_key=True)
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"), primary_key=True)
    became: Mapped[Status] = mapped_column(choice(Status))
