"""The check-in screen in a real window at a real desk, for tests: type, press, and wait until all is quiet."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from controllers.background import Background
from controllers.desk import Desk, open_desk
from models.checkin import Kind
from models.database import sqlite_url
from tests.fakes import FakeLoudspeaker, StillClock
from tests.ui import gate_desk
from tests.ui.gallery_windows import Sample
from tests.ui.handheld import Handheld
from ui.at_desk import AtDesk
from ui.at_gate import AtGate
from ui.checkin import CheckIn
from ui.checkin_lines import ScanLine
from ui.deeds import Deeds
from ui.main_window import MainWindow
from ui.scanners import Scanners
from ui.screens import plan
from ui.sounds import Sounds
from ui.widgets.verdict_card import VerdictCard
from ui.widgets.verdict_face import VerdictFace


class GateWindow:
    """What a test does at the gate, and what it sees there."""

    def __init__(self, qtbot: QtBot, file: Path, codes: dict[Kind, str]) -> None:
        self.qtbot, self.codes = qtbot, codes
        self.clock = StillClock(gate_desk.NOW)
        self.desk = open_desk(sqlite_url(file), practice=True, clock=self.clock)
        self.door: Callable[[], Desk] = lambda: self.desk
        self.background = Background()
        self.desk.listeners.append(self.background.announce)
        self.deeds = Deeds(self.background, lambda: self.door(), self.clock)
        self.scanners = Scanners()
        self.at = AtDesk(
            self.background,
            lambda: self.door(),
            self.deeds,
            self.clock,
            lambda: self.at_gate,
            lambda: self.scanners,
            lambda: self.sounds,
        )
        self.at_gate = AtGate(self.at)
        self.loudspeaker = FakeLoudspeaker()
        self.sounds = Sounds(self.at, self.loudspeaker)
        self.at_gate.shown.connect(self.sounds.tell)
        self.at_gate.queued.connect(self.sounds.tell_queued)
        self.scanners.scanned.connect(self.at_gate.take)
        others = {
            word: (lambda word=word: Sample(word))
            for word in ("today", "reservations", "details", "sell", "settings")
        }
        self.window = MainWindow(plan({**others, "checkin": self._build}), now=self.clock)
        qtbot.addWidget(self.window)
        self.deeds.host = self.window.overlay_host
        self.background.changed.connect(self.window.refresh)
        self.gone: list[tuple[str, dict]] = []
        self.window.go("checkin")
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.handheld = Handheld(self.window)
        self.quiet()
        self.screen.navigate.connect(lambda word, what: self.gone.append((word, what)))
        self.at_gate.navigate.connect(self._go)

    def _go(self, word: str, what: dict) -> None:
        self.gone.append((word, what))
        self.window.go(word, **what)

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        """The last scans, newest first."""
        return self.at_gate.book.lines

    def _build(self) -> CheckIn:
        self.screen = CheckIn(self.at)
        return self.screen

    @property
    def keyboard(self) -> QWidget:
        """Who has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def card(self) -> VerdictCard | None:
        """The verdict that is up."""
        cards = [card for card in self.window.findChildren(VerdictCard) if card.isVisible()]
        return cards[-1] if cards else None

    @property
    def face(self) -> VerdictFace:
        """What the verdict says."""
        assert self.card is not None
        return self.card.face

    def quiet(self) -> None:
        """Until every lane is idle and what it answered is shown."""
        for _ in range(2):
            self.qtbot.waitUntil(self.background.idle)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Every key of a text, wherever the keyboard is."""
        self.qtbot.keyClicks(self.keyboard, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        self.qtbot.keyClick(self.keyboard, key, modifier)

    def scan(self, text: str) -> None:
        """Typed and entered where it can be, read by a scanner over a verdict; the answer is there afterwards."""
        if self.card is None:
            self.type(text)
            self.press(Qt.Key.Key_Return)
        else:
            self.handheld.read(text)
            QApplication.processEvents()  # what was read is told when the last key is done with
        self.quiet()

    def scan_kind(self, kind: Kind) -> VerdictFace:
        """Scan what is answered with this kind."""
        self.scan(self.codes[kind])
        return self.face

    def letter(self, key: Qt.Key) -> None:
        """One letter, and what comes of it."""
        self.press(key)
        self.quiet()

    def end(self) -> None:
        """End the verdict and wait until it has faded out."""
        card = self.card
        assert card is not None
        card.leave()
        self.qtbot.waitUntil(lambda: self.card is not card)
        self.quiet()

    def close(self) -> None:
        """Everything away."""
        self.scanners.close()
        self.background.close()
        self.desk.database.close()


def a_gate_file(folder: Path) -> tuple[Path, dict[Kind, str]]:
    """A file to be copied for each test, and what to scan."""
    file = folder / "gate.sqlite"
    clock = StillClock(gate_desk.NOW)
    desk = open_desk(sqlite_url(file), practice=True, clock=clock)
    made = gate_desk.a_gate(desk, clock)
    desk.database.close()
    return file, made.codes


def copied(file: Path, folder: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copyfile(file, folder / "desk.sqlite"))
