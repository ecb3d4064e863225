"""The life of a reservation: which statuses there are, and what may be done in each.

The table `LIFE` is the whole truth: from, verb, to. `move` is the only way along it, and
everything the table does not list is refused. REDEEMED has one way out, `undo`; it is never
cancelled nor refunded.
"""

from __future__ import annotations

import enum

from models.frozen import frozen
from models.refusals import CannotDo


class Status(enum.StrEnum):
    """Where a reservation stands. Arrival, money and tickets are axes of their own."""

    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    UNCONFIRMED = "UNCONFIRMED"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    CANCEL_REQUESTED = "CANCEL_REQUESTED"
    REDEEMED = "REDEEMED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class Verb(enum.StrEnum):
    """What can be done to a reservation, by staff, by the traveler or by the clock."""

    PAY = "pay"
    EXPIRE = "expire"
    CONFIRM = "confirm"
    UNCONFIRM = "unconfirm"
    HOLD = "hold"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    REQUEST_CANCEL = "request-cancel"
    ACCEPT = "accept"
    DECLINE = "decline"
    REDEEM = "redeem"
    NO_SHOW = "no-show"
    RETURN = "return"
    UNDO = "undo"


class Cause(enum.StrEnum):
    """Whose cause a cancellation is."""

    OURS = "ours"
    THEIRS = "theirs"
    FORCE_MAJEURE = "force-majeure"


_S, _V = Status, Verb
_WAITING = (Status.UNCONFIRMED, Status.PENDING)

LIFE: dict[tuple[Status, Verb], tuple[Status, ...]] = {
    (_S.AWAITING_PAYMENT, _V.PAY): (_S.UNCONFIRMED, _S.CONFIRMED),
    (_S.AWAITING_PAYMENT, _V.EXPIRE): (_S.EXPIRED,),
    (_S.AWAITING_PAYMENT, _V.WITHDRAW): (_S.CANCELLED,),
    (_S.UNCONFIRMED, _V.CONFIRM): (_S.CONFIRMED,),
    (_S.UNCONFIRMED, _V.HOLD): (_S.PENDING,),
    (_S.UNCONFIRMED, _V.CANCEL): (_S.CANCELLED,),
    (_S.UNCONFIRMED, _V.WITHDRAW): (_S.CANCELLED,),
    (_S.PENDING, _V.CONFIRM): (_S.CONFIRMED,),
    (_S.PENDING, _V.CANCEL): (_S.CANCELLED,),
    (_S.PENDING, _V.WITHDRAW): (_S.CANCELLED,),
    (_S.CONFIRMED, _V.UNCONFIRM): _WAITING,
    (_S.CONFIRMED, _V.REQUEST_CANCEL): (_S.CANCEL_REQUESTED,),
    (_S.CONFIRMED, _V.CANCEL): (_S.CANCELLED,),
    (_S.CONFIRMED, _V.REDEEM): (_S.REDEEMED,),
    (_S.CONFIRMED, _V.NO_SHOW): (_S.NO_SHOW,),
    (_S.CANCEL_REQUESTED, _V.ACCEPT): (_S.CANCELLED,),
    (_S.CANCEL_REQUESTED, _V.DECLINE): (_S.CONFIRMED,),
    (_S.NO_SHOW, _V.RETURN): (_S.CONFIRMED,),
    (_S.REDEEMED, _V.UNDO): (_S.CONFIRMED,),
}

HOLDERS = frozenset({_S.CONFIRMED, _S.CANCEL_REQUESTED, _S.REDEEMED, _S.NO_SHOW})
"""Statuses that always hold their seats. AWAITING_PAYMENT of our own desk holds until it expires."""

GONE = frozenset({_S.CANCELLED, _S.EXPIRED})
LIVING = frozenset(Status) - GONE
RIVALS = frozenset({_S.UNCONFIRMED, _S.PENDING})
"""Statuses that want seats and hold none."""


@frozen
class Moved:
    """One step along the life, as `move` allowed it."""

    before: Status
    verb: Verb
    after: Status


def may(status: Status, verb: Verb) -> bool:
    """Whether the table lists this verb for this status."""
    return (status, verb) in LIFE


def move(status: Status, verb: Verb, to: Status | None = None, *, number: str = "") -> Moved:
    """The one step along the life; `to` chooses where the table offers two ways.

    Raises CannotDo("redeemed-is-final") or CannotDo("move-not-allowed") for everything else.
    """
    ways = LIFE.get((status, verb), ())
    after = to or (ways[0] if ways else None)
    if after is not None and after in ways:
        return Moved(status, verb, after)
    if status is Status.REDEEMED and verb in (Verb.CANCEL, Verb.WITHDRAW, Verb.REQUEST_CANCEL, Verb.ACCEPT):
        raise CannotDo("redeemed-is-final", number=number, status=status, verb=verb)
    raise CannotDo("move-not-allowed", number=number, status=status, verb=verb)


def holds_seats(status: Status, *, own_sale: bool = False) -> bool:
    """Whether a reservation in this status takes its heads out of the departure's capacity."""
    return status in HOLDERS or (own_sale and status is Status.AWAITING_PAYMENT)
