"""Which letters may be sent by hand now, which go by themselves, and what their words may be filled with.

The status and the money decide: `why_not` is '' where a letter may be sent, else the code of a sentence that says why
not. A letter that goes by itself does so unless its product is told otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.comment import NotAsked
from models.frozen import frozen
from models.outbox import Letter
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import LIVING, Status
from models.vouchers import LANGUAGES

BY_HAND = (
    Letter.PAYMENT_AWAITED,
    Letter.PROCESSING,
    Letter.RECEIPT_DEPOSIT,
    Letter.RECEIPT_TOTAL,
    Letter.CONFIRMATION,
    Letter.CHANGE,
    Letter.CANCELLATION,
    Letter.REFUND_COMING,
    Letter.REFUND_DONE,
    Letter.COMMENT,
)
"""The letters staff may send from a reservation, in the order of its life."""

WORDED = (*BY_HAND, Letter.MESSAGE)
"""The letters that have words of their own."""

BY_ITSELF = frozenset(
    {
        Letter.CONFIRMATION,
        Letter.CANCELLATION,
        Letter.CHANGE,
        Letter.REFUND_COMING,
        Letter.REFUND_DONE,
        Letter.COMMENT,
    }
)
"""The letters that go by themselves unless a product is told otherwise."""

WITH_VOUCHER = frozenset({Letter.CONFIRMATION, Letter.CHANGE})
"""The letters that enclose the voucher, where there is a valid one."""

HAS_VOUCHER = frozenset({Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.NO_SHOW})

LONGEST_SUBJECT, LONGEST_TEXT = 200, 10_000

PLACEHOLDERS: Mapping[str, str] = {
    "traveler": "The name of whoever ordered",
    "product": "The product",
    "option": "The option of the product",
    "departure": "Day and time of the departure, as clocks show it there",
    "date": "The day of the departure",
    "time": "The time of the departure, as clocks show it there",
    "zone": "The time zone of the departure, where its time is known",
    "before": "What the departure was before it changed",
    "valid_until": "The last day of an open-dated ticket",
    "party": "Who comes: units and how many, or heads",
    "meeting_point": "Where to meet",
    "guide": "Who guides the departure",
    "number": "Our number of the reservation",
    "reference": "The channel's number",
    "channel": "Who sold it",
    "amount": "The price",
    "paid": "What has been paid",
    "due": "What is still to be paid to us",
    "pay_until": "Until when it must be paid",
    "refund": "What goes back",
    "refund_by_channel": "Told where the channel sends the money back",
    "refund_from": "The first day on which the refund should arrive",
    "refund_until": "The last day on which the refund should arrive",
    "refund_done": "What has been paid back",
    "refund_done_on": "The day on which it was paid back",
    "refund_reference": "The number of the payment that went back",
    "reason": "The reason of a cancellation or change, or what is missing",
    "cause_ours": "Told where we are the cause of a cancellation",
    "reward_code": "The code given for a review",
    "review_address": "Where comments are left, a web address",
    "words": "What staff wrote (letters written by hand)",
    "title": "The subject staff wrote (letters written by hand)",
    "operator": "Our company's name",
    "contact": "How to reach us",
}
"""What a letter's words may be filled with, and what each means."""


@frozen
class Standing:
    """What decides about letters: status, money to us (minor units), refunds, and whether we can write at all.

    `not_asked` is why nobody is to be asked for a comment.
    """

    status: Status
    ever_confirmed: bool = False
    paid_to_us: int = 0
    due_to_us: int = 0
    refunds: frozenset[MoneyState] = frozenset()
    has_address: bool = True
    not_asked: NotAsked | None = None


@frozen
class Offer:
    """One letter as the list shows it: `why` is '' where it may be sent now."""

    kind: Letter
    why: str


def offers(found: Standing) -> tuple[Offer, ...]:
    """Every letter that exists, and why it cannot be sent now."""
    return tuple(Offer(kind, why_not(kind, found)) for kind in BY_HAND)


def why_not(kind: Letter, found: Standing) -> str:
    """'' where this letter may be sent by hand now, else the code of the reason."""
    if not found.has_address:
        return "letter-no-address"
    return _RULES[kind](found)


def _awaited(found: Standing) -> str:
    waits = found.status is Status.AWAITING_PAYMENT
    owes = found.status in LIVING and found.status is not Status.REDEEMED and found.due_to_us > 0
    return "" if waits or owes else "letter-nothing-due"


def _processing(found: Standing) -> str:
    return "" if found.status in (Status.UNCONFIRMED, Status.PENDING) else "letter-answered"


def _deposit(found: Standing) -> str:
    if not found.paid_to_us:
        return "letter-nothing-paid"
    return "" if found.due_to_us else "letter-all-paid"


def _total(found: Standing) -> str:
    if not found.paid_to_us:
        return "letter-nothing-paid"
    return "letter-still-due" if found.due_to_us else ""


def _confirmation(found: Standing) -> str:
    return "" if found.status in HAS_VOUCHER else "letter-not-confirmed"


def _change(found: Standing) -> str:
    confirmed = found.ever_confirmed and found.status in (Status.CONFIRMED, Status.CANCEL_REQUESTED)
    return "" if confirmed else "letter-not-confirmed"


def _cancellation(found: Standing) -> str:
    return "" if found.status is Status.CANCELLED else "letter-not-cancelled"


def _refund_coming(found: Standing) -> str:
    return "" if MoneyState.DUE in found.refunds else "letter-no-refund-due"


def _refund_done(found: Standing) -> str:
    return "" if MoneyState.DONE in found.refunds else "letter-no-refund-done"


def _comment(found: Standing) -> str:
    if found.status is not Status.REDEEMED:
        return "letter-not-redeemed"
    if found.refunds:
        return "letter-money-went-back"
    return _NOT_ASKED.get(found.not_asked, "") if found.not_asked else ""


_NOT_ASKED = {
    NotAsked.NO_SHOW: "letter-not-redeemed",
    NotAsked.NOT_REDEEMED: "letter-not-redeemed",
    NotAsked.REFUND: "letter-money-went-back",
    NotAsked.COMPLAINT: "letter-complaint",
    NotAsked.ASKED: "letter-asked-already",
    NotAsked.REVIEWED: "letter-reviewed",
}

_RULES = {
    Letter.PAYMENT_AWAITED: _awaited,
    Letter.PROCESSING: _processing,
    Letter.RECEIPT_DEPOSIT: _deposit,
    Letter.RECEIPT_TOTAL: _total,
    Letter.CONFIRMATION: _confirmation,
    Letter.CHANGE: _change,
    Letter.CANCELLATION: _cancellation,
    Letter.REFUND_COMING: _refund_coming,
    Letter.REFUND_DONE: _refund_done,
    Letter.COMMENT: _comment,
}


def goes_by_itself(kind: Letter, switches: Mapping[str, object]) -> bool:
    """Whether a fact sends this letter without a person; `switches` are those a product (or the house) moved."""
    told = switches.get(kind.value)
    return told if isinstance(told, bool) else kind in BY_ITSELF


def checked_address(told: str) -> str:
    """A web address as it may stand in a letter, '' for none. Raises CannotDo("review-address-wrong")."""
    address = told.strip()
    fine = address.startswith(("https://", "http://")) and len(address) <= 500 and "." in address
    if address and (not fine or any(sign.isspace() or sign in "<>\"'" for sign in address)):
        raise CannotDo("review-address-wrong", address=address)
    return address


def letter_language(traveler: str, channel: str, product: object) -> str:
    """The language of a letter: the traveler's, else their channel's, else the product's first, else English."""
    told = product if isinstance(product, list | tuple) else ()
    for one in (traveler, channel, *map(str, told)):
        known = known_language(one)
        if known:
            return known
    return "en"


def known_language(told: str) -> str:
    """The language we have words in for what somebody told ('zh-CN', 'ko_KR'), '' where there is none."""
    own = told.replace("_", "-").lower().split("-")[0]
    return next((one for one in LANGUAGES if one.split("-")[0] == own), "") if own else ""
