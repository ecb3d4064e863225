"""A PostgreSQL server for measuring, gone with the measuring.

It runs without waiting for the disk, like that of the tests: what is measured is our way to it, not the disk.
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests import conftest

_numbers = count(1)


@contextmanager
def a_server() -> Iterator[str]:
    """The address of an empty database on a server that ends with the measuring."""
    import glob
    import shutil

    programs = Path(sorted(glob.glob(conftest.SERVERS))[-1])
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-bench-postgresql-"))
    process = conftest._start(programs, folder, port := conftest._free_port())
    try:
        server = conftest.Server(port)
        conftest._wait_for(server, process, folder)
        name = f"bench_{next(_numbers)}"
        server.tell(f"create database {name}")
        yield server.url(name)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        shutil.rmtree(folder)
