"""Privacy: whom we have forgotten, and what the nightly look at the journal found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, own_id, told


class Erasure(Base):
    """One person who was erased from one order: `whose` says which, `digest` is the name under the desk's own key.

    A newer file that tells of the order again is read without whoever stands here.
    """

    __tablename__ = "erasures"
    reservation_id: Mapped[int] = mapped_column(Id, ForeignKey("reservations.id"), primary_key=True)
    whose: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    why: Mapped[str] = mapped_column(String(20))


class Night(Base):
    """What is done once a night, by whichever desk comes first, and how far it is; `whole` is the weekly long look."""

    __tablename__ = "nights"
    night: Mapped[date] = mapped_column(Date, primary_key=True)
    whole: Mapped[bool] = mapped_column()
    began_at: Mapped[datetime] = mapped_column(Instant)
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    entries: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    place: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    erased: Mapped[int] = mapped_column(default=0, server_default="0")
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class JournalMark(Base):
    """As far as a counter's chain was verified; `began` and `ended` are the last nights in which it was walked."""

    __tablename__ = "journal_marks"
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    head: Mapped[str] = told(64)
    began: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[date | None] = mapped_column(Date)


UNACKNOWLEDGED = text("acknowledged_at IS NULL")
"""Breaks of the journal that nobody has looked into; the dashboard has an index of them."""


class JournalBreak(Base):
    """An entry of the journal that does not agree with the one before it, until a manager says what it was.

    `found` is what stood there, so that the same entry changed once more is a new break.
    """

    __tablename__ = "journal_breaks"
    __table_args__ = (
        Index("uq_journal_breaks_found", "counter_id", "seq", "kind", "found", unique=True),
        Index(
            "ix_journal_breaks_open",
            "found_at",
            sqlite_where=UNACKNOWLEDGED,
            postgresql_where=UNACKNOWLEDGED,
        ),
    )
    id: Mapped[int] = own_id()
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    found: Mapped[str] = told(64)
    found_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    reason: Mapped[str] = told()
