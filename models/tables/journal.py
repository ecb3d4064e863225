"""The journal: who did what to which thing, one hash chain a counter. Nothing here is ever changed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, told

OPENED = text(
    "action IN ('view', 'search', 'voucher', 'vouchers', 'print', 'manifest', 'export', 'hand-out')"
)
"""Entries that tell of a traveler's data having been opened or taken away; there is an index of them alone."""


class JournalEntry(Base):
    """One entry. `at` and `details` are canonical text, so that the chain survives a move between databases."""

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "subject"),
        Index("ix_journal_opened", "at", "counter_id", "seq", sqlite_where=OPENED, postgresql_where=OPENED),
    )
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    staff_id: Mapped[int | None] = mapped_column(Id)
    subject: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    details: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = told(64)
    hash: Mapped[str] = mapped_column(String(64))
