"""Whether a person may take the channel's word where a newer file says otherwise, or can only keep ours.

A redeemed order stays redeemed whatever a file says. What has ended comes back only while no money was
promised back. Going back behind a confirmation follows the rule of taking one back.
"""

from __future__ import annotations

from models.frozen import frozen
from models.reservations import GONE, HOLDERS, RIVALS, Status

STATUS, DEPARTURE, PARTY, AMOUNT = "status", "departure", "party", "amount"
OURS, THEIRS, SUPERSEDED = "ours", "theirs", "superseded"
"""The answers: kept, taken, or overtaken by a newer word on the same question."""


@frozen
class Stand:
    """How the reservation stands when the question is answered."""

    status: Status
    arrived: int = 0
    letter_left: bool = False
    refund_promised: bool = False


def why_kept(question: str, told: Status | None, at: Stand) -> str:
    """'' where theirs may be taken, else the code of why ours can only be kept. `told` is a status they tell."""
    if at.status is Status.REDEEMED and question != AMOUNT:
        return "redeemed-is-final"
    if question != STATUS:
        if at.status in GONE:
            return "has-ended"
        return "somebody-arrived" if at.arrived and question != AMOUNT else ""
    if at.status in GONE:
        return "refund-promised" if at.refund_promised and told not in GONE else ""
    if at.status in HOLDERS and told in (*RIVALS, Status.AWAITING_PAYMENT):
        if at.arrived:
            return "somebody-arrived"
        return "letter-has-left" if at.letter_left else ""
    return ""
