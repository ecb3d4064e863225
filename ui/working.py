"""Does at this desk what the time decides and what leaves the house, while no other program does it.

The window asks every few seconds whose the work is, beside everything else, and shows it in the key bar. The jobs
have their turns on a lane of their own, several side by side, so that a server that hangs holds up one of them only.
"""

from __future__ import annotations

import logging
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from controllers.background import Background, Lane
from controllers.lease import RELEASED, RENEW_S, WorkLease
from controllers.turns import Turns
from controllers.work_list import JOBS, Job
from controllers.worker import AT_ONCE, Outcome, do_job
from models.refusals import CannotDo
from ui.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from controllers.desk import Desk
    from controllers.lease import Holding
    from controllers.watching import Watch

log = logging.getLogger(__name__)


class Working(QObject):
    """`stands` tells whose the work is; `did` what a job has done, with its word."""

    stands = Signal(object)
    did = Signal(str, object)

    def __init__(
        self,
        background: Background,
        desk: Desk,
        watch: Watch,
        parent: QObject,
        jobs: Iterable[Job] = JOBS,
    ) -> None:
        super().__init__(parent)
        self._background, self._desk = background, desk
        self._lease = WorkLease(desk, watch)
        self._turns = Turns(jobs, monotonic())
        self._is_ours = self._closed = False
        self._keep = Question(background, self, lane=Lane.NETWORK)
        self._keep.answered.connect(self._take_stock)
        self._keep.refused.connect(self._give_up)
        self._beat = QTimer(self)
        self._beat.setInterval(int(RENEW_S * 1000))
        self._beat.timeout.connect(self.look)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)

    @property
    def is_ours(self) -> bool:
        """Whether this desk does the work."""
        return self._is_ours

    @property
    def is_through(self) -> bool:
        """Whether whose the work is is known, and none of it is left to be done now."""
        busy = self._keep.is_open or self._turns.running > 0
        return not busy and not (self._is_ours and self._turns.wait_s(monotonic()) == 0)

    def start(self) -> None:
        """From now on."""
        self._background.changed.connect(self.wake)
        self._background.changed_elsewhere.connect(self.wake)
        self._beat.start()
        self.look()

    def look(self) -> None:
        """Whose the work is; while that is being asked nothing more is."""
        if not self._keep.is_open and not self._closed:
            self._keep.ask(self._lease.keep)

    def wake(self, changed: frozenset[str]) -> None:
        """Something changed, here or elsewhere: whoever waits for it has the turn at once."""
        on_a_file = self._desk.database.is_sqlite and not self._is_ours
        if (
            changed & RELEASED or on_a_file
        ):  # a file does not tell who let go, only that something was written
            self.look()
        if self._turns.wake(changed, monotonic()):
            self._go_on()

    def close(self) -> None:
        """No more; somebody else may go on at once. What is under way comes to its end on its lane."""
        self._closed = True
        self._beat.stop()
        self._next.stop()
        if self._is_ours:
            self._is_ours = False
            self._background.run(Lane.DESK, partial(_let_go, self._lease))

    # whose it is

    def _take_stock(self, holding: Holding) -> None:
        self._is_ours = holding.is_ours
        self.stands.emit(holding)
        self._go_on()

    def _give_up(self, _no: CannotDo) -> None:
        """The database is away, which is told elsewhere; the lease runs out by itself."""
        self._is_ours = False
        self.stands.emit(None)

    # the jobs

    def _go_on(self) -> None:
        if not self._is_ours or self._closed:
            return
        now = monotonic()
        while self._turns.running < AT_ONCE and (job := self._turns.begin_next(now)) is not None:
            done = partial(self._end, job)
            self._background.run(Lane.CLOCK, partial(do_job, job, self._desk), done)
        if self._turns.running < AT_ONCE:
            self._next.start(int(self._turns.wait_s(now) * 1000))

    def _end(self, job: Job, outcome: Outcome) -> None:
        if self._closed:
            return
        if outcome.trouble:
            is_first = self._turns.fail(job, monotonic())
            log.log(logging.WARNING if is_first else logging.DEBUG, "%s: %s", job.word, outcome.trouble)
        else:
            self._turns.end(job, monotonic(), more=bool(outcome.came_of_it), rest_s=outcome.rest_s)
            if outcome.came_of_it:
                self.did.emit(job.word, outcome.came_of_it)
        self._go_on()


def _let_go(lease: WorkLease) -> None:
    """On a lane: a database that is away lets the lease run out."""
    try:
        lease.let_go()
    except CannotDo as no:
        log.info("the lease was not let go: %s", no.code)
