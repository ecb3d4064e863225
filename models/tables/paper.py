"""What was printed, where and by whom, and how an operator's vouchers look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, own_id, told
from models.papers import Document, Paper
from models.prints import PrintState

CAME_OUT = text("state <> 'FAILED'")
STILL_OPEN = text("state IN ('SENT', 'WAITING')")


class Print(Base):
    """One paper given to a printer. `key` is the same for every copy of it; two counters cannot make the same copy."""

    __tablename__ = "prints"
    __table_args__ = (
        Index(None, "reservation_id"),
        Index("uq_prints_copy", "key", "copy", unique=True, sqlite_where=CAME_OUT, postgresql_where=CAME_OUT),
        Index("ix_prints_open", "counter_id", "id", sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
    )
    id: Mapped[int] = own_id()
    at: Mapped[datetime] = mapped_column(Instant)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    document: Mapped[Document] = mapped_column(choice(Document))
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = told(80)
    reservation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("reservations.id"))
    ticket: Mapped[int | None] = mapped_column(BigInteger)
    paper: Mapped[Paper] = mapped_column(choice(Paper))
    printer: Mapped[str] = told(200)
    copy: Mapped[int] = mapped_column()
    state: Mapped[PrintState] = mapped_column(choice(PrintState))
    job: Mapped[str] = told(200)  # the printer queue's own number
    why: Mapped[str] = told(40)  # the code of what went wrong


class VoucherLook(Base):
    """How the operator's vouchers look: `look` as `models.voucher_looks` reads it, and the logo as a PNG."""

    __tablename__ = "voucher_looks"
    id: Mapped[int] = mapped_column(Id, ForeignKey("operator.id"), primary_key=True, autoincrement=False)
    look: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
