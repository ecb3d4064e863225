"""What has to be known before seats are taken; asked on a lane, shown by the confirm dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.deeds import overrules
from models.frozen import frozen
from models.reservations import Status, Verb, move
from models.rows import ReservationRow
from ui import asking
from ui.paint.seats import Seats

if TYPE_CHECKING:
    from controllers.viewing import ConfirmPreview


@frozen
class ConfirmQuestion:
    """What the dialog shows, and whether the person at the desk may overbook."""

    preview: ConfirmPreview
    may_overbook: bool

    @property
    def row(self) -> ReservationRow:
        """The order as it was when it was asked for."""
        return self.preview.row

    @property
    def seats(self) -> Seats | None:
        """Before, after and capacity; None where no seats are counted."""
        at = self.preview
        if at.taken is None or at.after is None or at.capacity is None:
            return None
        return Seats(at.taken, at.after, at.capacity)

    @property
    def short(self) -> int:
        """How many seats are missing."""
        return self.seats.short if self.seats else 0

    @property
    def needs_reason(self) -> bool:
        """Whether only a manager with a reason may confirm: seats are missing, or nothing is sold any more."""
        return self.short > 0 or self.preview.closed


def look(desk: asking.DeskDoor, reservation_id: int) -> ConfirmQuestion:
    """Asks everything the dialog shows. Raises CannotDo where it cannot be confirmed at all. On a lane only."""
    preview = asking.preview_confirm(desk, reservation_id)
    row = preview.row
    move(row.status, Verb.CONFIRM, Status.CONFIRMED, number=row.number)
    return ConfirmQuestion(preview, overrules(desk().actor.role))
