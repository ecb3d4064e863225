"""Notes which use case is under way, so that the start after a crash can say what was going on.

A small file mapped into memory: each thread has a line of its own, overwritten when it begins something and emptied
when that has ended. To write is to store some bytes, no call of the system and no wait for a disk; what is stored stays
with the system when the program is killed. Only names of use cases and rights are in it, nothing of anybody's data.
"""

from __future__ import annotations

import json
import mmap
import os
import threading
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import time

from models.frozen import frozen

FILE, DETAILS = "running.txt", "crash.txt"
_HEAD, _LINE, _LINES = 128, 128, 32
_CLOSED = b"closed"


@frozen
class Going:
    """A use case that was under way: its name, what it does in words, and since when."""

    name: str
    right: str
    since: datetime


@frozen
class Crash:
    """A start that never came to its end. `details` is the file of the crash itself, '' where it left none."""

    began: datetime
    going: tuple[Going, ...]
    details: str


class Diary:
    """The notes of one program. `before` is what the last one left that was not closed."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError where nothing can be written; the program goes on without notes then."""
        self._file, self._crash = folder / FILE, folder / DETAILS
        self.before = _read(self._file, self._crash)
        self._mine, self._numbers = threading.local(), count()
        with self._file.open("w+b") as out:
            out.write(_line({"began": datetime.now(UTC).isoformat()}, _HEAD) + _EMPTY * _LINES)
            out.flush()
            self._notes = mmap.mmap(out.fileno(), 0)
        self.details = self._crash.open("w", encoding="utf-8")

    def begin(self, name: str, right: str) -> bool:
        """This thread begins something; False inside of something else, which stays noted."""
        if getattr(self._mine, "busy", False):
            return False
        if not hasattr(self._mine, "at"):
            self._mine.at = _HEAD + _LINE * (next(self._numbers) % _LINES)
        self._mine.busy = True
        self._write(f"{time():.0f} {name} {right}".encode())
        return True

    def end(self) -> None:
        """What this thread began has ended, well or not."""
        self._mine.busy = False
        self._write(b"")

    def close(self) -> None:
        """The program ends as it should."""
        self._notes[_HEAD - 1 - len(_CLOSED) : _HEAD - 1] = _CLOSED
        self._notes.close()
        self.details.close()
        with suppress(OSError):
            if not self._crash.stat().st_size:
                self._crash.unlink()

    def _write(self, words: bytes) -> None:
        with suppress(ValueError):  # closed meanwhile: the last use cases end after the window
            self._notes[self._mine.at : self._mine.at + _LINE - 1] = words[: _LINE - 1].ljust(_LINE - 1)


_EMPTY = b" " * (_LINE - 1) + b"\n"
current: Diary | None = None
"""The notes of this program; None for the command line, which says itself how it ended."""


def _line(told: dict[str, str], length: int) -> bytes:
    return json.dumps(told).encode().ljust(length - 1) + b"\n"


def _read(file: Path, details: Path) -> Crash | None:
    """What a program left that was not closed; a file that cannot be understood says nothing."""
    try:
        notes = file.read_bytes()
        began = datetime.fromisoformat(json.loads(notes[: _HEAD - 1 - len(_CLOSED)])["began"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if notes[:_HEAD].rstrip().endswith(_CLOSED):
        return None
    lines = (
        notes[at : at + _LINE].decode(errors="replace").split() for at in range(_HEAD, len(notes), _LINE)
    )
    going = [_going(words) for words in lines if len(words) > 2 and words[0].isdigit()]
    return Crash(began, tuple(sorted(going, key=lambda one: one.since)), _put_aside(details))


def _going(words: list[str]) -> Going:
    return Going(words[1], " ".join(words[2:]), datetime.fromtimestamp(int(words[0]), UTC))


def _put_aside(details: Path) -> str:
    """The file of the crash, under a name that the next one does not write over."""
    try:
        if not details.stat().st_size:
            return ""
        kept = details.with_name("crash-before.txt")
        os.replace(details, kept)
    except OSError:
        return ""
    return str(kept)
