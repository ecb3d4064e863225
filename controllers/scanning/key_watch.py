"""Watches every key of the program, whatever has the focus, and takes a scanner's out of it.

The system tells of keys (`keys_x11`, `keys_windows`; elsewhere Qt itself, `keys_qt`), the wedge decides, and what
is a person's goes back by the way it came. While something is on its way back, later keys wait in line behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Qt, QTimer, Signal

from controllers.scanning.key_flow import KeyFlow
from controllers.scanning.keys import Key, Place, elapsed
from controllers.scanning.wedge import Outcome, Wedge

LOST_AFTER_MS = 1000
"""What was sent back and has not come by then never will: its window is gone."""
PACE_MS = 25
"""Keys go back as far apart as they came, but no further: input methods mix up keys that come all at once."""


class KeySource(Protocol):
    """What a system must be able to do with keys."""

    event_type: bytes

    @staticmethod
    def bytes_at(pointer: int) -> bytes: ...
    def key(self, event: bytes) -> Key | None: ...
    def was_sent(self, event: bytes) -> bool: ...
    def is_same(self, event: bytes, key: Key) -> bool: ...
    def give_back(self, keys: tuple[Key, ...]) -> None: ...
    def fence(self, number: int) -> bool: ...
    def fence_number(self, event: bytes) -> int | None: ...


class KeyWatch(QObject):
    """`scanned` brings each `Burst`, once the program is done with the key that ended it."""

    scanned = Signal(object)

    def __init__(
        self,
        place: Callable[[], Place],
        give_back: Callable[[tuple[Key, ...]], None],
        fence: Callable[[int], bool],
        parent: QObject | None = None,
    ) -> None:
        """`give_back` sends keys again; `fence` asks for `fence_reached(number)`, False where it cannot."""
        super().__init__(parent)
        self.wedge, self.flow = Wedge(), KeyFlow()
        self._place, self._give_back, self._ask_fence = place, give_back, fence
        self._line: deque[Key] = deque()
        self._on_their_way: deque[Key] = deque()
        self._number, self._asked = 0, -1
        self._wait = self._timer(self._waited)
        self._pace = self._timer(self._send_next)
        self._lost = self._timer(self._on_their_way.clear)
        self._lost.setInterval(LOST_AFTER_MS)

    def came_back(self, is_it: Callable[[Key], bool]) -> None:
        """A key that was sent back is here. They keep their order, so those before it had a window that is gone."""
        at = next((n for n, key in enumerate(self._on_their_way) if is_it(key)), -1)
        for _ in range(at + 1):
            self._on_their_way.popleft()
        if not self._on_their_way:
            self._lost.stop()

    def take(self, key: Key) -> bool:
        """A key from the keyboard; whether it must go no further."""
        self.flow.heard(key)
        return self._do(self.wedge.key(key, self._place()), key)

    def fence_reached(self, number: int) -> None:
        """Every key that was pressed before the fence has been seen."""
        if number == self._number:
            self._do(self.wedge.silence(self._place()), None)

    def stop(self) -> None:
        """No more keys will come; what is held goes back."""
        self._do(self.wedge.silence(self._place()), None)
        self._wait.stop()
        while self._line:
            self._send_next()

    def _do(self, outcome: Outcome, key: Key | None) -> bool:
        back, swallowed = outcome.back, outcome.held
        for one in (*back, *((key,) if key is not None and not swallowed else ())):
            self.flow.wrote(one)
        if key is not None and not swallowed and (self._line or self._on_their_way):
            back, swallowed = (*back, key), True
        if back:
            self._line.extend(back)
            if not self._pace.isActive():
                self._send_next()
        if outcome.burst is not None:
            burst = outcome.burst
            QTimer.singleShot(0, self, lambda: self.scanned.emit(burst))
        self._number += 1
        wait = self.wedge.wait_ms
        if wait:
            self._wait.start(wait)
        else:
            self._wait.stop()
        return swallowed

    def _send_next(self) -> None:
        """The next in line, with what came at the same moment; the one after it when its time has come."""
        keys = [self._line.popleft()]
        while self._line and not elapsed(keys[-1], self._line[0]):
            keys.append(self._line.popleft())
        if self._line:
            self._pace.start(min(PACE_MS, elapsed(keys[-1], self._line[0])))
        else:
            self._pace.stop()
        self._on_their_way.extend(keys)
        self._lost.start()
        self._give_back(tuple(keys))

    def _waited(self) -> None:
        """Nothing came for long enough - unless this program was busy, and keys wait outside."""
        number = self._number
        if number != self._asked and self._ask_fence(number):
            self._asked = number
            self._wait.start(LOST_AFTER_MS)  # the window that should be told may be gone
        else:
            QTimer.singleShot(0, self, lambda: self.fence_reached(number))

    def _timer(self, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer


class NativeKeys(QAbstractNativeEventFilter):
    """Hands the system's own events to the watch."""

    def __init__(self, watch: KeyWatch, source: KeySource) -> None:
        super().__init__()
        self._watch, self._source = watch, source

    def nativeEventFilter(self, event_type: Any, message: Any) -> tuple[bool, int]:
        if bytes(event_type) != self._source.event_type:
            return False, 0
        return self.take(self._source.bytes_at(int(message))), 0

    def take(self, event: bytes) -> bool:
        """One event; whether Qt must not see it."""
        source, watch = self._source, self._watch
        number = source.fence_number(event)
        if number is not None:
            watch.fence_reached(number)
            return True
        key = source.key(event)
        if key is None:
            return False
        if source.was_sent(event):
            watch.came_back(lambda due: source.is_same(event, due))
            return False
        return watch.take(key)

    def install(self) -> None:
        """From now on."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)

    def remove(self) -> None:
        """No more."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
