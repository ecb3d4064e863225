"""Makes Counterfoil work on a computer that has nothing but Python, and then starts or tests it.

    python3 installer/bootstrap.py run [options of app.py]
    python3 installer/bootstrap.py test [options of pytest]

Every command first looks whether all it needs is there, and installs what is not; when nothing is
missing the look takes a fraction of a second. Only Python's own library is used up to that point.
`python3 installer/bootstrap.py` alone lists the other commands.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import fonts
import links
import python_packages
import system_packages
from python_packages import CannotSetUp

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(python_packages.PYTHON)
HELP = """\
python3 installer/bootstrap.py COMMAND [options]

  run      start the program; options go to app.py
  test     check everything: ruff, mypy, import-linter, pytest; options go to pytest
  check    the same without pytest
  bench    measure; options go to tests/bench
  pictures every screen by day and by night into screenshots/, and those of the README anew
  soak     the tests that run for hours; options go to pytest
  install  set up everything and stop
  register links (counterfoil://reservation/NUMBER) open the program for you; options go to app.py
  unregister  and no more
"""

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", LINT_IMPORTS, "--no-logo"],
}

LIMIT_S = 45 * 60
"""No step of the test command takes so long unless it stands still."""
SIDE_BY_SIDE = ["-n", str(min(8, (os.cpu_count() or 1) + 1)), "--dist", "worksteal"]
"""One test more at once than there are cores: a third of the time they wait for servers and clocks.

-n 0 among the options runs them one after another, as a debugger wants.
"""

SHOWN = {
    "desk.png": "today-light.png",
    "calendar.png": "calendar-light.png",
    "till.png": "sell-light.png",
    "desk-by-night.png": "today-dark.png",
}
"""The pictures of the README, and from which of the tests' pictures each comes."""


def main(words: list[str]) -> int:
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        print(HELP)
        return 0 if words[:1] in ([], ["help"], ["-h"], ["--help"]) else 2
    try:
        return command(words[1:])
    except CannotSetUp as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# --- the commands -------------------------------------------------------------------------------


def run(options: list[str]) -> int:
    _set_up(tests=False)
    app = ROOT / "app.py"
    if not app.is_file():
        raise CannotSetUp("There is no app.py here, so there is nothing to run.")
    return _become([str(app), *options])


def test(options: list[str]) -> int:
    _set_up(tests=True)
    return _one_after_another({**CHECKS, "pytest": ["-m", "pytest", *SIDE_BY_SIDE, *options]}, LIMIT_S)


def check(_: list[str]) -> int:
    _venv()
    return _one_after_another(CHECKS)


def bench(options: list[str]) -> int:
    _set_up(tests=True)
    if not (ROOT / "tests" / "bench" / "__main__.py").is_file():
        raise CannotSetUp("There is no tests/bench/__main__.py here, so there is nothing to measure.")
    os.chdir(ROOT)
    return _become(["-m", "tests.bench", *options])


def pictures(_: list[str]) -> int:
    _set_up(tests=True)
    walk = ["-m", "pytest", "tests/journeys/test_walk.py", "-q", "-k", "leaves_its_picture"]
    failed = _one_after_another({"pictures": walk})
    if not failed:
        for shown, picture in SHOWN.items():
            shutil.copyfile(ROOT / "screenshots" / picture, ROOT / "docs" / shown)
    return failed


def soak(options: list[str]) -> int:
    _set_up(tests=True, soak=True)
    # The usual limits for a hanging test would end every one of these.
    patient = ["--timeout=0", "-o", "faulthandler_timeout=0"]
    return _one_after_another({"soak": ["-m", "pytest", "-m", "soak", *patient, *options]})


def install(_: list[str]) -> int:
    began = time.monotonic()
    if not _set_up(tests=True):
        print("Set up, but for what is named above.")
        return 1
    print(f"Everything is in place ({time.monotonic() - began:.2f} s).")
    return 0


def register(options: list[str]) -> int:
    _set_up(tests=False)
    print(links.register(PYTHON, ROOT / "app.py", options=tuple(options)))
    return 0


def unregister(_: list[str]) -> int:
    print(links.unregister())
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "pictures": pictures,
    "soak": soak,
    "install": install,
    "register": register,
    "unregister": unregister,
}


# --- the set-up ---------------------------------------------------------------------------------


def _set_up(*, tests: bool, soak: bool = False) -> bool:
    """System packages, .venv, the program compiled, fonts. False when a person has something left to install."""
    by_hand = _system(tests=tests, soak=soak)
    _venv(by_hand)
    if by_hand or not system_packages.apt_is_here():
        complaint = python_packages.probe()
        if complaint:
            raise CannotSetUp(f"{by_hand or system_packages.by_hand([])}\nPython says: {complaint}")
    python_packages.compile_program()
    lacking = fonts.gather() if fonts.missing() else []
    if lacking:
        print(f"These fonts were not found, the system's own stand in: {', '.join(lacking)}", file=sys.stderr)
    if by_hand:
        print(by_hand, file=sys.stderr)
    return not (by_hand or lacking)


def _system(*, tests: bool, soak: bool) -> str:
    """Install what apt can; the answer says what is left for a person, empty when nothing is."""
    if not system_packages.apt_is_here():
        lacking = tests and not system_packages.has_postgresql()
        return system_packages.by_hand([]) if lacking else ""
    specs = system_packages.wanted(tests=tests, soak=soak)
    missing = system_packages.missing(specs, postgresql=tests) + _missing_for_venv()
    if not missing:
        return ""
    system_packages.install(missing)
    missing = system_packages.missing(specs, postgresql=tests) + _missing_for_venv()
    return system_packages.by_hand(missing) if missing else ""


def _venv(by_hand: str = "") -> None:
    """.venv as locked: alone, it is enough for the checks that open no window."""
    if python_packages.ready():
        return
    lacking = _missing_for_venv()
    if lacking and not by_hand:
        system_packages.install(lacking)
        lacking = _missing_for_venv()
    if lacking:
        raise CannotSetUp(f"Python cannot make .venv here.\n{by_hand or system_packages.by_hand(lacking)}")
    python_packages.install()


def _missing_for_venv() -> list[str]:
    if python_packages.ready():
        return []
    python = python_packages.base_python()
    return [] if python_packages.can_make_venv(python) else [python_packages.venv_package(python)]


# --- starting other programs --------------------------------------------------------------------


def _become(words: list[str]) -> int:
    """Hand over to .venv's Python: where the system allows, this process turns into it."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(PYTHON, [PYTHON, *words])
    return subprocess.run([PYTHON, *words]).returncode


def _within(limit: float | None, words: list[str], environment: dict[str, str]) -> int:
    """A step's exit code. One that stands still is ended, with all it started, so that its words are read at all."""
    alone = limit is not None and hasattr(os, "killpg")
    step = subprocess.Popen(words, cwd=ROOT, env=environment, start_new_session=alone)
    try:
        return step.wait(limit)
    except subprocess.TimeoutExpired:
        print(f"\nStill not done after {limit:.0f} s, so it was ended.", flush=True)
    finally:
        if step.poll() is None:
            os.killpg(step.pid, signal.SIGKILL) if alone else step.kill()
    return step.wait()


def _one_after_another(steps: dict[str, list[str]], limit: float | None = None) -> int:
    """Run every step, also after one failed: a person wants to see all there is to mend."""
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    lines, failures = [], 0
    for name, words in steps.items():
        print(f"\n--- {name}", flush=True)
        began = time.monotonic()
        code = _within(limit, [PYTHON, *words], environment)
        failures += code != 0
        lines.append(f"  {_verdict(name, code):<22} {name:<14} {time.monotonic() - began:6.1f} s")
    print("\n--- summary", *lines, sep="\n", flush=True)
    return 1 if failures else 0


def _verdict(name: str, code: int) -> str:
    if code == 0:
        return "ok"
    # pytest's own number for a run that found no test: not a success, but said as what it is.
    return "FAILED (no test found)" if code == 5 and name in ("pytest", "soak") else "FAILED"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
