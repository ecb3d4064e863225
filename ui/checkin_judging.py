"""Asks the desk to judge what was scanned, and reads with it all that the verdict will show.

Every scan has its id from whoever read it. Where the desk does not answer, the same text is sent again
with the same id, so a retry never lets anybody in twice.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from controllers.scanning import Scan
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import HOLDERS
from ui import asking
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.verdicts import Judged
from ui.widgets.verdict_face import DepartureLine
from ui.wording.dates import clock
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.reservations import Done
    from models.details import Details


class Judging(QObject):
    """`judged` brings one `Judged`; `refused` a `CannotDo` and the scan it was about (None for a picture)."""

    judged = Signal(object)
    refused = Signal(object, object)
    undone = Signal(object, str)
    undo_refused = Signal(object, str)

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._sent: deque[Scan] = deque()  # in the order of the lane
        self._unanswered: dict[str, str] = {}  # text and scan id
        self._undoing: deque[str] = deque()

    def judge(self, scan: Scan) -> None:
        """One code, number or reference."""
        scan_id = self._unanswered.pop(scan.text, "")
        self._send(replace(scan, id=scan_id) if scan_id else scan)

    def force(self, text: str, source: str, reason: str) -> None:
        """The same once more, with a reason that overrules the clock."""
        self._send(Scan(text, source), reason)

    def _send(self, scan: Scan, force: str = "") -> None:
        self._sent.append(scan)
        work = partial(_judge, self._at.desk, scan, force)
        self._at.background.run(
            Lane.DESK, work, self._answered, self._force_failed if force else self._failed
        )

    def picture(self, path: Path) -> None:
        """Every code in a picture."""
        work = partial(_judge_picture, self._at.desk, path)
        self._at.background.run(Lane.DESK, work, self._saw, self._not_seen)

    def undo(self, scan_id: str) -> None:
        """Take one scan back."""
        self._undoing.append(scan_id)
        work = partial(asking.undo_scan, self._at.desk, scan_id)
        self._at.background.run(Lane.DESK, work, self._undone, self._not_undone)

    def _answered(self, judged: Judged) -> None:
        self._sent.popleft()
        self.judged.emit(judged)

    def _failed(self, error: Exception) -> None:
        scan = self._sent.popleft()
        self._unanswered[scan.text] = scan.id
        self._tell(error, scan)

    def _force_failed(self, error: Exception) -> None:
        self._tell(error, self._sent.popleft())

    def _saw(self, found: list[Judged]) -> None:
        for judged in found:
            self.judged.emit(judged)

    def _not_seen(self, error: Exception) -> None:
        self._tell(error, None)

    def _tell(self, error: Exception, scan: Scan | None) -> None:
        if isinstance(error, CannotDo):
            self.refused.emit(error, scan)
        else:
            self._at.background.trouble.emit(error)

    def _undone(self, done: Done) -> None:
        self.undone.emit(done, self._undoing.popleft())

    def _not_undone(self, error: Exception) -> None:
        scan_id = self._undoing.popleft()
        if isinstance(error, CannotDo):
            self.undo_refused.emit(error, scan_id)
        else:
            self._at.background.trouble.emit(error)


# --- on the lane ---------------------------------------------------------------------------


def _judge(desk: DeskDoor, scan: Scan, force: str) -> Judged:
    return _with_facts(desk, asking.scan(desk, scan.text, scan.id, scan.source, force=force))


def _judge_picture(desk: DeskDoor, path: Path) -> list[Judged]:
    return [_with_facts(desk, answer) for answer in asking.scan_picture(desk, path)]


def _with_facts(desk: DeskDoor, answer: Answer) -> Judged:
    """The answer is given already; what cannot be read beside it is left out, not waited for."""
    here = desk()
    judged = Judged(answer, here.now(), here.actor.counter, here.zone)
    if answer.reservation_id is None:
        return judged
    try:
        found = asking.details(desk, answer.reservation_id)
        departure = _departure(desk, found, judged)
        free = _free_today(desk, found, judged) if answer.kind is Kind.OTHER_DAY else None
    except CannotDo:
        return judged
    return Judged(answer, judged.at, judged.counter, judged.zone, found, departure, free)


def _departure(desk: DeskDoor, found: Details, judged: Judged) -> DepartureLine | None:
    """Who is in of today's departure; nothing where it is another day's."""
    row = found.row
    if row.departure_id is None or row.departs_at is None or found.capacity is None:
        return None
    starts = local(row.departs_at, row.zone)
    if starts.date() != local(judged.at, row.zone).date():
        return None
    rows = [one for one in asking.departure(desk, row.departure_id) if one.status in HOLDERS]
    arrived = sum(one.arrived for one in rows)
    expected = sum(1 if one.party is None else one.party for one in rows)
    name = f"{clock(starts)} {', '.join(part for part in (row.option, row.product) if part)}"
    return DepartureLine(name, arrived, expected, found.capacity)


def _free_today(desk: DeskDoor, found: Details, judged: Judged) -> tuple[str, int] | None:
    """The same option today, where it still leaves: when, and how many seats could be sold."""
    row = found.row
    today = local(judged.at, row.zone).date()
    for line in asking.days(desk, today, today)[today].lines:
        same = (line.product, line.option) == (row.product, row.option) and not line.closed
        if same and line.departs_at is not None and line.departs_at > judged.at:
            free = max(0, line.capacity - line.taken - line.unconfirmed)
            return clock(local(line.departs_at, line.zone)), free
    return None
