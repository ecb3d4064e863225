"""Stands at the gate wherever in the window one is: takes what was scanned, shows the answer, knows the last scans.

The verdict belongs to the window, not to a screen: it lies over whatever is shown, an open dialog too, and
leaves it as it was. `take` is the door for everything that reads codes; what comes while somebody decides
about a verdict (money, a confirmation, a reason) waits behind it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from controllers.scanning import Scan
from models.refusals import CannotDo
from ui.at_desk import AtDesk
from ui.checkin_judging import Judging
from ui.checkin_lines import ScanBook, line_of
from ui.checkin_stage import Stage
from ui.verdict_deeds import VerdictDeeds
from ui.verdicts import Judged
from ui.wording.refusals import refusal

TYPED, PICTURE = "typed", "picture"
"""What the check-in screen itself hands over; what else reads codes is told about at the foot of the window."""


class AtGate(QObject):
    """`shown` brings every `Judged` that is put up, `gone` says that none is; `refused` what could not be judged.

    `navigate` asks to be taken to a screen.
    """

    shown = Signal(object)
    gone = Signal()
    refused = Signal(object, object)
    navigate = Signal(str, dict)

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self.book = ScanBook(self)
        self._judging, self._stage = Judging(at, self), Stage(self)
        self._deeds = VerdictDeeds(at, self._judging, self._stage, self.book, self)
        self._judging.judged.connect(self._answered)
        self._judging.refused.connect(self._not_answered)
        self._stage.pressed.connect(self._deeds.press)
        self._stage.turn.connect(self._next)
        self._stage.cleared.connect(self.gone)
        self._deeds.navigate.connect(self.navigate)

    @property
    def judged(self) -> Judged | None:
        """The verdict that is up."""
        return self._stage.judged

    # what comes in

    def take(self, scan: Scan) -> None:
        """Judge what was read, wherever in the window one is; the same scan twice changes nothing."""
        if self._stage.waits or self._deeds.are_asking:
            self._stage.queue(scan)
        else:
            self._judging.judge(scan)

    def take_pictures(self, files: list[Path]) -> None:
        """Every code in these pictures."""
        for file in files:
            self._judging.picture(file)

    def take_back(self) -> None:
        """Ctrl+Z: the last scan that let somebody in; without one, the last confirmation."""
        last = self.book.last_let_in
        if last is not None:
            self._judging.undo(last.scan_id)
        else:
            self._at.deeds.take_back_last()

    # what became of it

    def _answered(self, judged: Judged) -> None:
        answer, up = judged.answer, self._stage.judged
        if answer.again and up is not None and up.answer.scan_id == answer.scan_id:
            self._stage.start_again()
            return
        before = self.book.line_with(answer.scan_id)
        if before is not None:
            judged = before.judged
        else:
            self.book.add(line_of(judged))
        if self._deeds.are_asking or (answer.source == PICTURE and up is not None):
            self._stage.queue(judged)
        else:
            self._show(judged)

    def _show(self, judged: Judged) -> None:
        host = self._at.deeds.host
        assert host is not None, "whoever makes the window says where its verdicts lie"
        self._stage.show(judged, host)
        self.shown.emit(self._stage.judged)

    def _next(self, after: Judged | Scan) -> None:
        """The turn of what waited."""
        if isinstance(after, Scan):
            self.take(after)
        else:
            self._show(after)

    def _not_answered(self, no: CannotDo, scan: Scan | None) -> None:
        """The desk could not judge: whoever handed it over says so, or else the foot of the window."""
        if scan is None or scan.source == TYPED:
            self.refused.emit(no, scan)
        else:
            self._at.deeds.tell(refusal(no))
