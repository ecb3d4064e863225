"""When and where copies of the database are made, what came of each, and of each rehearsal of bringing one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, own_id, told


class BackupPlan(Base):
    """The one plan of a database. Until `claimed_until` nobody but who claimed it makes the daily copy."""

    __tablename__ = "backup_plans"
    id: Mapped[int] = own_id()
    daily: Mapped[bool] = mapped_column(default=True)
    at: Mapped[str] = mapped_column(String(5))
    keep_days: Mapped[int]
    folder: Mapped[str] = told()
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)


class BackupRow(Base):
    """One copy that was made, or that failed with a `problem`. `counts` is how many rows of each kind are in it."""

    __tablename__ = "backups"
    __table_args__ = (Index("ix_backups_at", "at"),)
    id: Mapped[int] = own_id()
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    why: Mapped[str] = mapped_column(String(20))
    folder: Mapped[str] = told()
    file: Mapped[str] = told()
    dump: Mapped[str] = told()
    bytes: Mapped[int] = mapped_column(BigInteger)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    problem: Mapped[str] = told(40)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class RestoreTrial(Base):
    """One rehearsal of bringing a copy back; `found` is `models.recovery.Trial` as it is kept."""

    __tablename__ = "restore_trials"
    __table_args__ = (Index("ix_restore_trials_at", "at"),)
    id: Mapped[int] = own_id()
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    file: Mapped[str] = told()
    problem: Mapped[str] = told(40)
    found: Mapped[dict[str, Any]] = mapped_column(JSON)
