"""Hands papers to the system's printers: their names, a job into the queue, and what became of it.

`Spooler` is what a way to printers can do. `Cups` is the way on Linux and macOS: it gives the PDF itself to the
queue, so letters and codes stay lines on paper. Where CUPS is not there, the windows bring their own way.
Only names, job numbers and exit codes are read, and the tools are spoken to in one language: a system that
answers in German is understood, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import Protocol

from models.papers import POINT, SIZES, Paper
from models.refusals import CannotDo

_ANSWERS_S = 15.0
_PATIENCE_S = 12.0
_MEDIA = {Paper.A4: "A4", Paper.A5: "A5"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a paper: the queue's own number of it, and whether it is still in the queue."""

    job: str = ""
    waits: bool = False


class Spooler(Protocol):
    """A way to printers. Called on a lane."""

    def names(self) -> tuple[str, ...]:
        """Every printer the system knows."""

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        """Prints it, and waits a while for it. `height` of the page in points, for a roll.

        Raises CannotDo("printer-gone"), ("printer-stopped") or ("printer-silent"); then nothing was printed.
        """

    def withdraw(self, job: str) -> bool:
        """Takes a paper that waits out of the queue; False where it is no longer there: it came out."""


class Cups:
    """The printers of this system's CUPS."""

    def __init__(self, patience_s: float = _PATIENCE_S) -> None:
        self._patience_s = patience_s

    @staticmethod
    def is_here() -> bool:
        """Whether this system prints by CUPS."""
        return os.name == "posix" and bool(shutil.which("lp") and shutil.which("lpstat"))

    def names(self) -> tuple[str, ...]:
        told = _told("lpstat", "-e")
        return tuple(dict.fromkeys(told.stdout.decode(errors="replace").split()))

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        known = self.names()
        if printer not in known:
            raise CannotDo("printer-gone", printer=printer, known=", ".join(known) or "-")
        told = _told("lp", "-d", printer, "-t", title, *_options(paper, height), "-", given=pdf)
        if told.returncode:
            raise CannotDo("printer-silent", printer=printer)
        found = re.search(re.escape(printer) + r"-\d+", told.stdout.decode(errors="replace"))
        return self._follow(found.group(), printer) if found else Sent()

    def withdraw(self, job: str) -> bool:
        return _told("cancel", job).returncode == 0

    def _follow(self, job: str, printer: str) -> Sent:
        """Until it has come out, or the printer shows that it will not for now."""
        until, pause = time.monotonic() + self._patience_s, 0.05
        while job in _waiting(printer):
            if _is_stopped(printer) and self.withdraw(job):
                raise CannotDo("printer-stopped", printer=printer)
            if time.monotonic() > until:
                return Sent(job, waits=True)
            time.sleep(pause)
            pause = min(0.5, pause * 1.5)
        return Sent(job)


def _options(paper: Paper, height: float) -> tuple[str, ...]:
    if paper is Paper.ROLL:
        media = f"Custom.{SIZES[paper].width / POINT:.0f}x{height / POINT:.0f}mm"
    else:
        media = _MEDIA[paper]
    return ("-o", f"media={media}", "-o", "print-scaling=none", "-o", "sides=one-sided")


def _waiting(printer: str) -> frozenset[str]:
    told = _told("lpstat", "-W", "not-completed", "-o", printer)
    lines = told.stdout.decode(errors="replace").splitlines()
    return frozenset(line.split()[0] for line in lines if line.strip())


def _is_stopped(printer: str) -> bool:
    return " disabled since " in _told("lpstat", "-p", printer).stdout.decode(errors="replace")


def _told(*words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """What a tool of CUPS answers; one that does not answer has refused."""
    plain = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "C"}
    try:
        return subprocess.run(words, input=given, capture_output=True, env=plain, timeout=_ANSWERS_S)
    except (subprocess.TimeoutExpired, OSError):
        return subprocess.CompletedProcess(words, returncode=1, stdout=b"", stderr=b"")
