"""One counter as a process of its own: opens the desk, waits until all are there, and scans what it is told.

It is started by `tests.counters`; what it was answered it writes into a file, a line for each scan as soon as it
is acknowledged, so that whoever looks on knows at any moment what must never be lost.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from controllers import checkin
from controllers.desk import Desk, open_desk
from models.refusals import CannotDo

DEADLINE_S = 2.0
"""So long a counter waits for its server before it says that it is away."""

PAUSE_S = 0.05
"""Between two tries of a scan that the server did not answer."""


def main(file: str) -> None:
    """Reads what it shall do from a file, says when it is ready, and begins when the next line comes in."""
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    desk = open_desk(told["url"], practice=True, counter=told["counter"])
    clock = _Clock(datetime.fromisoformat(told["now"]).astimezone(UTC))
    desk.clock = clock.now
    assert desk.code_secrets
    assert desk.zone
    gc.disable()  # as at the desk
    print("ready", flush=True)
    if not sys.stdin.readline():
        return
    with Path(told["answers"]).open("w", encoding="utf-8") as answers:
        for scan_id, code in told["scans"]:
            answers.write(json.dumps(_scanned(desk, scan_id, code, patience_s=told["patience_s"])) + "\n")
            answers.flush()
            time.sleep(told["pause_s"])
    desk.database.close()


def _scanned(desk: Desk, scan_id: str, code: str, *, patience_s: float) -> dict[str, Any]:
    """One scan; where the server does not answer, the same scan again with the same id."""
    began, troubles = time.monotonic(), []
    while True:
        try:
            tried = time.monotonic()
            with desk.database.within(DEADLINE_S):
                answer = checkin.scan(code, desk=desk, source="wedge", scan_id=scan_id)
            break
        except (CannotDo, SQLAlchemyError) as error:
            words = error.code if isinstance(error, CannotDo) else type(error).__name__
            troubles.append([words, round(time.monotonic() - tried, 3)])
            if time.monotonic() - began > patience_s:
                return {"id": scan_id, "trouble": troubles, "kind": "", "admitted": 0, "began": began}
            time.sleep(PAUSE_S)
    ended = time.monotonic()
    told = {"id": scan_id, "kind": answer.kind.value, "admitted": answer.admitted, "trouble": troubles}
    return told | {"began": began, "ended": ended, "reservation": answer.reservation_id}


class _Clock:
    """A practice clock that runs from a told time on as the real one does."""

    def __init__(self, start: datetime) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> datetime:
        """So much later than the start as it really is."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)


if __name__ == "__main__":
    main(sys.argv[1])
