"""A real keyring on a bus of its own: a password lies in it, a locked one gives nothing and holds nobody up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.address import parse

ROOT = Path(__file__).resolve().parents[2]
_DAEMON = "gnome-keyring-daemon"
_LACKS = [name for name in (_DAEMON, "dbus-run-session") if shutil.which(name) is None]
pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(_LACKS), reason=f"not installed here: {_LACKS}")]


def test_a_password_lies_in_the_systems_keyring_and_where_that_is_locked_in_a_file(tmp_path: Path) -> None:
    home, run = tmp_path / "home", tmp_path / "run"
    home.mkdir()
    run.mkdir(mode=0o700)
    talk = [sys.executable, "-m", "tests.controllers.keyring_talk", home / "desk"]
    told = subprocess.run(
        ["dbus-run-session", "--", *talk, _DAEMON, "--unlock", "--components=secrets"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(run)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    opened, locked, kept = (json.loads(line) for line in told.stdout.splitlines() if line.startswith("{"))
    assert (opened["kept"], opened["file"]) == ("keyring", False)
    assert parse(opened["address"]).password == "Secret-1 é"
    assert parse(locked["locked"]).password is None
    assert locked["seconds"] < 10, "nobody waits for a question that cannot be asked"
    assert (kept["kept"], kept["file"]) == ("file", True)
    assert parse(kept["address"]).password == "Secret-1 é"
