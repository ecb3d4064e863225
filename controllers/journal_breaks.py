"""Shows where the journal does not hold, and keeps what a manager found when looking into it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Table, select, update

from controllers.channels.text import paragraph
from controllers.desk import Desk
from controllers.rights import needs
from models.chains import Wrong
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Counter, JournalBreak, Night

_B: Table = JournalBreak.__table__  # type: ignore[assignment]
_N: Table = Night.__table__  # type: ignore[assignment]
_MOST = 200


@frozen
class OpenBreak:
    """An entry that nobody has looked into yet."""

    id: int
    counter_id: int
    counter: str
    entry: int
    kind: Wrong
    found_at: datetime


@frozen
class JournalState:
    """When the journal was looked over last, how many entries that were, and what does not hold."""

    night: date | None
    checked_at: datetime | None
    whole: bool
    entries: int
    whole_at: datetime | None
    zone: str
    breaks: tuple[OpenBreak, ...]


@needs(Right.JOURNAL)
def see_journal(*, desk: Desk) -> JournalState:
    """How the journal stands by the last night's look."""
    with desk.reading() as look:
        done = select(_N).where(_N.c.checked_at.is_not(None)).order_by(_N.c.night.desc()).limit(1)
        last, whole = look.execute(done).first(), look.execute(done.where(_N.c.whole)).first()
        zone = desk.operator(look).zone
        breaks = _open(look)
    whole_at = whole.checked_at if whole is not None else None
    if last is None:
        return JournalState(None, None, False, 0, whole_at, zone, breaks)
    return JournalState(last.night, last.checked_at, last.whole, last.entries, whole_at, zone, breaks)


@needs(Right.JOURNAL)
def acknowledge(break_id: int, reason: str, *, desk: Desk) -> JournalState:
    """Keeps that somebody looked into a break, and what was found; the box of the dashboard lets it go.

    Raises CannotDo("acknowledge-reason-missing") and CannotDo("acknowledged-already").
    """
    said = paragraph(reason).strip()
    if not said:
        raise CannotDo("acknowledge-reason-missing")
    with desk.work() as work:
        of_it = (_B.c.id == break_id, _B.c.acknowledged_at.is_(None))
        row = work.connection.execute(select(_B).where(*of_it).with_for_update()).first()
        if row is None:
            raise CannotDo("acknowledged-already")
        values = {"acknowledged_at": work.now, "acknowledged_by": work.staff_id, "reason": said[:2_000]}
        work.connection.execute(update(_B).where(_B.c.id == break_id).values(**values))
        work.record(f"counter:{row.counter_id}", "journal-acknowledged", entry=row.seq, kind=row.kind)
        work.changed.add("journal")
    return see_journal(desk=desk)


def _open(look: Connection) -> tuple[OpenBreak, ...]:
    asked = (
        select(_B, Counter.name)
        .join(Counter, Counter.id == _B.c.counter_id)
        .where(_B.c.acknowledged_at.is_(None))
        .order_by(_B.c.found_at, _B.c.id)
        .limit(_MOST)
    )
    return tuple(
        OpenBreak(row.id, row.counter_id, row.name, row.seq, Wrong(row.kind), row.found_at)
        for row in look.execute(asked)
    )
