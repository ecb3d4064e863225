"""Decides whose turn it is among the jobs that are done by the clock. It does none of them itself, and knows no clock.

A job has its turn when its time has come, or at once when something changed that wakes it; the one that has waited
longest comes first. What found something to do is asked again at once, behind the others; what finds something again
and again and again comes once a second from then on. What failed waits longer and longer, whatever changes meanwhile,
and holds nobody up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controllers.work_list import Job

IN_A_ROW, BREATH_S = 20, 1.0
"""So often somebody comes again at once; who finds no end of it may be wrong, and must not keep a core busy."""
_SHORTEST_S = 0.01
PAUSES_S = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)


@dataclass(slots=True)
class _Place:
    """Where one job stands: when it is due, whether it is being done, woken meanwhile, how often in a row it has

    failed, and how often in a row it came again at once.
    """

    job: Job
    due_at: float
    runs: bool = False
    woken: bool = False
    failures: int = 0
    in_a_row: int = 0


class Turns:
    """The jobs of one program. All times are seconds of one clock that never goes back."""

    def __init__(self, jobs: Iterable[Job], now: float) -> None:
        self._places = {job.word: _Place(job, now) for job in jobs}

    @property
    def running(self) -> int:
        """How many are being done."""
        return sum(place.runs for place in self._places.values())

    def begin_next(self, now: float) -> Job | None:
        """Who has the turn, from now on at work; None while nobody is due."""
        due = [place for place in self._places.values() if not place.runs and place.due_at <= now]
        if not due:
            return None
        place = min(due, key=lambda one: one.due_at)
        place.runs, place.woken = True, False
        return place.job

    def end(self, job: Job, now: float, *, more: bool, rest_s: float | None = None) -> None:
        """It was done; there may be more of it, or nothing for a while."""
        place = self._places[job.word]
        at_once = more or place.woken
        place.runs, place.failures = False, 0
        place.in_a_row = place.in_a_row + 1 if at_once else 0
        every = job.every.total_seconds()
        if at_once:
            place.due_at = now if place.in_a_row <= IN_A_ROW else now + min(BREATH_S, every)
        else:
            place.due_at = now + (every if rest_s is None else min(max(rest_s, _SHORTEST_S), every))

    def fail(self, job: Job, now: float) -> bool:
        """It failed: tried again after a pause. Whether it is the first time in a row."""
        place = self._places[job.word]
        place.runs = False
        place.due_at = now + PAUSES_S[min(place.failures, len(PAUSES_S) - 1)]
        place.failures += 1
        return place.failures == 1

    def wake(self, kinds: frozenset[str], now: float) -> bool:
        """These kinds of things changed; whether that brings anybody's turn."""
        woken = [place for place in self._places.values() if kinds & place.job.wakes and not place.failures]
        for place in woken:
            place.woken = True
            place.due_at = min(place.due_at, now)
        return bool(woken)

    def wait_s(self, now: float) -> float:
        """How long until somebody who is not at work is due."""
        times = [place.due_at for place in self._places.values() if not place.runs]
        return max(0.0, min(times) - now) if times else PAUSES_S[-1]
