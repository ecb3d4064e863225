"""Looks at the newest notices that went out and what became of each: waiting, sent, delivered or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from controllers import notice_words
from controllers.desk import Desk
from controllers.notices import people, route_of
from controllers.rights import needs
from models.frozen import frozen
from models.notices import Route
from models.outbox import LetterState
from models.rights import Right, may
from models.tables import NoticeDelivery, NoticeRow, Operator, OutboxRow, Staff
from models.tables.letters import TO_STAFF

_D: Table = NoticeDelivery.__table__  # type: ignore[assignment]
_N: Table = NoticeRow.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
MOST = 12


@frozen
class LastNotice:
    """One notice on its way: `fate` is what the provider says of what it took, '' where none is asked."""

    id: int
    title: str
    who: str
    route: Route
    state: LetterState
    fate: str
    words: str
    leave_at: datetime
    sent_at: datetime | None


@needs(Right.OWN)
def see_last(*, desk: Desk) -> tuple[LastNotice, ...]:
    """The newest first: one's own, or everybody's for whoever sets up the ways."""
    every = may(desk.actor.role, Right.ROUTES)
    asked = (
        select(
            _O.c.id, _O.c.carrier, _O.c.state, _O.c.trouble, _O.c.leave_at, _O.c.sent_at, _O.c.language,
            _O.c.body, _O.c.staff_id, Staff.name.label("who"), _D.c.state.label("fate"), _D.c.words,
        )
        .join(Staff, Staff.id == _O.c.staff_id)
        .outerjoin(_D, _D.c.outbox_id == _O.c.id)
        .where(TO_STAFF)
        .order_by(_O.c.made_at.desc(), _O.c.id.desc())
        .limit(MOST)
    )  # fmt: skip
    if not every:
        asked = asked.where(_O.c.staff_id == desk.actor.staff_id)
    with desk.reading() as look:
        me = next(iter(people(look, only=desk.actor.staff_id)), None)
        rows = look.execute(asked).all()
        notes = _notes(look, rows)
        zone = look.execute(select(Operator.zone)).scalar_one()
        language = me.language if me else ""
        return tuple(
            _line(row, notice_words.say(look, notes[one], language, zone).title)
            for row in rows
            if (one := row.body.get("notice")) in notes
        )


def _notes(look: Any, rows: Any) -> dict[int, Any]:
    wanted = [row.body.get("notice") for row in rows]
    return {row.id: row for row in look.execute(select(_N).where(_N.c.id.in_(wanted)))}


def _line(row: Any, title: str) -> LastNotice:
    return LastNotice(
        row.id, title, row.who, route_of(row.carrier), row.state, row.fate or "", row.words or row.trouble,
        row.leave_at, row.sent_at,
    )  # fmt: skip
