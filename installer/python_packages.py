"""Keeps .venv, the project's own Python, exactly as installer/lock.txt says.

A stamp in .venv remembers which lock it was made from, so a look takes a millisecond. The stamp is
written last: a set-up that was interrupted is simply done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "installer" / "lock.txt"
STAMP = VENV / "counterfoil-lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
PROGRAM = ("app.py", "controllers", "models", "ui")

# Imports what needs a system library, so that a missing one is named here and not somewhere in a window.
PROBE = "import PySide6.QtWidgets, PySide6.QtMultimedia, PySide6.QtPdf, pyzbar.pyzbar"


class CannotSetUp(Exception):
    """Something only a person can mend; the text says what."""


def ready() -> bool:
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="ascii") == _digest()


def base_python() -> str:
    """A Python new enough to build .venv with: the one running now, or a newer one beside it."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(15, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A name alone proves nothing: version managers leave stand-ins that only print an error.
        if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:
            return found
    running = ".".join(map(str, sys.version_info[:2]))
    raise CannotSetUp(f"Counterfoil needs Python 3.11 or newer, and this is {running}. Please install one.")


def can_make_venv(python: str) -> bool:
    """Debian keeps a part of Python's own set-up tools in a package of its own."""
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def venv_package(python: str) -> str:
    """That package's name, for example python3.11-venv."""
    ask = "import sys; print('python%d.%d-venv' % sys.version_info[:2])"
    return subprocess.run([python, "-c", ask], capture_output=True, text=True).stdout.strip()


def install() -> None:
    """Bring .venv to what the lock says; only one set-up at a time, the others wait and find it done."""
    with _alone():
        if ready():
            return
        python = base_python()
        if not PYTHON.exists() or not _has_pip():
            print("Making .venv", flush=True)
            _do([python, "-m", "venv", "--clear", str(VENV)], "Python could not make .venv.")
        print("Installing Python packages into .venv (half a minute to a few minutes)", flush=True)
        _do([str(PYTHON), *_pip_words()], "The Python packages could not be installed, see above.")
        STAMP.write_text(_digest(), encoding="ascii")


def compile_program() -> None:
    """Python keeps what it has read of the program, so that the first start is as quick as every other.

    Python would do so by itself at the first start, but not where whoever starts it may not write here. A folder
    that nobody may write to is no fault: the program then starts a little later.
    """
    words = [str(PYTHON), "-m", "compileall", "-qq", *(str(ROOT / part) for part in PROGRAM)]
    subprocess.run(words, stdin=subprocess.DEVNULL)


def probe() -> str:
    """Empty when the program's libraries can be loaded, otherwise the loader's own complaint."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    tried = subprocess.run([str(PYTHON), "-c", PROBE], env=environment, capture_output=True, text=True)
    if tried.returncode == 0:
        return ""
    return (tried.stderr.strip().splitlines() or ["it ended without a word"])[-1]


def _pip_words() -> list[str]:
    return [
        *("-m", "pip", "install", "--no-input", "--disable-pip-version-check"),
        *("--quiet", "--quiet"),  # errors only: what else pip has to say is about its own settings
        *("--require-hashes", "-r", str(LOCK)),
        "--no-deps",  # the lock is complete; pip need not think about it again
        *("--only-binary", ":all:"),  # building from source fetches tools that no lock vouches for
    ]


def _do(command: list[str], refusal: str) -> None:
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        raise CannotSetUp(refusal)


def _has_pip() -> bool:
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0


def _digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock file itself; the system lets go of it however this process ends."""
    with LOCK.open("rb") as handle:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
