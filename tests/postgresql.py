"""A PostgreSQL server of the tests' own: made in a folder, started on a free port, and ended by its own number."""

from __future__ import annotations

import glob
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.ports import free_port

SERVERS = "/usr/lib/postgresql/*/bin"
TEMPLATE = "counterfoil_template"
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For data that is thrown away in a minute."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of the tests' own, which trusts whoever can reach it."""

    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://counterfoil@127.0.0.1:{self.port}/{database}"

    def tell(self, words: str) -> None:
        """One command outside of any transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as line:
            line.execute(words)  # type: ignore[arg-type]

    def copy(self, name: str, template: str = TEMPLATE, *, owner: str = "counterfoil") -> None:
        """A new database like the template."""
        self.tell(f"create database {name} owner {owner} template {template}")


class OwnServer:
    """A server that a test may kill, freeze and start again, on the same port and with the same data."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.server = Server(free_port())
        self._programs, self._folder = programs, folder
        make_data(programs, folder)
        self.start()

    def start(self) -> None:
        """It answers when this returns."""
        self._process = _start(self._programs, self._folder, self.server.port, FORGETFUL)
        _wait_for(self.server, self._process, self._folder)

    def kill(self) -> None:
        """The power goes: nothing is brought to its end."""
        self.thaw()
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=60)

    def freeze(self) -> None:
        """It stands still with every connection open; new ones are taken, and nobody answers."""
        self._tell_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it stood."""
        self._tell_all(signal.SIGCONT)

    @property
    def runs(self) -> bool:
        """Whether it was started and not killed since."""
        return self._process.poll() is None

    def _tell_all(self, word: signal.Signals) -> None:
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for one in (parent, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(one, word)


def newest_programs() -> Path | None:
    """The folder of the newest server programs of this machine, None where there are none."""
    programs = sorted(glob.glob(SERVERS), key=lambda path: int(Path(path).parent.name.split(".")[0]))
    return Path(programs[-1]) if programs else None


def make_data(programs: Path, folder: Path) -> None:
    """An empty server in a folder."""
    lend(folder)
    words = ["-D", folder / "data", "-U", "counterfoil", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    run = [programs / "initdb", *words, "--no-sync"]
    told = subprocess.run(run, capture_output=True, text=True, **as_other_user(folder))  # type: ignore[call-overload]
    assert told.returncode == 0, told.stderr


@contextmanager
def running(programs: Path, folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """The server of a folder, running as a process of ours."""
    port = free_port()
    process = _start(programs, folder, port, settings)
    try:
        server = Server(port)
        _wait_for(server, process, folder)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # closes every connection at once, and cleanly
        process.wait(timeout=60)


def _start(programs: Path, folder: Path, port: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    told = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "40"}
    words = [word for name, value in (told | {**settings}).items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        run = [programs / "postgres", "-D", folder / "data", "-p", str(port), *words]
        return subprocess.Popen(run, stdout=log, stderr=log, **as_other_user(folder))  # type: ignore[call-overload,no-any-return]


def lend(folder: Path) -> None:
    """PostgreSQL refuses to be root, so root lends it another user, whose folder this becomes."""
    if os.geteuid() == 0:
        other = pwd.getpwnam("postgres")
        os.chown(folder, other.pw_uid, other.pw_gid)


def as_other_user(folder: Path) -> dict[str, object]:
    """How a process is started that works in a lent folder."""
    user: dict[str, object] = {"cwd": folder, "stdin": subprocess.DEVNULL}
    if os.geteuid() == 0:
        other = pwd.getpwnam("postgres")
        user |= {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    return user


def _wait_for(server: Server, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            server.tell("select 1")
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError((folder / "log").read_text()) from None
            time.sleep(0.02)
