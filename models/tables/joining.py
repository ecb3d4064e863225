"""The one-time codes by which further counters join: who made one for which counter, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String

from models.base import Base, Holds, Id, Instant, column, own_id, told


class Joining(Base):
    """One code; only its hash is kept. Its times are the server's own, for no counter's clock decides about access.

    `login` is the name under which the counter works on the server, '' where all share one.
    """

    __tablename__ = "joinings"
    __table_args__ = (Index(None, "counter_id"),)
    id: Holds[int] = own_id()
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    code_hash: Holds[str] = column(String(64), unique=True)
    login: Holds[str] = told(63)
    made_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    made_at: Holds[datetime] = column(Instant)
    expires_at: Holds[datetime] = column(Instant)
    used_at: Holds[datetime | None] = column(Instant)
    ended_at: Holds[datetime | None] = column(Instant)
