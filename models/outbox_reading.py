"""Reads the outbox for whoever looks after it: a page of letters, how many need somebody, and each letter's standing.

Addresses and the servers' words are masked here as long as their traveler may not be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, literal, select, tuple_, union_all

from models.frozen import frozen
from models.notices import Event
from models.outbox import NEEDS_YOU, Letter, LetterState
from models.outbox_views import View
from models.privacy import may_see, without_traveler
from models.references import number_of
from models.tables import NoticeRow, OutboxRow, Product, Reservation, Staff

_N: Table = NoticeRow.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_P: Table = Product.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = Staff.__table__  # type: ignore[assignment]
PAGE = 60
COUNTED = 999
"""More than this are not counted: 'many' is all a person needs to know."""

Key = tuple[datetime, int]


SHOWN: dict[View, tuple[LetterState, ...]] = {
    View.NEEDS_YOU: NEEDS_YOU,
    View.WAITING: (LetterState.LEAVING, LetterState.WAITING),
    View.NO_ADDRESS: (LetterState.NO_ADDRESS,),
    View.SENT: (LetterState.SENT, LetterState.PUT_AWAY),
    View.DROPPED: (LetterState.DROPPED,),
}


@frozen
class OutboxLine:
    """One letter or notice. `traveler` and `address` are None where they may not be seen.

    Of a notice `event` is what it tells, `number` the reservation it tells of ('' where of none), `count` how many.
    """

    id: int
    kind: Letter
    carrier: str
    state: LetterState
    reservation_id: int | None
    number: str
    product: str
    traveler: str | None
    address: str | None
    staff: str
    language: str
    leave_at: datetime
    made_at: datetime
    sent_at: datetime | None
    tries: int
    trouble: str
    event: Event | None = None
    count: int = 0

    @property
    def key(self) -> Key:
        """Where the next page goes on."""
        return self.leave_at, self.id


@frozen
class OutboxPage:
    """Some lines, in what order their view has; `counts` of each view that says how many."""

    lines: tuple[OutboxLine, ...]
    more: bool
    counts: dict[View, int]


def page(look: Connection, view: View, after: Key | None = None, most: int = PAGE) -> OutboxPage:
    """One page: what waits the soonest first, everything else the newest first."""
    rows = look.execute(_asked(view, after, most)).all()
    lines = _lines(look, rows[:most])
    counts = {one: _count(look, one) for one in (View.NEEDS_YOU, View.WAITING, View.NO_ADDRESS)}
    return OutboxPage(lines, len(rows) > most, counts)


def line_of(look: Connection, letter_id: int) -> OutboxLine | None:
    """One letter as it stands now."""
    rows = look.execute(_listed(select(_O.c.id).where(_O.c.id == letter_id).subquery())).all()
    return next(iter(_lines(look, rows)), None)


def _asked(view: View, after: Key | None, most: int) -> Select[Any]:
    """Each state from its own index, so that a million letters that have left cost nothing."""
    soonest = view is View.WAITING
    key = tuple_(_O.c.leave_at, _O.c.id)
    parts = []
    for state in SHOWN[view]:
        part = select(_O.c.id, _O.c.leave_at).where(_O.c.state == state)
        if after is not None:
            part = part.where(key > after if soonest else key < after)
        order = (_O.c.leave_at, _O.c.id) if soonest else (_O.c.leave_at.desc(), _O.c.id.desc())
        parts.append(select(part.order_by(*order).limit(most + 1).subquery()))
    found = union_all(*parts).subquery()
    asked = _listed(found)
    if soonest:
        return asked.order_by(_O.c.leave_at, _O.c.id).limit(most + 1)
    return asked.order_by(_O.c.leave_at.desc(), _O.c.id.desc()).limit(most + 1)


def _listed(found: Any) -> Select[Any]:
    who = (_R.c.first_confirmed_at, _R.c.channel, _R.c.via, _R.c.lead, _R.c.email, _R.c.phone)
    return (
        select(_O, *who, _P.c.name.label("product"), _S.c.name.label("staff"))
        .select_from(found)
        .join(_O, _O.c.id == found.c.id)
        .outerjoin(_R, _R.c.id == _O.c.reservation_id)
        .outerjoin(_P, _P.c.id == _R.c.product_id)
        .outerjoin(_S, _S.c.id == _O.c.staff_id)
    )


def _lines(look: Connection, rows: Sequence[Any]) -> tuple[OutboxLine, ...]:
    """Each row as a line; what the notices among them tell is read in one go."""
    wanted = {row.body["notice"] for row in rows if "notice" in row.body}
    asked = select(_N.c.id, _N.c.event, _N.c.reservation_id, _N.c.facts).where(_N.c.id.in_(wanted))
    notes = {note.id: note for note in look.execute(asked)} if wanted else {}
    return tuple(_line(row, notes.get(row.body.get("notice"))) for row in rows)


def _line(row: Any, note: Any) -> OutboxLine:
    about = row.reservation_id is not None
    of = row.reservation_id if note is None else note.reservation_id
    seen = not about or may_see(row.first_confirmed_at, row.channel, row.via)
    known = (row.lead or "", row.email or "", row.phone or "", row.address)
    return OutboxLine(
        id=row.id,
        kind=row.kind,
        carrier=row.carrier,
        state=row.state,
        reservation_id=row.reservation_id,
        number=number_of(of) if of is not None else "",
        product=row.product or "",
        traveler=(row.lead or "") if seen else None,
        address=row.address if seen else None,
        staff=row.staff or "",
        language=row.language,
        leave_at=row.leave_at,
        made_at=row.made_at,
        sent_at=row.sent_at,
        tries=row.tries,
        trouble=row.trouble if seen else without_traveler(row.trouble, known),
        event=None if note is None else note.event,
        count=0 if note is None else int(note.facts.get("count", 0)),
    )


def _count(look: Connection, view: View) -> int:
    """How many there are, up to COUNTED and one more."""
    some = select(literal(1)).where(_O.c.state.in_(SHOWN[view])).limit(COUNTED + 1)
    return int(look.execute(select(func.count()).select_from(some.subquery())).scalar_one())
