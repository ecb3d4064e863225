"""What the counter's tray has to say to whoever works there: what was noted since it last looked."""

from __future__ import annotations

from dataclasses import dataclass

from controllers import notices
from controllers.desk import Desk
from controllers.notices import TrayNotice
from controllers.rights import needs
from models.rights import Right


@dataclass(frozen=True, slots=True)
class TrayNews:
    """The notices, the oldest first, and the number up to which was looked."""

    upto: int
    notices: tuple[TrayNotice, ...] = ()


@needs(Right.OWN)
def see_tray(after: int | None, *, desk: Desk) -> TrayNews:
    """What was noted since notice `after`; with None only where to begin, for somebody who has just come."""
    with desk.reading() as look:
        newest = notices.newest(look)
        told = notices.for_tray(look, desk.actor.staff_id, after) if after != newest else []
    return TrayNews(max([newest, *(one.id for one in told)]), tuple(told))
