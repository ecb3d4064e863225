"""Brings a reservation to what all its scans add up to, from every counter, and lists what went against what.

The rule is `models.offline.settle`; here its facts are gathered and its answer is written, in a transaction that is
under way and has the reservation locked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from controllers import gate, letters
from controllers.admitting import promise_comment_letter, window_of
from controllers.desk import Work
from controllers.reservations import to_do_at_channel
from models import offline
from models.arrivals import belonged
from models.comment import NotAsked
from models.frozen import frozen
from models.offline import COUNTING, Admitted, Clash, Conflict, Settled, incident_id
from models.outbox import Letter
from models.products import RedeemWhen
from models.reservations import Status, Verb, move
from models.tables import HandedOver, Incident, Reservation, ScanRow, Ticket
from models.to_do import REDEEM, without

_S: Table = ScanRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_T: Table = Ticket.__table__  # type: ignore[assignment]
_H: Table = HandedOver.__table__  # type: ignore[assignment]
_I: Table = Incident.__table__  # type: ignore[assignment]

_STANDS = frozenset((Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.NO_SHOW, Status.REDEEMED))
_COUNTED = (
    select(_S.c.id, _S.c.at, _S.c.admitted, _S.c.did, _H.c.against)
    .select_from(_S.outerjoin(_H, _H.c.scan_id == _S.c.id))
    .where(_S.c.reservation_id == bindparam("id"), _S.c.admitted > 0, _S.c.undone_at.is_(None))
)
_KEPT = select(_I).where(_I.c.reservation_id == bindparam("id"))
_SET_TICKET = (
    update(_T)
    .where(_T.c.number == bindparam("ticket"))
    .values(uses_left=bindparam("left"), arrived_heads=bindparam("arrived"))
)
_SET_DID = (
    update(_S).where(_S.c.id == bindparam("scan")).values(did=bindparam("new_did", type_=_S.c.did.type))
)


@frozen
class _Scans:
    """The scans of a reservation that let somebody in, and what was listed about them before."""

    rows: dict[str, Any]
    kept: dict[str, Any]

    def admitted(self) -> list[Admitted]:
        """As the rule wants them."""
        ruled = {i.scan_id for i in self.kept.values() if i.ruling in COUNTING}
        return [_admitted(row, row.id in ruled) for row in self.rows.values()]


def is_mixed(work: Work, reservation_id: int) -> bool:
    """Whether scans of several counters that did not know of each other stand at a reservation."""
    asked = select(_H.c.scan_id).join(_S, _S.c.id == _H.c.scan_id)
    return (
        work.connection.execute(asked.where(_S.c.reservation_id == reservation_id).limit(1)).first()
        is not None
    )


def settle(work: Work, row: Any) -> tuple[Clash, ...]:
    """Writes how it stands after all scans; `row` is the locked reservation. The conflicts that there are."""
    told = {"id": row.id}
    kept = {one.id: one for one in work.connection.execute(_KEPT, told)}
    scans = _Scans({one.id: one for one in work.connection.execute(_COUNTED, told)}, kept)
    valid = list(work.connection.execute(gate.VALID_TICKETS, told)) if row.status in _STANDS else []
    tickets = [offline.Ticket(t.number, t.heads, t.uses) for t in valid]
    found = offline.settle(tickets, scans.admitted())
    clashes = found.clashes
    if tickets:
        _write_tickets(work, valid, found)
        _write_scans(work, scans, found)
        _stamp(work, row, found, scans)
    else:  # no ticket counts: nobody can have been let in twice on one
        clashes = tuple(one for one in clashes if one.kind is not Conflict.TWICE)
    list_conflicts(work, row.id, clashes, scans.rows, kept)
    work.changed.update(("reservations", "scans"))
    return clashes


def _admitted(row: Any, ruled: bool) -> Admitted:
    heads = row.did.get("wanted", sum(heads for _, heads, _ in row.did.get("tickets", ())))
    against = Conflict(row.against) if row.against else None
    most = belonged(row.did, row.admitted)
    return Admitted(row.id, row.at, heads, row.admitted, most, row.did.get("ticket"), against, ruled)


def _write_tickets(work: Work, valid: list[Any], found: Settled) -> None:
    for t in valid:
        left, arrived = found.left[t.number]
        if (t.uses_left, t.arrived_heads) != (left, arrived):
            work.connection.execute(_SET_TICKET, {"ticket": t.number, "left": left, "arrived": arrived})


def _write_scans(work: Work, scans: _Scans, found: Settled) -> None:
    """Each scan keeps what it has of the tickets, so that it gives that back and no more when it is undone."""
    for scan_id, taken in found.taken.items():
        did = scans.rows[scan_id].did
        has = [[t.ticket, t.heads, t.spends] for t in taken]
        if did.get("tickets") != has:
            wanted = did.get("wanted", sum(heads for _, heads, _ in did.get("tickets", ())))
            _set_did(work, scan_id, {**did, "tickets": has, "wanted": wanted})


def _set_did(work: Work, scan_id: str, did: dict[str, Any]) -> None:
    work.connection.execute(_SET_DID, {"scan": scan_id, "new_did": did})


def _stamp(work: Work, row: Any, found: Settled, scans: _Scans) -> None:
    """Arrival, no-show that came after all, and redemption: as the scans say."""
    values: dict[str, Any] = {"arrived_heads": found.arrived, "arrived_at": found.arrived_at}
    status = row.status
    if status is Status.NO_SHOW and found.arrived:
        status = _step(work, row.id, status, Verb.RETURN)
        first = min((s for s, taken in found.taken.items() if taken), key=lambda s: (scans.rows[s].at, s))
        did = work.connection.execute(select(_S.c.did).where(_S.c.id == first)).scalar_one()
        _set_did(work, first, {**did, "returned": True})
    spent = _spent_by(row, found, scans)
    if status is Status.REDEEMED and row.redeemed_by_scan and not spent:
        status = _step(work, row.id, status, Verb.UNDO)
        letters.drop(work, row.id, Letter.COMMENT, NotAsked.NOT_REDEEMED)
        values |= {"redeemed_at": None, "redeemed_by_scan": "", "to_do": without(row.to_do, (REDEEM,))}
    elif spent and (status is Status.CONFIRMED or row.redeemed_by_scan):
        values |= {"redeemed_by_scan": spent, "redeemed_at": scans.rows[spent].at}
        if status is Status.CONFIRMED:
            status = _step(work, row.id, status, Verb.REDEEM)
            values["to_do"] = to_do_at_channel(row, REDEEM)
            promise_comment_letter(work, row)
    _keep(work, row, status, values)


def _keep(work: Work, row: Any, status: Status, values: dict[str, Any]) -> None:
    values |= {"status": status}
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    if status is not row.status:
        values["status_at"] = work.now
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values, version=row.version + 1))


def _step(work: Work, reservation_id: int, status: Status, verb: Verb) -> Status:
    moved = move(status, verb)
    work.record(f"reservation:{reservation_id}", moved.verb, before=moved.before, after=moved.after)
    return moved.after


def _spent_by(row: Any, found: Settled, scans: _Scans) -> str:
    """The scan that redeems a product which is redeemed on arrival, '' for none."""
    if row.redeem is not RedeemWhen.ON_ARRIVAL or not found.spent_by:
        return ""
    opens_at = window_of(row).opens_at
    return found.spent_by if opens_at is None or scans.rows[found.spent_by].at >= opens_at else ""


# --- conflicts ------------------------------------------------------------------------------------


def list_conflicts(
    work: Work,
    reservation_id: int | None,
    clashes: tuple[Clash, ...],
    scans: dict[str, Any],
    kept: dict[str, Any],
) -> None:
    """Each conflict has one row; one that is none any more, and that nobody has decided, is taken off the list."""
    now = {incident_id(one.kind, one.scan_id): one for one in clashes}
    for number, one in now.items():
        told = {"other_scan": one.other, "heads": one.heads}
        before = kept.get(number)
        if before is None:
            work.connection.execute(
                insert(_I), _row(number, one, reservation_id, scans[one.scan_id], work.now) | told
            )
        elif before.decided_at is None and (before.other_scan, before.heads) != (one.other, one.heads):
            work.connection.execute(update(_I).where(_I.c.id == number).values(**told))
    gone = [number for number, one in kept.items() if number not in now and one.decided_at is None]
    if gone:
        work.connection.execute(delete(_I).where(_I.c.id.in_(gone)))
    if now.keys() - kept.keys() or gone:
        work.changed.add("incidents")


def _row(number: str, one: Clash, reservation_id: int | None, scan: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "kind": one.kind,
        "at": scan.at,
        "found_at": now,
        "scan_id": one.scan_id,
        "reservation_id": reservation_id,
        "ticket": scan.did.get("ticket"),
        "facts": {},
    }
