"""Lets PostgreSQL's own tool make a copy too, where it is here and fits the server.

pg_restore brings such a copy back without us.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from models.database import Database
from models.refusals import CannotDo

_PLACES = (
    "/usr/lib/postgresql/*/bin/pg_dump",
    "/usr/pgsql-*/bin/pg_dump",
    "C:/Program Files/PostgreSQL/*/bin/pg_dump.exe",
)
_PIECE = 1 << 20


def find_program(database: Database) -> str:
    """The pg_dump that fits the server. Raises CannotDo("dump-no-tools") or ("dump-tools-old")."""
    with database.reading() as look:
        server = int(look.execute(text("show server_version_num")).scalar_one()) // 10000
    known = {program: _version(program) for program in _programs()}
    if not any(known.values()):
        raise CannotDo("dump-no-tools")
    fitting = {version: program for program, version in known.items() if version >= server}
    if not fitting:
        raise CannotDo("dump-tools-old", tools=max(known.values()), server=server)
    return fitting[min(fitting)]


def dumped(program: str, database: Database) -> Iterator[bytes]:
    """What pg_dump -Fc says, some of it at a time. Raises CannotDo("dump-failed") with its own last line."""
    words, secret = _connection(database)
    with tempfile.TemporaryFile() as complaints:
        asked = [program, "--format=custom", "--no-password", f"--dbname={words}"]
        running = subprocess.Popen(
            asked,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, **secret},
        )
        assert running.stdout is not None
        try:
            while piece := running.stdout.read(_PIECE):
                yield piece
        except BaseException:  # nobody wants the rest
            running.terminate()
            raise
        finally:
            running.stdout.close()
            code = running.wait()
        if code:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
            raise CannotDo("dump-failed", why=said[-1] if said else f"pg_dump ended with {code}")


def _connection(database: Database) -> tuple[str, dict[str, str]]:
    """The way to the server as libpq writes it, and its password apart: the list of processes is read by everybody."""
    from psycopg.conninfo import make_conninfo

    _, told = database.engine.dialect.create_connect_args(database.engine.url)
    facts: dict[str, Any] = dict(told)
    password = facts.pop("password", None)
    known = {name: value for name, value in facts.items() if isinstance(value, str | int)}
    return make_conninfo("", **known), {"PGPASSWORD": str(password)} if password else {}


def _programs() -> list[str]:
    first = shutil.which("pg_dump")
    found = [name for place in _PLACES for name in glob.glob(place)]
    return list(dict.fromkeys([*([str(Path(first))] if first else []), *found]))


def _version(program: str) -> int:
    """Its major version; 0 for one that does not answer."""
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", said)
    return int(found[1]) if found else 0
