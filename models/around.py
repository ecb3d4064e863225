"""What the window's frame shows on every screen: how many orders wait, and the letters that can be taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from models.frozen import frozen
from models.outbox import Letter, LetterState
from models.reservations import Status
from models.tables import Conversation, OutboxRow, Reservation
from models.tables.reservations import ANSWER_WANTED

_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class Around:
    """As of one instant; `last_confirmed` is the reservation whose letter leaves last, `newest` the last one taken."""

    zone: str
    waiting: int
    letters_leaving: int
    next_letter_at: datetime | None
    last_confirmed: int | None
    newest: int = 0
    talks: int = 0
    """Travelers who wait for an answer."""
    rings: bool = True
    """Whether whoever works here wants to hear a new order at this moment."""


def around(look: Connection, now: datetime, zone: str) -> Around:
    """The frame's facts; asked often, so it is only what the frame shows."""
    waiting = select(func.count()).where(ANSWER_WANTED, _R.c.status != Status.CANCEL_REQUESTED)
    newest = look.execute(select(func.max(_R.c.id))).scalar_one() or 0
    return Around(zone, int(look.execute(waiting).scalar_one()), *_letters(look, now), newest, _talks(look))


def _talks(look: Connection) -> int:
    waiting = select(func.count()).where(Conversation.waits_since.is_not(None))
    return int(look.execute(waiting).scalar_one())


def _letters(look: Connection, now: datetime) -> tuple[int, datetime | None, int | None]:
    """Confirmations that can still be taken back: how many letters leave, when the next does, whose came last.

    Where no address is known none leaves, and the confirmation can be taken back all the same.
    """
    asked = (
        select(OutboxRow.leave_at, OutboxRow.reservation_id, OutboxRow.state)
        .where(OutboxRow.kind == Letter.CONFIRMATION, OutboxRow.leave_at > now)
        .where(OutboxRow.state.in_((LetterState.WAITING, LetterState.NO_ADDRESS)))
        .order_by(OutboxRow.leave_at)
    )
    rows = look.execute(asked).all()
    leaving = [row.leave_at for row in rows if row.state == LetterState.WAITING]
    return len(leaving), leaving[0] if leaving else None, rows[-1].reservation_id if rows else None
