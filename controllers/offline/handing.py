"""Hands over what was scanned and taken back without the server: each once, in the order of the counter's own time.

A scan keeps its own time, counter, person and id; the journal of the counter tells both times. A few go in one
transaction, and only then the replica notes that the server has them: whoever stops in between begins there again,
and the server knows them already. It is nobody's deed: whoever scanned was judged by their rights then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert, select, text, update

from controllers import gate
from controllers.admitting import window_of
from controllers.desk import Desk, Work
from controllers.offline.settling import list_conflicts, settle
from models import journal
from models.checkin import facts_of, verdict
from models.frozen import frozen
from models.offline import Clash, Conflict, objection
from models.rights import Role
from models.tables import Counter, HandedOver, Incident, Reservation, ScanRow, Staff, Ticket
from models.tickets import TicketState

if TYPE_CHECKING:
    from controllers.offline.replica import Replica

AT_ONCE = 20
"""Scans in one transaction: the other counters wait for no more than these."""
PATIENCE_S = 20.0
"""So long the server may take for them; it may have to wait for another counter that hands over."""

_S: Table = ScanRow.__table__  # type: ignore[assignment]
_H: Table = HandedOver.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_I: Table = Incident.__table__  # type: ignore[assignment]
_T: Table = Ticket.__table__  # type: ignore[assignment]
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7203)")


@frozen
class Handed:
    """What came of it: how many the server took, how many it knew already, and how many conflicts it found."""

    taken: int = 0
    known: int = 0
    conflicts: int = 0

    def __add__(self, other: Handed) -> Handed:
        return Handed(self.taken + other.taken, self.known + other.known, self.conflicts + other.conflicts)


def hand_over(replica: Replica, server: Desk, *, most: int = 0) -> Handed:
    """Brings what waits in the replica to the server, `most` of it or all.

    Raises CannotDo("replica-of-another") where the server is not the one it was made from. Whatever the server
    does not answer leaves the rest waiting.
    """
    done = Handed()
    for some in _batches(replica.waiting(most)):
        done += _hand(replica, some, server)
        replica.has_handed(some)
    return done


def _batches(waiting: Sequence[Any]) -> Iterator[list[Any]]:
    """A few of one person at one counter at a time, in their order."""
    for _, of_one in groupby(waiting, key=lambda scan: (scan.counter_id, scan.staff_id)):
        scans = list(of_one)
        for first in range(0, len(scans), AT_ONCE):
            yield scans[first : first + AT_ONCE]


def _hand(replica: Replica, scans: Sequence[Any], server: Desk) -> Handed:
    done = Handed()
    with server.database.within(PATIENCE_S), as_done_by(scans[0], server).work() as work:
        replica.prove(work.connection, server.database.where)
        if not server.database.is_sqlite:
            work.connection.execute(_ONE_AT_A_TIME)
        _lock(work, scans)
        people = set(work.connection.execute(select(Staff.id)).scalars())
        for scan in scans:
            done += _one(work, scan, people)
    return done


def as_done_by(scan: Any, server: Desk) -> Desk:
    """The server's desk as whoever acted, at the counter where it was; the program brings it."""
    with server.reading() as look:
        known = look.execute(select(Counter.name).where(Counter.id == scan.counter_id)).scalar()
    if known is None:  # the server was put back to a day before this counter
        at = server.actor.counter_id, server.actor.counter
    else:
        at = scan.counter_id, str(known)
    actor = replace(
        server.actor, staff_id=scan.staff_id or 0, role=Role.PROGRAM.value, counter_id=at[0], counter=at[1]
    )
    return Desk(server.database, actor, server.practice, server.clock, server.listeners, own=server.own)


def _lock(work: Work, scans: Sequence[Any]) -> None:
    """Every reservation they are about, in one order everywhere."""
    numbers = {scan.reservation_id for scan in scans if scan.reservation_id is not None}
    asked = select(_R.c.id).where(_R.c.id.in_(numbers)).order_by(_R.c.id)
    work.connection.execute(asked.with_for_update(key_share=True)).all()


# --- one scan -------------------------------------------------------------------------------------


def _one(work: Work, scan: Any, people: set[int]) -> Handed:
    known = work.connection.execute(select(_S).where(_S.c.id == scan.id).with_for_update()).first()
    if known is not None and _agrees(known, scan):
        return Handed(known=1)
    row = None
    if scan.reservation_id is not None:
        row = work.connection.execute(gate.AT_THE_GATE, {"id": scan.reservation_id}).first()
    lost = scan.reservation_id is not None and row is None
    against = _against(work, row, scan, lost=lost)
    _keep(work, scan, known, people, lost=lost, against=against)
    clashes: tuple[Clash, ...] = ()
    if lost:
        clashes = _list_unknown(work, scan)
    elif row is not None and (scan.admitted or (known is not None and known.admitted)):
        clashes = settle(work, row)
    _tell(work, scan, known, against)
    return Handed(taken=1, conflicts=sum(one.scan_id == scan.id for one in clashes))


def _list_unknown(work: Work, scan: Any) -> tuple[Clash, ...]:
    """Whom the server does not know was let in; it is off the list again where it was taken back."""
    counts = scan.admitted and scan.undone_at is None
    clashes = (Clash(Conflict.UNKNOWN, scan.id, scan.admitted),) if counts else ()
    kept = {one.id: one for one in work.connection.execute(select(_I).where(_I.c.scan_id == scan.id))}
    list_conflicts(work, None, clashes, {scan.id: scan}, kept)
    return clashes


def _agrees(known: Any, scan: Any) -> bool:
    """Whether the server has it as the counter answered it: by an answer that came too late, or from before."""
    same = known.admitted == scan.admitted
    return same and (scan.undone_at is None or known.undone_at is not None)


def _against(work: Work, row: Any, scan: Any, *, lost: bool) -> str:
    """What the server has to say against somebody who is in already; judged once, when it hears of it."""
    if not scan.admitted or scan.undone_at is not None:
        return ""
    if lost:
        return Conflict.UNKNOWN
    asked = select(_T.c.number, _T.c.heads, _T.c.uses_left, _T.c.arrived_heads, _T.c.uses, _T.c.state)
    all_tickets = list(work.connection.execute(asked.where(_T.c.reservation_id == row.id)))
    ticket = scan.did.get("ticket")
    valid = [t for t in all_tickets if t.state is TicketState.VALID]
    facts = facts_of(
        row.status,
        [t for t in valid if ticket in (None, t.number)],
        window_of(row),
        balance_minor=row.balance_minor,
        replaced=ticket is not None and ticket not in {t.number for t in valid},
    )
    found = objection(verdict(facts, scan.at, forced=bool(scan.forced)).kind)
    return found or ""


def _keep(work: Work, scan: Any, known: Any, people: set[int], *, lost: bool, against: str) -> None:
    """The scan as the counter made it, also where the server had answered otherwise and too late."""
    values = {column.name: getattr(scan, column.name) for column in _S.columns}
    values["counter_id"] = work.desk.actor.counter_id
    values["staff_id"] = scan.staff_id if scan.staff_id in people else None
    if lost:
        values["reservation_id"] = None
    told = {"at": work.now, "undone": scan.undone_at is not None}
    if known is None:
        work.connection.execute(insert(_S), values)
        work.connection.execute(insert(_H), {"scan_id": scan.id, "against": against, **told})
        return
    if known.admitted == scan.admitted:  # only taken back since: what the server made of it stays
        did = {**known.did, "undo_reason": scan.did.get("undo_reason", "")}
        values = {"undone_at": scan.undone_at, "did": did}
    work.connection.execute(update(_S).where(_S.c.id == scan.id).values(**values))
    if not work.connection.execute(update(_H).where(_H.c.scan_id == scan.id).values(**told)).rowcount:
        work.connection.execute(insert(_H), {"scan_id": scan.id, "against": against, **told})


def _tell(work: Work, scan: Any, known: Any, against: str) -> None:
    """One entry for each: what it was, and when it was."""
    about = f"reservation:{scan.reservation_id}" if scan.reservation_id is not None else f"scan:{scan.id}"
    details: dict[str, Any] = {
        "scan": scan.id,
        "scanned_at": journal.canonical_time(scan.at),
        "kind": scan.kind,
    }
    details |= {"heads": scan.admitted}
    if scan.undone_at is not None:
        details["undone_at"] = journal.canonical_time(scan.undone_at)
    if against:
        details["against"] = str(against)
    if known is not None:
        details["late"] = True
    work.record(about, "hand-over", **details)
    work.changed.add("scans")
