"""What can be done is the table of the life, and beside it what each verb needs; every no has a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.deeds import UNDO_WINDOW, Standing, why_not
from models.refusals.sentences import SENTENCES
from models.reservations import LIFE, LIVING, Status, Verb, may

S, V = Status, Verb
NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
GONE_BY = NOW - timedelta(hours=1)
EASY = Standing(over=GONE_BY, on_its_day=True, letter_waits=True, redeemed_at=GONE_BY, anything_due=True)
"""A standing in which nothing but the status is in the way."""


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in (V.PAY, V.EXPIRE)])
def test_where_nothing_else_is_in_the_way_the_table_decides(status: Status, verb: Verb) -> None:
    assert (why_not(status, verb, EASY, NOW, "manager") == "") is may(status, verb)


@pytest.mark.parametrize("status", Status)
def test_money_is_taken_while_it_is_due_and_the_order_lives(status: Status) -> None:
    lives = status in LIVING and status is not S.REDEEMED
    assert (why_not(status, V.PAY, EASY, NOW, "front-desk") == "") is lives
    assert why_not(status, V.PAY, replace(EASY, anything_due=False), NOW, "owner") != ""


WHY = [
    (S.CONFIRMED, V.UNCONFIRM, {"arrived": 1}, "front-desk", "somebody-arrived"),
    (S.CONFIRMED, V.UNCONFIRM, {"confirmed_by_us": False}, "front-desk", "confirmed-by-channel"),
    (S.CONFIRMED, V.UNCONFIRM, {"letter_waits": False}, "front-desk", "letter-has-left"),
    (S.CONFIRMED, V.NO_SHOW, {"over": NOW + timedelta(minutes=1)}, "front-desk", "not-yet-departed"),
    (S.CONFIRMED, V.NO_SHOW, {"over": None}, "front-desk", "not-yet-departed"),
    (S.CONFIRMED, V.NO_SHOW, {"arrived": 2}, "front-desk", "somebody-arrived"),
    (S.CONFIRMED, V.CANCEL, {}, "front-desk", "not-allowed"),
    (S.UNCONFIRMED, V.CANCEL, {}, "front-desk", ""),
    (S.CONFIRMED, V.REDEEM, {"on_its_day": False}, "owner", "not-its-day"),
    (S.PENDING, V.HOLD, {}, "front-desk", "held-already"),
    (S.REDEEMED, V.CANCEL, {}, "owner", "redeemed-is-final"),
    (S.REDEEMED, V.UNDO, {"comment_left": True}, "front-desk", "letter-has-left"),
    (
        S.REDEEMED,
        V.UNDO,
        {"redeemed_at": NOW - UNDO_WINDOW - timedelta(seconds=1)},
        "front-desk",
        "undo-window-over",
    ),
    (S.REDEEMED, V.UNDO, {"redeemed_at": NOW - UNDO_WINDOW}, "front-desk", ""),
    (S.REDEEMED, V.UNDO, {"comment_left": True}, "manager", ""),
    (S.AWAITING_PAYMENT, V.EXPIRE, {}, "owner", "by-the-clock"),
]


@pytest.mark.parametrize(("status", "verb", "but", "role", "code"), WHY)
def test_each_verb_says_what_it_lacks(
    status: Status, verb: Verb, but: dict[str, object], role: str, code: str
) -> None:
    assert why_not(status, verb, replace(EASY, **but), NOW, role) == code  # type: ignore[arg-type]


def test_every_reason_has_a_sentence() -> None:
    codes = {
        why_not(status, verb, facts, NOW, role)
        for status in Status
        for verb in Verb
        for facts in (EASY, Standing(), replace(EASY, arrived=1), replace(EASY, confirmed_by_us=False))
        for role in ("owner", "manager", "front-desk")
    }
    assert codes - {""} <= set(SENTENCES)
    assert {status for status, _ in LIFE} < set(Status)
