"""Does once a night what nobody waits for: looks the journal over, and forgets travelers whose time has come.

Whichever desk runs first after the operator's night hour begins, and any desk may go on where another stopped: how
far the night has come stands in the database. It goes in parts: each is looked up where only is read and then
kept in a short transaction, so that a guest at the gate never waits for it. Once a week the whole journal is
walked, on the other nights what was written since.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, insert, or_, select, update

from controllers import erasing
from controllers.desk import Desk, Work
from controllers.journal import keep_break
from controllers.retention import next_scans, next_travelers, still_due
from controllers.rights import needs
from models.chains import Break, Walk
from models.erasing import RETENTION
from models.frozen import frozen
from models.rights import Right
from models.tables import Counter, JournalEntry, JournalMark, Night, Operator, ScanRow

_C: Table = Counter.__table__  # type: ignore[assignment]
_N: Table = Night.__table__  # type: ignore[assignment]
_M: Table = JournalMark.__table__  # type: ignore[assignment]
_J: Table = JournalEntry.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]
ENTRIES_AT_ONCE = 2_000
WHOLE_EVERY = timedelta(days=7)


@frozen
class Begin:
    """A night that nobody has begun yet."""

    night: date
    whole: bool


@frozen
class Walked:
    """Some entries of one counter's chain that were looked at, from where to where, and what was wrong."""

    night: date
    counter_id: int
    known: tuple[int, str] | None  # the mark as it stood, None for a counter nobody has looked at
    seq: int
    head: str
    entries: int
    breaks: tuple[Break, ...]
    over: bool


@frozen
class Checked:
    """Every chain was walked."""

    night: date


@frozen
class Forget:
    """Orders whose travelers are forgotten now, and the place up to which was looked."""

    night: date
    reservation_ids: tuple[int, ...]
    before: int
    place: int
    scans: tuple[str, ...] = ()


@frozen
class Done:
    """Nothing of the night is left."""

    night: date


Part = Begin | Walked | Checked | Forget | Done


def night_of(now: datetime, zone: str, hour: int) -> date:
    """The night that is due: it begins at its hour of the operator's day, and lasts until the next one does."""
    return (now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(hours=hour)).date()


@needs(Right.OWN)
def next_part(*, desk: Desk) -> Part | None:
    """What of this night is to be kept next; None when all of it is done. Nothing is written."""
    with desk.reading() as look:
        office = look.execute(select(Operator.zone, Operator.night_hour, Operator.retention_days)).one()
        night = night_of(desk.now(), office.zone, office.night_hour)
        row = look.execute(select(_N).where(_N.c.night == night)).first()
        if row is None:
            return Begin(night, _is_whole(look, night))
        if row.done_at is not None:
            return None
        if row.checked_at is None:
            return _walk_on(look, row)
        return _forget_on(look, row, office.retention_days, desk.now())


@needs(Right.OWN)
def keep_part(part: Part, *, desk: Desk) -> None:
    """Keeps a part. What another desk has kept meanwhile stays as it is."""
    with desk.work(by_clock=True) as work:
        if isinstance(part, Begin):
            _begin(work, part)
        elif isinstance(part, Walked):
            _keep_walk(work, part)
        elif isinstance(part, Forget):
            _keep_forgotten(work, part)
        else:
            column = "checked_at" if isinstance(part, Checked) else "done_at"
            _change(work, part.night, {column: work.now})


# --- the journal ------------------------------------------------------------------------------


def _is_whole(look: Connection, night: date) -> bool:
    last = look.execute(select(func.max(_N.c.night)).where(_N.c.whole, _N.c.checked_at.is_not(None))).scalar()
    return last is None or night - last >= WHOLE_EVERY


def _walk_on(look: Connection, night: Any) -> Walked | Checked:
    """The next entries of the first counter that was not walked to its end tonight."""
    asked = (
        select(_C.c.id, _C.c.journal_seq, _C.c.journal_hash, _M.c.seq, _M.c.head, _M.c.began)
        .outerjoin(_M, _M.c.counter_id == _C.c.id)
        .where(or_(_M.c.ended.is_(None), _M.c.ended != night.night))
        .order_by(_C.c.id)
        .limit(1)
    )
    counter = look.execute(asked).first()
    if counter is None:
        return Checked(night.night)
    known = None if counter.seq is None else (counter.seq, counter.head)
    anew = night.whole and counter.began != night.night
    walk = Walk(counter.id) if known is None or anew else Walk(counter.id, *known)
    entries = (
        select(_J)
        .where(_J.c.counter_id == counter.id, _J.c.seq > walk.seq)
        .order_by(_J.c.seq)
        .limit(ENTRIES_AT_ONCE)
    )
    rows = look.execute(entries).all()
    walk.over(rows)
    over = len(rows) < ENTRIES_AT_ONCE
    if over:
        walk.to_end(counter.journal_seq, counter.journal_hash)
    told = (walk.seq, walk.head, walk.entries, tuple(walk.breaks), over)
    return Walked(night.night, counter.id, known, *told)


def _begin(work: Work, part: Begin) -> None:
    if work.connection.execute(select(_N.c.night).where(_N.c.night == part.night)).first() is None:
        work.connection.execute(insert(_N), {"night": part.night, "whole": part.whole, "began_at": work.now})


def _keep_walk(work: Work, part: Walked) -> None:
    values = {"seq": part.seq, "head": part.head, "began": part.night}
    if part.over:
        values["ended"] = part.night
    if part.known is None:
        there = select(_M.c.counter_id).where(_M.c.counter_id == part.counter_id)
        if work.connection.execute(there).first() is not None:
            return
        work.connection.execute(insert(_M), {"counter_id": part.counter_id, **values})
    else:
        of_it = (_M.c.counter_id == part.counter_id, _M.c.seq == part.known[0], _M.c.head == part.known[1])
        if not work.connection.execute(update(_M).where(*of_it).values(**values)).rowcount:
            return
    _change(work, part.night, {"entries": _N.c.entries + part.entries})
    for found in part.breaks:
        keep_break(work, part.counter_id, found)


# --- travelers whose time has come --------------------------------------------------------------


def _forget_on(look: Connection, night: Any, days: int | None, now: datetime) -> Forget | Done:
    if days is None:
        return Done(night.night)
    found = next_travelers(look, night.place, days, now)
    if found is not None:
        return Forget(night.night, found.due, night.place, found.place)
    scans = next_scans(look, days, now)
    if scans:
        return Forget(night.night, (), night.place, night.place, scans)
    return Done(night.night)


def _keep_forgotten(work: Work, part: Forget) -> None:
    if part.scans and work.connection.execute(select(Operator.retention_days)).scalar_one() is not None:
        work.connection.execute(update(_S).where(_S.c.id.in_(part.scans)).values(text=""))
    if part.scans:
        return
    of_it = update(_N).where(_N.c.night == part.night, _N.c.place == part.before)
    due = still_due(work.connection, part.reservation_ids, work.now)  # somebody may have changed it meanwhile
    values = {"place": part.place, "erased": _N.c.erased + len(due)}
    if work.connection.execute(of_it.values(**values)).rowcount and due:
        erasing.erase(work, due, RETENTION)


def _change(work: Work, night: date, values: dict[str, Any]) -> None:
    work.connection.execute(update(_N).where(_N.c.night == night).values(**values))
