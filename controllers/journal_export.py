"""Takes the journal out of the house for an auditor: a period, one counter or all, as it is kept or as a table.

As JSON lines every entry stands with its hashes, so that whoever has the file can verify it without us; the recipe
is in docs/journal.md. A period is cut at whole entries of each counter's chain, so that none is missing between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select

from controllers.desk import Desk
from controllers.exporting import moment, open_draft
from controllers.list_export import Exported
from controllers.rights import needs
from models.details import HistoryLine
from models.frozen import frozen
from models.journal import canonical_time
from models.leaving import in_reach
from models.rights import Right, require
from models.tables import Counter, JournalEntry, Staff

_J: Table = JournalEntry.__table__  # type: ignore[assignment]
AT_ONCE = 1_000
TITLES = ("Time", "Counter", "Entry", "Who", "About", "Action", "In words", "Details", "Hash")
Words = Callable[[HistoryLine], str]
"""What an entry says in the language of the screen."""


@frozen
class Period:
    """What is taken out: days of the operator's, both included, and one counter or all of them."""

    first: date | None = None
    last: date | None = None
    counter_id: int | None = None


@dataclass(slots=True)
class _Span:
    """The entries of one counter that are wanted, and how far they are written."""

    counter_id: int
    counter: str
    at: int
    last: int
    head: str = ""


class JournalExport:
    """One export under way: call `step` until `is_over`, then `finish`; or `abandon` it."""

    def __init__(self, wanted: Period, path: Path, words: Words, *, desk: Desk) -> None:
        require(desk.actor.role, Right.JOURNAL)
        self._wanted, self._words, self._desk = wanted, words, desk
        with desk.reading() as look:
            self._zone = desk.operator(look).zone
            self._spans = list(_spans(look, wanted, self._zone))
            self._staff = {row.id: row.name for row in look.execute(select(Staff.id, Staff.name))}
        self._draft = open_draft(path, (".jsonl", ".csv", ".xlsx"))
        self._whole = self._draft.kind == "jsonl"
        if not self._whole:
            self._draft.write([TITLES])
        self._rows, self._over = 0, False

    @property
    def is_over(self) -> bool:
        """Whether every entry is written."""
        return all(span.at > span.last for span in self._spans)

    def step(self) -> int:
        """Write some entries; how many are written by now. After `abandon` nothing more is written."""
        span = next((one for one in self._spans if one.at <= one.last), None)
        if self._over or span is None:
            return self._rows
        asked = select(_J).where(
            _J.c.counter_id == span.counter_id, _J.c.seq >= span.at, _J.c.seq <= span.last
        )
        with self._desk.reading() as look:
            rows = look.execute(asked.order_by(_J.c.seq).limit(AT_ONCE)).all()
        self._draft.write([self._told(span, row) for row in rows])
        self._rows += len(rows)
        span.at = rows[-1].seq + 1 if len(rows) == AT_ONCE else span.last + 1
        span.head = rows[-1].hash if rows else span.head
        return self._rows

    def finish(self) -> Exported:
        """Journal it, then let the file have its name."""
        if self._whole:
            self._draft.write([(_line(self._end(span)),) for span in self._spans])
        wanted = self._wanted
        with self._desk.work() as work:
            work.record(
                "journal",
                "journal-export",
                rows=self._rows,
                first=wanted.first.isoformat() if wanted.first else "",
                last=wanted.last.isoformat() if wanted.last else "",
                counter=wanted.counter_id,
                kind=self._draft.kind,
            )
        made = Exported(self._draft.finish(), self._rows)
        self._over = True
        return made

    def abandon(self) -> None:
        """Leave nothing behind."""
        if not self._over:
            self._over = True
            self._draft.abandon()

    def _told(self, span: _Span, row: Any) -> tuple[str | int, ...]:
        who = self._staff.get(row.staff_id, "")
        if self._whole:
            kept = {name: getattr(row, name) for name in _KEPT}
            return (_line({"counter": span.counter, "who": who, **kept}),)
        at, facts = datetime.fromisoformat(row.at), json.loads(row.details)
        said = self._words(HistoryLine(at, who, span.counter, row.action, facts))
        told = (moment(at, self._zone), span.counter, row.seq, who, row.subject, row.action)
        return (*told, said, row.details, row.hash)

    @staticmethod
    def _end(span: _Span) -> dict[str, Any]:
        return {"end_of": span.counter, "counter_id": span.counter_id, "seq": span.last, "hash": span.head}


_KEPT = (
    "counter_id", "seq", "at", "staff_id", "subject", "action", "details", "previous_hash", "hash",
)  # fmt: skip


@needs(Right.JOURNAL)
def counters(*, desk: Desk) -> tuple[tuple[int, str], ...]:
    """Every counter that has written, by name."""
    with desk.reading() as look:
        asked = select(Counter.id, Counter.name).where(Counter.journal_seq > 0).order_by(Counter.name)
        return tuple((row.id, row.name) for row in look.execute(asked))


def _spans(look: Connection, wanted: Period, zone: str) -> Iterator[_Span]:
    """From the first to the last entry of the period, whatever a clock that was set back made of those between."""
    asked = select(
        _J.c.counter_id, Counter.name, func.min(_J.c.seq).label("first"), func.max(_J.c.seq).label("last")
    )
    asked = asked.join(Counter, Counter.id == _J.c.counter_id).group_by(_J.c.counter_id, Counter.name)
    if wanted.counter_id is not None:
        asked = asked.where(_J.c.counter_id == wanted.counter_id)
    if wanted.first is not None:
        asked = asked.where(_J.c.at >= _begin(in_reach(wanted.first), zone))
    if wanted.last is not None:
        asked = asked.where(_J.c.at < _begin(in_reach(wanted.last) + timedelta(days=1), zone))
    for row in look.execute(asked.order_by(_J.c.counter_id)):
        yield _Span(row.counter_id, row.name, row.first, row.last)


def _begin(day: date, zone: str) -> str:
    return canonical_time(datetime.combine(day, time(), ZoneInfo(zone)))


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=True, sort_keys=True)
