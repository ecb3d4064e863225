"""Reads since when there is no copy of the data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from models.recovery import is_late
from models.tables import BackupRow, JournalEntry


def late_since(look: Connection, now: datetime) -> tuple[bool, datetime | None]:
    """Whether there has been no copy for too long, and since when there is none; None where there never was one."""
    newest = newest_copy_at(look)
    return is_late(newest, _first_day(look), now), newest


def newest_copy_at(look: Connection) -> datetime | None:
    """When the last copy was made that came to be."""
    asked = select(BackupRow.at).where(BackupRow.problem == "").order_by(BackupRow.at.desc()).limit(1)
    return look.execute(asked).scalar()


def _first_day(look: Connection) -> datetime | None:
    """Since when there is anything that could be lost."""
    told = look.execute(
        select(JournalEntry.at).order_by(JournalEntry.counter_id, JournalEntry.seq).limit(1)
    ).scalar()
    return datetime.fromisoformat(told) if told else None
