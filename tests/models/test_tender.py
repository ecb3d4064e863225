"""What the traveler hands over: its worth in another currency, the change, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.money import Money
from models.refusals import CannotDo
from models.tender import Method, Rates, Settled, Taken, amount_typed, handed_over, rates_of, settle

TILL = Rates("KRW", {"USD": Decimal("1342.5"), "JPY": Decimal("9.1")})
DUE = Money(97_500, "KRW")


def test_nothing_said_is_the_exact_amount() -> None:
    assert settle(Taken(Method.CASH), DUE, TILL) == Settled(DUE, Money(0, "KRW"))


def test_more_cash_comes_back_as_change() -> None:
    assert settle(Taken(Method.CASH, Money(100_000, "KRW")), DUE, TILL) == Settled(DUE, Money(2_500, "KRW"))


def test_less_cash_pays_a_part() -> None:
    assert settle(Taken(Method.CASH, Money(50_000, "KRW")), DUE, TILL).paid == Money(50_000, "KRW")


def test_dollars_are_worth_won_rounded_down_and_change_is_won() -> None:
    assert settle(Taken(Method.CASH, Money(8_000, "USD")), DUE, TILL) == Settled(DUE, Money(9_900, "KRW"))
    assert TILL.value(Money(1, "USD"), "KRW") == Money(13, "KRW")


def test_what_is_asked_in_dollars_is_rounded_up_and_is_enough() -> None:
    asked = TILL.asked(DUE, "USD")
    assert asked == Money(7_263, "USD")
    assert TILL.value(asked, "KRW") >= DUE


def test_two_foreign_currencies_go_by_the_own_one() -> None:
    assert TILL.value(Money(10_000, "JPY"), "USD") == Money(6_778, "USD")


def test_a_card_never_takes_more_than_is_due() -> None:
    with pytest.raises(CannotDo, match="too-much"):
        settle(Taken(Method.CARD, Money(100_000, "KRW")), DUE, TILL)


@pytest.mark.parametrize("handed", [Money(0, "KRW"), Money(-5, "KRW"), Money(0, "USD")])
def test_nothing_handed_over_is_refused(handed: Money) -> None:
    with pytest.raises(CannotDo, match="nothing-handed"):
        settle(Taken(Method.CASH, handed), DUE, TILL)


def test_a_currency_the_till_does_not_take_is_refused_with_those_it_takes() -> None:
    with pytest.raises(CannotDo, match="currency-not-taken") as no:
        settle(Taken(Method.CASH, Money(100, "EUR")), DUE, TILL)
    assert no.value.facts["known"] == "KRW, USD, JPY"


def test_a_price_is_paid_in_its_own_currency_first_and_alone_where_no_rate_is_known() -> None:
    assert TILL.taken_for("USD") == ("USD", "KRW", "JPY")
    assert TILL.taken_for("EUR") == ("EUR",)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("49000", "KRW", 49_000), ("１００,０００", "KRW", 100_000), ("１００，０００", "KRW", 100_000),
     (" 12.5 ", "EUR", 1_250),
     ("1,234.50", "USD", 123_450), ("4.125", "KWD", 4_125), ("٤٩", "EUR", None), ("12,50", "EUR", None),
     ("1.342,5", "EUR", None), ("4e3", "KRW", None), ("-5", "KRW", None), ("0", "KRW", None), ("12.5", "JPY", None),
     ("0.001", "USD", None), ("9" * 30, "KRW", None), ("1_000", "KRW", None), ("²", "KRW", None), ("", "KRW", None)],
)  # fmt: skip
def test_an_amount_is_read_as_people_type_it_or_not_at_all(
    typed: str, currency: str, minor: int | None
) -> None:
    if minor is None:
        with pytest.raises(CannotDo, match="amount-wrong"):
            amount_typed(typed, currency)
    else:
        assert amount_typed(typed, currency) == Money(minor, currency)


def test_exactly_what_is_asked_is_all_of_it_and_no_change() -> None:
    asked = handed_over("", DUE, "USD", TILL)
    assert asked == Money(7_263, "USD")
    for method in Method:
        assert settle(Taken(method, asked), DUE, TILL) == Settled(DUE, Money(0, "KRW"))
    assert handed_over(" ", DUE, "KRW", TILL) is None


def test_a_rate_that_was_mistyped_is_refused_and_breaks_nothing() -> None:
    odd = Rates("KRW", {"USD": Decimal("1e9"), "JPY": Decimal("1e-9")})
    with pytest.raises(CannotDo, match="too-much-money"):
        odd.value(Money(10**15 - 1, "USD"), "KRW")
    with pytest.raises(CannotDo, match="too-much-money"):
        odd.asked(Money(10**15 - 1, "KRW"), "JPY")
    assert rates_of("KRW", [{"code": "USD", "worth": "1e-300"}]).currencies == ("KRW",)


def test_kept_rates_are_read_and_what_is_none_is_left_out() -> None:
    kept = [
        {"code": "USD", "worth": "1342.5"},
        {"code": "EUR", "worth": "-1"},
        {"code": "JPY", "worth": "x"},
        7,
    ]
    assert rates_of("KRW", kept).currencies == ("KRW", "USD")
