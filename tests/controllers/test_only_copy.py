"""One window works with the data of a computer, and a crash leaves nothing in the way."""

from __future__ import annotations

import signal
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
