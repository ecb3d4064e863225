"""Sees to it that one window works with the data of this computer: a second copy is told so and goes.

The operating system holds the lock and lets go of it when the program ends, however it ends: after a crash nothing
is in the way. The command line works beside the window; the database itself keeps the two apart.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

from models.refusals import CannotDo


class OnlyCopy:
    """Held from the start of a window until it is closed."""

    def __init__(self, file: Path) -> None:
        """Raises CannotDo("running-already") where another window holds it."""
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotDo("folder-not-usable", file=str(file.parent), why=error.strerror) from error
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise CannotDo("running-already") from error

    def let_go(self) -> None:
        """The window is closed. The file stays: to delete it would let two in at once."""
        os.close(self._handle)


_LONGEST = 100
"""Of a socket's path; some systems take only a little more."""


def doorbell(file: Path) -> str:
    """The name of the local socket on which the window with these data listens: beside them, where only we may go.

    In a folder too deep for a socket it lies where temporary files lie, named after the folder and the user.
    """
    beside = file.resolve().with_suffix(".socket")
    if os.name != "nt" and len(os.fsencode(beside)) <= _LONGEST:
        return str(beside)
    user = os.environ.get("USERNAME", "") if os.name == "nt" else str(os.getuid())
    digest = sha256("\n".join((user, str(beside))).encode()).hexdigest()
    name = f"counterfoil-{digest[:24]}"
    return name if os.name == "nt" else str(Path(gettempdir()) / name)


if os.name == "nt":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
