"""Hears every scanner of this counter, whatever is on screen, and hands on what was read.

Handheld scanners type like a keyboard or speak over a serial line; what any of them reads is one `Scan`.
While the settings show what a scanner sends, its codes go there and not to the gate.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from controllers.background import Background
from controllers.scanning import Scan
from controllers.scanning.burst import Burst, Rhythm
from controllers.scanning.key_sources import watch_keys
from controllers.scanning.keys import Place
from controllers.scanning.serial import SerialScanner
from controllers.scanning.serial_line import Line
from models.counter_settings import CounterSettings
from ui import asking
from ui.asking import DeskDoor
from ui.question import Question
from ui.widgets.key_bar import Standing

SCANS = "scans"
"""A field that says so is there for codes: whatever a scanner sends is one, and gets an answer, also what is none."""


class Scanners(QObject):
    """`scanned` brings a `Scan`, `stands` that a scanner came or went.

    `seen` brings what a keyboard scanner sent, key by key, as a `Burst`; `heard` what came over the serial line.
    """

    scanned = Signal(object)
    stands = Signal()
    seen = Signal(object)
    heard = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tested_by: set[QObject] = set()
        self._has_read = False
        self.watch, self._keys = watch_keys(place_of_focus, self)
        self.watch.scanned.connect(self._take_burst)
        self.serial = SerialScanner(self)
        self.serial.scanned.connect(self._take_line)
        self.serial.stands.connect(self.stands)

    def follow(self, background: Background, desk: DeskDoor) -> None:
        """Be set up as this counter is, now and whenever that is changed."""
        question = Question(background, self)
        question.answered.connect(self.set_up)
        self.serial.trouble.connect(background.trouble)
        ask = partial(question.ask, partial(asking.counter_settings, desk))
        for changed in (background.changed, background.changed_elsewhere):
            changed.connect(lambda what: ask() if "settings" in what else None)
        ask()

    def set_up(self, settings: CounterSettings) -> None:
        """As these settings say."""
        self.watch.wedge.layout = settings.scanner_layout
        self.watch.wedge.slowest_ms = settings.scanner_gap_ms
        rhythm = Rhythm(settings.scanner_rhythm_ms, settings.scanner_swing_ms)
        self.watch.wedge.rhythm = rhythm if rhythm.gap_ms else None
        self.serial.listen(settings.scanner_port)

    def test(self, who: QObject, *, testing: bool) -> None:
        """While somebody tests, nothing is judged."""
        (self._tested_by.add if testing else self._tested_by.discard)(who)

    @property
    def standing(self) -> Standing | None:
        """How they stand, in words for the key bar; None as long as nothing is known of any."""
        if self.serial.line is Line.UNPLUGGED:
            return Standing(self.tr("Scanner unplugged"), "scanner", "stop")
        if self.serial.line is Line.FORBIDDEN:
            return Standing(self.tr("Scanner not allowed"), "scanner", "stop")
        if self.serial.line is Line.READY or self._has_read:
            return Standing(self.tr("Scanner ready"), "scanner", "good")
        return None

    def close(self) -> None:
        """The program ends."""
        self._keys.remove()
        self.watch.stop()
        self.serial.close()

    def _take_burst(self, burst: Burst) -> None:
        self.seen.emit(burst)
        self._take(burst.text, "wedge")

    def _take_line(self, text: str) -> None:
        self.heard.emit(text)
        self._take(text, "serial")

    def _take(self, text: str, source: str) -> None:
        if not self._has_read:
            self._has_read = True
            self.stands.emit()
        if not self._tested_by:
            self.scanned.emit(Scan(text, source))


def place_of_focus() -> Place:
    """What has the keyboard: something that is written in, a password, or only keys."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is not QLineEdit.EchoMode.Normal:
            return Place.SECRET
        return Place.KEYS if widget.isReadOnly() or widget.property(SCANS) else Place.TEXT
    if isinstance(widget, (QTextEdit, QPlainTextEdit, QAbstractSpinBox)):
        written = Place.TEXT if isinstance(widget, QAbstractSpinBox) else Place.LINES
        return Place.KEYS if widget.isReadOnly() else written
    return Place.KEYS
