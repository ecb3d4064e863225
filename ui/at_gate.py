"""Stands at the gate wherever in the window one is: takes what was scanned, shows the answer, knows the last scans.

The verdict belongs to the window, not to a screen: it lies over whatever is shown, an open dialog too, and
leaves it as it was. `take` is the door for everything that reads codes; what comes while somebody decides
about a verdict (money, who comes in, which one is meant) waits behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from controllers.scanning import Scan
from controllers.scanning.key_flow import KeyFlow
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.checkin_judging import Judging
from ui.checkin_lines import ScanBook, ScanLine
from ui.checkin_stage import Stage
from ui.question import Question
from ui.verdict_deeds import VerdictDeeds
from ui.verdicts import Judged
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.counter_settings import CounterSettings

AT_ONCE = timedelta(minutes=1)
"""So long what a scan did is before everybody's eyes; as long a confirmation waits."""
TYPED, PICTURE = "typed", "picture"
"""What the check-in screen itself hands over; what else reads codes is told about at the foot of the window."""


class AtGate(QObject):
    """`shown` brings every `Judged` that is put up, `gone` says that none is; `refused` what could not be judged,
    `queued` that a scan waits behind what is decided; `waits` whether somebody waits for a verdict.

    `mode_changed` comes when this counter looks first from now on, or lets in at once; `navigate` asks to be
    taken to a screen.
    """

    shown = Signal(object)
    gone = Signal()
    queued = Signal()
    waits = Signal(bool)
    mode_changed = Signal()
    refused = Signal(object, object)
    navigate = Signal(str, dict)

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self.book = ScanBook(at, self)
        self._judging, self._stage = Judging(at, self), Stage(self._flow, self)
        self._deeds = VerdictDeeds(at, self._judging, self._stage, self.book, self)
        self._later: list[Callable[[], object]] = []
        self._turns: dict[str, int] = {}  # of the codes that were read and not shown yet
        self._read, self._goes_on = 0, False
        self.guard: Callable[[], bool] = lambda: True
        """Asked before anything is judged: False where nobody is signed in, which it then says itself."""
        self.takes_itself: Callable[[str], bool] = lambda _text: False
        """Whether the screen in front has taken what was read for its own."""
        self._settings = Question(at.background, self)
        self._set_up = Question(at.background, self, lane=Lane.DESK)
        self._connect()
        self._settings.ask(partial(asking.counter_settings, at.desk))
        self.book.ask()

    @property
    def judged(self) -> Judged | None:
        """The verdict that is up."""
        return self._stage.judged

    @property
    def looks_first(self) -> bool:
        """Whether a good scan is only shown, and Enter lets in."""
        return bool(self._judging.look_first)

    # what comes in

    def take(self, scan: Scan) -> None:
        """Judge what was read, wherever in the window one is; the same scan twice changes nothing."""
        if not self.guard() or self.takes_itself(scan.text):
            return
        if self._stage.waits or self._deeds.are_asking:
            self._queue(scan)
        elif self._stage.has_more:  # it pushes away what is up, but those before it come first
            self._goes_on = self._queue(scan) or self._goes_on
            self._go_on()
        else:
            self._judge(scan)

    def take_pictures(self, files: list[Path]) -> None:
        """Every code in these pictures."""
        if not self.guard():
            return
        for file in files:
            self._judging.picture(file)

    def take_back(self, *, is_named: bool = False) -> None:
        """Ctrl+Z: what was done last at this window, a scan that let somebody in or any other deed.

        A scan of longer ago, or of before the program started, is asked about first - unless it `is_named` on screen.
        """
        deeds, line = self._at.deeds, self._last_let_in()
        if line is None or not self.undoes_scan:
            deeds.take_back_last()
        elif is_named or (line.judged is not None and self._at.now() - line.at <= AT_ONCE):
            self._judging.undo(line.scan_id)
        elif line.judged is not None:
            self._ask_about(line)
        else:  # a letter that waits anywhere is of the last minute
            deeds.take_back_last(partial(self._ask_about, line))

    @property
    def undoes_scan(self) -> bool:
        """Whether Ctrl+Z means a scan: nothing else was done at this window after it."""
        line, done_at = self._last_let_in(), self._at.deeds.last_done_at
        return line is not None and (done_at is None or done_at <= line.at)

    def _last_let_in(self) -> ScanLine | None:
        """The newest scan that let somebody in and is not being taken back already."""
        in_now = (line for line in self.book.lines if line.let_in and not line.undone)
        return next((line for line in in_now if not self._judging.is_undoing(line.scan_id)), None)

    def _ask_about(self, line: ScanLine) -> None:
        if line.reservation_id is not None:
            why = self.tr("{words}, {time}: {who}. They count as not in yet again.").format(
                words=line.words, time=line.time, who=", ".join(filter(None, (line.who, line.what)))
            )
            self._at.deeds.ask_to_take_back(line.reservation_id, why, partial(self.take_back_line, line))

    def take_back_line(self, line: ScanLine) -> None:
        """One of the last scans, whatever came after it."""
        self._judging.undo(line.scan_id)

    def change_mode(self) -> None:
        """F6: look first, or let in at once; kept for this counter."""
        self._set_up.ask(partial(asking.set_up_counter, self._at.desk, look_first=not self.looks_first))

    def _judge(self, scan: Scan) -> None:
        self._turn_of(scan.text)
        self._judging.judge(scan)

    def _queue(self, scan: Scan) -> bool:
        """Behind what is decided; the code that is up, or waits already, is no second scan."""
        up = self._stage.judged
        if (up is not None and up.is_of(scan.text)) or self._stage.has_queued(scan.text):
            return False
        self._stage.queue(scan, self._turn_of(scan.text))
        self.queued.emit()
        return True

    def _turn_of(self, text: str) -> int:
        """When this was read: what is answered late keeps its place before what was read after it."""
        if text not in self._turns:
            self._read += 1
            self._turns[text] = self._read
        return self._turns[text]

    def _go_on(self) -> None:
        """The next of those that wait, one at a time; where nobody pushes, when the verdict before it has gone."""
        if self._judging.is_under_way:
            return
        if not self._stage.has_more:
            self._turns.clear()
        if self._goes_on and not self._stage.waits and not self._deeds.are_asking:
            self._goes_on = False
            self._stage.next()
        else:
            self._stage.go_on()

    def _flow(self) -> KeyFlow:
        return self._at.scanners().watch.flow

    def when_answered(self, work: Callable[[], object]) -> None:
        """What can wait until the verdict is on screen: at once where nobody waits for one."""
        if self._judging.is_under_way:
            self._later.append(work)
        else:
            work()

    # what became of it

    def _do_later(self) -> None:
        later, self._later = self._later, []
        for work in later:
            work()

    def _answered(self, judged: Judged) -> None:
        answer, up = judged.answer, self._stage.judged
        known = answer.again and not judged.together
        if known and up is not None and up.answer.scan_id == answer.scan_id:
            self._stage.start_again()
            return
        before = self.book.line_with(answer.scan_id)
        stands = before is not None and before.judged is not None and not judged.together
        if stands and before is not None and before.judged is not None:
            judged = before.judged
        if self._deeds.are_asking or (answer.source == PICTURE and up is not None):
            self._stage.queue(judged, self._turn_of(judged.read or answer.scan_id))
        else:
            self._show(judged)
        if not stands and not answer.waits and not answer.choices:
            self.book.add(judged)

    def _took_fewer(self, before: str, judged: Judged) -> None:
        """The scan that let in too many was taken back, and another one counts instead."""
        self._show(judged)
        self.book.mark_undone(before)
        self.book.add(judged)

    def _show(self, judged: Judged) -> None:
        host = self._at.deeds.host
        assert host is not None, "whoever makes the window says where its verdicts lie"
        read = judged.read or judged.answer.scan_id
        self._stage.show(judged, host, self._turn_of(read))
        if self._stage.judged is judged:
            self._turns.pop(read, None)
        self.shown.emit(self._stage.judged)

    def _next(self, after: Judged | Scan) -> None:
        """The turn of what waited."""
        if isinstance(after, Scan):
            self._judge(after)
        else:
            self._show(after)

    def _not_answered(self, no: CannotDo, scan: Scan | None) -> None:
        """The desk could not judge: whoever handed it over says so, or else the foot of the window."""
        if scan is not None and scan.source == TYPED:
            self.refused.emit(no, scan)
        elif scan is None and self._stage.judged is None:
            self.refused.emit(no, None)
        else:
            self._at.deeds.tell(refusal(no))

    def _show_mode(self, settings: CounterSettings) -> None:
        before, self._judging.look_first = self._judging.look_first, settings.look_first
        if before is not settings.look_first:
            self.mode_changed.emit()

    def _hear(self, changed: frozenset[str]) -> None:
        if "scans" in changed:
            self.when_answered(self.book.ask)
        if "settings" in changed:
            self._settings.ask(partial(asking.counter_settings, self._at.desk))

    def _connect(self) -> None:
        self._judging.judged.connect(self._answered)
        self._judging.began.connect(lambda: self.waits.emit(True))
        self._judging.rested.connect(lambda: self.waits.emit(False))
        self._judging.rested.connect(self._do_later)
        self._judging.rested.connect(self._go_on)
        self._judging.replaced.connect(self._took_fewer)
        self._judging.refused.connect(self._not_answered)
        self._stage.pressed.connect(self._deeds.press)
        self._stage.turn.connect(self._next)
        self._stage.cleared.connect(self.gone)
        self._deeds.navigate.connect(self.navigate)
        self._settings.answered.connect(self._show_mode)
        self._set_up.answered.connect(self._show_mode)
        self._set_up.refused.connect(lambda no: self._at.deeds.tell(refusal(no)))
        self._at.background.changed.connect(self._hear)
        self._at.background.changed_elsewhere.connect(self._hear)
