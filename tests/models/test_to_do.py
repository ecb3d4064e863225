"""Several deeds are to do at a channel at once, each on its own; cancelling makes the rest pointless."""

from __future__ import annotations

from models.to_do import CANCEL, CONFIRM, REDEEM, deeds, with_deed, without


def test_deeds_gather_in_their_order_and_each_once() -> None:
    both = with_deed(with_deed("", CONFIRM), REDEEM)
    assert deeds(both) == (CONFIRM, REDEEM)
    assert deeds(with_deed(both, CONFIRM)) == (REDEEM, CONFIRM)
    assert with_deed(both, "") == both


def test_what_is_done_goes_and_the_rest_stays() -> None:
    assert without("confirm redeem", (CONFIRM,)) == REDEEM
    assert without("confirm", (CONFIRM, REDEEM)) == ""
    assert without("", (CONFIRM,)) == ""


def test_a_cancellation_makes_pointless_what_was_to_do_before() -> None:
    assert with_deed("confirm", CANCEL) == CANCEL
    assert len(with_deed(with_deed(CONFIRM, REDEEM), CONFIRM)) <= 20  # as long as the column is
