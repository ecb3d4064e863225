"""Who is asked for a comment, judged when the letter would leave."""

from __future__ import annotations

import pytest

from models.comment import Asking, NotAsked, why_not_asked
from models.reservations import Status


def test_who_was_there_is_asked() -> None:
    assert why_not_asked(Asking(Status.REDEEMED)) is None


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (Asking(Status.NO_SHOW), NotAsked.NO_SHOW),
        (Asking(Status.CONFIRMED), NotAsked.NOT_REDEEMED),
        (Asking(Status.CANCELLED, refunds=1), NotAsked.NOT_REDEEMED),
        (Asking(Status.REDEEMED, refunds=1), NotAsked.REFUND),
        (Asking(Status.REDEEMED, complaint=True), NotAsked.COMPLAINT),
        (Asking(Status.REDEEMED, asked=True), NotAsked.ASKED),
        (Asking(Status.REDEEMED, reviewed=True, asked=True), NotAsked.REVIEWED),
    ],
)
def test_nobody_else_is(at: Asking, why: NotAsked) -> None:
    assert why_not_asked(at) is why
