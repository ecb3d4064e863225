"""A screen of its own (Xvfb) and a keyboard on it whose keys are real: XTEST, with the server's own time stamps.

The pauses between keys are kept by the server itself, so a busy machine does not stretch them.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise

from models import keyboards

PROGRAMS = ("Xvfb", "setxkbmap")
_X_TO_BOARD = 8
_REVERT_TO_PARENT = 2


def lacks() -> str:
    """What is not installed here of what this needs; '' when all is."""
    programs = [name for name in PROGRAMS if not shutil.which(name)]
    libraries = [name for name in ("X11", "Xtst") if not ctypes.util.find_library(name)]
    return ", ".join(programs + libraries)


@contextmanager
def a_screen(wide: int = 1366) -> Iterator[str]:
    """A screen that nobody sees; its name for DISPLAY."""
    told, tell = os.pipe()
    words = ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{wide}x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        _goes_first(server.pid)
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _goes_first(pid: int) -> None:
    """A keyboard of metal does not wait for a busy machine; this one does so at least where it may."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, pid, -15)


class Keyboard:
    """Presses keys by their place on the board; `after_ms` is how long the server waits before each."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.moves = 0
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._open = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._open, f"no screen {display}"

    def close(self) -> None:
        """Unplug it."""
        self._x.XCloseDisplay(self._open)

    def focus(self, window: int) -> None:
        """There is no window manager that would give a window the keyboard."""
        self._x.XSetInputFocus(self._open, ctypes.c_ulong(window), _REVERT_TO_PARENT, ctypes.c_ulong(0))
        self._x.XSync(self._open, 0)

    def set_layout(self, layout: str) -> None:
        """The country the computer is set to."""
        subprocess.run(["setxkbmap", "-display", self.display, layout], check=True, capture_output=True)

    def key(self, code: int, down: bool, after_ms: int = 0) -> None:
        """One key goes down or up."""
        self.moves += 1
        self._test.XTestFakeKeyEvent(self._open, code + _X_TO_BOARD, int(down), ctypes.c_ulong(after_ms))

    def flush(self) -> None:
        """Everything is on its way."""
        self._x.XFlush(self._open)

    def wait(self) -> None:
        """Until the server has pressed them all."""
        self._x.XSync(self._open, 0)

    def scan(self, text: str, *, end: int = keyboards.ENTER, pause_ms: int = 80, half_ms: int = 1) -> int:
        """A scanner at 500 keys a second: each key is down for 1 ms, and the next comes 1 ms later.

        Answers how many times a key went down or up.
        """
        moves: list[tuple[int, bool]] = []
        shifted = False
        for code, shift in keyboards.typed(text):
            if shift != shifted:
                moves.append((min(keyboards.SHIFTS), shift))
                shifted = shift
            moves += [(code, True), (code, False)]
        if shifted:
            moves.append((min(keyboards.SHIFTS), False))
        moves += [(end, True), (end, False)] if end else []
        for number, (code, down) in enumerate(moves):
            self.key(code, down, half_ms if number else pause_ms)
        self.flush()
        return len(moves)


STALL_MS = 25
"""No scanner waits so long in the middle of a code: the machine held up the server that presses the keys."""


def stalled(times: list[int], sent: list[int]) -> list[int]:
    """Which of the scans (by how many moves each had) were held up by the machine while they were sent."""
    found, at = [], 0
    for number, moves in enumerate(sent):
        of_scan = times[at : at + moves]
        at += moves
        if any(b - a > STALL_MS for a, b in pairwise(of_scan)) or len(of_scan) < moves:
            found.append(number)
    return found
