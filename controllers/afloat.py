"""Opens the desk of a counter on a shared database together with its replica: also while the server is away.

Then the desk stands there and everything it asks of the server is refused with one sentence, until the server is
back; who scans asks the door (`Desk.scans`), which knows the replica. A file of one's own needs none of this.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from controllers.desk import Desk
from models.database import Database
from models.refusals import CannotDo
from models.unreachable import AWAY

if TYPE_CHECKING:
    from controllers.offline.door import Door
    from controllers.offline.replica import Replica
    from controllers.place import Place

log = logging.getLogger(__name__)


def open_afloat(place: Place, counter: str) -> tuple[Desk, CannotDo | None]:
    """The desk for a window, and what is wrong with its replica, if anything is.

    Raises CannotDo where the desk cannot be opened; also where the server is away and the replica is of no use.
    """
    no: CannotDo | None = None
    desk: Desk | None = None
    try:
        desk = place.open(counter)
    except CannotDo as error:
        if error.code not in AWAY:
            raise
        no = error
    if desk is not None and desk.database.is_sqlite:
        return desk, None
    try:
        replica = _replica(place, desk)
    except CannotDo as trouble:
        if desk is None:
            raise
        log.warning("this counter has no replica: %s", trouble.code)
        return desk, trouble
    if desk is None:
        assert no is not None
        desk = _without_the_server(place, replica, counter, no)
        _stand_at_the_door(desk, replica).lost()
    else:
        _stand_at_the_door(desk, replica)
    return desk, None


def _replica(place: Place, desk: Desk | None) -> Replica:
    from controllers.offline.replica import Replica

    return Replica(place.folder, desk.clock if desk is not None else None)


def _without_the_server(place: Place, replica: Replica, counter: str, no: CannotDo) -> Desk:
    """Where the replica was filled, and of this kind of data; else what the server's absence said stands."""
    if not replica.is_ready:
        replica.close()
        raise no
    here = replica.desk(counter)
    if place.practice and not here.practice:
        replica.close()
        raise CannotDo("not-practice", where=place.folder)
    place.set_clock(here)
    replica.clock = here.clock
    desk = Desk(Database(place.database), here.actor, here.practice, here.clock, folder=place.folder)
    vars(desk)["digest_secret"] = (
        here.digest_secret
    )  # whoever answers later must be the one this was copied from
    return desk


def _stand_at_the_door(desk: Desk, replica: Replica) -> Door:
    from controllers.offline.door import Door

    desk.scans = Door(desk, replica)
    return desk.scans
