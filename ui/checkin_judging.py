"""Asks the desk to judge what was scanned, and reads with it all that the verdict will show.

Every scan has its id from whoever read it. Where the desk does not answer, the same text is sent again
with the same id, so a retry never lets anybody in twice; some minutes later the same text is another guest.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from controllers.scanning import Scan
from models.checkin import Kind
from models.frozen import frozen
from models.refusals import CannotDo
from models.reservations import Status
from ui import asking
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.verdicts import Judged
from ui.widgets.verdict_face import DepartureLine
from ui.wording.dates import clock
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.moving import Offered
    from controllers.reservations import Done
    from models.gate_found import Found

RETRY = timedelta(minutes=10)
_COULD_MOVE = frozenset({Kind.OTHER_DAY, Kind.TOO_EARLY, Kind.TOO_LATE})


@frozen
class How:
    """What makes a second question about the same scan another one."""

    heads: int | None = None
    force: str = ""
    note: str = ""
    chosen: int | None = None


class Judging(QObject):
    """`judged` brings one `Judged`; `refused` a `CannotDo` and the scan it was about (None for a picture).

    `replaced` brings a scan's id and the one that counts instead, `began` says that somebody waits for a verdict,
    `rested` that nobody does.
    """

    judged = Signal(object)
    refused = Signal(object, object)
    replaced = Signal(str, object)
    rested = Signal()
    began = Signal()
    undone = Signal(object, str)
    undo_refused = Signal(object, str)

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self.look_first: bool | None = None
        """None until the settings of this counter were read; then whoever judges reads them first."""
        self._sent: deque[Scan] = deque()  # in the order of the lane
        self._unanswered: dict[str, tuple[str, datetime]] = {}  # text, scan id, and when
        self._undoing: deque[str] = deque()

    @property
    def is_under_way(self) -> bool:
        """Whether somebody waits for a verdict."""
        return bool(self._sent)

    def judge(self, scan: Scan) -> None:
        """One code, number or reference."""
        scan_id, at = self._unanswered.pop(scan.text, (scan.id, self._at.now()))
        same = replace(scan, id=scan_id) if abs(self._at.now() - at) <= RETRY else scan
        self._send(same, How(), self._failed, look=self.look_first)

    def judge_again(self, judged: Judged) -> None:
        """The same code once more, after something was done about it."""
        answer = judged.answer
        again = Scan(answer.text, answer.source)
        self._send(again, How(chosen=answer.reservation_id), self._no_retry, look=self.look_first)

    def force(self, judged: Judged, reason: str) -> None:
        """The same once more, with a reason that overrules the clock."""
        answer = judged.answer
        again = Scan(answer.text, answer.source)
        self._send(again, How(force=reason, chosen=answer.reservation_id), self._no_retry, look=False)

    def choose(self, judged: Judged, reservation_id: int) -> None:
        """Of the reservations a code names, this one is meant."""
        same = Scan(judged.answer.text, judged.answer.source, id=judged.answer.scan_id)
        self._send(same, How(chosen=reservation_id), self._no_retry, look=self.look_first)

    def let_in(self, judged: Judged, heads: int | None = None) -> None:
        """Whom a look offered: the same scan, now for real."""
        answer = judged.answer
        same = Scan(answer.text, answer.source, id=answer.scan_id)
        how = How(heads=heads, force=answer.force, note=answer.note, chosen=answer.reservation_id)
        self._send(same, how, self._no_retry, look=False)

    def let_in_together(self, judged: Judged, heads: int | None = None) -> None:
        """Everything that was bought together."""
        others = [one.reservation_id for one in judged.answer.companions if one.offers]
        work = partial(_together, self._at.desk, judged, others, heads)
        self._at.background.run(Lane.DESK, work, self.judged.emit, self._not_done)

    def let_in_only(self, judged: Judged, heads: int) -> None:
        """Fewer came than this scan has let in."""
        work = partial(_only, self._at.desk, judged.answer, heads, str(uuid.uuid4()))
        before = judged.answer.scan_id
        self._at.background.run(Lane.DESK, work, partial(self._took_fewer, before), self._not_done)

    def picture(self, path: Path) -> None:
        """Every code in a picture."""
        work = partial(_judge_picture, self._at.desk, path, self.look_first)
        self._at.background.run(Lane.DESK, work, self._saw, self._not_done)

    def undo(self, scan_id: str) -> None:
        """Take one scan back, and whoever came in with it."""
        self._undoing.append(scan_id)
        work = partial(asking.undo_scan, self._at.desk, scan_id)
        self._at.background.run(Lane.DESK, work, self._undone, self._not_undone)

    def is_undoing(self, scan_id: str) -> bool:
        """Whether this scan is being taken back at this moment."""
        return scan_id in self._undoing

    def _send(self, scan: Scan, how: How, failed: Callable[[Exception], None], *, look: bool | None) -> None:
        self._sent.append(scan)
        self.began.emit()
        work = partial(_judge, self._at.desk, scan, how, look)
        self._at.background.run(Lane.DESK, work, self._answered, failed)

    def _answered(self, judged: Judged) -> None:
        self._sent.popleft()
        self.judged.emit(judged)
        self._rest()

    def _failed(self, error: Exception) -> None:
        scan = self._sent.popleft()
        if not (isinstance(error, CannotDo) and error.code == "changed-meanwhile"):
            self._unanswered[scan.text] = scan.id, self._at.now()
        self._tell(error, scan)
        self._rest()

    def _no_retry(self, error: Exception) -> None:
        self._tell(error, replace(self._sent.popleft(), source=""))
        self._rest()

    def _rest(self) -> None:
        if not self._sent:
            self.rested.emit()

    def _took_fewer(self, before: str, judged: Judged) -> None:
        self.replaced.emit(before, judged)

    def _saw(self, found: list[Judged]) -> None:
        for judged in found:
            self.judged.emit(judged)

    def _not_done(self, error: Exception) -> None:
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


def _judge(desk: DeskDoor, scan: Scan, how: How, look: bool | None) -> Judged:
    answer = asking.scan(
        desk, scan.text, scan.id, scan.source, look=_looks(desk, look),
        heads=how.heads, force=how.force, read=bool(how.note), note=how.note, chosen=how.chosen,
    )  # fmt: skip
    return replace(_with_facts(desk, answer), read=scan.text)


def _judge_picture(desk: DeskDoor, path: Path, look: bool | None) -> list[Judged]:
    return [_with_facts(desk, answer) for answer in asking.scan_picture(desk, path, look=_looks(desk, look))]


def _looks(desk: DeskDoor, look: bool | None) -> bool:
    return asking.counter_settings(desk).look_first if look is None else look


def _together(desk: DeskDoor, judged: Judged, others: list[int], heads: int | None) -> Judged:
    first, *more = asking.let_in_together(desk, judged.answer, others, heads)
    return replace(_with_facts(desk, first), together=tuple(more))


def _only(desk: DeskDoor, answer: Answer, heads: int, new_id: str) -> Judged:
    return _with_facts(desk, asking.let_in_only(desk, answer.scan_id, heads, new_id))


def _with_facts(desk: DeskDoor, answer: Answer) -> Judged:
    """The answer is given already; what cannot be read beside it is left out, not waited for."""
    judged = Judged(answer, *asking.here_at_gate(desk))
    if answer.reservation_id is None:
        return judged
    try:
        found = asking.at_the_gate(desk, answer.reservation_id, answer.kind)
    except CannotDo:
        return judged
    if found is None:
        return judged
    offered = _offered(desk, found) if answer.kind in _COULD_MOVE else None
    return replace(judged, found=found, departure=_departure(found, judged), offered=offered)


def _departure(found: Found, judged: Judged) -> DepartureLine | None:
    """Who is in of today's departure; nothing where it is another day's."""
    row = found.row
    if row.departure_id is None or row.departs_at is None or found.capacity is None:
        return None
    starts = local(row.departs_at, row.zone)
    if starts.date() != local(judged.at, row.zone).date():
        return None
    name = f"{clock(starts)} {', '.join(part for part in (row.option, row.product) if part)}"
    return DepartureLine(name, found.arrived, found.expected, found.capacity)


def _offered(desk: DeskDoor, found: Found) -> Offered | None:
    """The departure of today it could go to: the same option, or else the nearest."""
    if found.row.status not in (Status.CONFIRMED, Status.NO_SHOW) or found.row.arrived:
        return None
    try:
        offered = asking.preview_move(desk, found.row.id).offered
    except CannotDo:
        return None
    return next((one for one in offered if one.has_room), next(iter(offered), None))
