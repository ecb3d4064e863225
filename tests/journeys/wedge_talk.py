"""Starts the desk of `wedge_desk` on a screen and talks with it; with an input method for Hangul where asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.x_keys import Keyboard

ROOT = Path(__file__).resolve().parents[2]
_WITH_HANGUL = """\
ibus-daemon --daemonize --replace --panel disable --xim >/dev/null 2>&1
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  sleep 0.25; ibus engine hangul >/dev/null 2>&1 && [ "$(ibus engine 2>/dev/null)" = hangul ] && break
done
"$@"
code=$?
ibus exit >/dev/null 2>&1
exit $code
"""


def lacks_hangul() -> str:
    """What is not installed here of the input method; '' when all is."""
    needs = ("ibus-daemon", "dbus-run-session")
    lacking = [name for name in needs if not shutil.which(name)]
    engine = any(Path("/usr/share/ibus/component").glob("hangul.xml"))
    return ", ".join(lacking + ([] if engine else ["ibus-hangul"]))


class Talk:
    """Asks the desk in the other program, and waits for its answers."""

    def __init__(self, program: subprocess.Popen[str], keyboard: Keyboard) -> None:
        self._program = program
        self._keyboard, self._before = keyboard, keyboard.moves
        first = self.hear()
        self.window: int = first["window"]
        self.codes: dict[str, str] = first["codes"]

    def hear(self) -> dict[str, Any]:
        """The next answer."""
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        while line and not line.startswith("{"):  # what the input method has to say
            line = self._program.stdout.readline()
        assert line, "the desk has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, *words: str) -> dict[str, Any]:
        """Say something, and hear the answer."""
        assert self._program.stdin is not None
        self._program.stdin.write(" ".join(words) + "\n")
        self._program.stdin.flush()
        return self.hear() if words[0] != "quit" else {}

    def rest(self, seconds: float = 20) -> dict[str, Any]:
        """Until every key has been seen, and what it writes has come to rest."""
        until = time.monotonic() + seconds
        told, before = self.ask("report"), None
        while time.monotonic() < until:
            time.sleep(0.25)
            before, told = told, self.ask("report")
            arrived = told["moves"] >= self._keyboard.moves - self._before or not told["moves"]
            if arrived and (told["text"], told["leaked"]) == (before["text"], before["leaked"]):
                break
        return told

    def wait_for(self, count: int, seconds: float = 20) -> dict[str, Any]:
        """Until so many scans were read and the keys have come to rest."""
        until = time.monotonic() + seconds
        while self.ask("count")["count"] < count and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        return self.ask("report")


@contextmanager
def a_desk(
    display: str, folder: Path, keyboard: Keyboard, *, hangul: bool = False, guarded: bool = True
) -> Iterator[Talk]:
    """The desk on that screen, with the keyboard's attention."""
    words = [
        sys.executable,
        "-m",
        "tests.journeys.wedge_desk",
        str(folder),
        *([] if guarded else ["unguarded"]),
    ]
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "compose"}
    environment["XDG_CONFIG_HOME"] = environment["XDG_CACHE_HOME"] = str(folder / "home")
    environment["GSETTINGS_BACKEND"] = "keyfile"
    if hangul:
        words = ["dbus-run-session", "--", "sh", "-c", _WITH_HANGUL, "sh", *words]
        environment["QT_IM_MODULE"] = "ibus"
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, env=environment, text=True, **piped) as program:
        talk = Talk(program, keyboard)
        keyboard.focus(talk.window)
        try:
            yield talk
        finally:
            talk.ask("quit")
            try:
                program.wait(timeout=60)
            except subprocess.TimeoutExpired:
                program.kill()
