"""A PostgreSQL server as an operator sets one up: it asks for passwords, and speaks TLS where it is told to."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.certificates import Certificate
from tests.postgresql import FORGETFUL, SERVERS, Server, make_data, newest_programs, running

OWNER_PASSWORD = "Example-1"
_ASKS = """
host all counterfoil 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


@contextmanager
def asking_for_passwords() -> Iterator[Server]:
    """A server that trusts the tests' own login, and asks everybody else for a password."""
    with _made() as (programs, folder):
        (folder / "data" / "pg_hba.conf").write_text(_ASKS)
        with running(programs, folder, FORGETFUL) as server:
            server.tell("create database shop")
            yield server


@contextmanager
def showing(certificate: Certificate | None) -> Iterator[Server]:
    """A server that proves itself with this certificate, or cannot (None)."""
    with _made() as (programs, folder):
        told = dict(FORGETFUL)
        if certificate is not None:
            told |= {
                "ssl": "on",
                "ssl_cert_file": _lend(certificate.file, folder),
                "ssl_key_file": _lend(certificate.key, folder),
            }
        with running(programs, folder, told) as server:
            yield server


@contextmanager
def _made() -> Iterator[tuple[Path, Path]]:
    programs = newest_programs()
    if programs is None:
        pytest.skip(f"PostgreSQL's server programs are not here ({SERVERS})")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-secured-"))
    try:
        make_data(programs, folder)
        yield programs, folder
    finally:
        shutil.rmtree(folder)


def _lend(file: Path, folder: Path) -> str:
    """A copy that belongs to the server's user and is nobody else's to read, as it insists."""
    copy = folder / file.name
    shutil.copyfile(file, copy)
    copy.chmod(0o600)
    owner = folder.stat()
    os.chown(copy, owner.st_uid, owner.st_gid)
    return str(copy)
