"""What was printed, where and by whom, and how an operator's vouchers look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, text

from models.base import Base, Holds, Id, Instant, choice, column, index_of, own_id, told
from models.papers import Document, Paper
from models.prints import PrintState

CAME_OUT = text("state <> 'FAILED'")
STILL_OPEN = text("state IN ('SENT', 'WAITING')")


class Print(Base):
    """One paper given to a printer. `key` is the same for every copy of it; two counters cannot make the same copy."""

    __tablename__ = "prints"
    __table_args__ = (
        Index(None, "reservation_id"),
        index_of("uq_prints_copy", CAME_OUT, "key", "copy", unique=True),
        index_of("ix_prints_open", STILL_OPEN, "counter_id", "id"),
    )
    id: Holds[int] = own_id()
    at: Holds[datetime] = column(Instant)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"))
    document: Holds[Document] = column(choice(Document))
    key: Holds[str] = column(String(80))
    name: Holds[str] = told(80)
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    ticket: Holds[int | None] = column(BigInteger)
    paper: Holds[Paper] = column(choice(Paper))
    printer: Holds[str] = told(200)
    copy: Holds[int] = column()
    state: Holds[PrintState] = column(choice(PrintState))
    job: Holds[str] = told(200)  # the printer queue's own number
    why: Holds[str] = told(40)  # the code of what went wrong


class VoucherLook(Base):
    """How the operator's vouchers look: `look` as `models.voucher_looks` reads it, and the logo as a PNG."""

    __tablename__ = "voucher_looks"
    id: Holds[int] = column(Id, ForeignKey("operator.id"), primary_key=True, autoincrement=False)
    look: Holds[dict[str, Any]] = column(JSON, default=dict, server_default="{}")
    logo: Holds[bytes | None] = column(LargeBinary)
