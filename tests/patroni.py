"""A cluster as an operator runs one: three nodes on this machine, each with PostgreSQL, Patroni, etcd and PgBouncer.

Every node has a folder and ports of its own on the loopback, and ends by the numbers of its own processes. Counters
know all three; libpq goes on to the one that takes writes. A node's PgBouncer lends connections to the PostgreSQL
beside it, one transaction at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.ports import free_port
from tests.postgresql import as_other_user, lend, newest_programs

PROGRAMS = ("patroni", "etcd", "pgbouncer")
LACKS = [name for name in PROGRAMS if not shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")]
"""What has to be installed before a cluster can be run here."""

TTL_S, LOOP_S = 6, 1
"""So long a node keeps the lead without a word. Operators leave 30 and 10; a test has no half minute to lose."""

DATABASE = "counterfoil"
PATIENCE_S = 90.0

_SETTINGS = {"max_connections": "120", "shared_buffers": "64MB", "wal_level": "replica", "autovacuum": "off"}


@dataclass
class Node:
    """One computer of the cluster: its ports, its folder, and the processes on it."""

    name: str
    folder: Path
    sql: int = field(default_factory=free_port)
    rest: int = field(default_factory=free_port)
    pooled: int = field(default_factory=free_port)
    etcd: int = field(default_factory=free_port)
    peers: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    is_up: bool = True

    def start(self, name: str, words: Sequence[str | Path]) -> None:
        """One more process of this node; what it says goes into a file of its name."""
        with (self.folder / f"{name}.log").open("wb") as log:
            how = as_other_user(self.folder)
            self.processes.append(subprocess.Popen(words, stdout=log, stderr=log, **how))  # type: ignore[call-overload]

    def is_primary(self) -> bool:
        """Whether its PostgreSQL takes writes, by its own word."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=1, autocommit=True) as line:
                row = line.execute("select pg_is_in_recovery()").fetchone()
                return row is not None and not row[0]
        except psycopg.Error:
            return False

    def url(self, database: str) -> str:
        """Straight to its PostgreSQL."""
        return f"postgresql://counterfoil@127.0.0.1:{self.sql}/{database}"

    def all_pids(self) -> list[int]:
        """Everything that runs on it: what was started here, and PostgreSQL with its children."""
        found = [process.pid for process in self.processes if process.poll() is None]
        with suppress(OSError, ValueError):
            main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            if (
                Path(f"/proc/{main}/cwd").readlink() == self.folder / "data"
            ):  # else the number is another's by now
                found += [main, *_children(main)]
        return found

    def signal(self, what: signal.Signals) -> None:
        """To all its processes at once: the cable is pulled, the computer stands still, or goes on."""
        self.is_up = what is signal.SIGCONT
        for pid in self.all_pids():
            with suppress(ProcessLookupError):
                os.kill(pid, what)


@dataclass
class Cluster:
    """Three nodes, of which one takes writes and one follows it word for word."""

    nodes: list[Node]

    def primary(self) -> Node:
        """The node that takes writes now; waits for one."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for node in self.nodes:
                if node.is_up and node.is_primary():
                    return node
            time.sleep(0.05)
        raise AssertionError("no node takes writes\n" + self._logs())

    def url(self, *, pooled: bool = False) -> str:
        """Where counters go: to all nodes, past the poolers or through them."""
        hosts = ",".join(f"127.0.0.1:{node.pooled if pooled else node.sql}" for node in self.nodes)
        return f"postgresql://counterfoil@{hosts}/{DATABASE}"

    def wait_until_safe(self) -> None:
        """Until a replica confirms every commit: only then nothing is lost with the primary."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            told = _told(f"http://127.0.0.1:{self.primary().rest}/cluster")
            members = told.get("members", [])
            if any(member["role"] == "sync_standby" for member in members):
                return
            time.sleep(0.2)
        raise AssertionError("no replica follows\n" + self._logs())

    def _logs(self) -> str:
        return "\n".join(
            f"--- {file.parent.name}/{file.name}\n{file.read_text(errors='replace')[-1500:]}"
            for node in self.nodes
            for file in sorted(node.folder.glob("*.log"))
        )


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    """Three nodes with an empty database; they and their folder are gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-cluster-"))
    folder.chmod(0o755)
    cluster = Cluster([_node(folder, f"node{n}") for n in (1, 2, 3)])
    try:
        for node in cluster.nodes:
            _start_etcd(node, cluster.nodes)
        _wait_for_etcd(cluster.nodes[0])
        for node in cluster.nodes:
            _start_patroni(node, cluster.nodes)
            if node is cluster.nodes[0]:
                cluster.primary()  # the first one makes the database, the others copy it
                with psycopg.connect(node.url("postgres"), autocommit=True) as line:
                    line.execute(f"create database {DATABASE}")  # type: ignore[arg-type]
        cluster.wait_until_safe()
        for node in cluster.nodes:
            _start_pooler(node)
        yield cluster
    finally:
        _end(cluster.nodes)
        shutil.rmtree(folder, ignore_errors=True)


def _node(folder: Path, name: str) -> Node:
    (folder / name).mkdir()
    lend(folder / name)
    return Node(name, folder / name)


def _start_etcd(node: Node, nodes: Sequence[Node]) -> None:
    peers = ",".join(f"{one.name}=http://127.0.0.1:{one.peers}" for one in nodes)
    here, peer = f"http://127.0.0.1:{node.etcd}", f"http://127.0.0.1:{node.peers}"
    words = ["etcd", "--name", node.name, "--data-dir", node.folder / "etcd", "--initial-cluster", peers]
    words += ["--listen-client-urls", here, "--advertise-client-urls", here, "--listen-peer-urls", peer]
    words += [
        "--initial-advertise-peer-urls",
        peer,
        "--heartbeat-interval",
        "200",
        "--election-timeout",
        "2000",
    ]
    node.start("etcd", words)


def _wait_for_etcd(node: Node) -> None:
    until = time.monotonic() + PATIENCE_S
    while _told(f"http://127.0.0.1:{node.etcd}/health").get("health") != "true":
        assert time.monotonic() < until, (node.folder / "etcd.log").read_text()
        time.sleep(0.1)


def _start_patroni(node: Node, nodes: Sequence[Node]) -> None:
    programs = newest_programs()
    assert programs is not None
    there = f"127.0.0.1:{node.rest}"
    told = {
        "scope": DATABASE,
        "name": node.name,
        "restapi": {"listen": there, "connect_address": there},
        "etcd3": {"hosts": [f"127.0.0.1:{one.etcd}" for one in nodes]},
        "bootstrap": {
            "dcs": {
                "ttl": TTL_S,
                "loop_wait": LOOP_S,
                "retry_timeout": 2,
                "synchronous_mode": True,
                "primary_start_timeout": 0,
                "postgresql": {"parameters": _SETTINGS},
            },
            "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}],
            "pg_hba": [
                "host all all 127.0.0.1/32 trust",
                "host replication all 127.0.0.1/32 trust",
            ],
        },
        "postgresql": {
            "listen": f"127.0.0.1:{node.sql}",
            "connect_address": f"127.0.0.1:{node.sql}",
            "data_dir": str(node.folder / "data"),
            "bin_dir": str(programs),
            "pgpass": str(node.folder / "pgpass"),
            "basebackup": [{"checkpoint": "fast"}],
            "parameters": {"unix_socket_directories": ""},
            "authentication": {
                "superuser": {"username": "counterfoil"},
                "replication": {"username": "replicator"},
            },
        },
    }
    file = node.folder / "patroni.yml"
    file.write_text(json.dumps(told), encoding="utf-8")  # every JSON is YAML
    node.start("patroni", ["patroni", file])


def _start_pooler(node: Node) -> None:
    told: Mapping[str, object] = {
        "listen_addr": "127.0.0.1",
        "listen_port": node.pooled,
        "unix_socket_dir": "",
        "auth_type": "any",
        "admin_users": "counterfoil",
        "pool_mode": "transaction",
        "default_pool_size": 20,
        "max_client_conn": 500,
        "server_login_retry": 1,
        "ignore_startup_parameters": "extra_float_digits,options",
    }
    lines = [f"{name} = {value}" for name, value in told.items()]
    there = f"{DATABASE} = host=127.0.0.1 port={node.sql} user=counterfoil"
    file = node.folder / "pgbouncer.ini"
    file.write_text("\n".join(["[databases]", there, "[pgbouncer]", *lines, ""]), encoding="utf-8")
    node.start("pgbouncer", ["/usr/sbin/pgbouncer", file])


def _end(nodes: Sequence[Node]) -> None:
    for node in nodes:
        node.signal(signal.SIGCONT)  # whoever stands still hears nothing else
    for node in nodes:
        pids = node.all_pids()
        for process in node.processes:
            process.kill()
            process.wait(30)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _told(address: str) -> dict[str, object]:
    """What a node's own web page says; nothing where it does not answer."""
    try:
        with urllib.request.urlopen(address, timeout=2) as page:
            found: dict[str, object] = json.loads(page.read())
            return found
    except (urllib.error.URLError, OSError, ValueError):
        return {}
