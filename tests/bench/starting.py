"""How long a start takes: from the process to the first paint of the desk, and to the dashboard's numbers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from controllers import practice
from controllers.place import Place
from tests.bench.million import million

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 9

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

_DESK = """
import os
import sys
import app

def watched_run(program):
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                program.window.removeEventFilter(self)
                print("painted", flush=True)
            return False

    def look():
        screen = program.window.screen_in_front
        if screen is not None and screen.subtitle():
            screen.repaint()
            print("ready", flush=True)
            os._exit(0)

    watch = Watch()
    program.window.installEventFilter(watch)
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(2)
    program.show()
    return program.app.exec()

import ui.program
ui.program.Program.run = watched_run
app.main(["--data", sys.argv[1], "--practice", "--now", "2026-12-05T09:10+09:00"])
"""


def cold_start() -> tuple[list[float], list[float]]:
    """Milliseconds to the first paint: the desk's window, and a bare one."""
    return _both("painted")


def cold_ready() -> tuple[list[float], list[float]]:
    """Milliseconds to the dashboard's numbers, beside the first paint of a bare window."""
    return _both("ready")


def cold_ready_1m() -> tuple[list[float], list[float]]:
    """Milliseconds to the dashboard's numbers on a million reservations, beside an empty desk's, in turn."""
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        full.mkdir()
        (full / "practice.sqlite").symlink_to(million())
        Place(empty, practice=True).open("Desk").database.close()
        Place(full, practice=True).open("Desk").database.close()
        ours, floor = [], []
        for _ in range(ROUNDS + 1):
            ours.append(_timed(_DESK, "ready", str(full)))
            floor.append(_timed(_DESK, "ready", str(empty)))
    return ours[1:], floor[1:]


def _both(word: str) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory(prefix="counterfoil-bench-") as folder:
        desk = Place(Path(folder), practice=True).open("Desk")
        practice.fill(desk=desk, rows=300)
        desk.database.close()
        ours, floor = [], []
        for _ in range(ROUNDS + 1):
            ours.append(_timed(_DESK, word, folder))
            floor.append(_timed(_BARE, "painted"))
    return ours[1:], floor[1:]


def _timed(script: str, word: str, *args: str) -> float:
    """Milliseconds until a process says a word."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", script, *args], stdout=subprocess.PIPE, text=True, env=environment, cwd=PROJECT
    )
    assert process.stdout is not None
    took = -1.0
    for line in process.stdout:
        if line.strip() == word and took < 0:
            took = (time.perf_counter() - began) * 1000
    if process.wait(30) != 0 or took < 0:
        raise SystemExit(f"the desk never said it was {word}")
    return took
