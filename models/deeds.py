"""Says why something cannot be done to a reservation now, or that it can.

One rule for the buttons that are grey and for the use cases that refuse: `why_not` returns '' or a code, and the
screen finds the words. The table of the life comes first, then what the verb itself needs.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from models import rights
from models.frozen import frozen
from models.reservations import LIVING, Status, Verb, may

UNDO_WINDOW = timedelta(hours=24)
"""How long anybody may undo a redemption; later a manager does, with a reason."""

_ENDING = (Verb.CANCEL, Verb.WITHDRAW, Verb.REQUEST_CANCEL, Verb.ACCEPT)


@frozen
class Standing:
    """What the verbs ask beside the status: `over` is when the departure has left for certain."""

    over: datetime | None = None
    on_its_day: bool = False
    arrived: int = 0
    confirmed_by_us: bool = True
    letter_waits: bool = False
    comment_left: bool = False
    redeemed_at: datetime | None = None
    anything_due: bool = False


def overrules(role: str) -> bool:
    """Whether this role may do what others may not."""
    return rights.may(role, rights.Right.OVERRULE)


def why_not(status: Status, verb: Verb, facts: Standing, now: datetime, role: str) -> str:
    """'' where it can be done, else the code of the reason."""
    if verb is Verb.PAY:
        return _why_not_pay(status, facts)
    if not may(status, verb):
        return _why_not_in(status, verb)
    if verb is Verb.EXPIRE:
        return "by-the-clock"
    if verb is Verb.CANCEL and status is Status.CONFIRMED and not overrules(role):
        return "not-allowed"
    return {
        Verb.UNCONFIRM: _why_not_unconfirm,
        Verb.NO_SHOW: _why_not_no_show,
        Verb.REDEEM: _why_not_redeem,
        Verb.UNDO: _why_not_undo,
    }.get(verb, _nothing)(facts, now, role)


def _why_not_in(status: Status, verb: Verb) -> str:
    if status is Status.REDEEMED and verb in _ENDING:
        return "redeemed-is-final"
    return "held-already" if (status, verb) == (Status.PENDING, Verb.HOLD) else "move-not-allowed"


def _why_not_pay(status: Status, facts: Standing) -> str:
    if status not in LIVING or status is Status.REDEEMED:
        return "move-not-allowed"
    return "" if facts.anything_due else "nothing-due"


def _why_not_unconfirm(facts: Standing, _now: datetime, _role: str) -> str:
    if facts.arrived:
        return "somebody-arrived"
    if not facts.confirmed_by_us:
        return "confirmed-by-channel"
    return "" if facts.letter_waits else "letter-has-left"


def _why_not_no_show(facts: Standing, now: datetime, _role: str) -> str:
    if facts.over is None or facts.over > now:
        return "not-yet-departed"
    return "somebody-arrived" if facts.arrived else ""


def _why_not_redeem(facts: Standing, _now: datetime, _role: str) -> str:
    return "" if facts.on_its_day else "not-its-day"


def _why_not_undo(facts: Standing, now: datetime, role: str) -> str:
    if overrules(role):
        return ""
    if facts.comment_left:
        return "letter-has-left"
    late = facts.redeemed_at is not None and now - facts.redeemed_at > UNDO_WINDOW
    return "undo-window-over" if late else ""


def _nothing(_facts: Standing, _now: datetime, _role: str) -> str:
    return ""
