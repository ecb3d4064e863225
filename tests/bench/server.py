"""An empty PostgreSQL database for measuring, gone with the measuring."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgresql import FORGETFUL, make_data, newest_programs, running


@contextmanager
def a_server() -> Iterator[str]:
    """Its address. It does not wait for the disk: what is measured is the way there."""
    programs = newest_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server programs are not here")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-bench-postgresql-"))
    try:
        make_data(programs, folder)
        with running(programs, folder, FORGETFUL) as server:
            server.tell("create database bench")
            yield server.url("bench")
    finally:
        shutil.rmtree(folder)
