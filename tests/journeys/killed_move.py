"""A nursery of moves that are killed: it loads everything once, and makes a fresh move for each line it is told.

A line is a folder, an address and a moment. The move goes on until that moment and is killed there: nothing of its
own is run any more, as if the power had gone.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from controllers import relocating
from controllers.place import Place
from controllers.relocating import Progress, move_to

AFTER = {
    "kept": (relocating, "seal"),
    "sealed": (Place, "choose_database"),
    "switched": (relocating, "_record"),
}
"""Moments that are no step of the move: what is called right behind each."""


def work(folder: str, address: str, moment: str) -> NoReturn:
    """Moves, and does not come to the end."""
    place = Place(Path(folder))
    desk = place.open("Desk")
    if moment in AFTER:
        setattr(*AFTER[moment], _die)
    move_to(address, desk=desk, place=place, progress=Progress(heard=lambda *now: _die_at(moment, now)))
    os._exit(0)


def _die_at(moment: str, now: tuple[str, str]) -> None:
    if moment in (now[0], ":".join(now)):
        _die()


def _die(*_: Any, **_told: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed")


def main() -> None:
    """A child for each line; how it ended is said when it is gone."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work(*line.split())
        _, ended = os.waitpid(child, 0)
        os.write(1, f"{ended}\n".encode())


if __name__ == "__main__":
    main()
