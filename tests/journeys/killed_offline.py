"""A nursery of counters without their server that are killed: in the middle of a scan, and while they hand over.

A line is an address, a folder, a moment and a code. The counter opens with its replica, scans the code without the
server, says so, and comes back; at the moment it is killed, as if the power had gone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from controllers import checkin
from controllers.desk import Work, open_desk
from controllers.offline import copying, handing
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from models.database import Database
from tests.alone import IN_TIME

SCAN = "5" * 36
PLACES: dict[str, tuple[Any, str, bool]] = {
    "marked": (Replica, "mark_waiting", True),
    "scan not kept": (checkin, "judge", True),
    "taken, not committed": (handing, "_tell", True),
    "taken, not told": (Work, "tell_others", False),
    "not noted": (Replica, "has_handed", False),
    "noted": (Replica, "has_handed", True),
    "not online": (copying, "note_about", False),
    "online": (copying, "note_about", True),
    "unmarked": (Database, "set_away", False),
}
"""Where it is killed: right behind what is called there, or just before."""
BEFORE_ITS_ANSWER = ("marked", "scan not kept")


def work(address: str, folder: str, moment: str, code: str) -> NoReturn:
    """Scans alone, comes back, and does not come to the end."""
    desk = open_desk(address, practice=True, clock=lambda: IN_TIME, counter="Killed")
    door = Door(desk, Replica(Path(folder), desk.clock))
    door.lost()
    if moment in BEFORE_ITS_ANSWER:
        _die_at(moment)
    answer = door.scan(code, scan_id=SCAN)
    os.write(1, f"{answer.kind.value}\n".encode())
    if moment not in BEFORE_ITS_ANSWER:
        _die_at(moment)
    door.look_after()
    os._exit(0)


def _die_at(moment: str) -> None:
    where, name, after = PLACES[moment]
    setattr(where, name, _dying(getattr(where, name), after=after))


def _dying(called: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def die(*args: Any, **told: Any) -> NoReturn:
        if after:
            called(*args, **told)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")

    return die


def main() -> None:
    """A child for each line; how it ended is said when it is gone."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work(*line.rstrip("\n").split("\t"))
        _, ended = os.waitpid(child, 0)
        os.write(1, f"gone {ended}\n".encode())


if __name__ == "__main__":
    main()
