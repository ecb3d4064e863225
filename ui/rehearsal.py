"""Leads through the rehearsal of a counter: tries everything at once, and waits for the two answers people give.

The house is tried on a lane, the camera watches for a few seconds, a sound is played and somebody says whether it
was heard, and the scanner sends its test code. When every line has its answer the result is kept.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from controllers.background import Lane
from controllers.scanning.burst import Burst
from controllers.scanning.diagnosis import TEST_CODE, diagnose
from controllers.scanning.watch import State
from models import rehearsal
from models.light import light_of
from models.refusals import CannotDo
from models.rehearsal import Check, Checked, Outcome, Rehearsed
from ui import asking
from ui.checkin_camera import GateCamera
from ui.printing import printing
from ui.question import Question
from ui.settings_kept import Kept

CAMERA_MS, LOOK_MS = 8_000, 500
"""So long the camera may take to show a picture, and how often it is looked at."""


class Rehearsal(QObject):
    """`changed` says "look" at `results`; `kept` brings it when it is done, `refused` a `CannotDo`."""

    changed = Signal()
    kept = Signal(object)
    refused = Signal(object)

    def __init__(self, kept: Kept, parent: QObject) -> None:
        super().__init__(parent)
        self._at, self._settings = kept.at, kept
        self.results: dict[Check, Checked] = {}
        self.is_under_way = False
        self._camera = GateCamera(kept.at, kept, self)
        self._waited_ms = 0
        self._listens = False  # for the loudspeaker that is looked for
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_at_camera)
        self._house = Question(kept.at.background, self)
        self._keep = Question(kept.at.background, self, lane=Lane.DESK)
        self._house.answered.connect(self._take_house)
        self._keep.answered.connect(self._was_kept)
        for question in (self._house, self._keep):
            question.refused.connect(self._give_up)
        scanners = kept.at.scanners()
        scanners.seen.connect(self.take_burst)
        scanners.heard.connect(self.take_line)
        kept.at.background.trouble.connect(self._break_off)

    def start(self) -> None:
        """Try everything anew."""
        self.results, self.is_under_way, self._waited_ms = {}, True, 0
        self._at.scanners().test(self, testing=True)
        self._house.ask(partial(asking.try_house, self._at.desk, printing(self._at).names))
        self._camera.watch(True)
        self._look.start()
        self.play()
        self.changed.emit()

    def stop(self) -> None:
        """Nobody looks any more: devices are let go, and nothing is kept of a rehearsal that is half done."""
        self.is_under_way = False
        self._look.stop()
        self._house.forget()
        self._keep.forget()
        self._camera.watch(False)
        self._at.scanners().test(self, testing=False)
        if len(self.results) < len(Check):
            self.results = {}
        self.changed.emit()

    @property
    def seeks_loudspeaker(self) -> bool:
        """Whether there is nothing to hear yet."""
        return self._listens

    def _break_off(self, _fault: object) -> None:
        """A fault of ours, told elsewhere: the scanners must let people in again."""
        if self.is_under_way:
            self.stop()

    # what people answer

    def play(self) -> None:
        """Play the sound (again); where there is nothing to hear, that is the answer."""
        sounds = self._at.sounds()
        found = rehearsal.judge_sound(is_there=sounds.has_loudspeaker, volume=sounds.volume, heard=None)
        if sounds.has_loudspeaker is None:
            if not self._listens:
                self._listens = True
                sounds.changed.connect(self._hear_of_sound)
        elif found is not None:
            self._put(found)
        else:
            sounds.let_hear("go")

    def say_heard(self, heard: bool) -> None:
        """Whether somebody heard it."""
        sounds = self._at.sounds()
        found = rehearsal.judge_sound(is_there=sounds.has_loudspeaker, volume=sounds.volume, heard=heard)
        if found is not None and Check.SOUND not in self.results:
            self._put(found)

    def say_no_scanner(self) -> None:
        """There is none here."""
        if Check.SCANNER not in self.results:
            self._put(rehearsal.no_scanner())

    def take_burst(self, burst: Burst) -> None:
        """What a handheld scanner sent: a scan that is right replaces a wrong one, and no later one replaces it."""
        settings = self._settings.settings
        told = diagnose(burst, set_to=settings.scanner_layout, waits_ms=settings.scanner_gap_ms)
        self._take_scan(
            rehearsal.judge_scanner(
                [finding.value for finding in told.findings],
                is_right=told.right,
                ended_by=burst.ended_by,
                layout=told.layout or "",
            )
        )

    def take_line(self, text: str) -> None:
        """What a scanner on the serial line sent: it has no keyboard and no Enter to be wrong."""
        right = text.strip() == TEST_CODE
        found = [] if right else ["other-code"]
        self._take_scan(rehearsal.judge_scanner(found, is_right=right, ended_by="line", layout=""))

    def _take_scan(self, found: Checked) -> None:
        before = self.results.get(Check.SCANNER)
        is_better = before is None or before.outcome is not Outcome.GOOD
        if self.is_under_way and is_better and not self._keep.is_open:
            self._put(found)

    # what devices answer

    def _hear_of_sound(self) -> None:
        """The loudspeaker was found, or is not there."""
        if self._at.sounds().has_loudspeaker is None:
            return  # only its loudness has changed
        self._listens = False
        self._at.sounds().changed.disconnect(self._hear_of_sound)
        if self.is_under_way:
            self.play()
            self.changed.emit()

    def _take_house(self, found: tuple[Checked, ...]) -> None:
        for one in found:
            self.results[one.check] = one
        self._settle()

    def _look_at_camera(self) -> None:
        """A camera that is off is answered at once; one that is on has some seconds."""
        self._waited_ms += LOOK_MS
        standing = self._camera.standing
        sees = standing.state is State.SEES
        ready = sees and standing.light is not None and standing.a_second > 0
        if self._camera.is_on and not ready and self._waited_ms < CAMERA_MS:
            return
        self._look.stop()
        light = light_of(standing.light) if standing.light is not None else None
        found = rehearsal.judge_camera(
            on=self._camera.is_on, sees=sees, name=standing.name, a_second=standing.a_second, light=light
        )
        self._camera.watch(False)
        self._put(found)

    def _put(self, found: Checked) -> None:
        self.results[found.check] = found
        self._settle()

    def _settle(self) -> None:
        """When every line has its answer, it is kept."""
        self.changed.emit()
        if self.is_under_way and len(self.results) == len(Check) and not self._keep.is_open:
            self._keep.ask(
                partial(asking.keep_rehearsal, self._at.desk, [self.results[check] for check in Check])
            )

    def _was_kept(self, done: Rehearsed) -> None:
        self.stop()
        self.kept.emit(done)

    def _give_up(self, no: CannotDo) -> None:
        self.stop()
        self.refused.emit(no)
