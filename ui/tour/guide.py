"""Leads through the window: presses keys, waits for what they bring, keeps pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from controllers.place import Place
from models import keyboards
from models.refusals import CannotDo
from models.reservations import Status
from ui import asking, theme
from ui.program import Program
from ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from ui.at_desk import AtDesk
    from ui.screen import Screen

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
STARTS = datetime(2026, 12, 5, 0, 40, tzinfo=UTC)  # 09:40 in Seoul
GATE = datetime(2026, 12, 5, 1, 10, tzinfo=UTC)  # 10:10, twenty minutes before the tour
LATER = datetime(2026, 12, 5, 1, 22, tzinfo=UTC)  # 10:22, twelve minutes after they came
AFTER = datetime(2026, 12, 5, 5, 0, tzinfo=UTC)  # 14:00, the tour has ended
PAID_BACK = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)  # Monday 11:00, two days later
REFERENCE = "TNA-20261204-0000001"
PATIENCE_S = 30.0
_X_KEYS = 8  # an X server counts the places of keys from here


class Guide:
    """One tour: its folder, its practice desk, its window and its clock."""

    def __init__(self, folder: Path, screens: Mapping[str, Callable[[AtDesk], Screen]]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        data = folder / "desk"
        _empty(data)
        self.count, self.now = 0, STARTS
        self.program = Program(Place(data, practice=True), screens)
        theme.apply(self.program.app, theme.Theme.LIGHT)
        self.window = self.program.window
        self.window.resize(1366, 768)
        self.program.show()
        self.wait(lambda: self.program.is_open, "the desk opens")
        self.desk.clock = lambda: self.now
        self._typed_ms = 10_000

    @property
    def desk(self) -> Any:
        """The desk, once its door is open."""
        return self.program.desk()

    def close(self) -> None:
        """Closes the window and the desk."""
        self.window.close()
        self.settle(0.05)

    def number(self, reference: str) -> int:
        """The reservation of a channel's number."""
        found: int = self.here(asking.find, reference)
        return found

    def scan_by_hand(self, text: str) -> None:
        """A handheld scanner sends a code: keys by their places, two thousandths of a second apart, and Enter."""
        self._typed_ms += 60_000
        for place, shifted in keyboards.typed(text):
            sign = keyboards.written([(place, shifted)])
            self._stroke(place, Qt.Key(ord(sign.upper())), sign)
        self._stroke(keyboards.ENTER, Qt.Key.Key_Return, "\r")

    def _stroke(self, place: int, key: Qt.Key, sign: str) -> None:
        window = self.window.windowHandle()
        none = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, none, place + _X_KEYS, 0, 0, sign)
            event.setTimestamp(self._typed_ms)
            QCoreApplication.sendEvent(window, event)
        self._typed_ms += 2

    def here(self, ask: Callable[..., Any], *args: Any) -> Any:
        """A question asked at once; the tour has nobody to keep waiting."""
        return ask(self.program.desk, *args)

    def status(self, reservation_id: int) -> Status:
        status: Status = self.here(asking.details, reservation_id).row.status
        return status

    def go(self, word: str, **what: Any) -> None:
        self.window.go(word, **what)
        self.settle(0.1)
        self.wait(self.program.is_quiet, f"{word} is shown")
        self.settle(0.1)

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key)
        self.settle(0.15)
        self.wait(self.program.is_quiet, "the desk answers")

    def write(self, text: str) -> None:
        """Letters, where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def overlay(self, kind: type[Any], what: str) -> Any:
        """The dialog or card that lies over the window."""
        found: list[Any] = []

        def there() -> bool:
            found[:] = [w for w in self.window.findChildren(kind) if w.isVisible()]
            return bool(found)

        self.wait(there, what)
        self.wait(self.program.is_quiet, what)
        self.settle(0.3)
        return found[-1]

    def gone(self, widget: QWidget) -> None:
        from shiboken6 import isValid

        self.wait(lambda: not isValid(widget) or not widget.isVisible(), "it closes")
        self.settle(0.2)

    def leave_overlays(self) -> None:
        for overlay in self.window.findChildren(Overlay):
            if overlay.isVisible():
                overlay.leave()
        self.settle(0.2)

    def wait(self, until: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > ends:
                self.picture("stuck")
                raise CannotDo("tour-stuck", step=what)
            self.settle(0.02)

    def settle(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while True:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if time.monotonic() >= ends:
                return
            time.sleep(0.005)

    def picture(self, name: str) -> None:
        self.settle(0.05)
        self.count += 1
        self.window.grab().save(str(self.folder / f"{self.count:02d}-{name}.png"))


def _empty(folder: Path) -> None:
    """The tour's own practice file, from an earlier tour."""
    for name in ("practice.sqlite", "practice.sqlite-wal", "practice.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
