"""Does without a window what the time decides and what leaves the house: `app.py work`, as a service.

It starts before its database does and waits for it; it takes the lease where no desk has it and then gives every
job its turn, several side by side, so that a server that hangs holds up one of them only. A signal ends it when what
is under way is done. It says little: at most one line a minute.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

from controllers.desk import Desk
from controllers.ears import Bell, Ears
from controllers.lease import RELEASED, RENEW_S, Holding, WorkLease
from controllers.turns import Turns
from controllers.watching import Watch
from controllers.work_list import JOBS, Job, Rest
from models.faults import fault_places
from models.frozen import frozen
from models.refusals import CannotDo
from models.unreachable import AWAY

if TYPE_CHECKING:
    from controllers.place import Place

COUNTER = "Worker"
AT_ONCE = 4
SAY_EVERY_S = 60.0
PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
PASSES = AWAY | {"database-busy", "disk-full", "server-disk-full"}
"""What goes by itself or is mended elsewhere: waited for, at the start too."""

Say = Callable[[str], object]
log = logging.getLogger(__name__)


@frozen
class Outcome:
    """What came of a job's turn, or in one word what was in the way; `rest_s`: nothing is to be done for so long."""

    came_of_it: object = None
    trouble: str = ""
    rest_s: float | None = None


def do_job(job: Job, at: Desk) -> Outcome:
    """One turn, as the clock. Whatever is in the way is told by its kind: it must not stop the others."""
    try:
        came = job.do(at.by_the_clock())
        return Outcome(rest_s=came.seconds) if isinstance(came, Rest) else Outcome(came)
    except CannotDo as no:
        return Outcome(trouble=no.code)
    except Exception as error:  # a bug of ours: what it says may be somebody's data, where it is is not
        log.warning("%s: %s", job.word, fault_places(error))
        return Outcome(trouble=type(error).__qualname__)


class Worker:
    """`stop` may be called from a signal; everything else belongs to one thread."""

    def __init__(self, place: Place, say: Say, jobs: Iterable[Job] = JOBS) -> None:
        self._place, self._jobs = place, tuple(jobs)
        self._bell = Bell()
        self._news = News(say)
        self._stops = False
        self._over: deque[tuple[Job, Outcome]] = deque()

    def stop(self) -> None:
        """End when what is under way is done."""
        self._stops = True
        self._bell.ring()

    def run(self) -> None:
        """Works until it is stopped. Raises CannotDo for what does not pass by itself."""
        try:
            while (desk := self._open()) is not None:
                try:
                    self._work(desk)
                except CannotDo as no:
                    if no.code != "moved-away":
                        raise
                    self._news.note("follows its data to their new place")
                finally:
                    desk.database.close()
        finally:
            self._bell.close()

    def _open(self) -> Desk | None:
        """The desk, as soon as its database answers; None where we are stopped before."""
        tries = 0
        while not self._stops:
            try:
                return self._place.open(COUNTER)
            except CannotDo as no:
                if no.code not in PASSES:
                    raise
                self._news.note(f"waits for the database ({no.code})")
            self._pause(tries)
            tries += 1
        return None

    def _work(self, desk: Desk) -> None:
        watch = Watch(desk)
        ears = Ears(desk, watch, self._bell)
        shift = _Shift(desk, WorkLease(desk, watch), Turns(self._jobs, monotonic()), self._news)
        try:
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job") as pool:
                self._take_turns(shift, ears, pool)
            self._take_in(shift)
            shift.leave()
        finally:
            self._over.clear()  # what a shift that broke off had under way is no turn of the next one
            ears.close()
            watch.close()

    def _take_turns(self, shift: _Shift, ears: Ears, pool: ThreadPoolExecutor) -> None:
        """Until it is stopped; a database that is away is waited for."""
        tries = 0
        while not self._stops:
            try:
                shift.hear(ears.wait(shift.begin(pool, self._do)))
                tries = 0
            except CannotDo as no:
                if no.code not in PASSES:
                    raise
                self._news.note(f"waits for the database ({no.code})")
                self._pause(tries)
                tries += 1
            self._take_in(shift)
            self._news.tell()

    def _take_in(self, shift: _Shift) -> None:
        """The turns that are over."""
        while self._over:
            shift.end(*self._over.popleft())

    def _do(self, job: Job, desk: Desk) -> None:
        """On a thread of its own."""
        self._over.append((job, do_job(job, desk)))
        self._bell.ring()

    def _pause(self, tries: int) -> None:
        """Until it is worth while to try again; a bell that rings for something else only shortens it."""
        self._news.tell()
        self._bell.wait(PAUSES_S[min(tries, len(PAUSES_S) - 1)])


class _Shift:
    """What one program does while it has the lease, and its asking for it."""

    def __init__(self, desk: Desk, lease: WorkLease, turns: Turns, news: News) -> None:
        self._desk, self._lease, self._turns, self._news = desk, lease, turns, news
        self._holding: Holding | None = None
        self._ask_at = 0.0

    def begin(self, pool: ThreadPoolExecutor, do: Callable[[Job, Desk], None]) -> float:
        """Gives everybody who is due the turn; how long nothing more is to be done."""
        now = monotonic()
        if now >= self._ask_at:
            self._take_stock(self._lease.keep())
            self._ask_at = now + (self._holding.ask_again_s if self._holding else RENEW_S)
        if self._holding is None or not self._holding.is_ours:
            return self._ask_at - now
        while self._turns.running < AT_ONCE and (job := self._turns.begin_next(now)) is not None:
            pool.submit(do, job, self._desk)
        busy = self._turns.running >= AT_ONCE  # then whoever ends rings
        return self._ask_at - now if busy else min(self._turns.wait_s(now), self._ask_at - now)

    def hear(self, changed: frozenset[str]) -> None:
        """Others changed something; whoever lets go of the work is followed at once."""
        self._turns.wake(changed, monotonic())
        if changed & RELEASED or (changed and self._stands_by_a_file):
            self._ask_at = 0.0

    def end(self, job: Job, outcome: Outcome) -> None:
        """A turn is over."""
        if outcome.trouble:
            self._turns.fail(job, monotonic())
            self._news.count(f"{job.word} failed ({outcome.trouble})")
            return
        self._turns.end(job, monotonic(), more=bool(outcome.came_of_it), rest_s=outcome.rest_s)
        if outcome.came_of_it:
            self._news.count(job.word)

    def leave(self) -> None:
        """Somebody else may go on at once."""
        if self._holding is not None and self._holding.is_ours:
            try:
                self._lease.let_go()
            except CannotDo as no:  # it runs out by itself
                log.info("the lease was not let go: %s", no.code)
        self._news.note("has ended")
        self._news.tell(at_once=True)

    @property
    def _stands_by_a_file(self) -> bool:
        """A file does not tell who let go of the work, only that something was written."""
        is_ours = self._holding is not None and self._holding.is_ours
        return self._desk.database.is_sqlite and not is_ours

    def _take_stock(self, holding: Holding) -> None:
        before = self._holding
        if before is None or (before.is_ours, before.counter) != (holding.is_ours, holding.counter):
            who = "does the work" if holding.is_ours else f"stands by: {holding.counter} does the work"
            self._news.note(who if holding.counter else "stands by")
        self._holding = holding


class News:
    """Gathers what is worth a line, and says it at most once a minute."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._notes: list[str] = []
        self._counts: Counter[str] = Counter()
        self._said_at = -SAY_EVERY_S

    def note(self, words: str) -> None:
        """Something that is told once."""
        if words not in self._notes:
            self._notes.append(words)

    def count(self, words: str) -> None:
        """Something that is told with how often."""
        self._counts[words] += 1

    def tell(self, *, at_once: bool = False) -> None:
        """What has come together, where a minute is over."""
        if not (self._notes or self._counts) or not (at_once or monotonic() >= self._said_at + SAY_EVERY_S):
            return
        counted = [f"{words} {times} times" if times > 1 else words for words, times in self._counts.items()]
        self._say(", ".join((*self._notes, *counted)))
        self._notes, self._counts = [], Counter()
        self._said_at = monotonic()
