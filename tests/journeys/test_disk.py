"""A full disk, a read-only folder, a damaged file and data of a newer program: a sentence each, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import app
from controllers.desk import open_desk
from controllers.place import Place
from models import database
from models.refusals import CannotDo
from tests.builders import a_product
from tests.journeys.small_disk import until_refused
from ui.program import Program

ROOT = Path(__file__).resolve().parents[2]


def on_a_disk_of_its_own(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs shell words where `folder` is a small disk that nobody else sees; skips where the system forbids it."""
    folder.mkdir()
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=3m none '{folder}'"
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, mount], capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk of our own can be mounted here")
    return subprocess.run(
        [*alone, f"{mount} && {script}"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_full_disk_is_told_loses_nothing_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    ran = on_a_disk_of_its_own(disk, f"'{sys.executable}' -m tests.journeys.small_disk '{disk}'")
    assert "Traceback" not in ran.stderr, ran.stderr
    steps: dict[str, Any] = {told["step"]: told for told in map(json.loads, ran.stdout.splitlines())}
    assert steps["full"]["code"] == "disk-full"
    assert "is full" in steps["full"]["sentence"]
    taken = steps["full"]["taken"]
    assert taken > 0
    assert steps["full"]["there"] == [taken, taken]
    assert steps["whole"]["whole"]
    assert (steps["backup"]["code"], steps["backup"]["left"]) == ("disk-full", [])
    assert steps["room"]["taken"] == 1
    assert steps["room"]["there"] == [taken + 1, taken + 1]


def test_a_folder_that_only_reads_is_told_without_a_traceback(tmp_path: Path, sqlite_template: Path) -> None:
    disk = tmp_path / "disk"
    program = f"'{sys.executable}' app.py --practice --data '{disk}' --json"
    furnish = f"cp '{sqlite_template}' '{disk}/practice.sqlite'"
    script = f"{furnish} && mount -o remount,ro '{disk}' && {program} practice-data --rows 1"
    ran = on_a_disk_of_its_own(disk, script)
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    told = json.loads("{" + ran.stdout.split("{", 1)[1])
    assert told["refused"] in {"file-read-only", "file-not-opened", "folder-not-usable"}
    assert str(disk) in told["message"]


def test_a_database_that_may_not_grow_takes_back_what_does_not_fit(
    fresh_sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same on every system: SQLite itself says that its disk is full."""
    url = fresh_sqlite()
    desk = open_desk(url, practice=True)
    a_product(desk, capacity=100_000)
    with desk.reading() as look:
        pages = look.exec_driver_sql("pragma page_count").scalar_one()
    desk.database.close()
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, f"max_page_count={pages + 10}"))
    desk = open_desk(url, practice=True)
    taken, no = until_refused(desk)
    assert no.code == "disk-full"
    with desk.reading() as look:
        assert look.exec_driver_sql("select count(*) from reservations").scalar_one() == taken
    desk.database.close()


def spoilt(template: Path, file: Path, how: str) -> None:
    """A desk's file that is damaged in the middle, is something else, or comes of a newer program."""
    shutil.copyfile(template, file)
    if how == "newer":
        with closing(sqlite3.connect(file)) as line, line:
            line.execute("update alembic_version set version_num = '9999'")
    elif how == "something else":
        file.write_bytes(b"an example of a letter\n" * 1000)
    else:
        told = bytearray(file.read_bytes())
        told[4096:] = bytes(len(told) - 4096)
        file.write_bytes(told)


SPOILT = [
    ("newer", "database-newer"),
    ("something else", "database-not-ours"),
    ("damaged", "database-damaged"),
]


@pytest.mark.parametrize(("how", "code"), SPOILT)
def test_the_command_line_says_what_is_wrong_with_the_data(
    sqlite_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str, code: str
) -> None:
    spoilt(sqlite_template, tmp_path / "practice.sqlite", how)
    before = (tmp_path / "practice.sqlite").read_bytes()
    assert app.main(["--practice", "--data", str(tmp_path), "--json", "list"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == code
    assert (tmp_path / "practice.sqlite").read_bytes() == before


@pytest.mark.parametrize(("how", "code"), SPOILT)
def test_the_window_says_what_is_wrong_with_the_data(
    qtbot: QtBot, sqlite_template: Path, tmp_path: Path, how: str, code: str
) -> None:
    spoilt(sqlite_template, tmp_path / "practice.sqlite", how)
    program = Program(Place(tmp_path, practice=True), app.SCREENS)
    program.show()
    qtbot.waitUntil(lambda: program._door.done())
    refused = program._door.exception()
    assert isinstance(refused, CannotDo)
    assert refused.code == code
    qtbot.waitUntil(lambda: program.is_quiet())
    words = [one.accessibleName() for one in program.window.findChildren(QWidget) if one.isVisible()]
    assert [
        one for one in words if "The desk cannot be opened" in one and refused.sentence.split(".")[0] in one
    ]
    program.window.close()
