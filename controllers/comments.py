"""Judges the letter that asks for a comment once more when it would leave, and takes it back when something happens."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select

from controllers import letters
from controllers.desk import Work
from controllers.purchases import bought_together
from models.comment import Asking, NotAsked, why_not_asked
from models.outbox import MAY_HAVE_LEFT, Letter, LetterState
from models.payments import MoneyState
from models.tables import Conversation, OutboxRow, Refund, Reservation, Review

_O: Table = OutboxRow.__table__  # type: ignore[assignment]


def why_not_now(look: Connection, letter: Any) -> NotAsked | None:
    """Why this row of the outbox, a comment letter, must not leave any more; None where it may.

    `letter` needs its `id` and `reservation_id`. Whoever sends asks this before handing over; a letter that must not
    leave is dropped with the answer as its `trouble`.
    """
    row = look.execute(select(Reservation).where(Reservation.id == letter.reservation_id)).one()
    refunds = select(func.count()).where(Refund.reservation_id == row.id, Refund.state != MoneyState.FAILED)
    complaint = select(Conversation.complaint_at).where(Conversation.reservation_id == row.id)
    reviewed = select(Review.id).where(Review.reservation_id == row.id, Review.waits.is_(False))
    return why_not_asked(
        Asking(
            row.status,
            refunds=int(look.execute(refunds).scalar_one()),
            complaint=look.execute(complaint).scalar() is not None,
            asked=_asked(look, letter, [row.id, *bought_together(look, row)]),
            reviewed=look.execute(reviewed).first() is not None,
        )
    )


def drop(work: Work, reservation_id: int, why: NotAsked) -> int:
    """Takes a comment letter back that has not left, with the reason that the Outbox shows; how many that were."""
    return letters.drop(work, reservation_id, Letter.COMMENT, why)


def _asked(look: Connection, letter: Any, ids: list[int]) -> bool:
    """Whether one of these was asked already. Of two that are leaving at once the one promised first goes."""
    left = [state for state in MAY_HAVE_LEFT if state is not LetterState.LEAVING]
    before = and_(_O.c.state == LetterState.LEAVING, _O.c.id < letter.id)
    asked = select(_O.c.id).where(
        _O.c.reservation_id.in_(ids),
        _O.c.kind == Letter.COMMENT,
        _O.c.id != letter.id,
        or_(_O.c.state.in_(left), before),
    )
    return look.execute(asked.limit(1)).first() is not None
