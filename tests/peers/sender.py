"""A program that sends letters until it is killed, on a clock that runs faster than the wall's.

python -m tests.peers.sender URL BEGAN SPEED STEP_S GONE_S: the desk's time is BEGAN (seconds since 1970) plus SPEED
seconds a second; STEP_S is waited for an answer of the mail server, three times as long for a whole letter, and GONE_S
before the sender of a letter counts as gone. All else is the product's, but for a route's own rest, which is left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from controllers import sending
from controllers.carriers.carrier import Carrier
from controllers.carriers.smtp import Smtp
from controllers.desk import Desk, open_desk
from controllers.mail_route import LETTERS


def fast_clock(began: float, speed: float) -> Callable[[], datetime]:
    """The same time in every program that is told the same."""
    return lambda: datetime.fromtimestamp(began + (time.time() - began) * speed, UTC)


def main(url: str, began: float, speed: float, step_s: float, gone_s: float) -> None:
    """Sends for ever."""
    desk = open_desk(url, counter="Worker", clock=fast_clock(began, speed))
    clock = desk.by_the_clock()
    route = replace(LETTERS, carrier=partial(_impatient, step_s))
    gone = timedelta(seconds=gone_s * speed)
    while True:
        sending.try_again_now(route.word, database=desk.database)
        if not sending.send_due(route, desk=clock, gone_after=gone):
            time.sleep(0.02)


def _impatient(step_s: float, look: Connection, desk: Desk) -> Carrier | None:
    """The mail server as it is set up, which is not waited for as long as usual."""
    found = LETTERS.carrier(look, desk)
    assert isinstance(found, Smtp)
    return replace(found, step_s=step_s, letter_s=3 * step_s)


if __name__ == "__main__":
    main(sys.argv[1], *(float(told) for told in sys.argv[2:]))
