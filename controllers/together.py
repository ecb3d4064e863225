"""Lets in a whole purchase that has several numbers: one step, a scan for each of its reservations."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Table, select, update

from controllers.answers import Answer
from controllers.checkin import Asked, judge
from controllers.desk import Desk, Work
from controllers.rights import needs
from models.checkin import Kind
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Reservation, ScanRow

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]


@needs(Right.SCAN)
def let_in_together(
    text: str,
    others: Sequence[int],
    *,
    desk: Desk,
    scan_id: str,
    source: str = "typed",
    heads: int | None = None,
    note: str = "",
    chosen: int | None = None,
) -> list[Answer]:
    """Lets in what was scanned, and `others` that were bought with it; all of it or nothing.

    `heads` come in altogether, those that were scanned first; `note` is the one that was read at it. Where it may
    not come in any more, or another note is to be read, its answer alone comes back and nobody is let in. Raises
    CannotDo("changed-meanwhile") where one of the others may not. The same id again changes nothing.
    """
    with desk.work() as work:
        _lock(work, [*others, *([chosen] if chosen is not None else [])])
        asked = Asked(text, scan_id, source, heads, read=bool(note), note=note, chosen=chosen)
        first = judge(work, asked)
        answers = [first]
        if not first.admitted and not (first.again and first.kind is Kind.USED):
            return answers
        left = None if heads is None else heads - first.admitted
        for other in others:
            if left is not None and left <= 0:
                break
            own_id = str(uuid.uuid5(uuid.UUID(scan_id), str(other)))
            answer = judge(work, Asked(number_of(other), own_id, source, left))
            if not answer.admitted:
                raise CannotDo("changed-meanwhile", number=answer.number or number_of(other))
            left = None if left is None else left - answer.admitted
            answers.append(answer)
        _tie(work, [answer.scan_id for answer in answers if answer.admitted])
        return answers


def _lock(work: Work, reservations: Sequence[int]) -> None:
    """All of them, in one order everywhere: two counters with two of the same purchase wait in turn."""
    asked = select(_R.c.id).where(_R.c.id.in_(reservations)).order_by(_R.c.id)
    work.connection.execute(asked.with_for_update(key_share=True)).all()


def _tie(work: Work, scans: list[str]) -> None:
    """Each remembers the others, so that they are taken back together."""
    for row in work.connection.execute(select(_S.c.id, _S.c.did).where(_S.c.id.in_(scans))).all():
        if row.did.get("together") != scans:
            did = {**row.did, "together": scans}
            work.connection.execute(update(_S).where(_S.c.id == row.id).values(did=did))
