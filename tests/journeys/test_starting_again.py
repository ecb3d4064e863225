"""A desk whose data were moved starts again by itself: the same program, with what it was told, also from odd paths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name == "nt", reason="there it is another process, of which nobody waits for the end")
def test_the_program_starts_again_from_a_path_with_spaces_with_the_arguments_it_had(tmp_path: Path) -> None:
    home = tmp_path / "the desk's own folder"
    home.mkdir()
    shutil.copy(ROOT / "tests/journeys/again_desk.py", home / "start me.py")
    told = tmp_path / "told"
    words = ["-X", "utf8", "start me.py", "--data", "my data", "--practice"]

    ended = subprocess.run(
        [sys.executable, *words],
        cwd=home,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "TOLD_IN": str(told),
        },
        timeout=120,
        check=False,
    )

    first, second = map(json.loads, told.read_text().splitlines())
    assert ended.returncode == app.DONE
    assert first == second, "the same program in the same place, told the same"
    assert first["orig"] == words
    assert (first["practice"], first["cwd"]) == (True, str(home))
    assert (home / "my data").is_dir()


def test_where_exec_parts_a_path_at_its_spaces_another_process_takes_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[list[str]] = []
    words = ["C:\\Our desk\\pythonw.exe", "-X", "utf8", "C:\\Our desk\\app.py", "--data", "D:\\Our data"]
    with monkeypatch.context() as there:
        there.setattr(os, "name", "nt")
        there.setattr(sys, "executable", words[0])
        there.setattr(sys, "orig_argv", ["pythonw", *words[1:]])
        there.setattr(subprocess, "Popen", begun.append)
        there.setattr(os, "execv", lambda *_words: pytest.fail("exec loses the words on Windows"))
        assert app._start_again() == app.DONE
    assert begun == [words]
