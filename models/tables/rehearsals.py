"""The rehearsals before a counter opens, each with what was tried and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index

from models.base import Base, Holds, Id, Instant, column, own_id


class Rehearsal(Base):
    """One rehearsal at one counter; `checked` are `models.rehearsal.Checked` as they are kept."""

    __tablename__ = "rehearsals"
    __table_args__ = (Index(None, "counter_id", "at"),)
    id: Holds[int] = own_id()
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"))
    at: Holds[datetime] = column(Instant)
    checked: Holds[list[Any]] = column(JSON)
