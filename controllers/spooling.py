"""Hands papers to the system's printers: their names, a job into the queue, and what became of it.

`Spooler` is what a way to printers can do; a `Queue` can also be asked later what became of a paper. `Cups` is the way
on Linux and macOS: it gives the PDF itself to the queue, so letters and codes stay lines on paper. Where CUPS is not
there, the windows bring their own way. Of what the tools of CUPS say only names, job numbers and exit codes are read,
and they are spoken to in one language: a system that answers in German is understood, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from typing import Protocol, runtime_checkable

from controllers import cups_jobs
from controllers.cups_jobs import CupsJob, JobState
from models.frozen import frozen
from models.papers import POINT, SIZES, Paper
from models.prints import Fate
from models.refusals import CannotDo

_ANSWERS_S = 15.0
_PATIENCE_S = 12.0
_STOPS_S = 3.0
_MEDIA = {Paper.A4: "A4", Paper.A5: "A5"}
# What somebody once set for a printer must not make two papers of one, nor two pages one paper.
_ONCE = ("-n", "1", "-o", "number-up=1", "-o", "sides=one-sided", "-o", "job-sheets=none,none")


@frozen
class Sent:
    """What became of a paper, and the queue's own number of it."""

    job: str = ""
    fate: Fate = Fate.OUT


class Spooler(Protocol):
    """A way to printers. Called on a lane."""

    def names(self) -> tuple[str, ...]:
        """Every printer the system knows."""

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        """Gives it to the printer. `height` of the page in points, for a roll.

        Raises CannotDo("printer-gone"), ("printer-stopped") or ("printer-silent"); then nothing was printed. What was
        broken off in the middle is CannotDo("print-unsure").
        """


@runtime_checkable
class Queue(Protocol):
    """A way on which papers lie in a queue: it can be waited for, asked later, and taken back."""

    def follow(self, sent: Sent, printer: str) -> Sent:
        """Waits a while for a paper that waits. Raises CannotDo("printer-stopped"); then nothing was printed."""

    def became(self, job: str, printer: str) -> Sent | None:
        """What became of a paper; None where nobody answers. '#…' for a job is the end of its title."""

    def withdraw(self, job: str, printer: str) -> Fate:
        """Takes it out of the queue: NOT where nothing of it comes out any more."""


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
        return tuple(dict.fromkeys(told.stdout.decode(errors="replace").split())) if told else ()

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        known = self.names()
        if printer not in known:
            raise CannotDo("printer-gone", printer=printer, known=", ".join(known) or "-")
        if _is_stopped(printer):
            raise CannotDo("printer-stopped", printer=printer)
        told = _told("lp", "-d", printer, "-t", title, *_ONCE, *_options(paper, height), "-", given=pdf)
        if told is not None and told.returncode:
            raise CannotDo("printer-silent", printer=printer)
        answer = told.stdout.decode(errors="replace") if told is not None else ""
        found = re.search(re.escape(_queue(printer)) + r"-\d+", answer)
        # Without an answer it may have been taken all the same: then it is found by its title.
        return Sent(found.group() if found else title.rpartition(" ")[2], Fate.WAITS)

    def follow(self, sent: Sent, printer: str) -> Sent:
        until, pause = time.monotonic() + self._patience_s, 0.05
        while (now := self.became(sent.job, printer)) is None or now.fate is Fate.WAITS:
            if now is not None and _is_stopped(printer):
                return self._take_back(now, printer)
            if time.monotonic() > until:
                break
            time.sleep(pause)
            pause = min(0.5, pause * 1.5)
        return now or replace(sent, fate=Fate.UNSURE)

    def became(self, job: str, printer: str) -> Sent | None:
        jobs = cups_jobs.jobs_of(_queue(printer))
        if jobs is None:
            return None
        found = next((one for one in jobs if _is(job, one)), None)
        if found is None:  # forgotten, or never taken
            return Sent(job, Fate.UNSURE)
        return Sent(f"{_queue(printer)}-{found.number}", _fate(found))

    def withdraw(self, job: str, printer: str) -> Fate:
        """Asked afterwards: what began meanwhile may have come out, at least a part of it."""
        told = _told("cancel", job)
        until = time.monotonic() + (_STOPS_S if told is not None and not told.returncode else 0)
        while (now := self.became(job, printer)) and now.fate is Fate.WAITS and time.monotonic() < until:
            time.sleep(0.1)  # a printer may take its time to stop
        return Fate.UNSURE if now is None else now.fate

    def _take_back(self, sent: Sent, printer: str) -> Sent:
        """It stopped while this was in its queue; nobody shall find it on the printer tomorrow."""
        fate = self.withdraw(sent.job, printer)
        if fate is Fate.NOT:
            raise CannotDo("printer-stopped", printer=printer)
        return replace(sent, fate=fate)


def _is(job: str, one: CupsJob) -> bool:
    if job.startswith("#"):
        return one.title.endswith(f" {job}")
    return str(one.number) == job.rpartition("-")[2]


def _fate(job: CupsJob) -> Fate:
    if not job.is_over:
        return Fate.WAITS
    if job.state is JobState.COMPLETED:
        return Fate.OUT
    return Fate.UNSURE if job.begun else Fate.NOT


def _queue(printer: str) -> str:
    """A printer may be known with settings of its own, 'Front/photo': the jobs are the printer's."""
    return printer.partition("/")[0]


def _options(paper: Paper, height: float) -> tuple[str, ...]:
    if paper is Paper.ROLL:
        media = f"Custom.{SIZES[paper].width / POINT:.0f}x{height / POINT:.0f}mm"
    else:
        media = _MEDIA[paper]
    return ("-o", f"media={media}", "-o", "print-scaling=none")


def _is_stopped(printer: str) -> bool:
    told = _told("lpstat", "-p", printer)
    return told is not None and " disabled since " in told.stdout.decode(errors="replace")


def _told(*words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes] | None:
    """What a tool of CUPS answers; None where it does not answer in time. One that is not there has refused."""
    plain = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "C"}
    try:
        return subprocess.run(words, input=given, capture_output=True, env=plain, timeout=_ANSWERS_S)
    except subprocess.TimeoutExpired:
        return None
    except OSError:
        return subprocess.CompletedProcess(words, returncode=1, stdout=b"", stderr=b"")
