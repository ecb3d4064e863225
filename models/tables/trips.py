"""How trips were closed: each closing, and what it did to every order of the trip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false

from models.base import Base, Holds, Id, Instant, choice, column, own_id, told
from models.reservations import Status


class Closing(Base):
    """One closing of one trip, by a person or by the clock; `trip` is a `models.trips.TripKey` as a word."""

    __tablename__ = "closings"
    __table_args__ = (Index(None, "at"), Index(None, "trip"))
    id: Holds[int] = own_id()
    trip: Holds[str] = column(String(40))
    departure_id: Holds[int | None] = column(Id, ForeignKey("departures.id"))
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    by_clock: Holds[bool] = column(default=False, server_default=false())
    undone_at: Holds[datetime | None] = column(Instant)
    undone_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    undo_reason: Holds[str] = told(200)


class ClosedOrder(Base):
    """What a closing made of one order; CONFIRMED where somebody left it as it was."""

    __tablename__ = "closed_orders"
    __table_args__ = (Index(None, "reservation_id"),)
    closing_id: Holds[int] = column(Id, ForeignKey("closings.id"), primary_key=True)
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"), primary_key=True)
    became: Holds[Status] = column(choice(Status))
