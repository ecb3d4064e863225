"""A stand-in for the tools of CUPS on PATH: a queue in a folder, spoken to in German whatever is asked of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_LPSTAT = """#!/bin/sh
case "$1" in
  -e) cat "{0}/printers" ;;
  -W) for job in "{0}"/queue/*; do [ -e "$job" ] && echo "$(basename "$job")  desk  1024  Mo 01 Feb 2027"; done; true ;;
  -p) if [ -e "{0}/stopped" ]; then how="disabled since Mon 01 Feb 2027 -"; else how="is idle."; fi
      echo "printer $2 $how" ;;
esac
"""
_LP = """#!/bin/sh
[ -e "{0}/silent" ] && {{ echo "lp: Auftrag abgelehnt" >&2; exit 1; }}
echo "$@" >> "{0}/asked"
n=$(cat "{0}/asked" | wc -l)
cat > "{0}/given-$n.pdf"
if [ -e "{0}/stopped" ] || [ -e "{0}/slow" ]; then touch "{0}/queue/$2-$n"; fi
echo "Anfrage-ID ist $2-$n (0 Datei(en))"
"""
_CANCEL = """#!/bin/sh
[ -e "{0}/queue/$1" ] || {{ echo "cancel: Auftrag nicht gefunden" >&2; exit 1; }}
rm "{0}/queue/$1"
"""


class FakeCups:
    """`names` are its printers; `stop`, `slow` and `silent` say how they are."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        (folder / "queue").mkdir(parents=True)
        (folder / "bin").mkdir()
        self.set_names(*names)
        for name, script in (("lpstat", _LPSTAT), ("lp", _LP), ("cancel", _CANCEL)):
            tool = folder / "bin" / name
            tool.write_text(script.format(folder), "utf-8")
            tool.chmod(0o755)

    def set_names(self, *names: str) -> None:
        """Other printers."""
        (self.folder / "printers").write_text("".join(f"{name}\n" for name in names), "utf-8")

    def be(self, how: str, *, now: bool = True) -> None:
        """'stopped', 'slow' or 'silent', or no longer."""
        (self.folder / how).touch() if now else (self.folder / how).unlink()

    def come_out(self) -> None:
        """Everything in the queue is printed."""
        for job in (self.folder / "queue").iterdir():
            job.unlink()

    @property
    def waiting(self) -> list[str]:
        """What lies in the queue."""
        return sorted(job.name for job in (self.folder / "queue").iterdir())

    @property
    def asked(self) -> list[str]:
        """How it was asked to print."""
        asked = self.folder / "asked"
        return asked.read_text("utf-8").splitlines() if asked.exists() else []

    def given(self, number: int = 1) -> bytes:
        """The file of a job."""
        return (self.folder / f"given-{number}.pdf").read_bytes()


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    made = FakeCups(tmp_path / "cups", "Empfang", "Kasse_80mm")
    monkeypatch.setenv("PATH", f"{made.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return made
