"""What the counter's tray has to say to whoever works there: what was noted since it last looked.

A shared database numbers notices when they are written and shows them when they are kept, so that a lower number may
come after a higher one. Whoever looks therefore remembers which of the last ones there were.
"""

from __future__ import annotations

from controllers import notices
from controllers.desk import Desk
from controllers.notices import TrayNotice
from controllers.rights import needs
from models.frozen import frozen
from models.rights import Right

LOOK_BACK = 200
"""So many numbers before the highest one a notice may still come."""


@frozen
class Looked:
    """How far was looked: the highest number there was, and which of those before it there were."""

    upto: int
    known: frozenset[int]


@frozen
class TrayNews:
    """The notices, the oldest first, and how far was looked."""

    looked: Looked
    notices: tuple[TrayNotice, ...] = ()


@needs(Right.OWN)
def see_tray(looked: Looked | None, *, desk: Desk) -> TrayNews:
    """What was noted since; with None only where to begin, for somebody who has just come."""
    with desk.reading() as look:
        newest = notices.newest(look)
        upto = max(newest, looked.upto) if looked else newest
        there = notices.numbers(look, (looked.upto if looked else newest) - LOOK_BACK)
        fresh = [] if looked is None else [one for one in there if one not in looked.known]
        told = notices.for_tray(look, desk.actor.staff_id, fresh)
    known = frozenset(one for one in there if one > upto - LOOK_BACK)
    return TrayNews(Looked(upto, known), tuple(told))
