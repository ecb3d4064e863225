"""Who works on an order is seen by everybody, lapses by itself, and blocks nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controllers import claims, notes, payments, reservations, viewing
from controllers.desk import Desk
from models.claims import CLAIM_LASTS, Claim, standing
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, reservation, somebody_else
from tests.fakes import StillClock


@pytest.fixture
def one(desk: Desk) -> int:
    a_product(desk)
    return a_reservation(desk)


def claim(desk: Desk, one: int) -> Claim | None:
    return standing(viewing.see_details(one, desk=desk).claim, desk.now())


def journal(desk: Desk, one: int) -> list[str]:
    return [line.action for line in viewing.see_details(one, desk=desk).history]


def test_who_claims_is_in_charge_until_half_an_hour_has_passed(
    desk: Desk, clock: StillClock, one: int
) -> None:
    claims.claim(one, desk=desk)
    held = claim(desk, one)
    assert held is not None
    assert (held.staff, held.until - desk.now()) == ("Owner", CLAIM_LASTS)
    clock.forward(minutes=30)
    assert claim(desk, one) is None
    assert journal(desk, one)[0] == "claim"


def test_a_claimed_order_is_not_claimed_again_but_taken_over(desk: Desk, one: int) -> None:
    other = somebody_else(desk)
    claims.claim(one, desk=desk)
    with pytest.raises(CannotDo, match="claimed") as no:
        claims.claim(one, desk=other)
    assert no.value.facts["who"] == "Owner"
    claims.take_over(one, desk=other)
    held = claim(desk, one)
    assert held is not None
    assert held.staff == "Mina"
    line = viewing.see_details(one, desk=desk).history[0]
    assert (line.action, line.who, line.facts["from"]) == ("take-over", "Mina", "Owner")


def test_a_lapsed_claim_is_claimed_and_not_taken_over(desk: Desk, clock: StillClock, one: int) -> None:
    other = somebody_else(desk)
    claims.claim(one, desk=desk)
    clock.forward(minutes=31)
    claims.take_over(one, desk=other)
    assert journal(desk, one)[:2] == ["claim", "claim"]


def test_only_who_holds_it_lets_it_go(desk: Desk, one: int) -> None:
    other = somebody_else(desk)
    claims.claim(one, desk=desk)
    with pytest.raises(CannotDo, match="not-claimed"):
        claims.release(one, desk=other)
    claims.release(one, desk=desk)
    assert claim(desk, one) is None
    assert journal(desk, one)[0] == "release"


def test_every_deed_of_who_holds_it_keeps_the_claim_alive(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    claims.claim(one, desk=desk)
    deeds = (
        lambda: notes.add_note(one, desk=desk, words="they pay by card"),
        lambda: payments.pay(one, desk=desk, method="card", amount="25000"),
        lambda: payments.pay(one, desk=desk, method="card", amount="50000"),
        lambda: reservations.hold(one, desk=desk, reason="the guide"),
    )
    for deed in deeds:
        clock.forward(minutes=20)
        deed()
        held = claim(desk, one)
        assert held is not None
        assert held.at == desk.now()


def test_a_claim_blocks_no_deed_of_another_and_is_told_in_the_preview(desk: Desk, one: int) -> None:
    other = somebody_else(desk)
    claims.claim(one, desk=desk)
    assert viewing.preview_confirm(one, desk=desk).claim is None
    told = viewing.preview_confirm(one, desk=other).claim
    assert told is not None
    assert told.staff == "Owner"
    at = reservation(desk, one).version
    reservations.confirm(one, desk=other, seen=at)
    held = claim(desk, one)
    assert held is not None
    assert held.staff == "Owner"


def test_a_claim_does_not_make_an_open_dialog_out_of_date(desk: Desk, one: int) -> None:
    at = reservation(desk, one).version
    claims.claim(one, desk=desk)
    reservations.confirm(one, desk=desk, seen=at)
    assert reservation(desk, one).status is Status.CONFIRMED


def test_a_claim_counts_by_the_rule_and_not_a_second_longer(desk: Desk) -> None:
    held = Claim(1, "Owner", desk.now())
    assert standing(held, desk.now() + CLAIM_LASTS - timedelta(seconds=1)) is held
    assert standing(held, desk.now() + CLAIM_LASTS) is None
