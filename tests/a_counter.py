"""One counter as a process of its own: opens the desk, waits until all are there, and scans what it is told.

It is started by `tests.counters`; what it was answered it writes into a file, a line for each scan as soon as it
is acknowledged, so that whoever looks on knows at any moment what must never be lost. Where it has a folder it keeps
a replica there, as a counter in the program does, and goes on without its server.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from controllers import checkin
from controllers.answers import Answer
from controllers.desk import Desk, open_desk

BEAT_S, AGAIN_S, LOOK_S = 2.0, 0.5, 1.0
"""How often the window looks after its server while it is there and while it is away, and for how long."""

Scan = Callable[[str, str], Answer]


def main(file: str) -> None:
    """Reads what it shall do from a file, says when it is ready, and begins when the next line comes in."""
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    desk = open_desk(told["url"], practice=True, counter=told["counter"])
    clock = _Clock(datetime.fromisoformat(told["now"]).astimezone(UTC))
    desk.clock = clock.now
    assert desk.code_secrets
    assert desk.zone
    gc.disable()  # as at the desk
    answers = Path(told["answers"])
    with _way_in(desk, told["replica"], answers.with_suffix(".states")) as scan:
        print("ready", flush=True)
        if not sys.stdin.readline():
            return
        with answers.open("w", encoding="utf-8") as out:
            for scan_id, code in told["scans"]:
                out.write(json.dumps(_scanned(scan, scan_id, code)) + "\n")
                out.flush()
                time.sleep(told["pause_s"])
    desk.database.close()


def _scanned(scan: Scan, scan_id: str, code: str) -> dict[str, Any]:
    """One scan, and when it was asked and answered."""
    began = time.monotonic()
    answer = scan(scan_id, code)
    told = {"id": scan_id, "kind": answer.kind.value, "admitted": answer.admitted, "began": began}
    return told | {"ended": time.monotonic(), "alone": answer.alone is not None}


@contextmanager
def _way_in(desk: Desk, replica: str, states: Path) -> Iterator[Scan]:
    """Straight to the database, or through the door of a counter with a replica, until nothing waits any more."""
    if not replica:
        yield lambda scan_id, code: checkin.scan(code, desk=desk, source="wedge", scan_id=scan_id)
        return
    from controllers.offline.door import Door
    from controllers.offline.replica import Replica

    door = Door(desk, Replica(Path(replica), desk.clock))
    with states.open("w", encoding="utf-8") as out:
        door.changed.append(
            lambda state: print(
                json.dumps([time.monotonic(), state.is_offline, state.waiting]), file=out, flush=True
            )
        )
        door.look_after(seconds=30)
        over = threading.Event()
        keeper = threading.Thread(target=_look_after, args=(door, over))
        keeper.start()
        yield lambda scan_id, code: door.scan(code, scan_id=scan_id, source="wedge")
        _wait_until_handed_over(door)
        over.set()
        keeper.join()
    door.close()


def _look_after(door: Any, over: threading.Event) -> None:
    while not over.wait(AGAIN_S if door.is_offline else BEAT_S):
        door.look_after(seconds=LOOK_S)


def _wait_until_handed_over(door: Any) -> None:
    until = time.monotonic() + 60
    while door.is_offline and time.monotonic() < until:
        time.sleep(0.05)


class _Clock:
    """A practice clock that runs from a told time on as the real one does."""

    def __init__(self, start: datetime) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> datetime:
        """So much later than the start as it really is."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)


if __name__ == "__main__":
    main(sys.argv[1])
