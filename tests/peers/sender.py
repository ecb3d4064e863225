"""A program that sends letters until it is killed, on a clock that runs faster than the wall's.

python -m tests.peers.sender URL BEGAN SPEED: the desk's time is BEGAN (seconds since 1970) plus SPEED seconds a second.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from controllers import sending
from controllers.desk import open_desk
from controllers.mail_route import LETTERS

GONE = timedelta(minutes=30)
"""On the fast clock: some seconds of a program that may be slow, because others want the machine, too."""


def fast_clock(began: float, speed: float) -> Callable[[], datetime]:
    """The same time in every program that is told the same."""
    return lambda: datetime.fromtimestamp(began + (time.time() - began) * speed, UTC)


def main(url: str, began: float, speed: float) -> None:
    """Sends for ever."""
    desk = open_desk(url, counter="Worker", clock=fast_clock(began, speed))
    clock = desk.by_the_clock()
    while True:
        sending.try_again_now(LETTERS.word, database=desk.database)
        if not sending.send_due(LETTERS, desk=clock, gone_after=GONE):
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
