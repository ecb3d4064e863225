"""Takes the close of a trip back: everything it did goes back that still can, and it is told what cannot.

Anybody may, for a day and while no comment letter has left; then a manager does, with a reason. What somebody has
changed since stays as it is. The trip is proposed again, and the clock leaves it to people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, select, update

from controllers.desk import Desk, Work
from controllers.reservations import Done
from controllers.rights import needs
from controllers.trips import portions, put
from models.closings_reading import left_behind
from models.comment import NotAsked
from models.deeds import UNDO_WINDOW, overrules
from models.frozen import frozen
from models.outbox import STILL_HERE, Letter, LetterState
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.rights import Right
from models.tables import ClosedOrder, Closing, OutboxRow, Reservation
from models.to_do import REDEEM, without
from models.trips import key_of

_R: Table = Reservation.__table__  # type: ignore[assignment]
_C: Table = Closing.__table__  # type: ignore[assignment]
_L: Table = ClosedOrder.__table__  # type: ignore[assignment]
_BACK = {Status.REDEEMED: Verb.UNDO, Status.NO_SHOW: Verb.RETURN}


@frozen
class ClosingUndone:
    """What went back. `changed` stayed, because somebody has changed them since.

    Of those that went back `letters_left` comment letters had left, and `channels_told` orders are redeemed at their
    channels already.
    """

    closing_id: int
    back: tuple[Done, ...]
    changed: int
    letters_left: int
    channels_told: int


@needs(Right.TRIPS)
def undo_closing(closing_id: int, *, desk: Desk, reason: str = "") -> ClosingUndone:
    """Takes one close back. Raises CannotDo("closing-undone"), ("closing-window-over"), ("closing-letters-left")."""
    with desk.work() as work:
        closing = work.connection.execute(select(_C).where(_C.c.id == closing_id).with_for_update()).first()
        if closing is None:
            raise CannotDo("not-found", reference=closing_id)
        if closing.undone_at is not None:
            raise CannotDo("closing-undone")
        rows = _locked(work, closing_id)
        back = [row for row in rows if row.status is row.became and row.status_at == closing.at]
        _drop_letters(work, closing, [row.id for row in back])
        gone, told = left_behind(work.connection, [closing_id])[closing_id]
        _may_undo(work, closing, gone, reason.strip())
        made = [_record_back(work, row, closing_id) for row in back]
        _move_back(work, back)
        _mark_undone(work, closing, reason.strip(), len(back))
        return ClosingUndone(closing_id, tuple(made), len(rows) - len(back), gone, told)


def _locked(work: Work, closing_id: int) -> Sequence[Any]:
    """The orders it moved, as they are now."""
    asked = (
        select(_R, _L.c.became)
        .join(_L, _L.c.reservation_id == _R.c.id)
        .where(_L.c.closing_id == closing_id, _L.c.became != Status.CONFIRMED)
        .order_by(_R.c.id)
    )
    return work.connection.execute(asked.with_for_update(of=_R, key_share=True)).all()


def _may_undo(work: Work, closing: Any, letters_gone: int, reason: str) -> None:
    if reason and overrules(work.desk.actor.role):
        return
    if letters_gone:
        raise CannotDo("closing-letters-left", count=letters_gone)
    if work.now - closing.at > UNDO_WINDOW:
        raise CannotDo("closing-window-over")


def _drop_letters(work: Work, closing: Any, ids: Sequence[int]) -> None:
    """The letters of this close that have not left; a carrier that is sending one is waited for."""
    for some in portions(ids):
        dropped = (
            update(OutboxRow)
            .where(OutboxRow.reservation_id.in_(some), OutboxRow.kind == Letter.COMMENT)
            .where(OutboxRow.made_at == closing.at, OutboxRow.state.in_(STILL_HERE))
            .values(state=LetterState.DROPPED, trouble=NotAsked.NOT_REDEEMED)
        )
        work.connection.execute(dropped)
    work.changed.add("letters")


def _record_back(work: Work, row: Any, closing_id: int) -> Done:
    moved = move(row.status, _BACK[row.status], number=number_of(row.id))
    told = {"before": moved.before, "after": moved.after, "closing": closing_id}
    work.record(f"reservation:{row.id}", moved.verb, **told)
    return Done(row.id, number_of(row.id), moved.after)


def _move_back(work: Work, rows: Sequence[Any]) -> None:
    together: dict[tuple[bool, str], list[int]] = {}
    for row in rows:
        redeemed = row.became is Status.REDEEMED
        left = without(row.to_do, (REDEEM,)) if redeemed else row.to_do
        together.setdefault((redeemed, left), []).append(row.id)
    for (redeemed, to_do), ids in together.items():
        undone = {"redeemed_at": None, "redeemed_by_scan": ""} if redeemed else {}
        put(work, ids, status=Status.CONFIRMED, to_do=to_do, **undone)


def _mark_undone(work: Work, closing: Any, reason: str, count: int) -> None:
    values = {"undone_at": work.now, "undone_by": work.desk.actor.staff_id, "undo_reason": reason[:200]}
    work.connection.execute(update(_C).where(_C.c.id == closing.id).values(**values))
    told = {"closing": closing.id, "back": count, "by_manager": bool(reason)}
    work.record(key_of(closing.trip).word, "undo-closing", **told)
    work.changed.update(("reservations", "trips"))
