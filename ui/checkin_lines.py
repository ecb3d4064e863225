"""Keeps the last scans of this counter: what each said, and whether it was undone.

They are read from the database, so that they are there again when the program starts; a scan that was just
answered stands here at once. A code that named nothing is told by its first signs only.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import codes
from models.checkin import Kind
from models.frozen import frozen
from models.money import Money
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question
from ui.verdicts import Judged, list_words
from ui.wording.dates import clock
from ui.wording.numbers import coin_sign
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.last_scans import Scanned

MOST = 20


@frozen
class ScanLine:
    """One line of the list, worded when it happened. `judged` is there while the program runs that judged it."""

    scan_id: str
    at: datetime
    kind: Kind
    reservation_id: int | None
    let_in: bool
    words: str
    time: str
    who: str
    what: str
    sign: str
    undone: bool = False
    offline: bool = False
    judged: Judged | None = field(default=None, compare=False)


def line_of(judged: Judged) -> ScanLine:
    """A verdict as a line."""
    what = ""
    if judged.found is not None:
        row = judged.found.row
        at = clock(local(row.departs_at, row.zone)) if row.departs_at and not row.open_dated else ""
        what = " ".join(part for part in (at, row.option or row.product) if part)
    return _line(judged, what, judged=judged)


def line_of_scan(scan: Scanned) -> ScanLine:
    """A scan of earlier as a line."""
    judged = Judged(scan.answer, scan.at, scan.counter, scan.zone)
    at = clock(local(scan.departs_at, scan.zone)) if scan.departs_at else ""
    what = " ".join(part for part in (at, scan.what) if part)
    return replace(_line(judged, what), undone=scan.undone, time=clock(local(scan.at, scan.here)))


def _line(told: Judged, what: str, *, judged: Judged | None = None) -> ScanLine:
    answer = told.answer
    return ScanLine(
        answer.scan_id,
        told.at,
        answer.kind,
        answer.reservation_id,
        told.let_in,
        list_words(told),
        clock(local(told.at, told.zone)),
        answer.traveler or answer.number or masked(answer.text),
        what,
        _sign(answer),
        offline=told.answer.alone is not None,
        judged=judged,
    )


def _sign(answer: Answer) -> str:
    told = answer.told
    return coin_sign(Money(told.due_minor, told.currency).currency) if told and told.due_minor else ""


def masked(text: str) -> str:
    """Enough of a text to recognise it, not enough to read it; what was kept of one is no longer than that."""
    begun, kept, _ = text.partition("…")
    tidy = codes.tidy(begun) if kept else codes.tidy(text)
    return f"{tidy[:3]}…" if tidy else "–"


class ScanBook(QObject):
    """The newest first. `changed` after each change."""

    changed = Signal()

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._lines: tuple[ScanLine, ...] = ()
        self._question = Question(at.background, self)
        self._question.answered.connect(self._show)

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        """What was scanned, newest first."""
        return self._lines

    @property
    def last_let_in(self) -> ScanLine | None:
        """The newest scan that let somebody in and was not undone."""
        return next((line for line in self._lines if line.let_in and not line.undone), None)

    def line_with(self, scan_id: str) -> ScanLine | None:
        """The line of a scan."""
        return next((line for line in self._lines if line.scan_id == scan_id), None)

    def reservation_of(self, scan_id: str) -> int | None:
        """Whom a scan was about."""
        line = self.line_with(scan_id)
        return line.reservation_id if line is not None else None

    def ask(self) -> None:
        """Read them anew."""
        self._question.ask(partial(asking.last_scans, self._at.desk))

    def add(self, judged: Judged) -> None:
        """What was just answered, at the top; it stays where it was if it stands there already."""
        alone = replace(judged, together=())
        fresh = [line_of(alone), *(line_of(replace(alone, answer=one)) for one in judged.together)]
        known = {line.scan_id for line in fresh}
        self._lines = (*fresh, *(line for line in self._lines if line.scan_id not in known))[:MOST]
        self.changed.emit()

    def mark_undone(self, scan_id: str) -> None:
        """This scan was taken back."""
        self._lines = tuple(replace(x, undone=True) if x.scan_id == scan_id else x for x in self._lines)
        self.changed.emit()

    def mark_last_undone(self, reservation_id: int) -> None:
        """The newest scan that let this reservation in was taken back."""
        for line in self._lines:
            if line.let_in and line.reservation_id == reservation_id and not line.undone:
                self.mark_undone(line.scan_id)
                return

    def _show(self, scans: tuple[Scanned, ...]) -> None:
        """What the database says; scans of the same moment stay in the order in which they were answered."""
        kept = {line.scan_id: line for line in self._lines}
        order = {scan_id: n for n, scan_id in enumerate(kept)}
        newest = sorted(scans, key=lambda scan: (-scan.at.timestamp(), order.get(scan.answer.scan_id, -1)))
        self._lines = tuple(self._line(scan, kept.get(scan.answer.scan_id)) for scan in newest)
        self.changed.emit()

    @staticmethod
    def _line(scan: Scanned, before: ScanLine | None) -> ScanLine:
        """What was worded when it happened stays as it was; only whether it was undone is news."""
        if before is None:
            return line_of_scan(scan)
        return before if before.undone is scan.undone else replace(before, undone=scan.undone)
