"""Reads what was scanned at this counter today, the newest first: it is still there when the program starts again.

Whoever only redeems sees what they scanned themselves, and of it what belongs to the products they let in with.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, and_, bindparam, or_, select, true

from controllers.answers import Answer
from controllers.desk import Actor, Desk
from controllers.rights import needs
from models.checkin_kept import told_of
from models.frozen import frozen
from models.privacy import may_see
from models.references import number_of
from models.rights import Right, Role
from models.tables import Option, Product, Reservation, ScanRow

_S: Table = ScanRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST = 20
SCANS = (
    select(
        *(_S.c[name] for name in "id at source text kind reservation_id admitted facts undone_at".split()),
        *(
            _R.c[name]
            for name in (
                "reference lead first_confirmed_at channel via departs_at zone open_dated option_text product_text"
            ).split()
        ),
        Product.name.label("product"),
        Option.name.label("option"),
    )
    .select_from(_S)
    .outerjoin(_R, _R.c.id == _S.c.reservation_id)
    .outerjoin(Product, Product.id == _R.c.product_id)
    .outerjoin(Option, Option.id == _R.c.option_id)
)
"""Scans with what they were about."""
_LAST = (
    SCANS.where(
        _S.c.counter_id == bindparam("counter"), _S.c.at.between(bindparam("since"), bindparam("until"))
    )
    .order_by(_S.c.at.desc(), _S.c.id)
    .limit(bindparam("most"))
)


@frozen
class Scanned:
    """One scan as it was answered; `what` was booked for when, `undone` whether it was taken back.

    `zone` is where the trip is, `here` where the desk is: a scan's time is told as the clock at the counter showed it.
    """

    answer: Answer
    at: datetime
    counter: str
    zone: str
    what: str
    departs_at: datetime | None
    undone: bool
    here: str


@needs(Right.SCAN)
def last_scans(*, desk: Desk, most: int = MOST) -> tuple[Scanned, ...]:
    """The last scans of this counter on the operator's day."""
    since, until = span_of_today(desk)
    asked = {"counter": desk.actor.counter_id, "since": since, "until": until, "most": most}
    theirs = _LAST.where(may_be_seen(desk.actor))
    with desk.reading() as look:
        return tuple(scanned(row, desk.actor.counter, desk.zone) for row in look.execute(theirs, asked))


@needs(Right.SCAN)
def span_of_today(desk: Desk) -> tuple[datetime, datetime]:
    """When the operator's day begins and ends. Not up to now: a clock that was put back must hide no scan."""
    zone = ZoneInfo(desk.zone)
    day = desk.now().astimezone(zone).date()
    begins, ends = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def may_be_seen(actor: Actor) -> ColumnElement[bool]:
    """Which of `SCANS` whoever acts here is shown. A code that nobody knows belongs to no product."""
    if actor.role != Role.REDEEM:
        return true()
    own = _S.c.staff_id == actor.staff_id
    if actor.redeems is None:
        return own
    return and_(own, or_(_S.c.reservation_id.is_(None), _R.c.product_id.in_(actor.redeems)))


def scanned(row: Any, counter: str, zone: str) -> Scanned:
    """A row of `SCANS` as it was answered at that counter."""
    seen = row.reservation_id is not None and may_see(row.first_confirmed_at, row.channel, row.via)
    answer = Answer(
        row.kind, row.text, row.facts["message"], row.id, row.source, row.reservation_id,
        number_of(row.reservation_id) if row.reservation_id else "", row.reference or "", row.admitted,
        row.facts["arrived"], row.facts["party"], row.lead if seen else "", again=True,
        told=told_of(row.facts["told"]) if "told" in row.facts else None,
    )  # fmt: skip
    what = row.option or row.option_text or row.product or row.product_text or ""
    leaves = None if row.open_dated else row.departs_at
    return Scanned(answer, row.at, counter, row.zone or zone, what, leaves, row.undone_at is not None, zone)
