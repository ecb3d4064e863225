"""Takes an arrival or a redemption back when it was a slip: heads, uses, and the letter that waits.

What was let in together goes out together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, select, update

from controllers import gate, letters
from controllers.answers import Answer
from controllers.checkin import Asked, judge
from controllers.desk import Desk, Work
from controllers.naming import at_the_gate
from controllers.offline import settling
from controllers.reservations import Done
from controllers.rights import needs
from models import arrivals
from models.comment import NotAsked
from models.deeds import Standing, why_not
from models.outbox import Letter
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.rights import Right
from models.tables import Reservation, ScanRow
from models.to_do import REDEEM, without

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]


@needs(Right.ORDERS)
def undo(scan_id: str, *, desk: Desk, reason: str = "") -> Done:
    """Takes one arrival back: heads, uses, a redemption it caused and the letter that still waits.

    The answer's facts tell how many `heads` of how many `numbers` are out again.
    Raises CannotDo("letter-has-left") and CannotDo("undo-window-over") unless a manager gives a reason.
    """
    with desk.work() as work:
        first = _undo_scan(work, scan_id, reason.strip())
        others = [_undo_scan(work, one, reason.strip()) for one in _let_in_with(work, scan_id)]
        heads = sum(done.facts["heads"] for done in (first, *others))
        return replace(first, facts={"heads": heads, "numbers": 1 + len(others)})


@needs(Right.SCAN)
def let_in_only(scan_id: str, heads: int, *, desk: Desk, new_id: str = "") -> Answer:
    """Fewer came than a scan has let in: it is taken back, and so many are let in instead, as a scan of its own."""
    with desk.work() as work:
        _row, before = _held(work, scan_id)
        again_asked = work.connection.execute(select(_S.c.id).where(_S.c.id == new_id)).first()
        if before is None or (before.undone_at is not None and again_asked is None):
            raise CannotDo("nothing-to-undo", number=scan_id)
        if before.undone_at is None:
            _undo_scan(work, scan_id, "")
        again = Asked(
            before.text, new_id, before.source, heads, before.forced, read=True, chosen=before.reservation_id
        )
        return judge(work, again)


def _let_in_with(work: Work, scan_id: str) -> list[str]:
    """The scans that let in others of the same purchase in the same step, and still count."""
    did = work.connection.execute(select(_S.c.did).where(_S.c.id == scan_id)).scalar_one()
    others = [one for one in did.get("together", []) if one != scan_id]
    counted = select(_S.c.id).where(_S.c.id.in_(others), _S.c.undone_at.is_(None), _S.c.admitted > 0)
    return list(work.connection.execute(counted.order_by(_S.c.id)).scalars())


@needs(Right.SCAN)
def undo_last(reservation_id: int, *, desk: Desk, reason: str = "") -> Done:
    """Takes back the last thing that happened at the gate: the redemption, or else the last arrival."""
    with desk.work() as work:
        row = at_the_gate(work, reservation_id)
        if row.status is Status.REDEEMED:
            if row.redeemed_by_scan:
                return _undo_scan(work, row.redeemed_by_scan, reason.strip())
            _may_undo(work, row, reason.strip())
            return _unredeem(work, row, {})
        last = work.connection.execute(gate.LAST_SCAN, {"id": reservation_id}).scalar()
        if last is not None and row.arrived_heads:
            return _undo_scan(work, last, reason.strip())
        if row.status is Status.CONFIRMED:
            raise CannotDo("nothing-to-undo", number=number_of(row.id))
        raise AssertionError(move(row.status, Verb.UNDO, number=number_of(row.id)))


def last_scan(look: Connection, reservation_id: int) -> str:
    """The scan that `undo_last` would take back, '' where it is none."""
    redeemed = look.execute(select(_R.c.redeemed_by_scan).where(_R.c.id == reservation_id)).scalar()
    return redeemed or look.execute(gate.LAST_SCAN, {"id": reservation_id}).scalar() or ""


def _undo_scan(work: Work, scan_id: str, reason: str) -> Done:
    row, scanned = _held(work, scan_id)
    if row is None or not scanned.admitted or scanned.undone_at is not None:
        raise CannotDo("nothing-to-undo", number=scan_id)
    if row.status not in (Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.REDEEMED):
        raise AssertionError(move(row.status, Verb.UNDO, number=number_of(row.id)))
    if row.status is Status.REDEEMED:
        _may_undo(work, row, reason)
    for number, heads, _spent in scanned.did["tickets"]:
        work.connection.execute(gate.GIVE_BACK, {"ticket": number, "gone": heads})
    work.connection.execute(
        update(_S)
        .where(_S.c.id == scan_id)
        .values(undone_at=work.now, did={**scanned.did, "undo_reason": reason[:200]})
    )
    arrived = _arrivals(work, row.id)
    after = _missing_again(work, row, scanned)
    if row.status is Status.REDEEMED:
        done = _unredeem(work, row, arrived, after)
    else:
        done = _back_to(work, row, after or row.status, arrived)
    told = {"heads": scanned.admitted, "scan": scan_id, "by_manager": bool(reason)}
    work.record(f"reservation:{row.id}", "undo-arrival", **told, **({"after": after} if after else {}))
    if settling.is_mixed(work, row.id):  # another counter's scan may count in its place
        settling.settle(work, at_the_gate(work, row.id))
    return replace(done, facts={"heads": scanned.admitted, "numbers": 1})


def _held(work: Work, scan_id: str) -> tuple[Any, Any]:
    """A scan and its reservation, which is locked first, as whoever hands scans over locks it; None for neither."""
    asked = select(_S).where(_S.c.id == scan_id)
    of = work.connection.execute(asked.with_only_columns(_S.c.reservation_id)).scalar()
    row = at_the_gate(work, of) if of is not None else None
    return row, work.connection.execute(asked.with_for_update()).first()


def _arrivals(work: Work, reservation_id: int) -> dict[str, Any]:
    """Who is in by the scans that still count, as if the undone ones had never been."""
    arrived, arrived_at = 0, None
    for scan in work.connection.execute(gate.ARRIVALS, {"id": reservation_id}):
        most = arrivals.belonged(scan.did, scan.admitted)
        arrived, arrived_at = arrivals.in_now(most, arrived, scan.admitted), scan.at
    return {"arrived_heads": arrived, "arrived_at": arrived_at}


def _missing_again(work: Work, row: Any, scanned: Any) -> Status | None:
    """NO_SHOW, where a scan that is taken back had returned a no-show and nobody else of them is in.

    Who is still in keeps them returned: then the first scan that counts does. A cancellation they have asked for
    since stays asked for.
    """
    if not scanned.did.get("returned") or row.status is Status.CANCEL_REQUESTED:
        return None
    still = work.connection.execute(gate.ARRIVALS, {"id": row.id}).first()
    if still is None:
        return move(Status.CONFIRMED, Verb.NO_SHOW, number=number_of(row.id)).after
    work.connection.execute(update(_S).where(_S.c.id == still.id).values(did={**still.did, "returned": True}))
    return None


def _may_undo(work: Work, row: Any, reason: str) -> None:
    """The rule for taking a redemption back: in time and unseen, or by a manager with a reason."""
    role = work.desk.actor.role if reason else ""
    left = letters.has_left(work, row.id, Letter.COMMENT)
    at = Standing(redeemed_at=row.redeemed_at, comment_left=left)
    code = why_not(row.status, Verb.UNDO, at, work.now, role)
    if code:
        raise CannotDo(code, number=number_of(row.id))


def _unredeem(work: Work, row: Any, arrived: dict[str, Any], after: Status | None = None) -> Done:
    moved = move(row.status, Verb.UNDO, number=number_of(row.id))
    letters.drop(work, row.id, Letter.COMMENT, NotAsked.NOT_REDEEMED)
    work.record(f"reservation:{row.id}", moved.verb, before=moved.before, after=moved.after)
    left = without(row.to_do, (REDEEM,))
    undone = {"redeemed_at": None, "redeemed_by_scan": "", "to_do": left}
    return _back_to(work, row, after or moved.after, {**arrived, **undone})


def _back_to(work: Work, row: Any, status: Status, values: dict[str, Any]) -> Done:
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(status=status, status_at=work.now, version=row.version + 1, **values)
    )
    work.changed.update(("reservations", "scans"))
    return Done(row.id, number_of(row.id), status)
