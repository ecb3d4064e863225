"""The one-time codes by which further counters join: who made one for which counter, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, own_id, told


class Joining(Base):
    """One code; only its hash is kept. Its times are the server's own, for no counter's clock decides about access.

    `login` is the name under which the counter works on the server, '' where all share one.
    """

    __tablename__ = "joinings"
    __table_args__ = (Index(None, "counter_id"),)
    id: Mapped[int] = own_id()
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    login: Mapped[str] = told(63)
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
