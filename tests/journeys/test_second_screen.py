"""A second monitor at a real X screen: the greeting lies on it alone, goes with its cable, and comes back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import x_keys

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xrandr") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")
Ask = Callable[..., dict[str, Any]]


def plug(display: str, name: str, place: str | None, output: str = "none") -> None:
    """A monitor of this name and place, or with None no more."""
    words = ["--setmonitor", name, place, output] if place else ["--delmonitor", name]
    subprocess.run(["xrandr", "--display", display, *words], check=True)


@contextmanager
def a_desk(display: str, folder: Path) -> Iterator[Ask]:
    """The program, and a way to ask it."""
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "tests.journeys.second_desk", str(folder)]
    program = subprocess.Popen(
        words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin is not None
    assert program.stdout is not None
    come, go = program.stdout, program.stdin

    def ask(words: str = "?") -> dict[str, Any]:
        go.write(f"{words}\n")
        go.flush()
        told: dict[str, Any] = json.loads(come.readline())
        return told

    try:
        yield ask
    finally:
        go.close()
        come.close()
        program.wait(60)


def until(ask: Ask, place: list[int] | None) -> dict[str, Any]:
    """Ask until the greeting lies there."""
    end = time.monotonic() + 60
    while True:
        told = ask()
        if told["place"] == place or time.monotonic() > end:
            return told
        time.sleep(0.05)


def test_the_greeting_lies_on_the_second_monitor_and_survives_its_cable(tmp_path: Path) -> None:
    with x_keys.a_screen(2646) as display, a_desk(display, tmp_path) as ask:
        assert ask()["place"] is None
        plug(display, "DESK", "1366/361x768/203+0+0", "screen")
        plug(display, "GUESTS", "1280/338x720/190+1366+0")
        told = until(ask, [1366, 0, 1280, 720])
        assert told == {
            "place": [1366, 0, 1280, 720],
            "screen": "GUESTS",
            "says": "Hold your code here",
            "keyboard": True,
        }
        ask("drag 1500 100")
        assert until(ask, None)["place"] is None, "the desk stands there now"
        ask("drag 0 0")
        assert until(ask, [1366, 0, 1280, 720])["place"] == [1366, 0, 1280, 720]
        plug(display, "GUESTS", None)
        assert until(ask, None) == {"place": None, "screen": None, "says": None, "keyboard": True}
        plug(display, "GUESTS", "1024/271x768/203+1366+0")
        told = until(ask, [1366, 0, 1024, 768])
        assert (told["place"], told["screen"], told["keyboard"]) == (
            [1366, 0, 1024, 768], "GUESTS", True,
        )  # fmt: skip
