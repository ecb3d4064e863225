"""The rehearsals before a counter opens, each with what was tried and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, own_id


class Rehearsal(Base):
    """One rehearsal at one counter; `checked` are `models.rehearsal.Checked` as they are kept."""

    __tablename__ = "rehearsals"
    __table_args__ = (Index(None, "counter_id", "at"),)
    id: Mapped[int] = own_id()
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    checked: Mapped[list[Any]] = mapped_column(JSON)
