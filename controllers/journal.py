"""Walks the journal's chains and says where one was changed, cut or mended."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from controllers.desk import Desk, Work
from controllers.rights import needs
from models.chains import Break, Walk, Wrong
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Counter, JournalBreak, JournalEntry

_B: Table = JournalBreak.__table__  # type: ignore[assignment]
_LAST = 1000


@frozen
class Chain:
    """One counter's chain: `broken_at` is the first entry that does not agree, None for a whole one."""

    counter: str
    entries: int
    broken_at: int | None


@needs(Right.JOURNAL)
def verify(*, desk: Desk) -> list[Chain]:
    """Every counter's chain, from its first entry to the head the counter remembers.

    What does not hold is kept as the night keeps it: the dashboard shows it until a manager has looked into it.
    """
    with desk.reading() as look:
        walks = _walks(look)
    broken = [(counter.id, found) for counter, walk in walks for found in walk.breaks]
    if broken:
        with suppress(CannotDo), desk.work() as work:  # on a disk that is full it is still told
            for counter_id, found in broken:
                keep_break(work, counter_id, found)
    return [_told(*one) for one in walks]


@needs(Right.OWN)
def verify_end(*, desk: Desk) -> Chain:
    """The last entries of this counter's chain, against the head it remembers: what is looked at after a crash.

    A break that a manager has looked into is not told again; counted is what agrees behind it.
    """
    with desk.reading() as look:
        counter = look.execute(select(Counter).where(Counter.id == desk.actor.counter_id)).one()
        mine = select(JournalEntry).where(JournalEntry.counter_id == counter.id)
        last = look.execute(mine.order_by(JournalEntry.seq.desc()).limit(_LAST)).all()
        settled = _looked_into(look, counter.id)
    whole = len(last) < _LAST or last[-1].seq == 1
    walk = Walk(counter.id) if whole else Walk(counter.id, last[-1].seq - 1, last[-1].previous_hash)
    walk.over(reversed(last))
    walk.to_end(counter.journal_seq, counter.journal_hash)
    behind = max((one.seq for one in walk.breaks if one in settled), default=0)
    first = min((one.seq for one in walk.breaks if one not in settled), default=None)
    return Chain(counter.name, sum(row.seq > behind for row in last), first)


def chains(look: Connection) -> list[Chain]:
    """The same in any database that is open, a backup's too."""
    return [_told(*one) for one in _walks(look)]


def keep_break(work: Work, counter_id: int, found: Break) -> None:
    """A break is told once; a manager who has looked into it is not asked again by the next night."""
    told = {"counter_id": counter_id, "seq": found.seq, "kind": found.kind.value, "found": found.found}
    known = select(_B.c.id).where(*(_B.c[name] == value for name, value in told.items()))
    if work.connection.execute(known).first() is None:
        work.connection.execute(insert(_B), {**told, "found_at": work.now})
        work.record(f"counter:{counter_id}", "journal-broken", entry=found.seq, kind=found.kind)
        work.changed.add("journal")


def _looked_into(look: Connection, counter_id: int) -> set[Break]:
    mine = (_B.c.counter_id == counter_id, _B.c.acknowledged_at.is_not(None))
    rows = look.execute(select(_B.c.seq, _B.c.kind, _B.c.found).where(*mine))
    return {Break(row.seq, Wrong(row.kind), row.found) for row in rows}


def _walks(look: Connection) -> list[tuple[Any, Walk]]:
    counters = look.execute(select(Counter).order_by(Counter.id)).all()
    return [(counter, _walk(look, counter)) for counter in counters]


def _walk(look: Connection, counter: Any) -> Walk:
    asked = select(JournalEntry).where(JournalEntry.counter_id == counter.id).order_by(JournalEntry.seq)
    walk = Walk(counter.id)
    with look.execution_options(yield_per=1000).execute(asked) as rows:
        walk.over(rows)
    walk.to_end(counter.journal_seq, counter.journal_hash)
    return walk


def _told(counter: Any, walk: Walk) -> Chain:
    first = min((found.seq for found in walk.breaks), default=None)
    return Chain(counter.name, walk.entries if first is None else first - 1, first)
