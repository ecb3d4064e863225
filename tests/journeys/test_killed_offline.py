"""A counter without its server is killed while it scans or hands over: each guest it let in is counted once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from controllers import incidents
from controllers.desk import Desk, open_desk
from controllers.journal import verify
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from tests.alone import IN_TIME, a_code, guests, handed_over, scans
from tests.builders import reservation, tickets
from tests.conftest import DATABASES
from tests.fakes import StillClock
from tests.journeys.killed_offline import BEFORE_ITS_ANSWER, PLACES

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="counters are made by fork here")
ALWAYS = ("scan not kept", "taken, not committed", "not noted")
"""The moments that are tried each time; the others are for the soak."""
MOMENTS = [one if one in ALWAYS else pytest.param(one, marks=pytest.mark.soak) for one in PLACES]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """What makes counters."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_offline"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as made:
        yield made
        assert made.stdin is not None
        made.stdin.close()


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    return str(request.getfixturevalue(f"fresh_{request.param}")())


@pytest.fixture
def desk(address: str, clock: StillClock) -> Iterator[Desk]:
    made = open_desk(address, practice=True, clock=clock, counter="Killed")
    yield made
    made.database.close()


def killed(nursery: subprocess.Popen[str], *told: str) -> list[str]:
    """What it had answered before it was killed."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("\t".join(told) + "\n")
    nursery.stdin.flush()
    answers = []
    while not (line := nursery.stdout.readline().strip()).startswith("gone"):
        assert line, "the nursery is gone"
        answers.append(line)
    assert line == f"gone {signal.SIGKILL.value}", "it was not killed at that moment"
    return answers


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_each_guest_is_counted_once(
    nursery: subprocess.Popen[str],
    address: str,
    desk: Desk,
    clock: StillClock,
    tmp_path: Path,
    moment: str,
) -> None:
    one = guests(desk, clock)
    code = a_code(desk, one)
    replica = Replica(tmp_path, clock)
    assert replica.follow(desk)
    replica.close()
    acknowledged = killed(nursery, address, str(tmp_path), moment, code)
    assert acknowledged == ([] if moment in BEFORE_ITS_ANSWER else ["ADMIT"])
    clock.set(IN_TIME)
    again = Door(desk, Replica(tmp_path, clock))
    assert not again.look_after().is_offline
    came = len(acknowledged)
    assert scans(desk) == [("5", 2, False)] * came
    assert len(handed_over(desk, one)) == came
    assert reservation(desk, one).arrived_heads == 2 * came
    assert tickets(desk, one)[0].uses_left == 1 - came
    assert incidents.count_incidents(desk=desk) == 0
    assert all(chain.broken_at is None for chain in verify(desk=desk))
    assert again.replica.count_waiting() == 0
    again.close()
