"""Programs that send are killed in the middle: no letter leaves twice, none is lost, and none overtakes another."""

from __future__ import annotations

import faulthandler
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from controllers.carriers.keeping import SMTP, keep_carrier
from controllers.desk import Desk
from models.outbox import Letter, LetterState, Trouble
from models.tables import OutboxRow
from tests.builders import a_product, an_operator, direct_row, taken
from tests.peers.sender import fast_clock
from tests.peers.smtp import CUT, HANG, LOST, Post, post_office

_O: Any = OutboxRow.__table__
HERE = Path(__file__).resolve().parents[2]
SPEED = 600.0
IMPATIENT, PATIENT = (0.7, 4.0), (20.0, 2.0)
"""How long an answer is waited for, and how long it takes until a sender counts as gone."""
OPEN = (LetterState.WAITING, LetterState.LEAVING)
PATIENCE_S = 120


def test_letters_of_a_killed_program_arrive_once_or_are_shown(a_desk: Desk) -> None:
    told = send_and_kill(a_desk, Chance(1), letters=40, orders=8, kills=1)
    assert told.kills == 1


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_thousands_of_letters_and_fifty_kills(desk: Desk, kind: str, capsys: Any) -> None:
    faulthandler.cancel_dump_traceback_later()  # a soak is slow, not stuck
    letters = {"sqlite": 5_000, "postgresql": 1_000}[kind]
    began, chance = time.monotonic(), Chance(letters)
    told = send_and_kill(desk, chance, letters=letters, orders=letters // 10, kills=50)
    with capsys.disabled():
        print(f"\n{kind}: {told} of {chance.tries} tries in {time.monotonic() - began:.0f} s")
    assert told.kills == 50
    assert told.states[LetterState.UNCERTAIN] > 0
    assert 0.30 < chance.failures / chance.tries < 0.37


def test_a_program_killed_before_the_answer_leaves_an_uncertain_letter(a_desk: Desk) -> None:
    post = Post(lambda stage, _to: HANG if stage == "dot" else "")
    with post_office(post), sending_to(a_desk, post, letters=2, orders=1, waits=PATIENT) as senders:
        senders.start()
        senders.wait_until(lambda: len(post.taken) == 1)
        post.behaves = lambda _stage, _to: ""
        senders.kill()
        senders.start()
        senders.wait_until(lambda: states(a_desk).get(LetterState.SENT) == 1)

    assert states(a_desk) == {LetterState.UNCERTAIN: 1, LetterState.SENT: 1}
    assert troubles(a_desk) == {"", Trouble.SENDER_GONE}
    assert words(post) == ["0:0", "0:1"]


# --- what happens and what must hold ----------------------------------------------------------


@dataclass
class Told:
    """What came of it."""

    taken: int
    states: dict[LetterState, int]
    kills: int


class Chance:
    """A server that fails a third of all tries at random, in every way a server can.

    What is to happen to a letter is decided when its address is told; `tries` and `failures` count.
    """

    WAYS = (
        (0.08, "rcpt", "451 4.7.1 greylisted"),
        (0.02, "rcpt", "550 5.1.1 nobody of that name"),
        (0.04, "rcpt", CUT),
        (0.01, "rcpt", HANG),
        (0.01, "rcpt", "421 4.3.2 closing for a while"),
        (0.05, "data", CUT),
        (0.01, "data", HANG),
        (0.04, "dot", "452 4.3.1 disk full"),
        (0.02, "dot", "554 5.6.0 not wanted"),
        (0.025, "dot", CUT),
        (0.02, "dot", LOST),
        (0.01, "dot", HANG),
    )
    """How often, at which stage, and what: 33.5 % together."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._planned: dict[str, tuple[str, str]] = {}
        self.tries = self.failures = 0

    def __call__(self, stage: str, to: str) -> str:
        if stage == "rcpt":
            self._planned[to] = self._drawn()
        when, what = self._planned[to]
        return what if when == stage else ""

    def _drawn(self) -> tuple[str, str]:
        self.tries += 1
        one = self._random.random()
        for share, stage, what in self.WAYS:
            one -= share
            if one < 0:
                self.failures += 1
                return stage, what
        return "", ""


def send_and_kill(desk: Desk, behaves: Chance, *, letters: int, orders: int, kills: int) -> Told:
    """Two programs send at once and are killed in turns, until nothing is left to send."""
    dice = random.Random(7)
    post = Post(behaves)
    with post_office(post), sending_to(desk, post, letters=letters, orders=orders) as senders:
        senders.start()
        senders.start()
        for n in range(kills):
            least = (n + 1) * letters // (kills + 2)
            senders.wait_until(lambda least=least: len(post.taken) >= least * 0.7 or senders.done())
            time.sleep(dice.random() * 0.05)
            senders.kill()
            senders.start()
        senders.wait_until(senders.done, patience_s=3_600)
    found = Told(len(post.taken), states(desk), senders.kills)
    check(desk, post, letters)
    return found


def check(desk: Desk, post: Post, letters: int) -> None:
    """No letter twice, none lost, none said to be where it is not, none before an earlier one."""
    ids = post.ids
    assert len(ids) == len(set(ids)), "a letter arrived twice"
    with desk.reading() as look:
        rows = look.execute(select(_O.c.message_id, _O.c.state, _O.c.trouble)).all()
    arrived = set(ids)
    assert len(rows) == letters
    assert arrived <= {row.message_id for row in rows}
    for row in rows:
        assert row.state in (LetterState.SENT, LetterState.FAILED, LetterState.UNCERTAIN)
        if row.state is not LetterState.UNCERTAIN:
            assert (row.message_id in arrived) == (row.state is LetterState.SENT)
        else:
            assert row.trouble
    last: dict[str, int] = {}
    for word in words(post):
        order, number = word.split(":")
        assert int(number) > last.get(order, -1)
        last[order] = int(number)


def words(post: Post) -> list[str]:
    """What the letters say, in the order in which they arrived."""
    return [one.mail.get_content().strip() for one in post.taken]


def states(desk: Desk) -> dict[LetterState, int]:
    with desk.reading() as look:
        asked = select(_O.c.state, func.count()).group_by(_O.c.state)
        return dict(look.execute(asked).all())


def troubles(desk: Desk) -> set[str]:
    with desk.reading() as look:
        return set(look.execute(select(_O.c.trouble)).scalars())


# --- the programs -----------------------------------------------------------------------------


@dataclass
class Senders:
    """The programs that run now; `kill` ends the one that has run longest, without a word."""

    desk: Desk
    began: float
    waits: tuple[float, float]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0

    def start(self) -> None:
        url = self.desk.database.url.render_as_string(hide_password=False)
        told = [sys.executable, "-m", "tests.peers.sender", url, *map(str, (self.began, SPEED, *self.waits))]
        self.running.append(subprocess.Popen(told, cwd=HERE))

    def kill(self) -> None:
        one = self.running.pop(0)
        one.kill()
        one.wait()
        self.kills += 1

    def done(self) -> bool:
        return not any(state in OPEN for state in states(self.desk))

    def wait_until(self, there: Any, *, patience_s: float = PATIENCE_S) -> None:
        until = time.monotonic() + patience_s
        while not there():
            assert time.monotonic() < until, states(self.desk)
            assert all(one.poll() is None for one in self.running)
            time.sleep(0.1)


@contextmanager
def sending_to(
    desk: Desk, post: Post, *, letters: int, orders: int, waits: tuple[float, float] = IMPATIENT
) -> Iterator[Senders]:
    """So many letters are due, to the travelers of so many orders in turns."""
    began = time.time()
    desk.clock = fast_clock(began, SPEED)
    an_operator(desk, name="Example Tours")
    a_product(desk, capacity=5_000)
    keep_carrier(SMTP, post.settings().told(), desk=desk, seen=0)
    ids = taken(desk, *(direct_row(email=f"t{n}@example.org") for n in range(orders)))
    rows = []
    for n in range(letters):
        number, order = divmod(n, orders)
        told = {"kind": Letter.MESSAGE, "reservation_id": ids[order], "key": f"message:{n}", "language": "en"}
        told |= {"address": f"t{order}@example.org", "state": LetterState.WAITING}
        told |= {"leave_at": desk.now(), "made_at": desk.now(), "body": {"words": f"{order}:{number}"}}
        rows.append(told)
    with desk.work() as work:
        work.connection.execute(insert(_O), rows)
    senders = Senders(desk, began, waits)
    try:
        yield senders
    finally:
        for one in senders.running:
            one.kill()
            one.wait()
