"""Tells how long there is nothing to send: nobody asks the database each second for what leaves tomorrow.

A server that is not there is left alone, longer each time. Where it is one letter at which a server hangs up again
and again, while it takes others in between, that letter is put off instead of all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table, select

from controllers.desk import Desk
from controllers.rights import needs
from controllers.work_list import Rest
from models.database import Database
from models.outbox import SENDER_GONE, LetterState
from models.rights import Right
from models.tables import OutboxRow

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
HORIZON = timedelta(seconds=20)
"""So far is looked ahead: after so long somebody looks again in any case."""
_FIRST, _LONGEST = timedelta(seconds=10), timedelta(minutes=5)


@dataclass(slots=True)
class Pause:
    """Until when a route is left alone, how long that was, and the letter at which its server hung up.

    `version` is that of the settings with which there was no line: with others it is tried at once, whoever kept them.
    """

    until: float = 0.0
    lasts: timedelta = _FIRST
    blamed: int | None = None
    others_left: bool = False
    version: int = 0

    def begin(self, blamed: int | None, version: int) -> None:
        """There was no line, perhaps because of this letter. One that took others before is soon asked again."""
        if self.others_left:
            self.lasts = _FIRST
        self.until = time.monotonic() + self.lasts.total_seconds()
        self.lasts = min(_LONGEST, self.lasts * 2)
        self.blamed, self.others_left, self.version = blamed, False, version

    def is_to_blame(self, row_id: int) -> bool:
        """Whether it is this letter at which the line ends, and not the server that is away."""
        return self.blamed == row_id and self.others_left


_pauses: WeakKeyDictionary[Database, dict[str, Pause]] = WeakKeyDictionary()


def pause_of(word: str, database: Database) -> Pause:
    """How a route rests."""
    return _pauses.setdefault(database, {}).setdefault(word, Pause())


def may_try(word: str, database: Database, version: Callable[[], int]) -> bool:
    """Whether a route's rest is over; also where its settings are others now, which some other program has kept."""
    pause = pause_of(word, database)
    if time.monotonic() < pause.until and version() != pause.version:
        try_again_now(word, database=database)
    return time.monotonic() >= pause.until


def try_again_now(word: str, *, database: Database) -> None:
    """Its settings were changed: whatever was in the way may be gone."""
    pause = pause_of(word, database)
    pause.until, pause.lasts = 0.0, _FIRST


@needs(Right.ROUTES)
def nothing_before(words: Iterable[str], since: datetime, *, desk: Desk, by: datetime | None = None) -> Rest:
    """How long none of these routes has anything to do, after a look at `since` that found nothing; `by` at the latest.

    What is due but held back becomes free by a change, which wakes whoever waits; or it is found after a while.
    """
    left = {word: pause_of(word, desk.database).until - time.monotonic() for word in words}
    free = [word for word, seconds in left.items() if seconds <= 0]
    with desk.reading() as look:
        times = _next(look, free, since)
    at = min([since + HORIZON, *times, *([by] if by else ())])
    seconds = [(at - desk.now()).total_seconds(), *(one for one in left.values() if one > 0)]
    return Rest(max(0.0, min(seconds)))


def _next(look: Connection, words: list[str], since: datetime) -> list[datetime]:
    """When the next row leaves, and when the sender of one that is leaving counts as gone."""
    ours = _O.c.carrier.in_(words)
    soon = _O.c.leave_at > since, _O.c.leave_at <= since + HORIZON
    waiting = select(_O.c.leave_at).where(_O.c.state == LetterState.WAITING, *soon, ours)
    leaving = select(_O.c.claimed_at).where(
        _O.c.state == LetterState.LEAVING, _O.c.leave_at <= since, _O.c.claimed_at.is_not(None), ours
    )
    first = look.execute(waiting.order_by(_O.c.leave_at).limit(1)).scalars().all()
    return [*first, *(at + SENDER_GONE for at in look.execute(leaving).scalars())]
