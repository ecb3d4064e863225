"""Privacy: whom we have forgotten, and what the nightly look at the journal found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text

from models.base import Base, Holds, Id, Instant, column, index_of, own_id, told


class Erasure(Base):
    """One person who was erased from one order: `whose` says which, `digest` is the name under the desk's own key.

    A newer file that tells of the order again is read without whoever stands here.
    """

    __tablename__ = "erasures"
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"), primary_key=True)
    whose: Holds[str] = column(String(20), primary_key=True)
    digest: Holds[str] = column(String(32), primary_key=True)
    at: Holds[datetime] = column(Instant)
    why: Holds[str] = column(String(20))


class Night(Base):
    """What is done once a night, by whichever desk comes first, and how far it is; `whole` is the weekly long look."""

    __tablename__ = "nights"
    night: Holds[date] = column(Date, primary_key=True)
    whole: Holds[bool] = column()
    began_at: Holds[datetime] = column(Instant)
    checked_at: Holds[datetime | None] = column(Instant)
    entries: Holds[int] = column(BigInteger, default=0, server_default="0")
    place: Holds[int] = column(BigInteger, default=0, server_default="0")
    erased: Holds[int] = column(default=0, server_default="0")
    done_at: Holds[datetime | None] = column(Instant)


class JournalMark(Base):
    """As far as a counter's chain was verified; `began` and `ended` are the last nights in which it was walked."""

    __tablename__ = "journal_marks"
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"), primary_key=True)
    seq: Holds[int] = column(BigInteger, default=0)
    head: Holds[str] = told(64)
    began: Holds[date | None] = column(Date)
    ended: Holds[date | None] = column(Date)


UNACKNOWLEDGED = text("acknowledged_at IS NULL")
"""Breaks of the journal that nobody has looked into; the dashboard has an index of them."""


class JournalBreak(Base):
    """An entry of the journal that does not agree with the one before it, until a manager says what it was.

    `found` is what stood there, so that the same entry changed once more is a new break.
    """

    __tablename__ = "journal_breaks"
    __table_args__ = (
        Index("uq_journal_breaks_found", "counter_id", "seq", "kind", "found", unique=True),
        index_of("ix_journal_breaks_open", UNACKNOWLEDGED, "found_at"),
    )
    id: Holds[int] = own_id()
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    seq: Holds[int] = column(BigInteger)
    kind: Holds[str] = column(String(20))
    found: Holds[str] = told(64)
    found_at: Holds[datetime] = column(Instant)
    acknowledged_at: Holds[datetime | None] = column(Instant)
    acknowledged_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    reason: Holds[str] = told()
