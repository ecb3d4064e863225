"""The server of four counters dies, or stands still, while they scan: nobody is turned away, and nothing is lost.

A cluster of three nodes under Patroni, on this machine: `installer/bootstrap.py soak -k cluster`. Whoever promotes is
Patroni; the counters find the node that takes writes by themselves, and what they let in meanwhile is handed over.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from controllers.desk import open_desk
from controllers.watching import Line
from tests.bench.desks import NOW
from tests.bench.stock import stocked
from tests.counters import Counters, counters, offers, what_is_wrong
from tests.patroni import LACKS, Cluster, Node, a_cluster

pytestmark = [
    pytest.mark.soak,
    pytest.mark.postgres,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed here: {LACKS}"),
]
COUNTERS, TICKETS, BEFORE = 4, 160, 24
PAUSE_S = 0.8
"""Between two scans of one counter, so that they go on through the whole of it."""

FIRST_S, NEXT_S, BACK_S = 2.0, 0.05, 2.0
"""So long the first scan without a server takes at most, the median of the next, and the way back."""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster of its own for each: one that has lost a node is another."""
    with a_cluster() as made:
        yield made


@pytest.mark.parametrize("pooled", [False, True], ids=["straight", "through-poolers"])
@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_the_primary_is_lost_while_four_counters_scan(
    cluster: Cluster, pooled: bool, what: signal.Signals, tmp_path: Path
) -> None:
    numbers = stocked(cluster.url(), TICKETS, tmp_path)
    desk = open_desk(cluster.url(), practice=True)
    told = offers(numbers, shared=0, counters=COUNTERS)
    url = cluster.url(pooled=pooled)
    cluster.wait_until_safe()
    with counters([url], desk, told, tmp_path, now=NOW, pause_s=PAUSE_S, replicas=True) as at_work:
        at_work.begin()
        _wait_for(at_work, BEFORE)
        lost = cluster.primary()
        lost_at = time.monotonic()
        lost.signal(what)
        promoted, promoted_at = _promoted(cluster, lost)
        answers = at_work.finish(240)
        states = at_work.states()
    desk.database.close()
    desk = open_desk(promoted.url("counterfoil"), practice=True)
    assert what_is_wrong(desk, told, answers) == []
    desk.database.close()
    _judge_times(answers, states, lost_at, promoted_at)


def _wait_for(at_work: Counters, scans: int) -> None:
    until = time.monotonic() + 120
    while at_work.acknowledged() < scans:
        assert time.monotonic() < until, "the counters do not scan"
        time.sleep(0.02)


def _promoted(cluster: Cluster, lost: Node) -> tuple[Node, float]:
    """Who takes writes instead, and since when, as seen by somebody who asks twenty times a second."""
    while (node := cluster.primary()) is lost:
        time.sleep(0.05)
    return node, time.monotonic()


def _judge_times(
    answers: list[list[dict[str, float]]],
    states: list[list[tuple[float, bool, int]]],
    lost_at: float,
    promoted_at: float,
) -> None:
    """What people at the counters waited, and how soon all was as before; told in the test's output too."""
    firsts, nexts = [], []
    for counter in answers:
        alone = [answer["ended"] - answer["began"] for answer in counter if answer["alone"]]
        firsts += alone[:1]
        nexts += alone[1:]
    back = [max((at for at, offline, _ in counter if not offline), default=promoted_at) for counter in states]
    found = [counter[1][0] - promoted_at for counter in states if len(counter) > 1]
    nexts.sort()
    median = nexts[len(nexts) // 2] if nexts else 0.0
    print(
        f"\npromoted after {promoted_at - lost_at:.1f} s; {len(firsts) + len(nexts)} scans without a server: the first "
        f"{max(firsts, default=0):.2f} s at most, the next {median * 1000:.0f} ms (median), "
        f"{(nexts[-1] if nexts else 0) * 1000:.0f} at most; the server found again "
        f"{max(found, default=0):.2f} s after promotion, all handed over and online {max(back) - promoted_at:.2f} s"
    )
    assert len(firsts) == COUNTERS, "a counter did not go on without its server"
    assert max(firsts) <= FIRST_S
    assert median <= NEXT_S
    assert max(back) - promoted_at <= BACK_S


def test_through_a_pooler_a_counter_knows_that_it_gets_no_calls_and_prepares_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    stocked(cluster.url(), 1, tmp_path)
    desk = open_desk(cluster.url(pooled=True), practice=True)
    prepared = text("select count(*) from pg_prepared_statements")
    for _ in range(30):  # psycopg prepares what was asked five times
        with desk.reading() as look:
            assert look.execute(prepared).scalar_one() == 0
    line = Line(desk)
    line.prove()
    time.sleep(1)
    line.hear()
    assert not line.is_proven
    line.close()
    desk.database.close()
