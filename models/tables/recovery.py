"""When and where copies of the database are made, what came of each, and of each rehearsal of bringing one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String

from models.base import Base, Holds, Id, Instant, column, own_id, told


class BackupPlan(Base):
    """The one plan of a database. Until `claimed_until` nobody but who claimed it makes the daily copy."""

    __tablename__ = "backup_plans"
    id: Holds[int] = own_id()
    daily: Holds[bool] = column(default=True)
    at: Holds[str] = column(String(5))
    keep_days: Holds[int]
    folder: Holds[str] = told()
    claimed_until: Holds[datetime | None] = column(Instant)


class BackupRow(Base):
    """One copy that was made, or that failed with a `problem`. `counts` is how many rows of each kind are in it."""

    __tablename__ = "backups"
    __table_args__ = (Index("ix_backups_at", "at"),)
    id: Holds[int] = own_id()
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    why: Holds[str] = column(String(20))
    folder: Holds[str] = told()
    file: Holds[str] = told()
    dump: Holds[str] = told()
    bytes: Holds[int] = column(BigInteger)
    counts: Holds[dict[str, Any]] = column(JSON)
    problem: Holds[str] = told(40)
    facts: Holds[dict[str, Any]] = column(JSON)


class RestoreTrial(Base):
    """One rehearsal of bringing a copy back; `found` is `models.recovery.Trial` as it is kept."""

    __tablename__ = "restore_trials"
    __table_args__ = (Index("ix_restore_trials_at", "at"),)
    id: Holds[int] = own_id()
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    file: Holds[str] = told()
    problem: Holds[str] = told(40)
    found: Holds[dict[str, Any]] = column(JSON)
