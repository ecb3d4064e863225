"""Codes that thank for a review: given once, taken off a price once, and never worth more than they were."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from controllers import drawer, payments, receipts, reservations, review_list, reviews, rewards, sale
from controllers.day_end import see_day_end
from controllers.desk import Desk
from controllers.sale import Sold
from models.money import Money
from models.prints import FIRST
from models.refusals import CannotDo
from models.reservations import Status
from models.review_reading import ReviewFilter
from models.rewards import SIGNS, Counts, RewardFacts, RewardTold, is_whole, new_code, spelled, typed, worth
from models.sale import Offer
from models.tables import Payment, Reservation, Reward, RewardMove
from models.tender import Taken
from tests.builders import DAY, a_product, a_reservation, letters, refunds, reservation
from tests.controllers.test_sale import UNITS, bought
from tests.paper import text_of
from tests.together import at_once

AMOUNT = {"gives": "amount", "amount": "50000", "valid_days": 30}
PERCENT = {"gives": "percent", "percent": 10, "valid_days": 30}


@pytest.fixture
def code(desk: Desk) -> str:
    """A code of ₩50,000 for a review, given on the day of the trip; the tour of two adults costs ₩78,000."""
    return a_code(desk, AMOUNT)


def a_code(desk: Desk, thanks: dict[str, Any]) -> str:
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 40, "minutes": 120, "units": UNITS}
    a_product(desk, options=[option], currency="KRW", reward=thanks)
    made = a_reservation(desk, Status.REDEEMED, email="anna@example.com")
    return reviews.record(made, 5, desk=desk).code


def tomorrow(desk: Desk) -> Offer:
    """The same tour on the next day."""
    return sale.till(DAY + timedelta(days=1), desk=desk).offers[0]


def sold(desk: Desk, code: str, sale_id: str = "one", adults: int = 2, **how: Any) -> Sold:
    told = {"taken": (Taken("cash"),), **how}
    return sale.sell(bought(tomorrow(desk), adults), desk=desk, sale_id=sale_id, reward=code, **told)


def balance(desk: Desk) -> tuple[int, int]:
    """What is left on the one code, and what its ledger adds up to."""
    with desk.reading() as look:
        left = look.execute(select(Reward.balance)).scalar_one()
        return left, int(look.execute(select(func.sum(RewardMove.change))).scalar_one())


def in_money(desk: Desk, one: int) -> list[tuple[str, int]]:
    with desk.reading() as look:
        asked = select(Payment.method, Payment.amount_minor).where(Payment.reservation_id == one)
        return sorted((row.method, row.amount_minor) for row in look.execute(asked))


# --- how a code reads ---------------------------------------------------------------------------


def test_no_slip_of_one_sign_or_of_two_that_change_places_makes_another_code() -> None:
    for _ in range(20):
        made = new_code(secrets.randbelow)
        for at in range(len(made)):
            for sign in set(SIGNS) - {made[at]}:
                assert not is_whole(made[:at] + sign + made[at + 1 :])
            for other in range(at):
                signs = list(made)
                signs[at], signs[other] = signs[other], signs[at]
                assert "".join(signs) == made or not is_whole("".join(signs))


def test_a_code_is_read_as_people_type_it() -> None:
    made = new_code(secrets.randbelow)
    assert typed(f"  {spelled(made).lower()} ") == made
    assert not set("01ILO2Z5S8BUV") & set(SIGNS)
    with pytest.raises(CannotDo, match="reward-mistyped"):
        typed(made[:9])


# --- given --------------------------------------------------------------------------------------


def test_a_review_is_thanked_for_once_with_a_letter_that_carries_the_code(desk: Desk, code: str) -> None:
    with desk.reading() as look:
        one = look.execute(select(Reward.reservation_id)).scalar_one()
        assert rewards.code_for(look, one) == code
        assert look.execute(select(func.count()).select_from(Reward)).scalar_one() == 1
    assert letters(desk, one).count(("message", "WAITING")) == 1
    with desk.work() as work:
        assert rewards.give(work, reservation(desk, one)) == ""


def test_how_a_code_stands_is_told_with_its_review(desk: Desk, code: str) -> None:
    def told() -> RewardTold | None:
        return review_list.see_reviews(ReviewFilter(), desk=desk)[0].reward

    new = told()
    assert new is not None
    assert (new.code, new.counts, new.amount, new.left) == (code, Counts.WHOLE, *(Money(50_000, "KRW"),) * 2)
    sold(desk, code, adults=1, taken=())
    partly = told()
    assert partly is not None
    assert (partly.counts, partly.left) == (Counts.PARTLY, Money(11_000, "KRW"))
    desk.clock.forward(days=31)  # type: ignore[union-attr,attr-defined]
    assert told().counts is Counts.OVER  # type: ignore[union-attr]
    with desk.database.transaction() as connection:
        connection.execute(update(Reward).values(balance=0))
    assert told().counts is Counts.USED  # type: ignore[union-attr]
    with desk.database.transaction() as connection:
        connection.execute(update(Reservation).values(first_confirmed_at=None, channel="kkday"))
    assert told() is None  # whoever may not be seen has no code that is


def test_a_product_gives_nothing_unless_it_is_told_to(desk: Desk) -> None:
    a_product(desk)
    assert reviews.record(a_reservation(desk, Status.REDEEMED), 5, desk=desk).code == ""


# --- taken off ----------------------------------------------------------------------------------


def test_the_price_falls_and_what_is_left_is_confirmed(desk: Desk, code: str) -> None:
    done = sold(desk, code)
    assert (done.status, done.total.minor, done.due.minor) == (Status.CONFIRMED, 78_000, 0)
    assert in_money(desk, done.reservation_id) == [("cash", 28_000), ("reward", 50_000)]
    assert balance(desk) == (0, 0)


def test_what_a_small_price_leaves_stays_on_the_code(desk: Desk, code: str) -> None:
    done = sold(desk, code, adults=1, taken=())
    assert (done.status, in_money(desk, done.reservation_id)) == (Status.CONFIRMED, [("reward", 39_000)])
    assert balance(desk) == (11_000, 11_000)
    again = sold(desk, code, "two", adults=1)
    assert in_money(desk, again.reservation_id) == [("cash", 28_000), ("reward", 11_000)]


def test_the_same_sale_sent_twice_takes_off_once(desk: Desk, code: str) -> None:
    first, again = (sold(desk, code, adults=1, taken=()) for _ in range(2))
    assert (again.reservation_id, again.again, balance(desk)) == (
        first.reservation_id,
        True,
        (11_000, 11_000),
    )


def test_a_percent_is_good_for_one_sale(desk: Desk) -> None:
    code = a_code(desk, PERCENT)
    done = sold(desk, code)
    assert in_money(desk, done.reservation_id) == [("cash", 70_200), ("reward", 7_800)]
    with pytest.raises(CannotDo, match="reward-spent"):
        sold(desk, code, "two")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"balance": 0}, "reward-spent"),
        ({"valid_until": date(2027, 1, 1)}, "reward-over"),
        ({"currency": "USD"}, "reward-currency"),
    ],
)
def test_what_takes_nothing_off_says_why_and_sells_nothing(
    desk: Desk, code: str, change: dict[str, Any], why: str
) -> None:
    with desk.database.transaction() as connection:
        connection.execute(update(Reward).values(**change))
    with pytest.raises(CannotDo, match=why):
        sold(desk, code)
    with desk.reading() as look:
        assert look.execute(select(func.count()).select_from(Reservation)).scalar_one() == 1


def test_an_unknown_code_is_told_from_a_mistyped_one(desk: Desk, code: str) -> None:
    with pytest.raises(CannotDo, match="reward-unknown"):
        sold(desk, new_code(secrets.randbelow))
    with pytest.raises(CannotDo, match="reward-mistyped"):
        sold(desk, "ABC")


def test_a_guest_never_pays_another_price_than_was_said(desk: Desk, code: str) -> None:
    sold(desk, code, adults=1, taken=())
    with pytest.raises(CannotDo, match="reward-changed"):
        sold(desk, code, "two", adults=1, off=Money(39_000, "KRW"))


def test_a_code_is_no_way_to_pay_a_balance(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    with pytest.raises(CannotDo, match="reward-by-code"):
        payments.pay(one, desk=desk, method="Reward", amount="1000")


def test_of_two_counters_with_one_code_exactly_one_wins(desk: Desk, code: str) -> None:
    offer = tomorrow(desk)
    off = rewards.see_off(code, Money(78_000, "KRW"), desk=desk).off

    counters = [desk.at_counter(f"Counter {number}") for number in range(3)]
    told = at_once(
        *(
            partial(
                sale.sell, bought(offer), desk=at, sale_id=at.actor.counter, taken=(Taken("cash"),),
                reward=code, off=off,
            )
            for at in counters
        )
    )  # fmt: skip
    assert sum(isinstance(one, Sold) for one in told) == 1
    assert {one for one in told if isinstance(one, str)} <= {
        "reward-spent",
        "reward-changed",
        "database-busy",
    }
    assert balance(desk) == (0, 0)


def test_the_receipt_says_what_a_code_took_off(desk: Desk, code: str) -> None:
    done = sold(desk, code)
    draft = receipts.receipt_draft(done.reservation_id, desk=desk)
    text = " ".join(text_of(draft.drawn((FIRST,)).pdf))
    assert "Reward code" in text
    assert code in text
    assert "50,000" in text


# --- taken back ---------------------------------------------------------------------------------


def test_a_sale_that_is_cancelled_gives_the_code_back_and_only_money_as_money(desk: Desk, code: str) -> None:
    done = sold(desk, code)
    reservations.cancel(done.reservation_id, desk=desk, reason="the guide is ill")
    assert refunds(desk, done.reservation_id) == [(28_000, "us", "full refund")]
    assert balance(desk) == (50_000, 50_000)
    assert sold(desk, code, "two").status is Status.CONFIRMED


def test_a_held_sale_that_lapses_gives_the_code_back(desk: Desk, code: str) -> None:
    done = sold(desk, code, taken=())
    assert (done.status, balance(desk)) == (Status.AWAITING_PAYMENT, (0, 0))
    clock = desk.clock
    clock.forward(hours=2)  # type: ignore[union-attr]
    reservations.expire(desk=desk)
    assert balance(desk) == (50_000, 50_000)


def test_the_code_counts_no_more_when_the_reviewed_order_is_refunded(desk: Desk, code: str) -> None:
    done = sold(desk, code, adults=1, taken=())
    with desk.work() as work:
        one = work.connection.execute(select(Reward.reservation_id)).scalar_one()
        rewards.revoke(work, one)
    assert balance(desk) == (0, 0)
    with pytest.raises(CannotDo, match="reward-revoked"):
        sold(desk, code, "two")
    reservations.cancel(done.reservation_id, desk=desk, reason="the guide is ill")
    assert balance(desk) == (0, 0)  # nothing comes back on what counts no more


def test_what_goes_back_late_goes_back_by_the_policy_on_the_code_too(desk: Desk, code: str) -> None:
    done = sold(desk, code)
    with desk.work() as work:
        rewards.give_back(work, done.reservation_id, 50)
        rewards.give_back(work, done.reservation_id, 100)
    assert balance(desk) == (25_000, 25_000)


# --- the sheet of the day -----------------------------------------------------------------------


def test_the_sheet_tells_codes_apart_from_money_and_adds_up(desk: Desk, code: str) -> None:
    drawer.open_shift({"KRW": 100_000}, desk=desk)
    sold(desk, code)
    closed = drawer.close_shift({"KRW": 128_000}, desk=desk)
    end = see_day_end(desk=desk)
    assert closed.off == {}
    assert [(method, minor) for _, method, _, _, minor in end.taken] == [("cash", 28_000)]
    assert ("spent", Money(50_000, "KRW")) in [(one.kind, one.money) for one in end.facts.rewards]
    assert not [one for one in end.findings if one.code in ("rewards-differ", "sale-differs")]
    with desk.database.transaction() as connection:
        connection.execute(update(RewardMove).where(RewardMove.kind == "spent").values(amount_minor=1))
    assert "rewards-differ" in [one.code for one in see_day_end(desk=desk).findings]


# --- the rule -----------------------------------------------------------------------------------


@given(
    prices=st.lists(st.integers(0, 200_000), max_size=8),
    amount=st.integers(1, 100_000),
    back=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_money_adds_up_whatever_is_sold_and_given_up(
    prices: list[int], amount: int, back: list[bool]
) -> None:
    """What codes take off is never more than they were worth, and no price falls below nothing."""
    left = amount
    for price, gone in zip(prices, back, strict=False):
        facts = RewardFacts("X" * 10, 0, "KRW", left, date(2027, 2, 1))
        if not left:
            with pytest.raises(CannotDo, match="reward-spent"):
                worth(facts, Money(price, "KRW"), date(2027, 2, 1))
            continue
        off = worth(facts, Money(price, "KRW"), date(2027, 2, 1))
        assert 0 <= off.minor <= min(price, left)
        left -= 0 if gone else off.minor
    assert 0 <= left <= amount


@given(st.integers(0, 10**9), st.integers(1, 100))
def test_a_percent_never_takes_more_than_the_price(price: int, percent: int) -> None:
    off = worth(
        RewardFacts("X" * 10, percent, "", 1, date(2027, 2, 1)), Money(price, "KRW"), date(2027, 2, 1)
    )
    assert 0 <= off.minor <= price
