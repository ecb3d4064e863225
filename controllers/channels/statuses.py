"""What the channels' own status words mean in ours.

One table a source. Words are compared without case, spaces, hyphens and the two spellings of
Cancelled; a word nobody knows gives None and is kept beside the reservation.
"""

from __future__ import annotations

from functools import lru_cache

from controllers.channels.text import fold
from models.reservations import Status

_S = Status

_OCTO = {
    "on hold": _S.AWAITING_PAYMENT,
    "pending": _S.UNCONFIRMED,
    "confirmed": _S.CONFIRMED,
    "redeemed": _S.REDEEMED,
    "expired": _S.EXPIRED,
    "cancelled": _S.CANCELLED,
    "rejected": _S.CANCELLED,
}
_BOOKED = {
    "confirmed": _S.CONFIRMED,
    "booked": _S.CONFIRMED,
    "amended": _S.CONFIRMED,
    "cancelled": _S.CANCELLED,
}
_MEANING: dict[str, dict[str, Status]] = {
    "rezio": {
        "new & unpaid": _S.AWAITING_PAYMENT,
        "new & paid": _S.UNCONFIRMED,
        "pending": _S.PENDING,
        "confirmed": _S.CONFIRMED,
        "check-in & redeem": _S.REDEEMED,
        "completed in channel": _S.REDEEMED,
        "departed": _S.REDEEMED,
        "no-show": _S.NO_SHOW,
        "cancel requested": _S.CANCEL_REQUESTED,
        "canceling": _S.CANCEL_REQUESTED,
        "canceled": _S.CANCELLED,
        "expired": _S.EXPIRED,
    },
    "myrealtrip": {
        "확정 대기": _S.UNCONFIRMED,
        "예약 확정": _S.CONFIRMED,
        "예약 완료": _S.CONFIRMED,
        "취소 요청": _S.CANCEL_REQUESTED,
        "취소": _S.CANCELLED,
        "취소 완료": _S.CANCELLED,
        "여행 완료": _S.REDEEMED,
    },
    "octo": _OCTO,
    "klook": _OCTO,
    "getyourguide": _BOOKED,
    "viator": {**_BOOKED, "확정": _S.CONFIRMED, "변경": _S.CONFIRMED, "취소": _S.CANCELLED},
    "bokun": _BOOKED,
    "fareharbor": _BOOKED,
    "rezdy": {
        "confirmed": _S.CONFIRMED,
        "processing": _S.UNCONFIRMED,
        "new": _S.UNCONFIRMED,
        "on hold": _S.UNCONFIRMED,
        "pending supplier": _S.UNCONFIRMED,
        "cancelled": _S.CANCELLED,
        "abandoned cart": _S.EXPIRED,
    },
    "direct": {
        "confirmed": _S.CONFIRMED,
        "unconfirmed": _S.UNCONFIRMED,
        "pending": _S.PENDING,
        "on hold": _S.AWAITING_PAYMENT,
        "cancelled": _S.CANCELLED,
    },
}


@lru_cache(maxsize=2048)
def status_of(source: str, word: str) -> Status | None:
    """Our status for a channel's word, None for a word nobody knows."""
    return _TABLE.get(source, {}).get(_key(word))


def _key(word: str) -> str:
    kept = "".join(letter for letter in fold(word).replace("&", "and") if letter.isalnum())
    return kept.replace("cancelled", "canceled").replace("cancelling", "canceling")


_TABLE = {
    source: {_key(word): status for word, status in words.items()} for source, words in _MEANING.items()
}
