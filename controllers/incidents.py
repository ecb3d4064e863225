"""Lists what counters did against each other while one of them was alone, and does what a manager decides about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, select, tuple_, update

from controllers import refunds
from controllers.desk import Desk, Work
from controllers.naming import at_the_gate
from controllers.offline.settling import settle
from controllers.reservations import Done, confirm_row, may_overbook, say, take
from controllers.rights import needs
from models.frozen import frozen
from models.offline import RULINGS, Conflict, Ruling
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import may_see
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import GONE, Status, Verb
from models.rights import Right
from models.tables import Counter, Incident, Option, Product, Refund, Reservation, ScanRow, Staff

_I: Table = Incident.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]
PAGE = 50
Place = tuple[datetime, str]


@frozen
class Seen:
    """One admission as a counter made it."""

    at: datetime
    counter: str
    staff: str
    heads: int


@frozen
class IncidentRow:
    """One conflict in a list: who was let in where, against what, and how it was decided.

    `scan` is the admission that is one too many or should not have been, `other` the one that had come before.
    `traveler` is '' where the name may not be shown; `offered` are the rulings that can be made, none once decided.
    """

    id: str
    kind: Conflict
    scan: Seen
    other: Seen | None
    heads: int
    found_at: datetime
    reservation_id: int | None
    number: str
    traveler: str
    what: str
    departs_at: datetime | None
    zone: str
    status: Status | None
    party: int | None
    arrived: int
    offered: tuple[Ruling, ...]
    ruling: Ruling | None = None
    words: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def place(self) -> Place:
        """Where the next page goes on."""
        return self.scan.at, self.id


@needs(Right.LOOK)
def count_incidents(*, desk: Desk) -> int:
    """How many wait for a decision."""
    with desk.reading() as look:
        asked = select(func.count()).select_from(_I).where(_I.c.decided_at.is_(None))
        return int(look.execute(asked).scalar_one())


@needs(Right.INCIDENTS)
def see_incidents(
    *, desk: Desk, after: Place | None = None, decided: bool = False, most: int = PAGE
) -> tuple[IncidentRow, ...]:
    """Those that wait for a decision, or the decided ones; the newest scan first, `after` goes on below a row."""
    asked = _LISTED.where(_I.c.decided_at.is_not(None) if decided else _I.c.decided_at.is_(None))
    if after is not None:
        asked = asked.where(tuple_(_I.c.at, _I.c.id) < tuple_(*after))
    with desk.reading() as look:
        rows = look.execute(asked.order_by(_I.c.at.desc(), _I.c.id.desc()).limit(most)).all()
        return tuple(_row(row, desk.zone) for row in rows)


@needs(Right.INCIDENTS)
def decide_incident(incident_id: str, ruling: Ruling, *, desk: Desk, words: str = "") -> Done:
    """Does what somebody decided, and keeps who it was; `words` is the reason, or what is read at the gate.

    Raises CannotDo("incident-gone"), ("ruling-not-offered") and, for the ways that can be refused, their own reasons:
    confirming may ask for `words` as the reason for overbooking.
    """
    words = " ".join(words.split())[:200]
    with desk.work() as work:
        found, row = _open(work, incident_id)
        offered = _offered(found.kind, row.status if row is not None else None)
        if ruling not in offered:
            raise CannotDo("ruling-not-offered", offered=", ".join(offered))
        _DO[ruling](_Deciding(work, found, row, words))
        decided = {
            "decided_at": work.now,
            "decided_by": desk.actor.staff_id,
            "ruling": ruling,
            "words": words,
        }
        work.connection.execute(update(_I).where(_I.c.id == incident_id).values(**decided))
        about = f"reservation:{found.reservation_id}" if found.reservation_id else f"scan:{found.scan_id}"
        work.record(about, "decide-incident", kind=found.kind, ruling=ruling, scan=found.scan_id)
        work.changed.update(("incidents", "reservations", "scans"))
        if found.reservation_id is None:
            return Done(0, "", Status.CONFIRMED, {"ruling": str(ruling)})
        locked = at_the_gate(work, found.reservation_id)
        settle(work, locked)
        status = work.connection.execute(select(_R.c.status).where(_R.c.id == locked.id)).scalar_one()
        return Done(locked.id, number_of(locked.id), status, {"ruling": str(ruling)})


# --- what is done ---------------------------------------------------------------------------------


@frozen
class _Deciding:
    """One conflict under decision, with its locked reservation, None where the server has none."""

    work: Work
    found: Any
    row: Any
    words: str


def _keep(_deciding: _Deciding) -> None:
    """It stays as it is: whoever came in did, and the numbers stay as they are settled."""


def _take_back(deciding: _Deciding) -> None:
    """The admission was a slip: it counts for nobody any more, whatever the reservation's status is by now."""
    work, scan_id = deciding.work, deciding.found.scan_id
    did = work.connection.execute(select(_S.c.did).where(_S.c.id == scan_id)).scalar_one()
    work.connection.execute(
        update(_S)
        .where(_S.c.id == scan_id, _S.c.undone_at.is_(None))
        .values(undone_at=work.now, did={**did, "undo_reason": deciding.words})
    )


def _confirm(deciding: _Deciding) -> None:
    """The order is confirmed with its seats, and who is in already is counted; `words` overbook."""
    may_overbook(deciding.work.desk, deciding.words)
    confirm_row(deciding.work, deciding.row, Verb.CONFIRM, overbook=deciding.words)


def _no_refund(deciding: _Deciding) -> None:
    """They travelled: what we still owed them is struck, what has been paid back stays paid."""
    work, row = deciding.work, deciding.row
    owed = (Refund.reservation_id == row.id, Refund.state == MoneyState.DUE, Refund.collector == Collector.US)
    struck = work.connection.execute(select(func.count(), func.sum(Refund.amount_minor)).where(*owed)).one()
    work.connection.execute(delete(Refund).where(*owed))
    refunds.keep_payment_status(work, row.id)
    work.record(f"reservation:{row.id}", "no-refund", count=struck[0], amount=int(struck[1] or 0))
    work.changed.add("refunds")


def _warn(deciding: _Deciding) -> None:
    """A copied voucher: whoever comes with it next is let in only after its note was read."""
    work, row = deciding.work, deciding.row
    if not deciding.words:
        raise CannotDo("warning-missing")
    work.connection.execute(
        update(_R).where(_R.c.id == row.id).values(attention=deciding.words[:160], version=row.version + 1)
    )
    say(work, row.id, "note", deciding.words)
    work.record(f"reservation:{row.id}", "attention", there=True)


_DO = {
    Ruling.KEEP: _keep,
    Ruling.TAKE_BACK: _take_back,
    Ruling.COUNT: _keep,  # that it counts is in the ruling itself: settling reads it there
    Ruling.CONFIRM: _confirm,
    Ruling.NO_REFUND: _no_refund,
    Ruling.WARN: _warn,
}


def _open(work: Work, incident_id: str) -> tuple[Any, Any]:
    """The conflict and its reservation, which is locked first, as whoever hands over locks it."""
    asked = select(_I).where(_I.c.id == incident_id)
    found = work.connection.execute(asked).first()
    if found is None:
        raise CannotDo("incident-gone")
    row = take(work, found.reservation_id) if found.reservation_id is not None else None
    found = work.connection.execute(asked.with_for_update()).first()
    if found is None or found.decided_at is not None:
        raise CannotDo("incident-gone")
    return found, row


def _offered(kind: Conflict, status: Status | None) -> tuple[Ruling, ...]:
    """What can be decided, as the reservation stands now."""
    not_now = set()
    if status not in (Status.UNCONFIRMED, Status.PENDING):
        not_now.add(Ruling.CONFIRM)
    if status in GONE:
        not_now |= {Ruling.WARN, Ruling.COUNT}
    if status not in GONE:
        not_now.add(Ruling.NO_REFUND)
    return tuple(one for one in RULINGS[kind] if one not in not_now)


# --- reading --------------------------------------------------------------------------------------

_OTHER, _OTHER_COUNTER, _OTHER_STAFF = (kind.__table__.alias() for kind in (ScanRow, Counter, Staff))
_DECIDER = Staff.__table__.alias()
_SCAN_COLUMNS = (
    _S.c.at.label("scan_at"),
    _S.c.admitted,
    Counter.name.label("counter"),
    Staff.name.label("staff"),
    _OTHER.c.at.label("other_at"),
    _OTHER.c.admitted.label("other_admitted"),
    _OTHER_COUNTER.c.name.label("other_counter"),
    _OTHER_STAFF.c.name.label("other_staff"),
)
_ABOUT = tuple(
    _R.c[name]
    for name in (
        "lead first_confirmed_at channel via departs_at zone open_dated option_text product_text status party "
        "arrived_heads"
    ).split()
)
_LISTED = (
    select(
        _I,
        *_SCAN_COLUMNS,
        *_ABOUT,
        Product.name.label("product"),
        Option.name.label("option"),
        _DECIDER.c.name.label("decider"),
    )
    .select_from(_I)
    .join(_S, _S.c.id == _I.c.scan_id)
    .join(Counter, Counter.id == _S.c.counter_id)
    .outerjoin(Staff, Staff.id == _S.c.staff_id)
    .outerjoin(_OTHER, _OTHER.c.id == _I.c.other_scan)
    .outerjoin(_OTHER_COUNTER, _OTHER_COUNTER.c.id == _OTHER.c.counter_id)
    .outerjoin(_OTHER_STAFF, _OTHER_STAFF.c.id == _OTHER.c.staff_id)
    .outerjoin(_R, _R.c.id == _I.c.reservation_id)
    .outerjoin(Product, Product.id == _R.c.product_id)
    .outerjoin(Option, Option.id == _R.c.option_id)
    .outerjoin(_DECIDER, _DECIDER.c.id == _I.c.decided_by)
)


def _row(row: Any, zone: str) -> IncidentRow:
    known = row.reservation_id is not None
    seen = known and may_see(row.first_confirmed_at, row.channel, row.via)
    other = None
    if row.other_at is not None:
        other = Seen(row.other_at, row.other_counter, row.other_staff or "", row.other_admitted)
    return IncidentRow(
        id=row.id,
        kind=row.kind,
        scan=Seen(row.scan_at, row.counter, row.staff or "", row.admitted),
        other=other,
        heads=row.heads,
        found_at=row.found_at,
        reservation_id=row.reservation_id,
        number=number_of(row.reservation_id) if known else "",
        traveler=row.lead if seen else "",
        what=(row.option or row.option_text or row.product or row.product_text or "") if known else "",
        departs_at=None if not known or row.open_dated else row.departs_at,
        zone=row.zone or zone,
        status=row.status,
        party=row.party,
        arrived=row.arrived_heads or 0,
        offered=() if row.decided_at else _offered(row.kind, row.status),
        ruling=Ruling(row.ruling) if row.ruling else None,
        words=row.words,
        decided_at=row.decided_at,
        decided_by=row.decider or "",
    )
