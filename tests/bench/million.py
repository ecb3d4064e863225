"""The desk of a busy operator, a million reservations, made once and kept for the next run of the bench.

It is what `app.py practice-data --rows 1000000` makes, at the bench's own time. A change of the tables or of
the inventor makes another; the old one is thrown away.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from controllers import practice
from controllers.desk import Desk, open_desk
from tests.bench.desks import NOW

ROWS, FEW = 1_000_000, 1_000
_PROJECT = Path(__file__).resolve().parents[2]
_MAKERS = ("models/migrations/versions/*.py", "controllers/practice*.py")


def million(rows: int = ROWS) -> Path:
    """The file with so many reservations. Making a million takes five to ten minutes the first time."""
    folder = Path(tempfile.gettempdir()) / "counterfoil-bench"
    folder.mkdir(exist_ok=True)
    file = folder / f"{rows}-{_makers()}.sqlite"
    if not file.exists():
        for old in folder.glob(f"{rows}-*.sqlite*"):
            old.unlink()
        _make(file, rows)
    return file


def desk_at(file: Path, counter: str = "Bench") -> Desk:
    """A practice desk on such a file, at the bench's time. Whoever opens it closes its database."""
    return open_desk(f"sqlite:///{file}", practice=True, clock=lambda: NOW, counter=counter)


def _make(file: Path, rows: int) -> None:
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    desk = desk_at(half)
    practice.fill(desk=desk, rows=rows, progress=lambda taken: _say(f"{taken:,} of {rows:,} invented"))
    desk.database.close()
    half.rename(file)


def _makers() -> str:
    """What the file was made by, in eight letters."""
    told = hashlib.blake2b(digest_size=4)
    for pattern in _MAKERS:
        for path in sorted(_PROJECT.glob(pattern)):
            told.update(path.read_bytes())
    return told.hexdigest()


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)
