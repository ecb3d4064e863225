"""One window works with the data of a computer, and a crash leaves nothing in the way."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import app
from controllers.place import Place
from models.refusals import CannotDo

HOLDER = """
import sys
from pathlib import Path
from controllers.place import Place
held = Place(Path(sys.argv[1])).claim()
print("held", flush=True)
sys.stdin.read()
"""


def _refused(place: Place) -> str:
    with pytest.raises(CannotDo) as no:
        place.claim()
    return no.value.code


def test_a_second_copy_is_refused_until_the_first_is_closed(tmp_path: Path) -> None:
    first = Place(tmp_path / "data").claim()
    assert _refused(Place(tmp_path / "data")) == "running-already"
    first.let_go()
    Place(tmp_path / "data").claim().let_go()


@pytest.mark.skipif(os.name == "nt", reason="there a profile keeps its files to itself")
@pytest.mark.parametrize("by_window", [True, False])
def test_nobody_else_at_this_computer_reads_the_data(tmp_path: Path, by_window: bool) -> None:
    place = Place(tmp_path / "data", practice=True)
    held = place.claim() if by_window else None
    desk = place.open("Desk")
    files = [place.folder, *(one for one in place.folder.iterdir() if one.name.startswith("practice.sqlite"))]
    assert len(files) > 1
    assert {one.name: stat.S_IMODE(one.stat().st_mode) & 0o077 for one in files} == {
        one.name: 0 for one in files
    }
    desk.database.close()
    if held is not None:
        held.let_go()


def test_practice_and_the_real_desk_stand_beside_each_other(tmp_path: Path) -> None:
    real, practice = Place(tmp_path).claim(), Place(tmp_path, practice=True).claim()
    real.let_go()
    practice.let_go()


def test_a_copy_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=app.PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert _refused(Place(tmp_path)) == "running-already"
        other.send_signal(signal.SIGKILL)
        other.wait()
    Place(tmp_path).claim().let_go()


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert _refused(Place(tmp_path / "file" / "data")) == "folder-not-usable"
