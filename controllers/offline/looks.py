"""Hands over who looked people up and who signed in without the server: the journal tells of that, and no scan does.

Each entry goes into the same counter's chain on the server, in its person's name, and tells when it really was. Of a
counter that is cut off between the server and the note here, the last few may stand there twice; none is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from controllers.desk import Desk
from controllers.offline.handing import PATIENCE_S, as_done_by
from models.tables import JournalEntry

if TYPE_CHECKING:
    from controllers.offline.replica import Replica

LOOKS = ("view", "search", "sign-in", "sign-out", "wrong-try")
AT_ONCE = 100
_NOTED = "replica-looks-handed"
_J: Table = JournalEntry.__table__  # type: ignore[assignment]


def hand_over_looks(replica: Replica, server: Desk) -> int:
    """Brings to the server what it has not heard yet; how many entries. What it does not answer leaves the rest."""
    if not replica.is_ready:
        return 0
    noted: dict[str, int] = json.loads(replica.told(_NOTED) or "{}")
    handed = 0
    for some in _batches(_waiting(replica, noted)):
        with server.database.within(PATIENCE_S), as_done_by(some[0], server).work() as work:
            replica.prove(work.connection, server.database.where)
            for entry in some:
                told = {**json.loads(entry.details), "alone_at": entry.at}
                work.record(entry.subject, entry.action, **told)
        noted[str(some[-1].counter_id)] = some[-1].seq
        replica.note(replica_looks_handed=json.dumps(noted))
        handed += len(some)
    return handed


def _waiting(replica: Replica, noted: dict[str, int]) -> Sequence[Any]:
    """A replica's journal holds nothing but what was done in it."""
    asked = select(_J).where(_J.c.action.in_(LOOKS)).order_by(_J.c.counter_id, _J.c.seq)
    with replica.database.reading() as look:
        return [one for one in look.execute(asked) if one.seq > noted.get(str(one.counter_id), 0)]


def _batches(waiting: Sequence[Any]) -> Iterator[list[Any]]:
    """A few of one person at one counter at a time, in their order."""
    for _, of_one in groupby(waiting, key=lambda entry: (entry.counter_id, entry.staff_id)):
        entries = list(of_one)
        for first in range(0, len(entries), AT_ONCE):
            yield entries[first : first + AT_ONCE]
