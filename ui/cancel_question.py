"""What has to be known before a reservation ends; asked on a lane, shown by the cancel dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.deeds import overrules
from models.frozen import frozen
from models.reservations import HOLDERS, Cause, Status, Verb, may, move
from models.rows import ReservationRow
from ui import asking
from ui.paint.seats import Seats

if TYPE_CHECKING:
    from controllers.viewing import CancelPreview
    from models.cancelling import Draft
    from models.details import Details

CAUSES = (Cause.OURS, Cause.THEIRS, Cause.FORCE_MAJEURE)


@frozen
class CancelQuestion:
    """What each cause would give back, and whether the person may cancel what was confirmed."""

    previews: dict[Cause, CancelPreview]
    verb: Verb  # CANCEL, ACCEPT or WITHDRAW
    may_cancel: bool
    seats: Seats | None  # before and after, where seats become free
    drafts: tuple[Draft, ...] = ()  # the reasons, in the traveler's language

    @property
    def row(self) -> ReservationRow:
        """The reservation as it was when it was asked for."""
        return self.preview(CAUSES[0]).row

    def preview(self, cause: Cause) -> CancelPreview:
        """What goes back for this cause."""
        return self.previews.get(cause) or next(iter(self.previews.values()))


def look(desk: asking.DeskDoor, reservation_id: int, wanted: Verb | None = None) -> CancelQuestion:
    """Asks everything the dialog shows; `wanted` where it is known that the traveler steps back.

    Raises CannotDo where nothing can be cancelled. On a lane only.
    """
    first = asking.preview_cancel(desk, reservation_id, Cause.OURS)
    row = first.row
    verb = wanted if wanted is not None and may(row.status, wanted) else _verb_for(row)
    causes = CAUSES if row.status is Status.CONFIRMED else (Cause.OURS,)
    if verb in (Verb.ACCEPT, Verb.WITHDRAW):
        causes = (Cause.THEIRS,)
    previews = {c: first if c is Cause.OURS else asking.preview_cancel(desk, row.id, c) for c in causes}
    allowed = row.status is not Status.CONFIRMED or overrules(desk().actor.role)
    drafts = asking.cancel_drafts(desk, row.id) if verb is Verb.CANCEL else ()
    return CancelQuestion(previews, verb, allowed, _seats(asking.details(desk, row.id)), drafts)


def _seats(found: Details) -> Seats | None:
    taken, capacity = found.seats_taken, found.capacity
    if taken is None or capacity is None or found.row.status not in HOLDERS:
        return None
    heads = 1 if found.row.party is None else found.row.party
    return Seats(taken, taken - heads, capacity)


def _verb_for(row: ReservationRow) -> Verb:
    for verb in (Verb.CANCEL, Verb.ACCEPT, Verb.WITHDRAW):
        if may(row.status, verb):
            return verb
    raise AssertionError(move(row.status, Verb.CANCEL, number=row.number))
