"""Decides, at the moment it would leave, whether the letter that asks for a comment may still leave.

It was promised when the trip was redeemed, hours before. Meanwhile the redemption may have been taken back, money may
go back, the traveler may have complained, or may have been asked already about another number of the same purchase.
"""

from __future__ import annotations

from enum import StrEnum

from models.frozen import frozen
from models.reservations import Status


class NotAsked(StrEnum):
    """Why nobody is asked for a comment; kept on the dropped letter, put into words by the Outbox."""

    NO_SHOW = "no-show"
    NOT_REDEEMED = "not-redeemed"
    REFUND = "refund"
    COMPLAINT = "complaint"
    ASKED = "asked"
    REVIEWED = "reviewed"


@frozen
class Asking:
    """How a reservation stands when its letter would leave.

    `refunds` counts money that goes or went back; `asked` whether a comment letter of it, or of another number of the
    same purchase, has left already (or leaves before this one); `reviewed` whether its review is here.
    """

    status: Status
    refunds: int = 0
    complaint: bool = False
    asked: bool = False
    reviewed: bool = False


def why_not_asked(at: Asking) -> NotAsked | None:
    """None where the letter may leave. The gravest reason is told first."""
    if at.status is Status.NO_SHOW:
        return NotAsked.NO_SHOW
    if at.status is not Status.REDEEMED:
        return NotAsked.NOT_REDEEMED
    if at.refunds:
        return NotAsked.REFUND
    if at.complaint:
        return NotAsked.COMPLAINT
    if at.reviewed:
        return NotAsked.REVIEWED
    return NotAsked.ASKED if at.asked else None
