"""What travelers said afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index

from models.base import Base, Holds, Id, Instant, column, own_id, told


class Review(Base):
    """What a traveler said afterwards: 1 to 5, and words."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "reservation_id"),)
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    rating: Holds[int] = column()
    words: Holds[str] = told()
    at: Holds[datetime] = column(Instant)
