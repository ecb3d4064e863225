"""A desk in a window on an X screen, for the tests of the handheld scanner: told by lines what to show, it tells
what was read and which keys reached a widget.

Run by the tests as a program of its own, because a program has one kind of screen only.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from controllers.background import Background
from controllers.desk import open_desk
from controllers.scanning import Scan
from controllers.scanning.key_watch import KeyWatch
from controllers.scanning.keys import Key
from models.checkin import Kind
from models.database import sqlite_url
from tests.fakes import FakeLoudspeaker, StillClock
from tests.ui import gate_desk
from ui.at_desk import AtDesk
from ui.at_gate import AtGate
from ui.checkin import CheckIn
from ui.deeds import Deeds
from ui.main_window import MainWindow
from ui.program import _application
from ui.reservations import Reservations
from ui.scanners import Scanners
from ui.screens import plan
from ui.sounds import Sounds
from ui.widgets.overlay import Overlay

PLACES = ("check-in", "line edit", "dialog", "table", "verdict")
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})


class Leaks(QObject):
    """Counts what reaches widgets: keys, and what an input method writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() in _KEYS and isinstance(event, QKeyEvent):
                self.found.append(
                    f"{event.type().name} {event.key():x} {event.text()!r} {type(watched).__name__}"
                )
            elif isinstance(event, QInputMethodEvent) and (event.commitString() or event.preeditString()):
                self.found.append(f"input {event.commitString()!r} {event.preeditString()!r}")
        return False


class Desk:
    """The window, and what the tests ask of it."""

    def __init__(self, folder: Path, *, guarded: bool = True) -> None:
        self.app = _application()
        clock = StillClock(gate_desk.NOW)
        self.desk = open_desk(sqlite_url(folder / "desk.sqlite"), practice=True, clock=clock)
        self.codes = gate_desk.a_gate(self.desk, clock).codes
        self.background = Background()
        self.desk.listeners.append(self.background.announce)
        self.deeds = Deeds(self.background, lambda: self.desk, clock)
        self.at = AtDesk(
            self.background,
            lambda: self.desk,
            self.deeds,
            clock,
            lambda: self.gate,
            sounds=lambda: self.sounds,
        )
        screens = {"checkin": lambda: CheckIn(self.at), "reservations": lambda: Reservations(self.at)}
        self.window = MainWindow(plan(screens), now=clock)
        self.deeds.host = self.window.overlay_host
        self.gate, self.sounds = AtGate(self.at), Sounds(self.at, FakeLoudspeaker())
        self.scans: list[str] = []
        self.to_gate = False
        self.scanners = Scanners() if guarded else None
        self.times: list[int] = []
        self.moves = 0
        if self.scanners is not None:
            self.scanners.scanned.connect(self._read)
            self._note_times(self.scanners.watch)
        self.leaks = Leaks()
        self.app.installEventFilter(self.leaks)
        self.window.go("checkin")
        self.window.show()
        self._hears = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._hears.activated.connect(self._hear)
        self._line = b""
        self._tell(
            window=int(self.window.winId()), codes={kind.value: code for kind, code in self.codes.items()}
        )

    def _read(self, scan: Scan) -> None:
        self.scans.append(scan.text)
        if self.to_gate:
            self.gate.take(scan)

    def _note_times(self, watch: KeyWatch) -> None:
        """When each key was pressed, by the server's clock."""
        take = watch.take

        def noting(key: Key) -> bool:
            self.times.append(key.time_ms)
            self.moves += 1
            return take(key)

        watch.take = noting  # type: ignore[method-assign]

    def _hear(self) -> None:
        heard = os.read(sys.stdin.fileno(), 4096)
        if not heard:  # whoever asked is gone
            self._hears.setEnabled(False)
            self.do_quit()
        self._line += heard
        *lines, self._line = self._line.split(b"\n")
        for line in lines:
            word, _, rest = line.decode().partition(" ")
            getattr(self, f"do_{word}")(rest)

    def do_place(self, place: str) -> None:
        """Put the keyboard there."""
        self.to_gate = place == "verdict"
        for over in self.window.findChildren(Overlay):
            over.leave()
        if place in ("check-in", "verdict"):
            self.window.go("checkin")
        else:
            self.window.go("reservations")
            self.window.screen_in_front.setFocus()
        if place == "line edit":
            self.window.focus_search()
        elif place == "dialog":
            self.deeds.hold(int(self.codes[Kind.NOT_CONFIRMED].removeprefix("CF-")))
        self._after_work(self.do_empty)

    def do_empty(self, _: str = "") -> None:
        """Forget what was read, and empty the field."""
        field = self.app.focusWidget()
        if isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit)):
            field.clear()
        self.scans.clear()
        self.times.clear()
        self.leaks.found.clear()
        self.do_report()

    def do_report(self, _: str = "") -> None:
        """What was read, and what reached a widget."""
        focus = self.app.focusWidget()
        text = ""
        if isinstance(focus, QLineEdit):
            text = focus.text()
        elif isinstance(focus, (QPlainTextEdit, QTextEdit)):
            text = focus.toPlainText()
        self._tell(
            scans=self.scans,
            leaks=self.leaks.found[:20],
            leaked=len(self.leaks.found),
            text=text,
            times=self.times,
            moves=self.moves,
            focus=type(focus).__name__ if focus else "",
            verdict=self.gate.judged.kind.value if self.gate.judged else "",
        )

    def do_count(self, _: str = "") -> None:
        """How many scans were read so far."""
        self._tell(count=len(self.scans))

    def do_quit(self, _: str = "") -> None:
        """The end."""
        if self.scanners is not None:
            self.scanners.close()
        self.app.removeEventFilter(self.leaks)
        self.background.close()
        self.desk.database.close()
        self.app.quit()

    def _after_work(self, then: Any) -> None:
        """Once every lane is idle and what it answered is shown."""
        if self.background.idle():
            QTimer.singleShot(50, then)
        else:
            QTimer.singleShot(20, lambda: self._after_work(then))

    def _tell(self, **what: Any) -> None:
        print(json.dumps(what), flush=True)


if __name__ == "__main__":
    at_desk = Desk(Path(sys.argv[1]), guarded="unguarded" not in sys.argv)
    QApplication.exec()
