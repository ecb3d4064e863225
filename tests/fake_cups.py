"""A stand-in for CUPS: its tools on PATH and its jobs in a folder, spoken to in German whatever is asked of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from controllers import cups_jobs
from controllers.cups_jobs import CupsJob, JobState

_LPSTAT = """#!/bin/sh
case "$1" in
  -e) cat "{0}/printers" ;;
  -p) if [ -e "{0}/stopped" ]; then how="disabled since Mon 01 Feb 2027 -"; else how="is idle."; fi
      echo "printer $2 $how" ;;
esac
"""
_LP = """#!/bin/sh
[ -e "{0}/silent" ] && {{ echo "lp: Auftrag abgelehnt" >&2; exit 1; }}
echo "$@" >> "{0}/asked"
n=$(cat "{0}/asked" | wc -l)
cat > "{0}/given-$n.pdf"
state=COMPLETED
for how in broken slow stuck lingers; do [ -e "{0}/$how" ] && state=$how; done
[ -e "{0}/stops" ] && {{ state=stuck; touch "{0}/stopped"; }}
[ -e "{0}/hangs" ] && exec sleep 30
echo "$4" > "{0}/titles/$2-$n"
echo $state > "{0}/jobs/$2-$n"
[ -e "{0}/mumbles" ] && exit 0
echo "Anfrage-ID ist $2-$n (0 Datei(en))"
"""
_CANCEL = """#!/bin/sh
case "$(cat "{0}/jobs/$1")" in
  slow) echo CANCELED > "{0}/jobs/$1" ;;
  lingers) (sleep 0.4; echo broken > "{0}/jobs/$1") >/dev/null 2>&1 & ;;
  stuck) echo broken > "{0}/jobs/$1" ;;
  *) echo "cancel: Auftrag nicht gefunden" >&2; exit 1 ;;
esac
"""
_STATES = {
    "slow": (JobState.PENDING, False),
    "stuck": (JobState.PROCESSING, True),
    "lingers": (JobState.PROCESSING, True),
    "broken": (JobState.ABORTED, True),
    "CANCELED": (JobState.CANCELED, False),
    "COMPLETED": (JobState.COMPLETED, True),
}


class FakeCups:
    """`be` says how its printers are: 'silent' refuses, 'stopped' takes nothing, 'stops' stops in the middle.

    With 'slow' jobs wait before they begin, 'stuck' ones have begun, 'lingers' are slow to stop, 'broken' are broken
    off. 'hangs' is `lp` that never answers, 'mumbles' one that tells no number, 'away' a server that does not say what
    became of a job.
    """

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        for room in ("jobs", "titles", "bin"):
            (folder / room).mkdir(parents=True)
        self.set_names(*names)
        for name, script in (("lpstat", _LPSTAT), ("lp", _LP), ("cancel", _CANCEL)):
            tool = folder / "bin" / name
            tool.write_text(script.format(folder), "utf-8")
            tool.chmod(0o755)

    def set_names(self, *names: str) -> None:
        """Other printers."""
        (self.folder / "printers").write_text("".join(f"{name}\n" for name in names), "utf-8")

    def be(self, how: str, *, now: bool = True) -> None:
        """It is like that, or no longer."""
        (self.folder / how).touch() if now else (self.folder / how).unlink()

    def come_out(self) -> None:
        """Everything in the queue is printed."""
        for job in self.waiting:
            (self.folder / "jobs" / job).write_text("COMPLETED\n", "utf-8")

    def forget(self) -> None:
        """No job is known any more."""
        for job in (self.folder / "jobs").iterdir():
            job.unlink()

    def jobs_of(self, printer: str) -> tuple[CupsJob, ...] | None:
        """What CUPS' library tells."""
        if (self.folder / "away").exists():
            return None
        return tuple(self._job(job) for job in (self.folder / "jobs").glob(f"{printer}-*"))

    def _job(self, path: Path) -> CupsJob:
        title = (self.folder / "titles" / path.name).read_text("utf-8").strip()
        return CupsJob(int(path.name.rpartition("-")[2]), title, *_STATES[path.read_text("utf-8").strip()])

    @property
    def waiting(self) -> list[str]:
        """What lies in the queue."""
        rest = {"slow", "stuck", "lingers"}
        return sorted(
            job.name for job in (self.folder / "jobs").iterdir() if job.read_text("utf-8").strip() in rest
        )

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
    monkeypatch.setattr(cups_jobs, "jobs_of", made.jobs_of)
    return made
