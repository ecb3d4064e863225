"""Renews installer/lock.txt: the exact version and fingerprint of everything the program is built from.

    python3 installer/lock.py              after a change of the dependencies in pyproject.toml
    python3 installer/lock.py --upgrade    to take newer versions of everything (other options of uv work too)

The lock serves every Python and every kind of computer at once, and names no address: whoever
installs may use any mirror, and the fingerprints still tell whether the files are the true ones.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "lock.txt"

HEADING = """\
# Every package Counterfoil is built from, with the fingerprints of its files.
# Made by installer/lock.py from pyproject.toml; do not edit by hand.
"""


def main(options: list[str]) -> int:
    """Write the lock anew, keeping the versions it has where they still fit."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "lock.txt"
        if LOCK.exists():
            fresh.write_text(LOCK.read_text(encoding="utf-8"), encoding="utf-8")
        uv = _uv_in(Path(scratch) / "tools")
        done = subprocess.run([str(uv), *_compile(fresh), *options], cwd=ROOT, env=_public_index_only())
        if done.returncode:
            return done.returncode
        text = HEADING + fresh.read_text(encoding="utf-8")
    if re.search(r"://|--(extra-)?index-url|--find-links", text):
        print("The new lock names an address, so the old one stays.", file=sys.stderr)
        return 1
    LOCK.write_text(text, encoding="utf-8")
    print(f"{LOCK.relative_to(ROOT)}: {len(re.findall('(?m)^[a-z0-9]', text))} packages")
    return 0


def _uv_in(folder: Path) -> Path:
    """uv, in an environment that is thrown away afterwards: the program itself has no use for it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
    return programs / "uv"


def _compile(output: Path) -> list[str]:
    return [
        *("pip", "compile", "pyproject.toml", "--group", "dev", "--output-file", str(output)),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        # Only packages that come built: a counter PC has no compiler, and what a build fetches is not locked.
        *("--only-binary", ":all:"),
        *("--no-config", "--no-header", "--no-annotate", "--quiet"),
        *("--no-emit-index-url", "--no-emit-find-links"),
    ]


def _public_index_only() -> dict[str, str]:
    """The environment without private indexes, whose files would have fingerprints nobody else can match."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_"))}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
