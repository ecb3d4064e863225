"""Tells what others did to a thing while somebody here has a question open about it.

The ends of the counters' chains say where the journal stood: no clock of another counter is asked.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from controllers.desk import Desk, Work
from controllers.rights import needs
from models.details import HistoryLine
from models.meanwhile import News, TheirDeed, clashes, tells
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Counter, JournalEntry, Staff

MOST = 50  # what is said is the newest, and how many more there are


@needs(Right.OWN)
def done_by_others(heads: Mapping[int, int] | None, about: Collection[str], *, desk: Desk) -> News:
    """What others did about these since the chains stood at `heads`; without `heads` only where they stand now."""
    with desk.reading() as look:
        now = {int(key): int(seq) for key, seq in look.execute(select(Counter.id, Counter.journal_seq))}
        done: list[TheirDeed] = []
        if heads is not None and about:
            for counter, last in now.items():
                for span in desk.own.others(counter, heads.get(counter, 0) + 1, last):
                    done += _entries(look, counter, span, about)
    return News(now, tuple(sorted(done, key=lambda one: one.line.at)))


def refuse_overwriting(
    work: Work,
    subject: str,
    actions: Collection[str],
    seen: Mapping[str, Any],
    now: Mapping[str, Any],
    wanted: Mapping[str, Any],
) -> None:
    """Raises CannotDo("kept-meanwhile") where somebody changed what would be overwritten, since it was `seen`.

    It says who it was and at which counter, and which of it is another now; nothing is kept then.
    """
    fields = clashes(seen, now, wanted)
    if not fields:
        return
    who, counter = last_hand(work.connection, subject, actions)
    raise CannotDo("kept-meanwhile", who=who, counter=counter, fields=fields, now=dict(now))


def last_hand(look: Connection, subject: str, actions: Collection[str]) -> tuple[str, str]:
    """Who did one of these last to it, and at which counter."""
    asked = (
        select(Staff.name, Counter.name)
        .select_from(JournalEntry)
        .join(Counter, Counter.id == JournalEntry.counter_id)
        .outerjoin(Staff, Staff.id == JournalEntry.staff_id)
        .where(JournalEntry.subject == subject, JournalEntry.action.in_(actions))
        .order_by(JournalEntry.at.desc(), JournalEntry.seq.desc())
        .limit(1)
    )
    row = look.execute(asked).first()
    return (row[0] or "Somebody", row[1]) if row is not None else ("Somebody", "–")


def _entries(
    look: Connection, counter: int, span: tuple[int, int], about: Collection[str]
) -> list[TheirDeed]:
    asked = (
        select(
            JournalEntry.subject,
            JournalEntry.at,
            JournalEntry.action,
            JournalEntry.details,
            Staff.name,
            Counter.name,
        )
        .join(Counter, Counter.id == JournalEntry.counter_id)
        .outerjoin(Staff, Staff.id == JournalEntry.staff_id)
        .where(JournalEntry.counter_id == counter, JournalEntry.seq.between(*span))
        .where(JournalEntry.subject.in_(sorted(about)))
        .order_by(JournalEntry.seq.desc())
        .limit(MOST)
    )
    return [
        TheirDeed(
            subject, HistoryLine(datetime.fromisoformat(at), who or "", name, action, json.loads(details))
        )
        for subject, at, action, details, who, name in look.execute(asked)
        if tells(action)
    ]
