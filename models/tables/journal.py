"""The journal: who did what to which thing, one hash chain a counter. Nothing here is ever changed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, text

from models.base import Base, Holds, Id, column, index_of, told

OPENED = text(
    "action IN ('view', 'search', 'voucher', 'vouchers', 'print', 'manifest', 'export', 'hand-out')"
)
"""Entries that tell of a traveler's data having been opened or taken away; there is an index of them alone."""


class JournalEntry(Base):
    """One entry. `at` and `details` are canonical text, so that the chain survives a move between databases."""

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "subject"),
        index_of("ix_journal_opened", OPENED, "at", "counter_id", "seq"),
    )
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"), primary_key=True)
    seq: Holds[int] = column(Id, primary_key=True, autoincrement=False)
    at: Holds[str] = column(String(32))
    staff_id: Holds[int | None] = column(Id)
    subject: Holds[str] = column(String(60))
    action: Holds[str] = column(String(40))
    details: Holds[str] = column(Text)
    previous_hash: Holds[str] = told(64)
    hash: Holds[str] = column(String(64))
