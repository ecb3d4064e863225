"""Keeps the last scans of this counter since the program was opened: what each said, and whether it was undone.

A code that named nothing is told by its first signs only: who stands at the counter shall not read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from models import codes
from ui.verdicts import Judged, list_words
from ui.wording.dates import clock
from ui.wording.numbers import coin_sign
from ui.wording.orders import local

MOST = 60


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the list, worded when it happened."""

    judged: Judged
    words: str
    time: str
    who: str
    what: str
    sign: str
    undone: bool = False

    @property
    def scan_id(self) -> str:
        """The scan's id."""
        return self.judged.answer.scan_id


def line_of(judged: Judged) -> ScanLine:
    """A verdict as a line."""
    answer, found = judged.answer, judged.found
    due = found.row.due if found is not None else None
    what = ""
    if found is not None:
        row = found.row
        at = clock(local(row.departs_at, row.zone)) if row.departs_at and not row.open_dated else ""
        what = " ".join(part for part in (at, row.option or row.product) if part)
    return ScanLine(
        judged,
        list_words(judged),
        clock(local(judged.at, judged.zone)),
        answer.traveler or answer.number or masked(answer.text),
        what,
        coin_sign(due.currency) if due else "",
    )


def masked(text: str) -> str:
    """Enough of a text to recognise it, not enough to read it."""
    tidy = codes.tidy(text)
    return f"{tidy[:3]}…" if tidy else "–"


class ScanBook(QObject):
    """The newest first. `changed` after each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ScanLine, ...] = ()

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        """What was scanned, newest first."""
        return self._lines

    @property
    def last_let_in(self) -> ScanLine | None:
        """The newest scan that let somebody in and was not undone."""
        return next((line for line in self._lines if line.judged.let_in and not line.undone), None)

    def line_with(self, scan_id: str) -> ScanLine | None:
        """The line of a scan."""
        return next((line for line in self._lines if line.scan_id == scan_id), None)

    def add(self, line: ScanLine) -> None:
        """One more, at the top."""
        self._lines = (line, *self._lines)[:MOST]
        self.changed.emit()

    def mark_undone(self, scan_id: str) -> None:
        """This scan was taken back."""
        self._lines = tuple(replace(x, undone=True) if x.scan_id == scan_id else x for x in self._lines)
        self.changed.emit()

    def mark_last_undone(self, reservation_id: int) -> None:
        """The newest scan that let this reservation in was taken back."""
        for line in self._lines:
            if line.judged.let_in and line.judged.answer.reservation_id == reservation_id and not line.undone:
                self.mark_undone(line.scan_id)
                return
