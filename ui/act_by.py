"""Says until when somebody must answer an order, and how urgent that is.

A departure that has left without an answer comes before every promise. Only orders that wait for
our answer have such a time: what a channel promised about an order already confirmed is kept.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.frozen import frozen
from models.leaving import has_left
from models.reservations import RIVALS, Status
from models.rows import ReservationRow
from ui.paint.meter import FULL_S, urgency
from ui.wording.dates import time_left
from ui.wording.orders import local

translate = QCoreApplication.translate


@frozen
class ActBy:
    """What is left in words, as a share of a full meter, and the family that tells the urgency."""

    words: str
    share: float
    family: str


def act_by(row: ReservationRow, now: dt.datetime) -> ActBy | None:
    """Until when this order must be answered; None where nobody waits for us or nothing was promised."""
    asks = row.status is Status.CANCEL_REQUESTED
    if (asks or row.status in RIVALS) and has_left(row, now):
        return ActBy(translate("act_by", "Departed"), 0.0, "stop")
    if row.status not in RIVALS or row.confirm_by is None:
        return None
    left = (row.confirm_by - now).total_seconds()
    words = time_left(local(now, row.zone), local(row.confirm_by, row.zone))
    return ActBy(words, left / FULL_S, urgency(left))


def act_by_words(row: ReservationRow, now: dt.datetime) -> str:
    """The same for a screen reader; '' where nobody waits for us."""
    at = act_by(row, now)
    return at.words if at else ""
