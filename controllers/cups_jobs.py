"""Asks CUPS how far its jobs are.

Its tools call a job that was printed and one that was broken off alike "completed", and in some versions the reasons
they give are wrong. The library behind them tells the state, and whether a job has ever begun; it is there wherever
the tools are. A server that does not answer in time is `None`, not an empty queue.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from enum import IntEnum

from models.frozen import frozen

_ANSWERS_MS = 5_000
_ALL = -1
_LIBRARY = "libcups.2.dylib" if sys.platform == "darwin" else "libcups.so.2"
_NO_HTTP_ERROR = 0x0400
"""The last answers of an IPP request from here on are refusals."""


class JobState(IntEnum):
    """The states of a job, as IPP numbers them."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@frozen
class CupsJob:
    """One job of a printer. `begun`: something of it was given to the printer, so a page may have come out."""

    number: int
    title: str
    state: JobState
    begun: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state >= JobState.CANCELED


class _Job(ctypes.Structure):
    """`cups_job_t`, as cups/cups.h has it."""

    _fields_ = (
        ("id", ctypes.c_int), ("dest", ctypes.c_char_p), ("title", ctypes.c_char_p), ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p), ("state", ctypes.c_int), ("size", ctypes.c_int), ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long), ("creation_time", ctypes.c_long), ("processing_time", ctypes.c_long),
    )  # fmt: skip


def jobs_of(printer: str) -> tuple[CupsJob, ...] | None:
    """Every job that CUPS still knows of a printer, those that are over, too; None where it does not answer."""
    cups = _library()
    if cups is None:
        return None
    http = cups.httpConnect2(
        cups.cupsServer(), cups.ippPort(), None, 0, cups.cupsEncryption(), 1, _ANSWERS_MS, None
    )
    if not http:
        return None
    cups.httpSetTimeout(http, _ANSWERS_MS / 1000, None, None)
    found = ctypes.POINTER(_Job)()
    count = 0
    try:
        count = cups.cupsGetJobs2(http, ctypes.byref(found), printer.encode(), 0, _ALL)
        if count < 0 or cups.cupsLastError() >= _NO_HTTP_ERROR:
            return None
        return tuple(_read(found[n]) for n in range(count))
    finally:
        if count > 0:
            cups.cupsFreeJobs(count, found)
        cups.httpClose(http)


def _read(row: _Job) -> CupsJob:
    state = JobState(row.state)
    begun = row.processing_time > 0 or state in (JobState.PROCESSING, JobState.COMPLETED)
    return CupsJob(row.id, (row.title or b"").decode(errors="replace"), state, begun)


@functools.cache
def _library() -> ctypes.CDLL | None:
    try:
        cups = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    text, number, thing = ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p
    cups.cupsServer.restype = text
    cups.httpConnect2.restype = thing
    cups.httpConnect2.argtypes = (text, number, thing, number, number, number, number, thing)
    cups.httpSetTimeout.argtypes = (thing, ctypes.c_double, thing, thing)
    cups.cupsGetJobs2.argtypes = (thing, thing, text, number, number)
    cups.cupsFreeJobs.argtypes = (number, thing)
    cups.cupsFreeJobs.restype = None
    cups.httpClose.argtypes = (thing,)
    cups.httpClose.restype = None
    return cups
