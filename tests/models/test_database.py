"""The desk's file: what was done once is still there after the power went out."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import database
from models.database import Database, sqlite_url

EVERY_WRITE = 2
"""What SQLite answers for synchronous=FULL: a commit returns when the disk has it."""


def test_a_commit_waits_for_the_disk(
    tmp_path: Path, pragmas: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", pragmas)  # the program's own, which the other tests go without
    opened = Database(sqlite_url(tmp_path / "desk.sqlite"))
    with opened.reading() as look:
        assert look.exec_driver_sql("pragma synchronous").scalar() == EVERY_WRITE
        assert look.exec_driver_sql("pragma journal_mode").scalar() == "wal"
    opened.close()
