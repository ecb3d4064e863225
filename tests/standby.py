"""A second PostgreSQL server that follows a first one word for word, until it is told to take its place."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgresql import FORGETFUL, OwnServer, Server, as_other_user, lend, newest_programs, running


@dataclass
class Pair:
    """The server counters work on, and the one that follows it."""

    first: OwnServer
    second: Server
    _programs: Path
    _folder: Path

    def url(self, database: str) -> str:
        """Where counters go: to both, and of them to the one that takes writes."""
        return f"postgresql://counterfoil@127.0.0.1:{self.first.server.port},127.0.0.1:{self.second.port}/{database}"

    def wait_for_follower(self) -> None:
        """From now on nothing is acknowledged that the follower does not have."""
        self.first.server.tell("alter role counterfoil set synchronous_commit = on")
        self.first.server.tell("alter system set synchronous_standby_names = '*'")
        self.first.server.tell("select pg_reload_conf()")

    def promote(self) -> None:
        """The follower takes writes; waits until it does."""
        words = [self._programs / "pg_ctl", "promote", "-w", "-D", self._folder / "data"]
        subprocess.run(words, check=True, capture_output=True, **as_other_user(self._folder))  # type: ignore[call-overload]


@contextmanager
def a_pair(folder: Path) -> Iterator[Pair]:
    """Two servers in folders of their own, the second a copy of the first that follows it."""
    programs = newest_programs()
    assert programs is not None
    first, second = folder / "first", folder / "second"
    for one in (first, second):
        one.mkdir()
        lend(one)
    own = OwnServer(programs, first)
    try:
        words = [
            programs / "pg_basebackup",
            "-D",
            second / "data",
            "-R",
            "-c",
            "fast",
            "-X",
            "stream",
            "--no-sync",
        ]
        there = ["-h", "127.0.0.1", "-p", str(own.server.port), "-U", "counterfoil"]
        subprocess.run([*words, *there], check=True, capture_output=True, **as_other_user(second))  # type: ignore[call-overload]
        with running(programs, second, FORGETFUL) as follower:
            yield Pair(own, follower, programs, second)
    finally:
        if own.runs:
            own.kill()
